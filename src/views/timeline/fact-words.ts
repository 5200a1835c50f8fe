import type { ITaskFacts } from '../../analysis/task-facts';
import {
  formatBytes,
  formatClock,
  formatCount,
  formatDuration,
  formatShare
} from '../../draw/format';
import type { ITranslation } from '../../draw/words';

/** A line of a task's card. */
export interface IFact {
  readonly label: string;
  readonly value: string;
}

/** How a task stands, in a word or two. */
export function stateWords(facts: ITaskFacts, trans: ITranslation): string {
  switch (facts.state) {
    case 'running':
      return trans.__('running');
    case 'succeeded':
      return trans.__('succeeded');
    case 'failed':
      return facts.reason
        ? trans.__('failed (%1)', facts.reason)
        : trans.__('failed');
    case 'killed':
      return trans.__('killed');
  }
}

/** A task's heading, numbered as Spark's own pages number it. */
export function taskTitle(facts: ITaskFacts, trans: ITranslation): string {
  const stage = facts.stage;
  if (!stage) {
    return trans.__('Task %1', facts.index);
  }
  const name =
    facts.attempt > 0
      ? trans.__(
          'Task %1 (attempt %2) of stage %3',
          facts.index,
          facts.attempt,
          stage.id
        )
      : trans.__('Task %1 of stage %2', facts.index, stage.id);
  return stage.attempt > 0
    ? trans.__('%1, stage attempt %2', name, stage.attempt)
    : name;
}

/** A task in one sentence, for a screen reader. */
export function taskSentence(facts: ITaskFacts, trans: ITranslation): string {
  return trans.__(
    '%1: %2, %3, on executor %4',
    taskTitle(facts, trans),
    stateWords(facts, trans),
    formatDuration(facts.durationMs),
    facts.executor
  );
}

function localityWords(locality: string, trans: ITranslation): string {
  switch (locality) {
    case 'PROCESS_LOCAL':
      return trans.__('its data was in the same process');
    case 'NODE_LOCAL':
      return trans.__('its data was on the same machine');
    case 'NO_PREF':
      return trans.__('its data is equally near from everywhere');
    case 'RACK_LOCAL':
      return trans.__('its data was in the same rack');
    default:
      return trans.__('its data was elsewhere');
  }
}

/**
 * What is known about a task beside its phases; what is zero is left out.
 *
 * @param origin - the moment times are counted from, ms since 1970.
 */
export function factWords(
  facts: ITaskFacts,
  origin: number,
  trans: ITranslation
): IFact[] {
  const list: IFact[] = [];
  const add = (label: string, value: string): void => {
    list.push({ label, value });
  };
  const amount = (bytes: number, records: number): string =>
    records > 0
      ? trans.__('%1 in %2 rows', formatBytes(bytes), formatCount(records))
      : formatBytes(bytes);
  const some = (label: string, bytes: number, records: number): void => {
    if (bytes > 0 || records > 0) {
      add(label, amount(bytes, records));
    }
  };
  add(
    trans.__('Executor'),
    facts.host && facts.executor !== facts.host
      ? trans.__('%1 on %2', facts.executor, facts.host)
      : facts.executor
  );
  if (facts.locality) {
    add(
      trans.__('Locality'),
      `${facts.locality}: ${localityWords(facts.locality, trans)}`
    );
  }
  add(
    trans.__('Launched'),
    trans.__(
      '%1, %2 after the first',
      formatClock(facts.launchTime),
      formatDuration(facts.launchTime - origin)
    )
  );
  if (facts.cpuTimeMs > 0) {
    add(trans.__('CPU time'), formatDuration(Math.round(facts.cpuTimeMs)));
  }
  if (facts.gcTimeMs > 0) {
    const share = facts.gcTimeMs / Math.max(facts.durationMs, 1);
    add(
      trans.__('GC (clearing memory)'),
      `${formatDuration(facts.gcTimeMs)} (${formatShare(share)})`
    );
  }
  some(trans.__('Read'), facts.inputBytes, facts.inputRecords);
  some(
    trans.__('Shuffle read'),
    facts.shuffleReadBytes,
    facts.shuffleRecordsRead
  );
  if (facts.shuffleRemoteBytesRead > 0) {
    add(
      trans.__('… of it over the network'),
      formatBytes(facts.shuffleRemoteBytesRead)
    );
  }
  some(
    trans.__('Shuffle written'),
    facts.shuffleBytesWritten,
    facts.shuffleRecordsWritten
  );
  some(trans.__('Written'), facts.outputBytes, facts.outputRecords);
  if (facts.memoryBytesSpilled > 0 || facts.diskBytesSpilled > 0) {
    add(
      trans.__('Spilled'),
      trans.__(
        '%1 of memory, %2 on disk',
        formatBytes(facts.memoryBytesSpilled),
        formatBytes(facts.diskBytesSpilled)
      )
    );
  }
  some(trans.__('Peak memory'), facts.peakExecutionMemoryBytes, 0);
  some(trans.__('Result size'), facts.resultSizeBytes, 0);
  add(trans.__('Task ID'), String(facts.taskId));
  return list;
}

/** What went wrong in Python, at the start of a line: `ValueError: …`. */
const PYTHON_ERROR =
  /^(?:\w+\.)*\w*(?:Error|Exception|Exit|Interrupt|Warning)\b/;

/**
 * The lines of an error that say most, at most so many. Python tells what went
 * wrong last and where just before, Java first; stack frames say nothing here.
 */
export function errorLines(error: string, most = 3): string {
  const lines = error
    .split('\n')
    .map(line => line.trim())
    .filter(
      line => line !== '' && !/^(?:at |\.\.\. \d+ more|SQLSTATE)/.test(line)
    );
  const trace = lines.findIndex(line => line.includes('Traceback (most'));
  if (trace < 0) {
    return lines.slice(0, most).join('\n');
  }
  let last = lines.length - 1;
  while (last > trace && !PYTHON_ERROR.test(lines[last]!)) {
    last--;
  }
  if (last === trace) {
    return lines.slice(0, most).join('\n');
  }
  const where = lines
    .slice(trace, last)
    .reverse()
    .find(line => line.startsWith('File '));
  return where ? `${lines[last]}\n${where}` : lines[last]!;
}
