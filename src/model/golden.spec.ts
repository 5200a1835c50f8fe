import { batchesOfLog, Column, type ColumnName } from '../events';
import type { Application } from './application';
import { modelOf } from './fixtures/models';
import { answersTo, linesOf, logs } from './fixtures/read.cjs';
import type { Job } from './job';
import type { StageAttempt } from './stage-attempt';

/** What REST answers has no type. */
type Json = ReturnType<typeof answersTo>['application'];

/** REST writes `2026-11-24T10:42:36.463GMT`. */
function timeOf(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text.replace('GMT', 'Z'));
}

function jobFields(job: Job): Json {
  return {
    jobId: job.id,
    name: job.name,
    description: job.description,
    submissionTime: job.submissionTime,
    completionTime: job.completionTime,
    stageIds: job.stageIds,
    jobGroup: job.group,
    jobTags: job.tags,
    status: job.status,
    numTasks: job.numTasks,
    numActiveTasks: job.numActiveTasks,
    numCompletedTasks: job.numCompletedTasks,
    numSkippedTasks: job.numSkippedTasks,
    numFailedTasks: job.numFailedTasks,
    numKilledTasks: job.numKilledTasks,
    numCompletedIndices: job.numCompletedIndices,
    numActiveStages: job.numActiveStages,
    numCompletedStages: job.numCompletedStages,
    numSkippedStages: job.numSkippedStages,
    numFailedStages: job.numFailedStages,
    killedTasksSummary: Object.fromEntries(job.killedTasksSummary)
  };
}

function sparkJobFields(job: Json): Json {
  const { killedTasksSummary, ...fields } = job;
  return {
    ...fields,
    killedTasksSummary,
    description: job.description ?? null,
    jobGroup: job.jobGroup ?? null,
    submissionTime: timeOf(job.submissionTime),
    completionTime: timeOf(job.completionTime),
    status: String(job.status).toLowerCase(),
    // Spark counts below zero for a job that joined a running stage.
    numActiveTasks: Math.max(0, job.numActiveTasks),
    numActiveStages: Math.max(0, job.numActiveStages)
  };
}

/** REST field of a stage → the column whose sum it is. */
const STAGE_SUMS: Record<string, ColumnName> = {
  executorDeserializeTime: 'executorDeserializeTimeMs',
  executorDeserializeCpuTime: 'executorDeserializeCpuTimeNs',
  executorRunTime: 'executorRunTimeMs',
  executorCpuTime: 'executorCpuTimeNs',
  resultSize: 'resultSizeBytes',
  jvmGcTime: 'jvmGcTimeMs',
  resultSerializationTime: 'resultSerializationTimeMs',
  memoryBytesSpilled: 'memoryBytesSpilled',
  diskBytesSpilled: 'diskBytesSpilled',
  peakExecutionMemory: 'peakExecutionMemoryBytes',
  inputBytes: 'inputBytesRead',
  inputRecords: 'inputRecordsRead',
  outputBytes: 'outputBytesWritten',
  outputRecords: 'outputRecordsWritten',
  shuffleRemoteBlocksFetched: 'shuffleRemoteBlocksFetched',
  shuffleLocalBlocksFetched: 'shuffleLocalBlocksFetched',
  shuffleFetchWaitTime: 'shuffleFetchWaitTimeMs',
  shuffleRemoteBytesRead: 'shuffleRemoteBytesRead',
  shuffleRemoteBytesReadToDisk: 'shuffleRemoteBytesReadToDisk',
  shuffleLocalBytesRead: 'shuffleLocalBytesRead',
  shuffleReadRecords: 'shuffleRecordsRead',
  shuffleRemoteReqsDuration: 'shuffleRemoteReqsDurationMs',
  shuffleWriteBytes: 'shuffleBytesWritten',
  shuffleWriteTime: 'shuffleWriteTimeNs',
  shuffleWriteRecords: 'shuffleRecordsWritten'
};

const STAGE_FIELDS = [
  'name',
  'details',
  'schedulingPool',
  'numTasks',
  'numActiveTasks',
  'numCompleteTasks',
  'numFailedTasks',
  'numKilledTasks',
  'numCompletedIndices'
] as const;

function stageFields(stage: StageAttempt, spark: Json): Json {
  const fields: Json = {
    status: stage.status,
    description: stage.description,
    failureReason: stage.failureReason,
    submissionTime: stage.submissionTime,
    firstTaskLaunchedTime: stage.firstTaskLaunchTime,
    completionTime: stage.completionTime,
    rddIds: stage.rddInfos.map(info => info['RDD ID']),
    killedTasksSummary: Object.fromEntries(stage.killedTasksSummary),
    speculationSummary:
      stage.speculation.numTasks > 0 ? stage.speculation : null,
    taskTime: stage.sums[Column.durationMs]
  };
  for (const name of STAGE_FIELDS) {
    fields[name] = stage[name];
  }
  for (const [name, column] of Object.entries(STAGE_SUMS)) {
    // 3.5 lacks a few of them.
    if (name in spark) {
      fields[name] = stage.sums[Column[column]];
    }
  }
  return fields;
}

function sparkStageFields(stage: Json): Json {
  const fields: Json = {
    status: String(stage.status).toLowerCase(),
    description: stage.description ?? null,
    failureReason: stage.failureReason ?? null,
    submissionTime: timeOf(stage.submissionTime),
    firstTaskLaunchedTime: timeOf(stage.firstTaskLaunchedTime),
    completionTime: timeOf(stage.completionTime),
    rddIds: stage.rddIds,
    killedTasksSummary: stage.killedTasksSummary,
    speculationSummary: stage.speculationSummary ?? null,
    taskTime: timeWithoutResubmitted(stage)
  };
  for (const name of [...STAGE_FIELDS, ...Object.keys(STAGE_SUMS)]) {
    if (name in stage) {
      fields[name] = stage[name];
    }
  }
  return fields;
}

/** Task time by executor counts a resubmitted task's duration twice; by task it is there once, as with us. */
function timeWithoutResubmitted(stage: Json): number {
  const tasks: Json[] = Object.values(stage.tasks ?? {});
  return tasks.reduce((sum, task) => sum + (task.duration ?? 0), 0);
}

describe.each(logs)('the log %s', name => {
  const app = modelOf(name);
  const spark = answersTo(name);

  it('has the jobs of the History Server, counted alike', () => {
    const ours = [...app.jobs.values()].map(jobFields);
    expect(ours.length).toBeGreaterThan(0);
    expect(ours).toEqual(spark.jobs.map(sparkJobFields).reverse());
  });

  it('has its stage attempts, counted alike', () => {
    expect([...app.stages.keys()].sort()).toEqual(
      spark.stages.map(stage => `${stage.stageId}.${stage.attemptId}`).sort()
    );
    for (const answer of spark.stages) {
      const key = `${answer.stageId}.${answer.attemptId}`;
      const stage = app.stages.get(key)!;
      if (isForgotten(name, key)) {
        // Spark forgot what the stage did when a later job listed it again.
        expect(answer.status).toBe('SKIPPED');
        expect(answer.numCompleteTasks).toBe(0);
        expect(stage.status).toBe('complete');
        expect(stage.numCompleteTasks).toBe(stage.numTasks);
        continue;
      }
      expect({ key, ...stageFields(stage, answer) }).toEqual({
        key,
        ...sparkStageFields(answer)
      });
    }
  });

  it('has its cached data', () => {
    const ours = [...app.rdds.values()]
      .filter(rdd => rdd.numCachedPartitions > 0)
      .map(rdd => ({
        id: rdd.id,
        name: rdd.name,
        numPartitions: rdd.numPartitions,
        numCachedPartitions: rdd.numCachedPartitions,
        storageLevel: rdd.storageLevel,
        memoryUsed: rdd.memoryUsedBytes,
        diskUsed: rdd.diskUsedBytes
      }));
    expect(ours).toEqual(
      spark.rdds.map(({ dataDistribution, partitions, ...rdd }) => rdd)
    );
  });

  it('has its SQL executions', () => {
    const ours = [...app.sql.values()].map(execution => ({
      id: execution.id,
      description: execution.description,
      submissionTime: execution.submissionTime,
      duration: execution.completionTime! - execution.submissionTime!,
      failed: execution.error !== null,
      jobIds: execution.jobIds
    }));
    const theirs = spark.sql.map(execution => ({
      id: execution.id,
      description: execution.description,
      submissionTime: timeOf(execution.submissionTime),
      duration: execution.duration,
      failed: execution.status === 'FAILED',
      jobIds: [...execution.successJobIds, ...execution.failedJobIds].sort(
        (a: number, b: number) => a - b
      )
    }));
    expect(ours).toEqual(theirs);
  });

  it.each([1, 7, 50])('is the same in batches of %i lines', size => {
    expect(snapshot(modelOf(name, size))).toEqual(snapshot(app));
  });
});

/** In `together` a job lists a stage that an earlier one has completed and still needs. */
function isForgotten(name: string, key: string): boolean {
  return name.startsWith('together-') && key === '1.0';
}

function snapshot(app: Application): Json {
  return {
    jobs: [...app.jobs.values()].map(jobFields),
    stages: app.stageList.map(stage => ({
      key: stage.key,
      ...stageFields(stage, STAGE_SUMS)
    }))
  };
}

it('finds every way for a task to end, and every state of a stage, in the logs', () => {
  const reasons = new Set<string>();
  const states = new Set<string>();
  for (const name of logs) {
    for (const line of linesOf(name)) {
      reasons.add(/"Task End Reason":\{"Reason":"(\w+)"/.exec(line)?.[1] ?? '');
    }
    answersTo(name).stages.forEach(stage => states.add(stage.status));
  }
  expect([...reasons].sort()).toEqual([
    '',
    'ExceptionFailure',
    'ExecutorLostFailure',
    'FetchFailed',
    'Resubmitted',
    'Success',
    'TaskKilled'
  ]);
  expect([...states].sort()).toEqual(['COMPLETE', 'FAILED', 'SKIPPED']);
});

it('keeps counts of events that it does not read', () => {
  const app = modelOf('retries-4.3');
  const [batch] = batchesOfLog(linesOf('retries-4.3'));
  const removals = batch!.events.filter(
    event => event.Event === 'SparkListenerBlockManagerRemoved'
  );
  expect(removals.length).toBeGreaterThan(0);
  expect(app.skippedEvents.get('SparkListenerBlockManagerRemoved')).toBe(
    removals.length
  );
});
