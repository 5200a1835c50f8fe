import type { Codec } from './codecs/codec';
import type { ILogFile, ILogFolder } from './files';
import {
  finishedName,
  isRollingFolder,
  isStatusName,
  parseLogName
} from './log-name';

/** One file of a log. */
export interface ILogPart {
  readonly file: ILogFile;
  /** By its name. */
  readonly codec: Codec;
  /** Parts are read in this order, without holes; -1 for the only file of a log. */
  readonly number: number;
  /** Holds what remains of all files with a lower or equal number. */
  readonly compact: boolean;
}

/** The event log of one application attempt. */
export interface ILog {
  /** Of its file or folder. */
  readonly name: string;
  /** What has to be read, in order. */
  readonly parts: readonly ILogPart[];
  /** The application had not ended when this was looked up. */
  readonly inProgress: boolean;
  /** Look again. */
  refresh(): Promise<ILog>;
}

/**
 * The log in one file.
 *
 * @param folder - where to look for it once it has lost `.inprogress`.
 */
export function logOfFile(file: ILogFile, folder?: ILogFolder): ILog {
  const { codec, inProgress } = parseLogName(file.name);
  return {
    name: file.name,
    parts: [{ file, codec, number: -1, compact: false }],
    inProgress,
    refresh: async () =>
      logOfFile(inProgress ? await renamed(file, folder) : file, folder)
  };
}

/** The file, or the one that it became when the application ended. */
async function renamed(
  file: ILogFile,
  folder: ILogFolder | undefined
): Promise<ILogFile> {
  try {
    await file.size();
    return file;
  } catch (error) {
    const name = finishedName(file.name);
    const files = (await folder?.list())?.files ?? [];
    const finished = files.find(other => other.name === name);
    if (!finished) {
      throw error;
    }
    return finished;
  }
}

/**
 * The rolling log in a folder `eventlog_v2_…`.
 *
 * Of several files with the same number the compact one counts, and nothing before the last compact one
 * (`RollingEventLogFilesFileReader`).
 */
export async function logOfFolder(folder: ILogFolder): Promise<ILog> {
  const { files } = await folder.list();
  const parts: ILogPart[] = [];
  let inProgress = false;
  for (const file of files) {
    const {
      number,
      codec,
      compact,
      inProgress: open
    } = parseLogName(file.name);
    if (isStatusName(file.name)) {
      inProgress = open;
    } else if (number >= 0) {
      parts.push({ file, codec, number, compact });
    }
  }
  parts.sort(
    (a, b) => a.number - b.number || Number(a.compact) - Number(b.compact)
  );
  const last = parts.reduce((at, part, i) => (part.compact ? i : at), 0);
  return {
    name: folder.name,
    parts: parts.slice(last),
    inProgress,
    refresh: () => logOfFolder(folder)
  };
}

/**
 * All logs in a folder as `spark.eventLog.dir` names one, or the only one when the folder is itself a rolling log. Hidden files
 * are left out, as Spark does.
 */
export async function logsIn(folder: ILogFolder): Promise<ILog[]> {
  if (isRollingFolder(folder.name)) {
    return [await logOfFolder(folder)];
  }
  const { files, folders } = await folder.list();
  const rolling = await Promise.all(
    folders.filter(({ name }) => isRollingFolder(name)).map(logOfFolder)
  );
  return [
    ...files
      .filter(({ name }) => !name.startsWith('.'))
      .map(file => logOfFile(file, folder)),
    ...rolling.filter(({ parts }) => parts.length > 0)
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}
