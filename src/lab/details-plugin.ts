import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import {
  ICommandPalette,
  WidgetTracker,
  type MainAreaWidget
} from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from './command-ids';
import { sparkglassIcon as icon } from './icon';
import { lateWords } from './late-words';
import { ISparkglass } from './tokens';

/** Opens what Spark did for a cell, or for a notebook, in a tab of its own; a page that is loaded again has it again. */
export const detailsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'sparkglass:details',
  description: 'Spark details in a tab.',
  autoStart: true,
  requires: [ISparkglass, INotebookTracker],
  optional: [ITranslator, ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    service: ISparkglass,
    notebooks: INotebookTracker,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ): void => {
    const trans = lateWords(translator, service);
    const command = CommandIDs.openDetails;
    // The state of JupyterLab takes what stands before a colon for the namespace.
    const tracker = new WidgetTracker<MainAreaWidget>({
      namespace: 'sparkglass-details'
    });
    app.commands.addCommand(command, {
      label: () => trans.__('Open Spark Details in a Tab'),
      caption: () =>
        trans.__('What Spark did for the active cell, as large as the window'),
      describedBy: { args: { type: 'object', properties: {} } },
      icon,
      isEnabled: ({ path }) => !!(path ?? notebooks.currentWidget),
      execute: async args => {
        const { openDetails } = await import(
          /* webpackChunkName: "details" */ './details'
        );
        openDetails({ shell: app.shell, tracker, service, notebooks }, args);
      }
    });
    // What a tab is about stands in its title.
    void restorer?.restore(tracker, {
      command,
      args: ({ title }) => title.dataset,
      name: ({ id }) => id
    });
    palette?.addItem({ command, category: trans.__('Spark') });
  }
};
