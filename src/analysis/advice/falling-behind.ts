import type { Advice, TryThis } from './advice';
import { aboutQuery, WORTH_MS, type IEvidence, type IRule } from './evidence';
import { median, type IBatch, type IQueryLoad } from './query-load';
import { coresOf } from './stage-load';

/** The newest batches that are compared: pairs at the beginning, in the middle and at the end. */
const COMPARED = 6;
/** Each pair must have this many times the work of the pair before it. */
const TIMES = 1.25;
/**
 * A query that is only getting to its pace grows too, but less and less. One that falls behind grows by as much each time, or by more; a
 * part of that is left to chance.
 */
const STILL_GROWING = 0.8;
/** Part of the time in which it works: more is all of it, but for the moment between two batches. */
const ALL_OF_TIME = 0.9;

/** More rows arrive than a query can read: batches grow, or rows wait. */
export const fallingBehind: IRule = {
  id: 'fallingBehind',
  needs: [],
  isOfStreams: true,
  judge: ({ queries }: IEvidence): readonly Advice[] =>
    queries.flatMap(load => {
      // The first batch of all takes long because everything is new.
      const batches = load.recent
        .filter(({ batchId }) => batchId > 0)
        .slice(-COMPARED);
      if (
        batches.length < COMPARED ||
        !(batchesGrow(batches) || backlogGrows(batches))
      ) {
        return [];
      }
      const sum = (value: (batch: IBatch) => number): number =>
        batches.reduce((all, one) => all + value(one), 0);
      const last = batches[COMPARED - 1]!;
      const spanMs = last.time - batches[0]!.time;
      const waiting = last.backlogRows - batches[0]!.backlogRows;
      const backlogRows = Number.isNaN(last.backlogRows)
        ? null
        : last.backlogRows;
      const rows = sum(one => one.rows);
      // What a batch reads arrived before it; rows that wait arrived as well.
      const arrived = rows - batches[0]!.rows + (waiting > 0 ? waiting : 0);
      return [
        {
          rule: 'fallingBehind',
          certainty: 'likely',
          about: aboutQuery(load),
          gainMs: null,
          batches: COMPARED,
          firstMs: batches[0]!.durationMs,
          lastMs: last.durationMs,
          inputRate: (arrived / spanMs) * 1000,
          processedRate: (rows / sum(one => one.durationMs)) * 1000,
          backlogRows,
          tryThis: tryThis(load, last)
        }
      ];
    })
};

/** Without a limit a batch reads all that arrived during the one before: when it takes longer than that one, so will the next. */
function batchesGrow(batches: readonly IBatch[]): boolean {
  const last = batches[COMPARED - 1]!;
  const spanMs = last.time - batches[0]!.time;
  const workMs = batches
    .slice(0, -1)
    .reduce((sum, { durationMs }) => sum + durationMs, 0);
  return (
    median(batches.map(one => one.durationMs)) >= WORTH_MS &&
    workMs >= spanMs * ALL_OF_TIME &&
    growsOn(batches.map(({ rows }) => rows)) &&
    growsOn(batches.map(({ durationMs }) => durationMs))
  );
}

/** What the source has and the batch did not read: more after every batch. */
function backlogGrows(batches: readonly IBatch[]): boolean {
  const rows = batches.map(({ backlogRows }) => backlogRows);
  return (
    rows.every((one, i) => i === 0 || one > rows[i - 1]!) &&
    // A batch's worth may always be on its way.
    rows[COMPARED - 1]! - rows[0]! > batches[COMPARED - 1]!.rows
  );
}

function growsOn(values: readonly number[]): boolean {
  const [a, b, c] = [0, 2, 4].map(at => values[at]! + values[at + 1]!);
  return (
    b! >= TIMES * a! && c! >= TIMES * b! && c! - b! >= STILL_GROWING * (b! - a!)
  );
}

/** More cores at work where some are idle; else batches that stay as they are, so that what waits stays in the source. */
function tryThis({ application, query }: IQueryLoad, last: IBatch): TryThis {
  const cores = coresOf(application);
  const jobIds = query.jobIds.get(last.batchId) ?? [];
  const tasks = jobIds
    .flatMap(id => application.jobs.get(id)?.stages ?? [])
    .reduce((most, stage) => Math.max(most, stage.numTasks), 0);
  if (tasks > 0 && tasks < cores) {
    return {
      kind: 'code',
      before: ['df.writeStream'],
      after: [`df.repartition(${cores}).writeStream`]
    };
  }
  const source = query.sources[0]?.description ?? '';
  const rate = /rowsPerSecond=(\d+)/.exec(source)?.[1];
  if (rate !== undefined) {
    const fits = Math.max(1, Math.floor((last.rows / last.durationMs) * 1000));
    return {
      kind: 'code',
      before: [`.option("rowsPerSecond", ${rate})`],
      after: [`.option("rowsPerSecond", ${Math.min(fits, Number(rate))})`]
    };
  }
  const isFiles = source.startsWith('FileStreamSource');
  return {
    kind: 'code',
    before: ['spark.readStream.load()'],
    after: [
      isFiles
        ? 'spark.readStream.option("maxFilesPerTrigger", 10).load()'
        : `spark.readStream.option("maxOffsetsPerTrigger", ${last.rows}).load()`
    ]
  };
}
