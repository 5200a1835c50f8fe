import type {
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import { INotebookTracker } from '@jupyterlab/notebook';
import { ITranslator } from '@jupyterlab/translation';
import { CommandIDs } from './command-ids';
import { sparkglassIcon as icon } from './icon';
import { isPolish, labLanguage, pageLanguage } from './language';
import { lateWords } from './late-words';
import { ISparkglass } from './tokens';

/** Puts the labs into the student's folder and opens the first: a card of the launcher, where there is one, and a command. */
export const labsPlugin: JupyterFrontEndPlugin<void> = {
  id: 'sparkglass:labs',
  description: 'Copies the labs and opens the first.',
  autoStart: true,
  requires: [ISparkglass, INotebookTracker],
  optional: [ITranslator, ILauncher, IFileBrowserFactory, ICommandPalette],
  activate: (
    app: JupyterFrontEnd,
    service: ISparkglass,
    notebooks: INotebookTracker,
    translator: ITranslator | null,
    launcher: ILauncher | null,
    browsers: IFileBrowserFactory | null,
    palette: ICommandPalette | null
  ): void => {
    const trans = lateWords(translator, service);
    const command = CommandIDs.openLabs;
    /** The folder that is shown; that of the notebook in front where none is, as beside a notebook in Notebook 7. */
    const folderNow = (): string =>
      browsers?.tracker.currentWidget?.model.path ??
      PathExt.dirname(notebooks.currentWidget?.context.path ?? '');
    app.commands.addCommand(command, {
      label: ({ isLauncher }) =>
        isLauncher ? trans.__('Spark labs') : trans.__('Open the Spark Labs'),
      caption: () =>
        trans.__(
          'Copy eight notebooks about Spark into a folder of their own, and open the first'
        ),
      describedBy: {
        args: { type: 'object', properties: { cwd: { type: 'string' } } }
      },
      icon,
      execute: async ({ cwd }) => {
        const [{ openLabs }, language] = await Promise.all([
          import(/* webpackChunkName: "labs" */ './labs'),
          pageLanguage(labLanguage(translator))
        ]);
        const { commands, serviceManager } = app;
        return openLabs(
          { contents: serviceManager.contents, commands, trans },
          typeof cwd === 'string' ? cwd : folderNow(),
          isPolish(language)
        );
      }
    });
    // The launcher hands over the folder that it was opened in.
    launcher?.add({
      command,
      args: { isLauncher: true },
      category: trans.__('Spark'),
      rank: 1
    });
    palette?.addItem({ command, category: trans.__('Spark') });
  }
};
