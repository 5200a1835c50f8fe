import type { Codec } from './codecs/codec';

/** What the name of a file says about it. */
export interface ILogName {
  /** `events_<n>_…` of a rolling log: n; -1 for the only file of a log. */
  readonly number: number;
  /** How its bytes are packed. */
  readonly codec: Codec;
  /** Still being written. */
  readonly inProgress: boolean;
  /** Stands for all files with a lower or equal number. */
  readonly compact: boolean;
}

/** The beginning of the name of a rolling log's folder. */
const FOLDER = 'eventlog_v2_';
const STATUS = 'appstatus_';
const EVENTS = /^events_(\d{1,15})_/;

const COMPACT = '.compact';
const IN_PROGRESS = '.inprogress';

/** `spark.eventLog.compression.codec` and what people pack finished logs with, by the last part of a name. */
const CODECS: ReadonlyMap<string, Codec> = new Map([
  ['zstd', 'zstd'],
  ['zst', 'zstd'],
  ['lz4', 'lz4'],
  ['snappy', 'snappy'],
  ['lzf', 'lzf'],
  ['gz', 'gzip'],
  ['gzip', 'gzip']
]);

/**
 * Read the name of an event log's file: `<appId>[_<attempt>][.<codec>][.inprogress]` or
 * `events_<n>_<appId>[_<attempt>][.<codec>][.compact]` (`EventLogFileWriter.codecName`). Another ending means plain text.
 */
export function parseLogName(name: string): ILogName {
  const compact = name.endsWith(COMPACT);
  const rest = without(name, COMPACT);
  const inProgress = rest.endsWith(IN_PROGRESS);
  const stem = without(rest, IN_PROGRESS);
  const dot = stem.lastIndexOf('.');
  const ending = dot < 0 ? '' : stem.slice(dot + 1).toLowerCase();
  return {
    number: Number(EVENTS.exec(name)?.[1] ?? -1),
    codec: CODECS.get(ending) ?? 'plain',
    inProgress,
    compact
  };
}

/** The name that a log has once it is finished. */
export function finishedName(name: string): string {
  return without(name, IN_PROGRESS);
}

/** Whether a folder of that name holds a rolling log. */
export function isRollingFolder(name: string): boolean {
  return name.startsWith(FOLDER);
}

/** Whether a file of that name, in the folder of a rolling log, says how the application fares. */
export function isStatusName(name: string): boolean {
  return name.startsWith(STATUS);
}

function without(text: string, ending: string): string {
  return text.endsWith(ending) ? text.slice(0, -ending.length) : text;
}
