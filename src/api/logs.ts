/// <reference types="node" />
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { IBatch } from '../events';
import { Session } from '../model';
import {
  logsIn,
  readLog,
  type ILog,
  type ILogFile,
  type ILogFolder
} from '../sources/eventlog';
import type { IServedLog } from './served';

/** A file on a disk. */
class DiskFile implements ILogFile {
  constructor(readonly path: string) {}

  get name(): string {
    return basename(this.path);
  }

  async size(): Promise<number> {
    return (await stat(this.path)).size;
  }

  async modifiedTime(): Promise<number> {
    return Math.floor((await stat(this.path)).mtimeMs);
  }

  async read(from: number, to: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, to - from));
    const file = await open(this.path);
    try {
      const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
      return bytes.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

/** A folder on a disk. */
class DiskFolder implements ILogFolder {
  constructor(readonly path: string) {}

  get name(): string {
    return basename(this.path);
  }

  async list(): Promise<{ files: DiskFile[]; folders: DiskFolder[] }> {
    const entries = await readdir(this.path, { withFileTypes: true });
    const path = (name: string): string => join(this.path, name);
    return {
      files: entries
        .filter(entry => entry.isFile())
        .map(({ name }) => new DiskFile(path(name))),
      folders: entries
        .filter(entry => entry.isDirectory())
        .map(({ name }) => new DiskFolder(path(name)))
    };
  }
}

/**
 * Read the event logs of a folder, in every layout and codec that Spark writes. What is none is left out.
 *
 * @param say - gets what could not be read, each in a line.
 * @throws Error when the folder cannot be read.
 */
export async function readLogs(
  folder: string,
  say: (problem: string) => void = () => undefined
): Promise<IServedLog[]> {
  const path = resolve(folder);
  const logs: IServedLog[] = [];
  for (const log of await logsIn(new DiskFolder(path))) {
    const session = new Session();
    const problems: string[] = [];
    const sink = {
      apply: (batch: IBatch) => session.apply(batch),
      problem: (code: string, detail: string) =>
        problems.push(`${code}: ${detail}`)
    };
    // Nobody else works here.
    await readLog(log, sink, { sliceMs: Infinity });
    const application = session.latest;
    if (application && application.id !== '') {
      problems.forEach(say);
      logs.push({
        application,
        modifiedTime: await modifiedTime(log),
        folder: pathToFileURL(path).href
      });
    }
  }
  return logs;
}

/** As Spark has it, the time of a rolling log is that of its last file. */
async function modifiedTime({ parts }: ILog): Promise<number> {
  const last = parts[parts.length - 1]?.file;
  return last instanceof DiskFile ? last.modifiedTime() : 0;
}
