// What a view draws (4), for other tools: an application in the Trace Event Format, which Perfetto and chrome://tracing open.
// Source: "Trace Event Format", Google, 2016: complete events (`X`), metadata events (`M`); times in microseconds.
import { TaskState, type Application } from '../model';
import { jobBands } from './job-bands';
import { stageBands } from './stage-bands';
import { TimelineLanes } from './timeline-lanes';

/** One event of the format. */
interface ITraceEvent {
  readonly name: string;
  /** `X`: something that lasted; `M`: the name of a process or thread. */
  readonly ph: 'X' | 'M';
  readonly pid: number;
  readonly tid: number;
  /** Microseconds since 1970. */
  readonly ts?: number;
  readonly dur?: number;
  readonly cat?: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The "process" that holds jobs and stages; executors follow. */
const APPLICATION_PID = 0;
/** Threads of that process: rows of jobs from 0, rows of stages from here. */
const FIRST_STAGE_ROW = 100;
const MOST_ROWS = 32;

/** Events that are put together before they are handed on: text is built in pieces that stay small. */
const PIECE = 2048;

const STATE_NAMES: Readonly<Record<number, string>> = {
  [TaskState.running]: 'running',
  [TaskState.succeeded]: 'succeeded',
  [TaskState.failed]: 'failed',
  [TaskState.killed]: 'killed'
};

/**
 * An application as the text of a trace file, in pieces that together are one JSON object: jobs and stages as one process, each executor
 * as another with a thread a core.
 *
 * @param now - where what still runs ends, ms since 1970.
 */
export function* traceText(
  application: Application,
  now: number
): Generator<string> {
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify({
    application: application.id,
    spark: application.sparkVersion
  })},"traceEvents":[`;
  let piece: string[] = [];
  let isFirst = true;
  for (const event of traceEvents(application, now)) {
    piece.push(JSON.stringify(event));
    if (piece.length === PIECE) {
      yield `${isFirst ? '' : ','}\n${piece.join(',\n')}`;
      isFirst = false;
      piece = [];
    }
  }
  if (piece.length > 0) {
    yield `${isFirst ? '' : ','}\n${piece.join(',\n')}`;
  }
  yield '\n]}\n';
}

function* traceEvents(
  application: Application,
  now: number
): Generator<ITraceEvent> {
  yield named(APPLICATION_PID, null, application.name || application.id);
  for (const { job, from, to, row } of jobBands(application, now, MOST_ROWS)) {
    yield {
      ...lasting(`job ${job.id}`, 'job', from, to),
      pid: APPLICATION_PID,
      tid: row,
      args: { name: job.name, status: job.status, stages: job.stageIds }
    };
  }
  for (const { stage, from, to, row } of stageBands(
    [...application.stages.values()],
    now,
    MOST_ROWS
  )) {
    yield {
      ...lasting(`stage ${stage.id}.${stage.attempt}`, 'stage', from, to),
      pid: APPLICATION_PID,
      tid: FIRST_STAGE_ROW + row,
      args: { name: stage.name, status: stage.status, tasks: stage.numTasks }
    };
  }
  yield* taskEvents(application, now);
}

function* taskEvents(
  application: Application,
  now: number
): Generator<ITraceEvent> {
  const lanes = new TimelineLanes({ application, stages: null });
  lanes.update();
  const processes = new Map<string, number>();
  const { tasks, stageList } = application;
  for (const lane of lanes.lanes) {
    let pid = processes.get(lane.executor);
    if (pid === undefined) {
      pid = processes.size + 1;
      processes.set(lane.executor, pid);
      yield named(pid, null, `executor ${lane.executor}`);
    }
    yield named(pid, lane.core, `core ${lane.core + 1}`);
    for (let i = 0; i < lane.count; i++) {
      const row = lane.rows[i]!;
      const stage = stageList[tasks.stage[row]!];
      const from = lane.starts[i]!;
      const to =
        lane.ends[i] === Infinity ? Math.max(now, from) : lane.ends[i]!;
      yield {
        ...lasting(`task ${tasks.index[row]}`, 'task', from, to),
        pid,
        tid: lane.core,
        args: {
          stage: stage?.key,
          attempt: tasks.attempt[row],
          state: STATE_NAMES[tasks.state[row]!],
          runTimeMs: tasks.runTimeMs[row],
          gcTimeMs: tasks.gcTimeMs[row],
          inputBytes: tasks.inputBytes[row],
          shuffleWriteBytes: tasks.shuffleBytesWritten[row]
        }
      };
    }
  }
}

function lasting(
  name: string,
  cat: string,
  fromMs: number,
  toMs: number
): Pick<Required<ITraceEvent>, 'name' | 'cat' | 'ph' | 'ts' | 'dur'> {
  return { name, cat, ph: 'X', ts: fromMs * 1000, dur: (toMs - fromMs) * 1000 };
}

/** Metadata: what a process, or a thread of it, is called. */
function named(pid: number, tid: number | null, name: string): ITraceEvent {
  return {
    name: tid === null ? 'process_name' : 'thread_name',
    ph: 'M',
    pid,
    tid: tid ?? 0,
    args: { name }
  };
}
