import { PathExt } from '@jupyterlab/coreutils';
import type { JupyterFrontEnd } from '@jupyterlab/application';
import type { IThemeManager } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import type { Widget } from '@lumino/widgets';
import type { ITranslation } from '../draw/words';
import { Session } from '../model';
import {
  EventLogSource,
  isRollingFolder,
  logOfFile,
  logOfFolder,
  type ILog,
  type ILogProgress
} from '../sources/eventlog';
import { readLogInWorker } from '../sources/eventlog/start-worker';
import { LogView, type IReading } from '../views/log';
import '../../style/index.css';
import { logProblemWords } from './log-problem';
import { ServedFile, ServedFolder } from './served-files';

/** A log in progress is looked at this often. */
const FOLLOW_MS = 2000;

/** What a log is shown with. */
export interface ILogDocument {
  readonly contents: Contents.IManager;
  /** Path of the log's file, or of a file in a rolling log's folder. */
  readonly path: string;
  readonly trans: ITranslation;
  readonly themes: IThemeManager | null;
}

/** Read a log and show it in a widget, until the widget is disposed. */
export function showLog(widget: Widget, options: ILogDocument): void {
  const { contents, path, trans, themes } = options;
  const session = new Session();
  const problems: string[] = [];
  let stopped = false;
  let progress: ILogProgress = { bytesRead: 0, bytes: 0, state: 'reading' };
  let source: EventLogSource | null = null;

  const view = new LogView({
    name: contents.localPath(path),
    session,
    trans,
    onCancel: () => {
      stopped = true;
      source?.dispose();
      tell();
    }
  });
  widget.node.appendChild(view.node);
  const tell = (): void => view.setReading(readingOf());
  const readingOf = (): IReading => ({
    state: stopped && progress.state !== 'done' ? 'cancelled' : progress.state,
    bytesRead: progress.bytesRead,
    bytesTotal: progress.bytes || null,
    problems
  });
  const retheme = (): void =>
    // The style sheet is in the page by now, but not yet in force.
    void requestAnimationFrame(() => view.setTheme());
  themes?.themeChanged.connect(retheme);

  const begin = (log: ILog): void => {
    if (widget.isDisposed || stopped) {
      return;
    }
    const options = {
      followMs: FOLLOW_MS,
      onProgress: (now: ILogProgress) => {
        progress = now;
        tell();
      }
    };
    source = new EventLogSource(log, options, readLogInWorker);
    source.start({
      apply: batch => session.apply(batch),
      reset: () => undefined,
      problem: (code, detail) => {
        problems.push(logProblemWords(code, detail, trans));
        tell();
      }
    });
  };
  logAt(contents, path).then(begin, (error: unknown) => {
    problems.push(String((error as Error).message));
    view.setReading({ ...readingOf(), state: 'failed' });
  });

  widget.disposed.connect(() => {
    source?.dispose();
    themes?.themeChanged.disconnect(retheme);
    view.dispose();
  });
}

/** The log that a file is, or is a part of. */
async function logAt(contents: Contents.IManager, path: string): Promise<ILog> {
  const above = PathExt.dirname(contents.localPath(path));
  const drive = path.slice(0, path.length - contents.localPath(path).length);
  const folder = new ServedFolder(contents, drive + above);
  return isRollingFolder(PathExt.basename(above))
    ? logOfFolder(folder)
    : logOfFile(new ServedFile(contents, path), folder);
}

/**
 * Open the log that a folder is (`eventlog_v2_…`), in a tab of its first file: JupyterLab's documents are files.
 *
 * @throws Error when there is no log in it.
 */
export async function openFolder(
  app: JupyterFrontEnd,
  path: string,
  factory: string
): Promise<void> {
  const folder = new ServedFolder(app.serviceManager.contents, path);
  const { parts } = await logOfFolder(folder);
  if (parts.length === 0) {
    throw new Error(`there is no event log in ${path}`);
  }
  await app.commands.execute('docmanager:open', {
    path: PathExt.join(path, parts[0]!.file.name),
    factory
  });
}
