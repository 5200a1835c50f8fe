// A derivation of the task columns (2): which task worked on which partition of a step, and how much it read.
import { TaskState, type Application, type StageAttempt } from '../model';
import { CachePlace } from './cached-data';
import type { ILineage, IStep } from './lineage';

/** What is known of the partitions of a step, by partition. */
export interface IStepTasks {
  /** Row of the task that worked on it; -1 when there is none, or when Spark does not tell which. */
  readonly rows: Int32Array;
  /** Whether Spark tells which task worked on which partition. */
  readonly isTold: boolean;
  /** Bytes and records that the task read (or that are there to be read), 0 where there is no task. */
  readonly bytes: Float64Array;
  readonly records: Float64Array;
  /** 1 where the rows came from the cache, so that nothing before it was worked out. */
  readonly fromCache: Uint8Array;
  /** 1 where nothing had to be done: something after it came from the cache. */
  readonly spared: Uint8Array;
}

const FILES = /^(?:FileScanRDD|HadoopRDD|NewHadoopRDD|DataSourceRDD|JDBCRDD)/;

/** By step of a lineage. */
export function stepTasks(lineage: ILineage): IStepTasks[] {
  const { application, steps, links } = lineage;
  const offsets = taskOffsets(lineage);
  const byWorker = new Map<StageAttempt, Int32Array>();
  const facts = steps.map(step => {
    const { partitions, worker } = step;
    const empty = {
      rows: new Int32Array(partitions).fill(-1),
      isTold: false,
      bytes: new Float64Array(partitions),
      records: new Float64Array(partitions),
      fromCache: new Uint8Array(partitions),
      spared: new Uint8Array(partitions)
    };
    const sizes = step.shuffle?.reduceSizesBytes;
    if (sizes?.length === partitions) {
      empty.bytes.set(sizes);
    }
    const offset = offsets[step.id];
    if (worker && offset !== null && offset !== undefined) {
      let rows = byWorker.get(worker);
      if (!rows) {
        rows = rowsByPartition(application, worker);
        byWorker.set(worker, rows);
      }
      empty.isTold = true;
      read(application, step, rows, offset, empty);
    }
    return empty;
  });
  // From the end: what a cached partition is made of is spared, and what that is made of.
  for (const link of [...links].reverse()) {
    const [before, after] = [facts[link.from]!, facts[link.to]!];
    if (
      link.kind === 'one' &&
      steps[link.from]!.stage === steps[link.to]!.stage
    ) {
      for (let i = 0; i < before.spared.length; i++) {
        const at = i + link.offset;
        before.spared[i]! |= after.fromCache[at]! | after.spared[at]!;
      }
    }
  }
  return facts;
}

/** For each step, what to add to a partition to have the task's; null when several partitions share a task, or tasks a partition. */
function taskOffsets({ steps, links }: ILineage): (number | null)[] {
  const offsets: (number | null)[] = steps.map(step => (step.isEnd ? 0 : null));
  for (const { from, to, kind, offset } of [...links].reverse()) {
    const after = offsets[to] ?? null;
    const isWithin = steps[from]!.stage === steps[to]!.stage;
    if (kind === 'one' && isWithin && after !== null && !steps[from]!.isEnd) {
      offsets[from] = after + offset;
    }
  }
  return offsets;
}

/** Row of the task of each partition of a stage: one that succeeded before others, then the newest. Retries of the stage count too. */
function rowsByPartition(
  application: Application,
  stage: StageAttempt
): Int32Array {
  const { tasks } = application;
  let most = stage.numTasks;
  for (const info of stage.rddInfos) {
    most = Math.max(most, info['Number of Partitions'] ?? 0);
  }
  const found = new Int32Array(most).fill(-1);
  for (const attempt of application.attemptsOf(stage.id)) {
    for (const row of attempt.rows.view()) {
      const told = tasks.partitionId[row]!;
      // Before Spark 3.3 only the position is known.
      const partition = told >= 0 ? told : tasks.index[row]!;
      const known = found[partition];
      if (
        known !== undefined &&
        (known < 0 ||
          tasks.state[known] !== TaskState.succeeded ||
          tasks.state[row] === TaskState.succeeded)
      ) {
        found[partition] = row;
      }
    }
  }
  return found;
}

function read(
  application: Application,
  step: IStep,
  rowOf: Int32Array,
  offset: number,
  into: {
    rows: Int32Array;
    bytes: Float64Array;
    records: Float64Array;
    fromCache: Uint8Array;
  }
): void {
  const { tasks } = application;
  const readsFiles = step.stage.rddInfos.some(info =>
    FILES.test(info.Name ?? '')
  );
  const isSized = step.shuffle?.reduceSizesBytes.length === step.partitions;
  for (let i = 0; i < step.partitions; i++) {
    const row = rowOf[i + offset] ?? -1;
    into.rows[i] = row;
    if (row < 0) {
      continue;
    }
    const input = tasks.inputBytes[row]!;
    const shuffled =
      tasks.shuffleLocalBytesRead[row]! + tasks.shuffleRemoteBytesRead[row]!;
    if (!isSized) {
      into.bytes[i] = input + shuffled || tasks.shuffleBytesWritten[row]!;
    }
    into.records[i] =
      tasks.inputRecords[row]! + tasks.shuffleRecordsRead[row]! ||
      tasks.shuffleRecordsWritten[row]!;
    into.fromCache[i] = isHit(step, i, input, readsFiles) ? 1 : 0;
  }
}

/**
 * A task that takes a partition from the cache reports the size of the block as what it read (`RDD.getOrCompute`), and nothing of what
 * the partition would have been made of.
 */
function isHit(
  step: IStep,
  partition: number,
  inputBytes: number,
  readsFiles: boolean
): boolean {
  const { cached } = step;
  if (inputBytes <= 0 || !(cached || step.isLetGo)) {
    return false;
  }
  const isThere = (cached?.places[partition] ?? 0) !== CachePlace.absent;
  return isThere ? inputBytes === cached!.bytes[partition] : !readsFiles;
}
