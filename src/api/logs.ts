/// <reference types="node" />
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { batchesOfLog } from '../events';
import { Session } from '../model';
import type { IServedLog } from './served';

/**
 * Read the event logs of a folder: plain files, one application each. What is none is left out.
 *
 * @throws Error when the folder cannot be read.
 */
export async function readLogs(folder: string): Promise<IServedLog[]> {
  const url = pathToFileURL(resolve(folder)).href;
  const logs: IServedLog[] = [];
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    const stat = statSync(path);
    if (name.startsWith('.') || !stat.isFile()) {
      continue;
    }
    const session = new Session();
    for (const batch of batchesOfLog(linesIn(path))) {
      session.apply(batch);
    }
    const application = session.latest;
    if (application && application.id !== '') {
      logs.push({
        application,
        modifiedTime: Math.floor(stat.mtimeMs),
        folder: url
      });
    }
  }
  return logs;
}

/** Lines without one text of the whole file, which a text of JavaScript could not hold. */
function* linesIn(path: string): Iterable<string> {
  const bytes = readFileSync(path);
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(10, at);
    const stop = end < 0 ? bytes.length : end;
    yield bytes.toString('utf8', at, stop);
    at = stop + 1;
  }
}
