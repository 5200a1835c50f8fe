import { Column } from '../events';
import type { Application } from './application';
import type { Job } from './job';
import type { StageAttempt } from './stage-attempt';
import type { IStreamSource, StreamingQuery } from './streaming-query';

/** The property that says which output operation of its batch a job is of. */
const OPERATION = 'spark.streaming.internal.outputOpId';
/** Batches whose time is remembered. */
const MOST_TIMES = 4096;

/**
 * What the DStreams of a cell are called here. Spark has no name for them; a cell starts one `StreamingContext` at most.
 *
 * @param cellRunId - the run of the cell that called `ssc.start()`, whose properties all their jobs have.
 */
export function dstreamsId(cellRunId: string | undefined): string {
  return `dstreams ${cellRunId ?? ''}`.trim();
}

/**
 * Note which batch of DStreams a job is of. `JobScheduler` gives each job the time of its batch; the number of a batch is ours.
 *
 * @returns the DStreams when this is the first that was heard of them.
 */
export function linkDStreamJob(
  app: Application,
  job: Job,
  batchTime: number
): StreamingQuery | null {
  const id = job.streamQueryId!;
  const isNew = !app.streams.has(id);
  const query = app.streamingQuery(id, id);
  query.isDStreams = true;
  query.startTime = Math.min(query.startTime ?? Infinity, batchTime);
  query.cellRunId = job.cellRunId;
  let batchId = query.batchIds.get(batchTime);
  if (batchId === undefined) {
    batchId = query.begunBatchId + 1;
    query.batchIds.set(batchTime, batchId);
    if (query.batchIds.size > MOST_TIMES) {
      query.batchIds.delete(query.batchIds.keys().next().value!);
    }
  }
  job.batchId = batchId;
  query.addJob(batchId, job.id);
  return isNew ? query : null;
}

/** Take the jobs of DStreams that have ended into the figures of their batches: called once a batch of events, when its tasks are counted. */
export function countDStreamBatches(app: Application): void {
  for (const { streamQueryId, batchId } of app.endedOfDStreams.splice(0)) {
    const query = app.streams.get(streamQueryId ?? '');
    if (query && batchId !== null && !query.isRecorded) {
      count(app, query, batchId);
    }
  }
}

function count(app: Application, query: StreamingQuery, batchId: number): void {
  const jobs = (query.jobIds.get(batchId) ?? []).flatMap(
    id => app.jobs.get(id) ?? []
  );
  const time = jobs[0]?.batchTime ?? NaN;
  const begun = jobs.map(job => job.submissionTime ?? NaN);
  const ended = jobs.map(job => job.completionTime ?? -Infinity);
  const from = Math.min(...begun);
  const input = inputOf(jobs, from, time);
  for (const description of input.names) {
    if (!query.sources.some(one => one.description === description)) {
      query.sources = [...query.sources, sourceOf(description)];
    }
  }
  query.batches.add({
    batchId,
    time,
    durationMs: Math.max(0, Math.max(...ended) - from),
    waitedMs: Math.max(0, from - time),
    // Only what reads files counts what it reads.
    inputRows: input.records > 0 ? input.records : NaN
  });
}

/**
 * What a batch read: the names of its input streams (`text file stream [0]`, as `InputDStream` makes them) and the rows that its tasks counted
 * of them. Each output operation reads them anew, so the one that read most is what counts.
 *
 * @param from - when the batch began to work, ms since 1970: stages of earlier batches, which its jobs list and skip, do not count.
 * @param time - the time of the batch, which is in the scopes of what its input streams made.
 */
function inputOf(
  jobs: readonly Job[],
  from: number,
  time: number
): { names: ReadonlySet<string>; records: number } {
  const names = new Set<string>();
  const read = new Map<string, Map<StageAttempt, number>>();
  for (const job of jobs) {
    const operation = job.properties.get(OPERATION) ?? '';
    const known = read.get(operation) ?? new Map<StageAttempt, number>();
    read.set(operation, known);
    for (const stage of job.stages) {
      const input = inputNames(stage, time);
      input.forEach(name => names.add(name));
      if (input.length > 0 && (stage.submissionTime ?? 0) >= from) {
        known.set(stage, stage.sums[Column.inputRecordsRead]!);
      }
    }
  }
  const sums = [...read.values()].map(known =>
    [...known.values()].reduce((sum, records) => sum + records, 0)
  );
  return { names, records: Math.max(0, ...sums) };
}

/** The input streams whose RDDs of a batch are in a stage. The scope of such an RDD is a text of JSON, `{"id":"1_<time>","name":"<name>\\n@ 10:00:00"}`. */
function inputNames(stage: StageAttempt, time: number): string[] {
  return stage.rddInfos.flatMap(({ Scope: scope }) => {
    const name = /"name":"([^"]*? stream \[\d+\])/.exec(scope ?? '')?.[1];
    return name !== undefined && scope!.includes(`_${time}"`) ? [name] : [];
  });
}

function sourceOf(description: string): IStreamSource {
  return {
    description,
    startOffset: null,
    endOffset: null,
    latestOffset: null,
    inputRows: NaN,
    metrics: new Map()
  };
}
