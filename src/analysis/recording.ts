import { Column, type IBatch, type ISparkEvent } from '../events';
import type { Application, CellRun, Job, StageAttempt } from '../model';
import { shortFailure } from './failure';
import { plannedFor } from './plan-executions';
import {
  executionEndEvents,
  planEvents,
  shuffleEvents
} from './recording-plans';
import { batchProperties, queryEvents } from './recording-streams';
import {
  chooseRows,
  droppedSums,
  recordRows,
  StringTable
} from './recording-rows';
import { rowsOf, runScope, type IScopePart } from './scope';

/** How much of a run is kept. */
export interface IRecordingLimits {
  /** Task rows in all; the rest is kept as sums. */
  readonly rows: number;
  /** Jobs, newest first; what is older is left out. */
  readonly jobs: number;
  /** Characters of a failure reason or an error. */
  readonly text: number;
  /** Versions of a plan, the newest; 0 = no plans and no metrics of them. */
  readonly plans: number;
  /** Rows of the table of batches of each streaming query; older batches are laid together. */
  readonly batches: number;
  /** Whether RDDs of stages and sizes of shuffles are kept. */
  readonly lineage: boolean;
}

/** What {@link recordRun} kept. */
export interface IRecording {
  /** Batches that make a model of this run again. */
  readonly batches: readonly IBatch[];
  readonly rowsKept: number;
  readonly rowsTotal: number;
}

/**
 * A run as events again: what is saved with a notebook, and what a pinned output holds.
 *
 * Jobs, stages and their totals are kept exactly; of many tasks, the failed, the longest and an even sample are kept, and the others are added up
 * in `SparkglassTasksDropped`. Properties are left out, and lineage and plans unless there is room.
 */
export function recordRun(run: CellRun, limits: IRecordingLimits): IRecording {
  const parts = newestJobs(runScope(run).parts(), limits.jobs);
  const scope = runScope(run);
  const rowsTotal = parts.reduce(
    (sum, part) => sum + rowsOf(part, scope).length,
    0
  );
  let rowsKept = 0;
  const batches = parts.map((part, i) => {
    const rows = rowsOf(part, scope);
    const share = rowsTotal > 0 ? rows.length / rowsTotal : 0;
    const kept = chooseRows(
      part.application.tasks,
      rows,
      Math.floor(limits.rows * share)
    );
    rowsKept += kept.length;
    return partBatch(run, part, rows, kept, limits, i === parts.length - 1);
  });
  batches.unshift(...withoutJobs(run, parts, limits));
  if (parts.length === 0) {
    batches.push({
      application: 0,
      backfill: true,
      events: [cellStart(run), cellEnd(run)],
      rows: null
    });
  }
  return { batches, rowsKept, rowsTotal };
}

/** The queries of applications of which no job is kept: one may have had none. */
function withoutJobs(
  run: CellRun,
  parts: readonly IScopePart[],
  limits: IRecordingLimits
): IBatch[] {
  const others = new Set(run.queries.map(({ application }) => application));
  parts.forEach(part => others.delete(part.application));
  return [...others].map(application => ({
    application: application.ordinal,
    backfill: true,
    events: [
      cellStart(run),
      applicationEvent(application),
      ...queriesOf(run, application, limits)
    ],
    rows: null
  }));
}

function queriesOf(
  run: CellRun,
  application: Application,
  { batches, text }: IRecordingLimits
): ISparkEvent[] {
  const own = run.queries.filter(entry => entry.application === application);
  return queryEvents(own, batches, text);
}

function newestJobs(parts: readonly IScopePart[], most: number): IScopePart[] {
  const jobs = parts.flatMap(part =>
    part.jobs.map(job => ({ application: part.application, job }))
  );
  if (jobs.length <= most) {
    return [...parts];
  }
  const kept = new Set(jobs.slice(-most).map(({ job }) => job));
  return parts
    .map(part => ({
      ...part,
      jobs: part.jobs.filter(job => kept.has(job)),
      stages: part.stages.filter(stage =>
        part.jobs.some(job => kept.has(job) && job.stages.includes(stage))
      )
    }))
    .filter(part => part.jobs.length > 0);
}

function partBatch(
  run: CellRun,
  part: IScopePart,
  rows: Int32Array,
  kept: Int32Array,
  limits: IRecordingLimits,
  last: boolean
): IBatch {
  const { application, jobs, stages } = part;
  const strings = new StringTable(application.strings, limits.text);
  const columns = recordRows(application, kept, strings);
  const events: ISparkEvent[] = [
    cellStart(run),
    applicationEvent(application),
    { Event: 'SparkglassStrings', Base: 0, Values: strings.values },
    // Before their jobs, which name them.
    ...queriesOf(run, application, limits)
  ];
  for (const executor of application.executors.values()) {
    events.push({
      Event: 'SparkListenerExecutorAdded',
      Timestamp: executor.addTime ?? 0,
      'Executor ID': executor.id,
      'Executor Info': { Host: executor.host, 'Total Cores': executor.cores }
    } as ISparkEvent);
  }
  const ran = stages.filter(stage => stage.submissionTime !== null);
  const executions = limits.plans > 0 ? plannedFor(application, jobs) : [];
  events.push(
    ...executions.flatMap(one => planEvents(one, limits.plans, limits.text))
  );
  events.push(...jobs.map(job => jobStart(job, run, limits)));
  events.push(
    ...ran.map(stage => ({
      Event: 'SparkListenerStageSubmitted',
      'Stage Info': stageInfo(stage, limits, false)
    }))
  );
  const after = events.length;
  columns.columns[Column.after]?.fill(after);
  const dropped = droppedSums(application, rows, kept);
  events.push(...dropped);
  events.push(
    ...ran
      .filter(stage => stage.completionTime !== null)
      .map(stage => ({
        Event: 'SparkListenerStageCompleted',
        'Stage Info': stageInfo(stage, limits, true)
      }))
  );
  events.push(
    ...jobs
      .filter(job => job.status !== 'running')
      .map(job => jobEnd(job, limits))
  );
  if (limits.lineage) {
    events.push(...shuffleEvents(application, ran));
  }
  events.push(
    ...executions.flatMap(one =>
      executionEndEvents(application, one, limits.text)
    )
  );
  if (last) {
    events.push(cellEnd(run));
  }
  return {
    application: application.ordinal,
    backfill: true,
    events,
    rows: columns.length > 0 ? columns : null
  };
}

function cellStart(run: CellRun): ISparkEvent {
  return {
    Event: 'SparkglassCellStart',
    'Run ID': run.id,
    'Cell ID': run.cellId,
    Number: run.number,
    Time: run.startTime
  };
}

function cellEnd(run: CellRun): ISparkEvent {
  return {
    Event: 'SparkglassCellEnd',
    'Run ID': run.id,
    Time: run.endTime ?? run.startTime,
    Status: run.status === 'error' ? 'error' : 'ok',
    Error: run.error,
    DataFrames: run.dataFrames.slice(0, 20).map(note => ({
      Name: note.name,
      Operations: [...note.operations],
      New: [...note.added],
      Streaming: note.streaming
    }))
  };
}

function applicationEvent(application: Application): ISparkEvent {
  return {
    Event: 'SparkglassApplication',
    Application: application.ordinal,
    'App ID': application.id,
    'App Name': application.name,
    'Spark Version': application.sparkVersion,
    Master: application.master,
    UI: null,
    Cores: application.cores,
    'Start Time': application.startTime,
    Source: 'recorded',
    Time: application.startTime
  } as ISparkEvent;
}

function jobStart(
  job: Job,
  run: CellRun,
  limits: IRecordingLimits
): ISparkEvent {
  const first = new Map<number, StageAttempt>();
  for (const stage of job.stages) {
    if (!first.has(stage.id)) {
      first.set(stage.id, stage);
    }
  }
  const properties: Record<string, string> = {
    'sparkglass.cell': run.id,
    ...batchProperties(job)
  };
  if (job.sqlExecutionId !== null && limits.plans > 0) {
    properties['spark.sql.execution.id'] = String(job.sqlExecutionId);
  }
  if (job.description !== null) {
    properties['spark.job.description'] = job.description.slice(0, limits.text);
  }
  return {
    Event: 'SparkListenerJobStart',
    'Job ID': job.id,
    'Submission Time': job.submissionTime ?? 0,
    'Stage IDs': [...job.stageIds],
    'Stage Infos': [...first.values()].map(stage => {
      const info = stageInfo(stage, limits, false);
      const before =
        stage.completionTime !== null &&
        stage.completionTime < (job.submissionTime ?? 0);
      delete info['Submission Time'];
      if (before) {
        // Done for an earlier job: this one skips it, and does not count its tasks.
        info['Completion Time'] = stage.completionTime!;
      }
      return info;
    }),
    Properties: properties
  } as ISparkEvent;
}

function jobEnd(job: Job, limits: IRecordingLimits): ISparkEvent {
  return {
    Event: 'SparkListenerJobEnd',
    'Job ID': job.id,
    'Completion Time': job.completionTime ?? 0,
    'Job Result':
      job.status === 'failed'
        ? {
            Result: 'JobFailed',
            Exception: {
              Message: shortFailure(job.error ?? '', limits.text),
              'Stack Trace': []
            }
          }
        : { Result: 'JobSucceeded' }
  } as ISparkEvent;
}

function stageInfo(
  stage: StageAttempt,
  limits: IRecordingLimits,
  ended: boolean
): Record<string, unknown> {
  const info: Record<string, unknown> = {
    'Stage ID': stage.id,
    'Stage Attempt ID': stage.attempt,
    'Stage Name': stage.name.slice(0, limits.text),
    'Number of Tasks': stage.numTasks,
    'Parent IDs': [...stage.parentIds]
  };
  if (limits.lineage) {
    info['RDD Info'] = stage.rddInfos;
  }
  if (stage.submissionTime !== null) {
    info['Submission Time'] = stage.submissionTime;
  }
  if (ended) {
    info['Completion Time'] = stage.completionTime;
    if (stage.failureReason !== null) {
      info['Failure Reason'] = shortFailure(stage.failureReason, limits.text);
    }
  }
  return info;
}
