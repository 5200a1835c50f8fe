import { LOCALITIES, REASONS } from '../events';
import {
  TaskFlag,
  TaskState,
  type Application,
  type StageAttempt
} from '../model';
import { LaneSum, type LaneColumns } from './lane-columns';
import { PHASE_COUNT, splitPhases } from './phases';

/** State of a task in words of the code. */
export type TaskStateName = 'running' | 'succeeded' | 'failed' | 'killed';

const STATES: readonly TaskStateName[] = (
  Object.keys(TaskState) as TaskStateName[]
).sort((a, b) => TaskState[a] - TaskState[b]);

/** Everything known about one task attempt. Times in ms, sizes in bytes. */
export interface ITaskFacts {
  readonly row: number;
  readonly taskId: number;
  readonly stage: StageAttempt | null;
  readonly index: number;
  readonly attempt: number;
  readonly partitionId: number;
  readonly state: TaskStateName;
  readonly isSpeculative: boolean;
  /** Whether Spark measured it; if not, the figures below are zeros. */
  readonly hasMetrics: boolean;
  readonly executor: string;
  readonly host: string;
  /** Spark's name, such as `NODE_LOCAL`. */
  readonly locality: string;
  /** Spark's name for how it ended, such as `ExceptionFailure`; '' while it runs. */
  readonly reason: string;
  /** What it failed with; '' when it did not. */
  readonly error: string;
  /** ms since 1970. */
  readonly launchTime: number;
  readonly durationMs: number;
  /** By `PHASES`, as Spark's stage page splits it. */
  readonly phasesMs: Float64Array;
  readonly gcTimeMs: number;
  readonly cpuTimeMs: number;
  readonly peakExecutionMemoryBytes: number;
  readonly resultSizeBytes: number;
  readonly inputBytes: number;
  readonly inputRecords: number;
  readonly outputBytes: number;
  readonly outputRecords: number;
  readonly shuffleReadBytes: number;
  readonly shuffleRemoteBytesRead: number;
  readonly shuffleRecordsRead: number;
  readonly shuffleBytesWritten: number;
  readonly shuffleRecordsWritten: number;
  readonly memoryBytesSpilled: number;
  readonly diskBytesSpilled: number;
}

/**
 * Everything known about a task.
 *
 * @param now - driver time in ms since 1970, for a task that runs.
 */
export function taskFacts(
  application: Application,
  row: number,
  now: number
): ITaskFacts {
  const { tasks, strings } = application;
  const phasesMs = new Float64Array(PHASE_COUNT);
  const durationMs = splitPhases(tasks, row, now, phasesMs);
  const flags = tasks.flags[row]!;
  const error = tasks.error[row]!;
  return {
    row,
    taskId: tasks.taskId[row]!,
    stage: application.stageList[tasks.stage[row]!] ?? null,
    index: tasks.index[row]!,
    attempt: tasks.attempt[row]!,
    partitionId: tasks.partitionId[row]!,
    state: STATES[tasks.state[row]!] ?? 'running',
    isSpeculative: (flags & TaskFlag.speculative) !== 0,
    hasMetrics: (flags & TaskFlag.metrics) !== 0,
    executor: strings[tasks.executor[row]!] ?? '',
    host: strings[tasks.host[row]!] ?? '',
    locality: LOCALITIES[tasks.locality[row]!] ?? '',
    reason: REASONS[tasks.reason[row]!] ?? '',
    error: error > 0 ? (strings[error - 1] ?? '') : '',
    launchTime: tasks.launchTime[row]!,
    durationMs,
    phasesMs,
    gcTimeMs: tasks.gcTimeMs[row]!,
    cpuTimeMs: tasks.cpuTimeNs[row]! / 1e6,
    peakExecutionMemoryBytes: tasks.peakExecutionMemoryBytes[row]!,
    resultSizeBytes: tasks.resultSizeBytes[row]!,
    inputBytes: tasks.inputBytes[row]!,
    inputRecords: tasks.inputRecords[row]!,
    outputBytes: tasks.outputBytes[row]!,
    outputRecords: tasks.outputRecords[row]!,
    shuffleReadBytes:
      tasks.shuffleRemoteBytesRead[row]! + tasks.shuffleLocalBytesRead[row]!,
    shuffleRemoteBytesRead: tasks.shuffleRemoteBytesRead[row]!,
    shuffleRecordsRead: tasks.shuffleRecordsRead[row]!,
    shuffleBytesWritten: tasks.shuffleBytesWritten[row]!,
    shuffleRecordsWritten: tasks.shuffleRecordsWritten[row]!,
    memoryBytesSpilled: tasks.memoryBytesSpilled[row]!,
    diskBytesSpilled: tasks.diskBytesSpilled[row]!
  };
}

/** Several tasks of a lane, added up. */
export interface IStretchFacts {
  readonly tasks: number;
  readonly failed: number;
  readonly killed: number;
  readonly busyMs: number;
  /** By `PHASES`. */
  readonly phasesMs: readonly number[];
  readonly gcTimeMs: number;
}

/** Add up tasks `from` … `to - 1` of a lane, in constant time. */
export function stretchFacts(
  lane: LaneColumns,
  from: number,
  to: number
): IStretchFacts {
  const phasesMs: number[] = [];
  let busyMs = 0;
  for (let p = 0; p < PHASE_COUNT; p++) {
    phasesMs.push(lane.sum(p, from, to));
    busyMs += phasesMs[p]!;
  }
  return {
    tasks: Math.max(0, to - from),
    failed: lane.sum(LaneSum.failed, from, to),
    killed: lane.sum(LaneSum.killed, from, to),
    busyMs,
    phasesMs,
    gcTimeMs: lane.sum(LaneSum.gcMs, from, to)
  };
}
