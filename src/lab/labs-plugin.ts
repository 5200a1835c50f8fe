import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from './command-ids';
import { sparkglassIcon as icon } from './icon';
import { lateWords } from './late-words';
import { ISparkglass } from './tokens';

/** Puts the labs into the student's folder and opens the first: a card of the launcher, where there is one, and a command. */
export const labsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'sparkglass:labs',
  description: 'The labs.',
  autoStart: true,
  requires: [ISparkglass],
  optional: [ITranslator, ILauncher, IFileBrowserFactory, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    service: ISparkglass,
    translator: ITranslator | null,
    launcher: ILauncher | null,
    browsers: IFileBrowserFactory | null,
    palette: ICommandPalette | null
  ): void => {
    const trans = lateWords(translator, service);
    const command = CommandIDs.openLabs;
    const category = trans.__('Spark');
    app.commands.addCommand(command, {
      label: () => trans.__('Spark Labs'),
      describedBy: {
        args: { type: 'object', properties: { cwd: { type: 'string' } } }
      },
      icon,
      execute: async ({ cwd }) => {
        const { openLabs } = await import(
          /* webpackChunkName: "labs" */ './labs'
        );
        return openLabs({ app, browsers, translator, trans }, cwd);
      }
    });
    launcher?.add({ command, category });
    palette?.addItem({ command, category });
  }
};
