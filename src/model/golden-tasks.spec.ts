import { LOCALITIES } from '../events';
import type { Application } from './application';
import { modelOf } from './fixtures/models';
import { answersTo, linesOf, logs } from './fixtures/read.cjs';
import { TaskFlag } from './task-table';

/** What REST answers has no type. */
type Json = ReturnType<typeof answersTo>['application'];

/** REST writes `2026-11-24T10:42:36.463GMT`. */
function timeOf(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text.replace('GMT', 'Z'));
}

function taskFields(app: Application, row: number): Json {
  const { tasks, strings } = app;
  const flags = tasks.flags[row]!;
  const fetching = tasks.gettingResult[row]!;
  const launchTime = tasks.launchTime[row]!;
  return {
    taskId: tasks.taskId[row],
    index: tasks.index[row],
    attempt: tasks.attempt[row],
    partitionId: tasks.partitionId[row],
    launchTime,
    resultFetchStart: fetching > 0 ? launchTime + fetching - 1 : null,
    duration: tasks.durationMs[row],
    executorId: strings[tasks.executor[row]!],
    host: strings[tasks.host[row]!],
    status: ['RUNNING', 'SUCCESS', 'FAILED', 'KILLED'][tasks.state[row]!],
    taskLocality: LOCALITIES[tasks.locality[row]!],
    speculative: (flags & TaskFlag.speculative) !== 0,
    errorMessage: strings[tasks.error[row]! - 1] ?? null,
    schedulerDelay: tasks.schedulerDelayMs(row),
    gettingResultTime: tasks.gettingResultMs(row),
    taskMetrics: {
      executorDeserializeTime: tasks.deserializeTimeMs[row],
      executorDeserializeCpuTime: tasks.deserializeCpuTimeNs[row],
      executorRunTime: tasks.runTimeMs[row],
      executorCpuTime: tasks.cpuTimeNs[row],
      resultSize: tasks.resultSizeBytes[row],
      jvmGcTime: tasks.gcTimeMs[row],
      resultSerializationTime: tasks.resultSerializationTimeMs[row],
      memoryBytesSpilled: tasks.memoryBytesSpilled[row],
      diskBytesSpilled: tasks.diskBytesSpilled[row],
      peakExecutionMemory: tasks.peakExecutionMemoryBytes[row],
      inputMetrics: {
        bytesRead: tasks.inputBytes[row],
        recordsRead: tasks.inputRecords[row]
      },
      outputMetrics: {
        bytesWritten: tasks.outputBytes[row],
        recordsWritten: tasks.outputRecords[row]
      },
      shuffleReadMetrics: {
        remoteBlocksFetched: tasks.shuffleRemoteBlocksFetched[row],
        localBlocksFetched: tasks.shuffleLocalBlocksFetched[row],
        fetchWaitTime: tasks.shuffleFetchWaitTimeMs[row],
        remoteBytesRead: tasks.shuffleRemoteBytesRead[row],
        remoteBytesReadToDisk: tasks.shuffleRemoteBytesReadToDisk[row],
        localBytesRead: tasks.shuffleLocalBytesRead[row],
        recordsRead: tasks.shuffleRecordsRead[row],
        remoteReqsDuration: tasks.shuffleRemoteReqsDurationMs[row]
      },
      shuffleWriteMetrics: {
        bytesWritten: tasks.shuffleBytesWritten[row],
        writeTime: tasks.shuffleWriteTimeNs[row],
        recordsWritten: tasks.shuffleRecordsWritten[row]
      }
    }
  };
}

function sparkTaskFields(task: Json, unmeasured: Set<number>): Json {
  const metrics = structuredClone(task.taskMetrics);
  delete metrics?.shuffleReadMetrics.shufflePushReadMetrics;
  return {
    ...task,
    launchTime: timeOf(task.launchTime),
    resultFetchStart: timeOf(task.resultFetchStart),
    errorMessage: task.errorMessage ?? null,
    // The History Server takes missing metrics for zeros; a live Spark knows no delay then.
    schedulerDelay: unmeasured.has(task.taskId) ? 0 : task.schedulerDelay,
    taskMetrics: metrics
  };
}

function executorFields(app: Application): Json[] {
  return [...app.executors.values()].map(executor => ({
    id: executor.id,
    isActive: executor.isActive,
    addTime: executor.addTime,
    removeTime: executor.removeTime,
    removeReason: executor.removeReason,
    totalCores: executor.cores,
    rddBlocks: executor.rddBlocks,
    memoryUsed: executor.memoryUsedBytes,
    diskUsed: executor.diskUsedBytes,
    maxMemory: executor.maxMemoryBytes,
    activeTasks: executor.activeTasks,
    failedTasks: executor.failedTasks,
    completedTasks: executor.completedTasks,
    totalTasks: executor.totalTasks,
    totalDuration: executor.totalDurationMs,
    totalGCTime: executor.totalGcTimeMs,
    totalInputBytes: executor.inputBytes,
    totalShuffleRead: executor.shuffleReadBytes,
    totalShuffleWrite: executor.shuffleWriteBytes
  }));
}

function sparkExecutorFields(
  executor: Json,
  ours: Json,
  stages: Json[],
  resubmittedMs: number
): Json {
  const fields: Json = {};
  for (const name of Object.keys(ours)) {
    fields[name] = executor[name] ?? null;
  }
  fields.addTime = timeOf(executor.addTime);
  fields.removeTime = timeOf(executor.removeTime);
  // Before 4.3 Spark counts the time of a resubmitted task twice.
  fields.totalDuration -= resubmittedMs;
  if (executor.id === 'driver') {
    // Here REST shows the age of the driver and its own garbage collections.
    const tasks: Json[] = stages
      .flatMap(stage => Object.values<Json>(stage.tasks ?? {}))
      .filter(task => task.executorId === 'driver');
    const sum = (of: (task: Json) => number): number =>
      tasks.reduce((total, task) => total + of(task), 0);
    fields.totalDuration = sum(task => task.duration);
    fields.totalGCTime = sum(task => task.taskMetrics.jvmGcTime);
  }
  return fields;
}

/** The ends of tasks in a log that are special for a reason. */
function endsIn(name: string, special: (end: Json) => boolean): Json[] {
  return linesOf(name)
    .filter(line => line.startsWith('{"Event":"SparkListenerTaskEnd"'))
    .map(line => JSON.parse(line))
    .filter(special);
}

describe.each(logs)('the log %s', name => {
  const app = modelOf(name);
  const spark = answersTo(name);

  it('has its tasks', () => {
    const unmeasured = new Set<number>(
      endsIn(
        name,
        end =>
          !end['Task Metrics'] &&
          end['Task End Reason'].Reason !== 'Resubmitted'
      ).map(end => end['Task Info']['Task ID'])
    );
    let count = 0;
    for (const answer of spark.stages) {
      const key = `${answer.stageId}.${answer.attemptId}`;
      const stage = app.stages.get(key)!;
      const tasks: Json[] = Object.values(answer.tasks ?? {});
      expect(stage.rows.length).toBe(tasks.length);
      for (const task of tasks) {
        const row = app.tasks.rowOf(task.taskId);
        expect(taskFields(app, row)).toEqual(sparkTaskFields(task, unmeasured));
        expect(app.tasks.stage[row]).toBe(stage.ordinal);
        count++;
      }
    }
    expect(count).toBe(app.tasks.length);
  });

  it('has its executors', () => {
    const ours = executorFields(app);
    expect(ours.map(executor => executor.id).sort()).toEqual(
      spark.executors.map(executor => executor.id).sort()
    );
    for (const executor of ours) {
      const answer = spark.executors.find(other => other.id === executor.id)!;
      const resubmitted = name.endsWith('-4.3')
        ? []
        : endsIn(
            name,
            end =>
              end['Task End Reason'].Reason === 'Resubmitted' &&
              end['Task Info']['Executor ID'] === executor.id
          );
      const resubmittedMs = resubmitted.reduce(
        (sum, { 'Task Info': info }) =>
          sum + info['Finish Time'] - info['Launch Time'],
        0
      );
      expect(executor).toEqual(
        sparkExecutorFields(answer, executor, spark.stages, resubmittedMs)
      );
    }
  });

  it.each([1, 7, 50])('is the same in batches of %i lines', size => {
    expect(snapshot(modelOf(name, size))).toEqual(snapshot(app));
  });
});

function snapshot(app: Application): Json {
  return {
    tasks: Array.from({ length: app.tasks.length }, (_, row) =>
      taskFields(app, row)
    ),
    executors: executorFields(app)
  };
}
