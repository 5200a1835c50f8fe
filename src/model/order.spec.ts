import {
  batchesOfLog,
  Column,
  COLUMN_COUNT,
  Flag,
  Kind,
  Reason,
  rowsFrom,
  type IBatch,
  type ISparkEvent
} from '../events';
import type { Application } from './application';
import { linesOf, logs } from './fixtures/read.cjs';
import { Session } from './session';
import { TaskFlag, TaskState } from './task-table';

/** Logs without jobs that share a stage: whose tasks those count depends on the order. */
const separate = logs.filter(name => !name.startsWith('together'));

function apply(batches: readonly IBatch[]): Application {
  const session = new Session();
  batches.forEach(batch => session.apply(batch));
  return session.latest!;
}

function counters(app: Application): unknown {
  return {
    jobs: [...app.jobs.values()]
      .sort((a, b) => a.id - b.id)
      .map(job => ({
        id: job.id,
        name: job.name,
        status: job.status,
        error: job.error,
        numTasks: job.numTasks,
        active: job.numActiveTasks,
        completed: job.numCompletedTasks,
        skipped: job.numSkippedTasks,
        failed: job.numFailedTasks,
        killed: job.numKilledTasks,
        indices: job.numCompletedIndices,
        activeStages: job.numActiveStages,
        completedStages: [...job.completedStages].sort(),
        skippedStages: [...job.skippedStages].sort(),
        failedStages: job.numFailedStages,
        killedTasks: [...job.killedTasksSummary].sort(),
        stages: job.stages.map(stage => stage.key)
      })),
    stages: [...app.stageList]
      .sort((a, b) => a.id - b.id || a.attempt - b.attempt)
      .map(stage => ({
        key: stage.key,
        name: stage.name,
        status: stage.status,
        submissionTime: stage.submissionTime,
        firstTaskLaunchTime: stage.firstTaskLaunchTime,
        completionTime: stage.completionTime,
        failureReason: stage.failureReason,
        numTasks: stage.numTasks,
        active: stage.numActiveTasks,
        completed: stage.numCompleteTasks,
        failed: stage.numFailedTasks,
        killed: stage.numKilledTasks,
        indices: stage.numCompletedIndices,
        killedTasks: [...stage.killedTasksSummary].sort(),
        speculation: stage.speculation,
        localities: [...stage.localityCounts],
        sums: [...stage.sums],
        tasks: stage.rows.length
      }))
  };
}

/** Everything of a log apart: a batch an event, a batch a row. */
function pieces(name: string): { batches: IBatch[]; strings: IBatch[] } {
  const batches: IBatch[] = [];
  const strings: IBatch[] = [];
  for (const batch of batchesOfLog(linesOf(name), { size: 1 })) {
    const texts = batch.events.filter(isStrings);
    strings.push({ ...batch, events: texts, rows: null });
    batches.push({
      ...batch,
      backfill: true,
      events: batch.events.filter(event => !isStrings(event))
    });
  }
  return { batches, strings };
}

function isStrings(event: ISparkEvent): boolean {
  return event.Event === 'SparkglassStrings';
}

function shuffled<T>(values: readonly T[], seed: number): T[] {
  const result = [...values];
  let state = seed;
  for (let i = result.length - 1; i > 0; i--) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const j = state % (i + 1);
    [result[i], result[j]] = [result[j]!, result[i]!];
  }
  return result;
}

describe.each(separate)('the log %s', name => {
  const batches = batchesOfLog(linesOf(name));
  const expected = counters(apply(batches));

  it('counts the same when all of it comes twice', () => {
    expect(counters(apply([...batches, ...batches]))).toEqual(expected);
  });

  it('counts the same when its past comes twice, event by event', () => {
    const twice = pieces(name);
    expect(
      counters(
        apply([
          ...twice.strings,
          ...twice.batches.flatMap(batch => [batch, batch])
        ])
      )
    ).toEqual(expected);
  });

  it.each([1, 2, 3, 4, 5])('counts the same in any order (%i)', seed => {
    const { batches: all, strings } = pieces(name);
    expect(counters(apply([...strings, ...shuffled(all, seed)]))).toEqual(
      expected
    );
  });

  it('counts the same without task starts', () => {
    const ends = linesOf(name).filter(
      line => !line.startsWith('{"Event":"SparkListenerTaskStart"')
    );
    expect(counters(apply(batchesOfLog(ends)))).toEqual(expected);
  });

  it('survives the loss of any event, and counts nothing below zero', () => {
    const lines = linesOf(name);
    for (let lost = 0; lost < lines.length; lost += 3) {
      const app = apply(batchesOfLog(lines.filter((_, i) => i !== lost)));
      for (const stage of app.stageList) {
        expect(stage.numActiveTasks).toBeGreaterThanOrEqual(0);
      }
      for (const job of app.jobs.values()) {
        expect(job.numActiveTasks).toBeGreaterThanOrEqual(0);
        expect(job.numActiveStages).toBeGreaterThanOrEqual(0);
        expect(job.numSkippedTasks).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

/** A row of a task of stage 0.0. */
function row(values: Partial<Record<keyof typeof Column, number>>): number[] {
  const numbers = new Array<number>(COLUMN_COUNT).fill(0);
  for (const [name, value] of Object.entries(values)) {
    numbers[Column[name as keyof typeof Column]] = value;
  }
  return numbers;
}

const STAGE = { 'Stage ID': 0, 'Stage Attempt ID': 0, 'Number of Tasks': 4 };

function opening(): IBatch {
  return {
    application: 1,
    backfill: false,
    events: [
      { Event: 'SparkglassStrings', Base: 0, Values: ['1', 'host', 'stop it'] },
      {
        Event: 'SparkListenerExecutorAdded',
        'Executor ID': '1',
        Timestamp: 1,
        'Executor Info': { Host: 'host', 'Total Cores': 4 }
      },
      {
        Event: 'SparkListenerJobStart',
        'Job ID': 0,
        'Submission Time': 10,
        'Stage Infos': [STAGE],
        'Stage IDs': [0]
      },
      {
        Event: 'SparkListenerStageSubmitted',
        'Stage Info': { ...STAGE, 'Submission Time': 11 }
      }
    ],
    rows: null
  };
}

const completed: ISparkEvent = {
  Event: 'SparkListenerStageCompleted',
  'Stage Info': { ...STAGE, 'Submission Time': 11, 'Completion Time': 100 }
};

function batch(
  rows: readonly number[][],
  events: readonly ISparkEvent[] = []
): IBatch {
  return { application: 1, backfill: false, events, rows: rowsFrom(rows) };
}

describe('heartbeats', () => {
  it('move the sums of a stage, and the end brings them to the final values', () => {
    const session = new Session();
    session.apply(opening());
    const beat = (value: number): number[] =>
      row({
        kind: Kind.running,
        taskId: 7,
        flags: Flag.metrics,
        executorRunTimeMs: value,
        memoryBytesSpilled: 40
      });
    session.apply(batch([row({ taskId: 7, launchTime: 20 }), beat(5)]));
    const app = session.latest!;
    const stage = app.stages.get('0.0')!;
    expect(stage.sums[Column.executorRunTimeMs]).toBe(5);
    session.apply(batch([beat(9), beat(300)]));
    expect(stage.sums[Column.executorRunTimeMs]).toBe(300);
    expect(app.tasks.runTimeMs[0]).toBe(300);
    expect(stage.numActiveTasks).toBe(1);
    session.apply(
      batch([
        row({
          kind: Kind.ended,
          taskId: 7,
          launchTime: 20,
          durationMs: 70_000,
          reason: Reason.success,
          flags: Flag.metrics,
          executorRunTimeMs: 290
        }),
        beat(400)
      ])
    );
    expect(stage.sums[Column.executorRunTimeMs]).toBe(290);
    expect(stage.sums[Column.memoryBytesSpilled]).toBe(0);
    expect(app.tasks.memoryBytesSpilled[0]).toBe(0);
    expect(app.tasks.durationMs[0]).toBe(70_000);
    expect(app.executors.get('1')!.completedTasks).toBe(1);
  });

  it('of unknown tasks are left out', () => {
    const app = apply([
      opening(),
      batch([row({ kind: Kind.running, taskId: 3, flags: Flag.metrics })])
    ]);
    expect(app.tasks.length).toBe(0);
    expect(app.stages.get('0.0')!.numActiveTasks).toBe(0);
  });
});

describe('rows that were dropped', () => {
  const dropped: ISparkEvent = {
    Event: 'SparkglassTasksDropped',
    'Stage ID': 0,
    'Stage Attempt ID': 0,
    Started: 2,
    Succeeded: 2,
    Failed: 1,
    Killed: 0,
    Rows: 5,
    Sums: { executorRunTimeMs: 50, durationMs: 60, after: 9, toString: 1 },
    'First Launch Time': 15,
    'Last Finish Time': 80
  };
  const begun = row({ taskId: 1, index: 1, launchTime: 20 });
  const beat = row({
    kind: Kind.running,
    taskId: 1,
    flags: Flag.metrics,
    executorRunTimeMs: 4
  });

  it('are counted, in the stage and its job', () => {
    const app = apply([opening(), batch([begun, beat], [dropped])]);
    const stage = app.stages.get('0.0')!;
    const job = app.jobs.get(0)!;
    expect([stage.numCompleteTasks, stage.numFailedTasks]).toEqual([2, 1]);
    expect([job.numCompletedTasks, job.numFailedTasks]).toEqual([2, 1]);
    expect([stage.numCompletedIndices, job.numCompletedIndices]).toEqual([
      2, 2
    ]);
    // Of three that ended two had been started among the dropped ones; the third is the one with a row.
    expect([stage.numActiveTasks, job.numActiveTasks]).toEqual([0, 0]);
    expect(stage.firstTaskLaunchTime).toBe(15);
    expect([stage.droppedRows, app.droppedRows]).toEqual([5, 5]);
    expect(stage.sums[Column.after]).toBe(0);
  });

  it('close the row of a task once its stage is over', () => {
    const app = apply([opening(), batch([begun, beat], [dropped, completed])]);
    const stage = app.stages.get('0.0')!;
    expect(app.tasks.state[0]).toBe(TaskState.succeeded);
    expect(app.tasks.flags[0]! & TaskFlag.endUnknown).not.toBe(0);
    expect(app.tasks.durationMs[0]).toBe(80);
    expect(app.executors.get('1')!.activeTasks).toBe(0);
    expect(stage.sums[Column.executorRunTimeMs]).toBe(50);
  });

  it('may hold the start of a task whose end comes as a row', () => {
    const start = { ...dropped, Started: 1, Succeeded: 0, Failed: 0, Sums: {} };
    const app = apply([
      opening(),
      batch([], [start]),
      batch([
        row({
          kind: Kind.ended,
          taskId: 2,
          launchTime: 15,
          reason: Reason.success
        })
      ])
    ]);
    const stage = app.stages.get('0.0')!;
    expect([stage.numActiveTasks, stage.numCompleteTasks]).toEqual([0, 1]);
  });
});

describe('a task that starts when its stage is over', () => {
  const late = row({ taskId: 5, launchTime: 99 });
  const end = row({
    kind: Kind.ended,
    taskId: 5,
    launchTime: 99,
    reason: Reason.taskKilled,
    flags: Flag.killed,
    error: 3
  });

  it('counts for its executor only, as for Spark', () => {
    const app = apply([opening(), batch([], [completed]), batch([late, end])]);
    const stage = app.stages.get('0.0')!;
    expect([stage.numActiveTasks, stage.numKilledTasks]).toEqual([0, 0]);
    const executor = app.executors.get('1')!;
    expect([executor.totalTasks, executor.activeTasks]).toEqual([1, 0]);
  });

  it('counts for the stage when only its end came: it began before', () => {
    const app = apply([opening(), batch([], [completed]), batch([end])]);
    const stage = app.stages.get('0.0')!;
    expect([stage.numActiveTasks, stage.numKilledTasks]).toEqual([0, 1]);
    expect([...stage.killedTasksSummary]).toEqual([['stop it', 1]]);
  });
});

it.each([
  [0, 1],
  [1, 0]
])('puts rows between the events where they belong (%i)', (after, active) => {
  const app = apply([
    opening(),
    batch([row({ after, taskId: 2, launchTime: 30 })], [completed])
  ]);
  expect(app.stages.get('0.0')!.numActiveTasks).toBe(active);
  expect((app.tasks.flags[0]! & TaskFlag.late) !== 0).toBe(active === 0);
});
