import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  ICommandPalette,
  WidgetTracker,
  type MainAreaWidget
} from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from './command-ids';
import { sparkglassIcon as icon } from './icon';
import { lateWords } from './late-words';
import { ISparkglass } from './tokens';

/** Opens the Spark UI in a tab, which is there again after a reload; in Notebook 7, which has no tabs, in one of the browser's. */
export const sparkUiPlugin: JupyterFrontEndPlugin<void> = {
  id: 'sparkglass:spark-ui',
  description: 'The Spark UI in a tab.',
  autoStart: true,
  requires: [ISparkglass],
  optional: [ITranslator, ILabShell, ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    service: ISparkglass,
    translator: ITranslator | null,
    lab: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ): void => {
    const trans = lateWords(translator, service);
    const command = CommandIDs.openUi;
    const tracker = new WidgetTracker<MainAreaWidget>({
      namespace: 'sparkglass-ui'
    });
    app.commands.addCommand(command, {
      label: () => trans.__('Open the Spark UI'),
      caption: () => trans.__('Spark’s own pages about the running session'),
      describedBy: { args: { type: 'object', properties: {} } },
      icon,
      execute: async args => {
        const { openUi } = await import(
          /* webpackChunkName: "spark-ui" */ './spark-ui'
        );
        await openUi({ app, lab, tracker, service, trans }, args);
      }
    });
    void restorer?.restore(tracker, {
      command,
      args: ({ title }) => title.dataset,
      name: ({ id }) => id
    });
    palette?.addItem({ command, category: trans.__('Spark') });
  }
};
