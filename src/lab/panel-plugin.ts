import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { ITranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import { CommandIDs } from './command-ids';
import { sparkglassIcon as icon } from './icon';
import { lateWords } from './late-words';
import { ISparkglass } from './tokens';

const PANEL_ID = 'sparkglass-panel';

/** The Spark panel in the right side bar: an empty widget until a notebook is open. */
export const panelPlugin: JupyterFrontEndPlugin<void> = {
  id: 'sparkglass:panel',
  description: 'The Spark panel.',
  autoStart: true,
  requires: [ISparkglass],
  optional: [ITranslator, ILayoutRestorer, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    sparkglass: ISparkglass,
    translator: ITranslator | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null
  ): void => {
    const trans = lateWords(translator, sparkglass);
    const widget = new Widget();
    widget.id = PANEL_ID;
    widget.addClass('jp-Sparkglass-panel');
    widget.title.icon = icon;
    widget.title.caption = trans.__('Spark');
    widget.node.setAttribute('role', 'region');
    widget.node.setAttribute('aria-label', trans.__('Spark'));
    app.shell.add(widget, 'right', { rank: 700, type: 'Spark' });
    restorer?.add(widget, PANEL_ID);
    void sparkglass.loaded.then(async service => {
      const { fillPanel } = await import('./panel');
      fillPanel(widget, service);
    });
    app.commands.addCommand(CommandIDs.showPanel, {
      label: () => trans.__('Show Spark Panel'),
      caption: () => trans.__('Application, jobs, executors and cached data'),
      describedBy: { args: { type: 'object', properties: {} } },
      icon,
      execute: () => {
        app.shell.activateById(PANEL_ID);
      }
    });
    palette?.addItem({
      command: CommandIDs.showPanel,
      category: trans.__('Spark')
    });
  }
};
