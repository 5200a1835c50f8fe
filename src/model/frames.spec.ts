import { batchesOfLog, Column, decodeFrame, type IBatch } from '../events';
import type { Application } from './application';
import { framesOf, linesOf, logs } from './fixtures/read.cjs';
import { Session } from './session';
import { TaskFlag } from './task-table';

function apply(batches: readonly IBatch[]): Application {
  const session = new Session();
  batches.forEach(batch => session.apply(batch));
  return session.latest!;
}

function jobs(app: Application): unknown[] {
  return [...app.jobs.values()]
    .sort((a, b) => a.id - b.id)
    .map(job => ({
      id: job.id,
      name: job.name,
      description: job.description,
      group: job.group,
      tags: job.tags,
      submissionTime: job.submissionTime,
      completionTime: job.completionTime,
      status: job.status,
      error: job.error?.slice(0, 100),
      stageIds: job.stageIds,
      sqlExecutionId: job.sqlExecutionId,
      numTasks: job.numTasks,
      active: job.numActiveTasks,
      completed: job.numCompletedTasks,
      skipped: job.numSkippedTasks,
      failed: job.numFailedTasks,
      killed: job.numKilledTasks,
      activeStages: job.numActiveStages,
      completedStages: job.numCompletedStages,
      skippedStages: job.numSkippedStages,
      failedStages: job.numFailedStages
    }));
}

/** Durations are summed over resubmitted tasks twice where their rows are gone, so they are compared where these are there. */
function stages(app: Application, durations: boolean): unknown[] {
  return [...app.stageList]
    .sort((a, b) => a.id - b.id || a.attempt - b.attempt)
    .map(stage => ({
      key: stage.key,
      name: stage.name,
      status: stage.status,
      numTasks: stage.numTasks,
      parentIds: stage.parentIds,
      rdds: stage.rddInfos.map(info => info['RDD ID']),
      submissionTime: stage.submissionTime,
      firstTaskLaunchTime: stage.firstTaskLaunchTime,
      completionTime: stage.completionTime,
      pool: stage.schedulingPool,
      jobIds: [...stage.jobIds].sort(),
      active: stage.numActiveTasks,
      completed: stage.numCompleteTasks,
      failed: stage.numFailedTasks,
      killed: stage.numKilledTasks,
      sums: [...stage.sums].slice(Column.durationMs + (durations ? 0 : 1))
    }));
}

/** Whether a task has metrics is compared when the log has them: heartbeats told them of tasks that then ended without. */
function tasks(app: Application, logged: Application): unknown[] {
  const table = app.tasks;
  const rows = Array.from({ length: table.length }, (_, row) => row);
  return rows
    .map(row => {
      const inLog = logged.tasks.rowOf(table.taskId[row]!);
      const measured = (logged.tasks.flags[inLog]! & TaskFlag.metrics) !== 0;
      return {
        id: table.taskId[row]!,
        stage: app.stageList[table.stage[row]!]!.key,
        index: table.index[row],
        attempt: table.attempt[row],
        partition: table.partitionId[row],
        launchTime: table.launchTime[row],
        durationMs: table.durationMs[row],
        state: table.state[row],
        flags: table.flags[row]! & (measured ? 0xff : ~TaskFlag.metrics),
        reason: table.reason[row],
        error: app.strings[table.error[row]! - 1]?.slice(0, 1000),
        locality: table.locality[row],
        executor: app.strings[table.executor[row]!],
        host: app.strings[table.host[row]!],
        gettingResult: table.gettingResult[row],
        schedulerDelayMs: measured ? table.schedulerDelayMs(row) : 0,
        runTimeMs: table.runTimeMs[row],
        cpuTimeNs: table.cpuTimeNs[row],
        shuffleRecordsRead: table.shuffleRecordsRead[row]
      };
    })
    .sort((a, b) => a.id - b.id);
}

function executors(app: Application): unknown[] {
  return [...app.executors.values()]
    .map(executor => ({
      id: executor.id,
      host: executor.host,
      cores: executor.cores,
      isActive: executor.isActive,
      removeReason: executor.removeReason,
      maxMemoryBytes: executor.maxMemoryBytes,
      rddBlocks: executor.rddBlocks,
      active: executor.activeTasks,
      completed: executor.completedTasks,
      failed: executor.failedTasks,
      total: executor.totalTasks,
      durationMs: executor.totalDurationMs,
      gcTimeMs: executor.totalGcTimeMs,
      shuffleReadBytes: executor.shuffleReadBytes
    }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What the kernel does with old frames when its memory is full. */
function withoutRows(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer);
  const events = view.getUint32(20, true);
  const rows = view.getUint32(28, true);
  if (rows === 0) {
    return frame;
  }
  const shorter = new Uint8Array(frame.length - rows);
  shorter.set(frame.subarray(0, 40 + events));
  shorter.set(frame.subarray(40 + events + rows), 40 + events);
  const header = new DataView(shorter.buffer);
  header.setUint16(6, view.getUint16(6, true) | 2, true);
  header.setUint32(24, 0, true);
  header.setUint32(28, 0, true);
  return shorter;
}

describe.each(logs)('what the listener sent of %s', name => {
  const logged = apply(batchesOfLog(linesOf(name)));

  it('says what the event log of the same jobs says', async () => {
    const batches = await Promise.all(framesOf(name).map(decodeFrame));
    expect(batches.length).toBeGreaterThan(5);
    expect(batches.every(batch => batch.badLines === 0)).toBe(true);
    const sent = apply(batches);
    expect(jobs(sent)).toEqual(jobs(logged));
    expect(stages(sent, true)).toEqual(stages(logged, true));
    expect(tasks(sent, logged)).toEqual(tasks(logged, logged));
    expect(executors(sent)).toEqual(executors(logged));
    expect([...sent.rdds.keys()]).toEqual([...logged.rdds.keys()]);
    expect(sent.source).toBe('listener');
  });

  it.each([1, 2, 3])(
    'counts the same when rows of every %i. frame are gone',
    async every => {
      const frames = framesOf(name).map((frame, i) =>
        i % every === 0 ? withoutRows(frame) : frame
      );
      const sent = apply(await Promise.all(frames.map(decodeFrame)));
      expect(sent.droppedRows).toBeGreaterThan(0);
      expect(jobs(sent)).toEqual(jobs(logged));
      expect(stages(sent, false)).toEqual(stages(logged, false));
      for (let row = 0; row < sent.tasks.length; row++) {
        expect(sent.tasks.state[row]).not.toBe(0);
      }
    }
  );
});
