import { Column } from '../../events';
import type { Advice } from './advice';
import {
  aboutStage,
  busyMs,
  executionOf,
  WORTH_MS,
  type IEvidence,
  type IRule
} from './evidence';
import { planTree } from './plan-tree';
import { filesRead, placeName } from './source-files';
import { total, type IStageLoad } from './stage-load';

/** Part of the time of the jobs that reading again must have taken. */
const PART_OF_TIME = 0.2;
/** Part of the storage memory that one source may fill: the rest of it is somebody else's. */
const PART_OF_STORAGE = 0.8;

/** What read a source, in the order of time. */
interface IReading {
  readonly loads: IStageLoad[];
  /** Part of the stages' time that went to this source's second and later scans, 0–1. */
  readonly again: number;
}

/**
 * The same files are read again, for another action or in the same query. Only files: to compute anew what was made in memory is
 * often faster than to keep it.
 */
export const rereadSource: IRule = {
  id: 'rereadSource',
  needs: [],
  judge(evidence: IEvidence): readonly Advice[] {
    const wall = evidence.to - evidence.from;
    const advice: Advice[] = [];
    for (const [place, readings] of readingsOf(evidence)) {
      const { times, againMs, againBytes, last } = again(readings);
      if (
        times >= 2 &&
        againMs >= WORTH_MS &&
        againMs >= wall * PART_OF_TIME &&
        fits(evidence, againBytes / (times - 1))
      ) {
        const source = placeName(place);
        const isRdd = executionOf(last) === null;
        const read = isRdd
          ? `lines = sc.textFile("…/${source}")`
          : `df = spark.read.load("…/${source}")`;
        advice.push({
          rule: 'rereadSource',
          certainty: 'likely',
          about: aboutStage(last),
          gainMs: againMs,
          source,
          times,
          againBytes,
          againMs,
          tryThis: {
            kind: 'code',
            before: [read],
            after: [`${read}.cache()`]
          }
        });
      }
    }
    return advice;
  }
};

function readingsOf(
  evidence: IEvidence
): ReadonlyMap<string, readonly IReading[]> {
  const found = new Map<string, IReading[]>();
  const note = (place: string, reading: IReading): void => {
    const list = found.get(place);
    if (list) {
      list.push(reading);
    } else {
      found.set(place, [reading]);
    }
  };
  const byExecution = new Map<number, IStageLoad[]>();
  for (const load of evidence.loads) {
    if (total(load, Column.inputBytesRead) === 0) {
      continue;
    }
    const execution = executionOf(load);
    if (execution) {
      const list = byExecution.get(execution.id) ?? [];
      byExecution.set(execution.id, [...list, load]);
    } else {
      const path = fileOfRdd(load);
      if (path !== null) {
        note(path, { loads: [load], again: 0 });
      }
    }
  }
  for (const [id, loads] of byExecution) {
    const execution = evidence.application.sql.get(id)!;
    const tree = planTree(evidence.application, execution);
    const scans = tree ? filesRead(tree) : [];
    for (const place of new Set(scans)) {
      const scanned = scans.filter(other => other === place).length;
      // Of several sources in one query nobody tells which stage read which.
      if (scanned === scans.length) {
        note(place, { loads, again: (scanned - 1) / scanned });
      }
    }
  }
  return found;
}

/** The file that a stage of RDDs reads; null when it is a cached one, or none. */
function fileOfRdd({ stage }: IStageLoad): string | null {
  const isCached = stage.rddInfos.some(rdd => {
    const level = rdd['Storage Level'];
    return level?.['Use Memory'] === true || level?.['Use Disk'] === true;
  });
  const source = stage.rddInfos.find(
    rdd => (rdd['Parent IDs'] ?? []).length === 0 && rdd.Name?.includes('/')
  );
  return isCached ? null : (source?.Name ?? null);
}

function again(readings: readonly IReading[]) {
  let againMs = 0;
  let againBytes = 0;
  let times = 0;
  readings.forEach(({ loads, again: within }, i) => {
    const share = i === 0 ? within : 1;
    times += within > 0 ? Math.round(1 / (1 - within)) : 1;
    againMs += share * busyMs(loads);
    againBytes +=
      share *
      loads.reduce((sum, load) => sum + total(load, Column.inputBytesRead), 0);
  });
  const last = readings[readings.length - 1]!.loads;
  return { times, againMs, againBytes, last: last[last.length - 1]! };
}

/** Whether a cache of that size has room; as far as the executors said how much there is. */
function fits({ application }: IEvidence, bytes: number): boolean {
  let room = 0;
  for (const executor of application.executors.values()) {
    room += executor.maxMemoryBytes;
  }
  return room === 0 || bytes <= room * PART_OF_STORAGE;
}
