import type { JupyterFrontEnd } from '@jupyterlab/application';
import { Notification } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { DocumentWidget } from '@jupyterlab/docregistry';
import type { IFileBrowserFactory } from '@jupyterlab/filebrowser';
import type { Contents, ServerConnection } from '@jupyterlab/services';
import type { ITranslator } from '@jupyterlab/translation';
import type { ITranslation } from '../draw/words';
import { isPolish, labLanguage, pageLanguage } from './language';

/** A lab as it is carried: the name of its file, and the notebook. */
interface ILab {
  readonly name: string;
  readonly content: object;
}

/** What the labs are put with. */
export interface ILabsHost {
  readonly app: JupyterFrontEnd;
  readonly browsers: IFileBrowserFactory | null;
  readonly translator: ITranslator | null;
  readonly trans: ITranslation;
}

/** The labs of a language, which few pages need. */
async function labsIn(polish: boolean): Promise<readonly ILab[]> {
  return polish
    ? (await import(/* webpackChunkName: "labs-pl" */ './labs-pl.json')).default
    : (await import(/* webpackChunkName: "labs-en" */ './labs-en.json'))
        .default;
}

/** What the server answered with; 0 when it did not answer. */
const statusOf = (error: unknown): number =>
  (error as Partial<ServerConnection.ResponseError>).response?.status ?? 0;

/**
 * Copy the labs, in the language of the page, into a folder of their own, as far as they are not there yet, and open the first.
 *
 * @param below - path of the folder that theirs is made in, with its drive: the launcher says in which it was opened.
 * @returns what was opened; null when the labs could not be copied, and a notification has said why.
 */
export async function openLabs(
  { app, browsers, translator, trans }: ILabsHost,
  below: unknown
): Promise<unknown> {
  const polish = isPolish(await pageLanguage(labLanguage(translator)));
  const labs = await labsIn(polish);
  const folder = PathExt.join(
    typeof below === 'string' ? below : folderNow(app, browsers),
    polish ? 'spark-laboratoria' : 'spark-labs'
  );
  const { contents } = app.serviceManager;
  try {
    await put(labs, folder, contents);
  } catch (error) {
    Notification.error(problemWords(error, contents.localPath(folder), trans), {
      autoClose: false
    });
    return null;
  }
  return app.commands.execute('docmanager:open', {
    path: PathExt.join(folder, labs[0]!.name)
  });
}

/** The folder that is shown; where none is, as beside a notebook in Notebook 7, that of the notebook. */
function folderNow(
  { shell }: JupyterFrontEnd,
  browsers: IFileBrowserFactory | null
): string {
  const browser = browsers?.tracker.currentWidget;
  if (browser?.isAttached) {
    return browser.model.path;
  }
  const { context } = (shell.currentWidget ?? {}) as Partial<DocumentWidget>;
  return PathExt.dirname(context?.path ?? '');
}

/** The folder's name is that of a file. */
class NotFolder extends Error {}

/** Write what is missing: what is there already is the student's. */
async function put(
  labs: readonly ILab[],
  folder: string,
  contents: Contents.IManager
): Promise<void> {
  const there = await namesIn(folder, contents);
  if (!there) {
    await contents.save(folder, { type: 'directory' });
  }
  for (const { name, content } of labs) {
    if (!there?.has(name)) {
      await contents.save(PathExt.join(folder, name), {
        type: 'notebook',
        format: 'json',
        content
      });
    }
  }
}

/** What is in a folder; null when there is no such folder. */
async function namesIn(
  folder: string,
  contents: Contents.IManager
): Promise<ReadonlySet<string> | null> {
  let found: Contents.IModel;
  try {
    found = await contents.get(folder);
  } catch (error) {
    if (statusOf(error) === 404) {
      return null;
    }
    throw error;
  }
  if (found.type !== 'directory') {
    throw new NotFolder();
  }
  return new Set(
    (found.content as readonly Contents.IModel[]).map(({ name }) => name)
  );
}

/** Why the labs could not be copied, and what helps. */
function problemWords(
  error: unknown,
  folder: string,
  trans: ITranslation
): string {
  if (error instanceof NotFolder) {
    return trans.__(
      'The labs belong into a folder “%1”, but a file has that name. Rename the file, or open another folder in the file browser; then open the labs again.',
      folder
    );
  }
  switch (statusOf(error)) {
    case 0:
      return trans.__(
        'The labs were not copied: the Jupyter server does not answer. Start it again, then open the labs again.'
      );
    case 403:
      return trans.__(
        'The labs were not copied: Jupyter may not write into “%1”. Open a folder of your own in the file browser, then open the labs again.',
        folder
      );
    default:
      return trans.__(
        'The labs were not all copied into “%1”; the server says: %2. Open another folder in the file browser, then open the labs again.',
        folder,
        (error as Error).message
      );
  }
}
