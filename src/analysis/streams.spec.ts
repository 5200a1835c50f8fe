import { modelOf } from '../model/fixtures/models';
import type { BatchColumn, StreamingQuery } from '../model';
import { streams } from './fixtures/read.cjs';
import { eventTimeSpanMs } from './event-windows';
import { jobTitle } from './stage-title';
import { streamFigures } from './stream-figures';

/** Of `StreamingQueryProgress.json`. */
interface IProgress {
  readonly batchId: number;
  readonly timestamp: string;
  readonly numInputRows: number;
  readonly inputRowsPerSecond?: number;
  readonly processedRowsPerSecond?: number;
  readonly durationMs: Readonly<Record<string, number>>;
  readonly eventTime?: Readonly<Record<string, string>>;
  readonly stateOperators: readonly Readonly<Record<string, number>>[];
  readonly sink: { readonly numOutputRows: number };
}

interface ISaid {
  readonly id: string;
  readonly name: string | null;
  readonly exception: string | null;
  readonly progress: readonly IProgress[];
}

describe.each(['3.5', '4.3'])('streams of Spark %s', version => {
  const { lines, said } = streams(version);
  const app = modelOf(lines);
  const entries = Object.entries(said as Record<string, ISaid>);
  const named = (name: string): StreamingQuery[] =>
    [...app.streams.values()].filter(query => query.name === name);

  it('have jobs that are called by query and batch', () => {
    const titles = [...app.jobs.values()]
      .filter(job => job.batchId !== null && job.description !== null)
      .map(job => jobTitle(app, job).description);
    expect(titles.length).toBeGreaterThan(0);
    titles.forEach(title => expect(title).toMatch(/^([\w ]+\n)?batch = \d+$/));
  });

  it('are as Spark says, run by run', () => {
    expect(entries.length).toBe(5);
    expect(app.streams.size).toBe(entries.length);
    for (const [runId, { id, name, exception }] of entries) {
      const query = app.streams.get(runId)!;
      expect(query.id).toBe(id);
      expect(query.name).toBe(name);
      expect(query.status).toBe(exception === null ? 'stopped' : 'failed');
      expect(query.startTime).toBeLessThanOrEqual(query.endTime!);
    }
  });

  it('have the numbers of recentProgress, batch by batch', () => {
    let compared = 0;
    for (const [runId, { progress }] of entries) {
      const { batches } = app.streams.get(runId)!;
      // What has no `addBatch` ran no batch: listeners hear of that as an idle event.
      const ran = progress.filter(one => 'addBatch' in one.durationMs);
      const newest = new Map(ran.map(one => [one.batchId, one]));
      expect(batches.total).toBe(newest.size);
      for (const [batchId, one] of newest) {
        const row = batches.rowOf(batchId);
        const at = (column: BatchColumn): number => batches.at(row, column);
        const sum = (key: string): number =>
          one.stateOperators.reduce((all, state) => all + state[key]!, 0);
        expect(at('batchId')).toBe(batchId);
        expect(at('time')).toBe(Date.parse(one.timestamp));
        expect(at('inputRows')).toBe(one.numInputRows);
        expect(at('durationMs')).toBe(one.durationMs['triggerExecution']);
        expect(at('addBatchMs')).toBe(one.durationMs['addBatch'] ?? 0);
        expect(at('queryPlanningMs')).toBe(
          one.durationMs['queryPlanning'] ?? 0
        );
        expect(at('stateRows')).toBe(sum('numRowsTotal'));
        expect(at('stateBytes')).toBe(sum('memoryUsedBytes'));
        expect(at('removedRows')).toBe(sum('numRowsRemoved'));
        expect(at('lateRows')).toBe(sum('numRowsDroppedByWatermark'));
        const watermark = Date.parse(one.eventTime?.['watermark'] ?? '') || NaN;
        expect(at('watermark')).toEqual(watermark);
        const written = one.sink.numOutputRows;
        expect(at('sinkRows')).toEqual(written < 0 ? NaN : written);
        // Spark 4.2 and later round in this form.
        const rate = one.processedRowsPerSecond ?? NaN;
        if (Number.isNaN(rate)) {
          expect(at('processedRate')).toEqual(NaN);
        } else {
          expect(Math.abs(at('processedRate') - rate)).toBeLessThanOrEqual(
            0.051
          );
        }
        compared++;
      }
    }
    expect(compared).toBeGreaterThan(15);
  });

  it('keep a restart from a checkpoint apart from the run before it', () => {
    const [first, second] = named('late rows');
    expect(second!.id).toBe(first!.id);
    expect(second!.runId).not.toBe(first!.runId);
    expect(second!.batches.at(0, 'batchId')).toBeGreaterThanOrEqual(
      first!.batches.at(first!.batches.length - 1, 'batchId')
    );
  });

  it('count rows that came too late', () => {
    // Two rows of one window: Spark counts what is left of them once they were added up where they were read.
    expect(streamFigures(named('late rows')[0]!).lateRows).toBe(1);
  });

  it('know the jobs of each batch that had rows', () => {
    const [rates] = named('rates');
    const { batches, jobIds } = rates!;
    const rows = batches.column('inputRows');
    for (let row = 0; row < batches.length; row++) {
      if (rows[row]! > 0) {
        const jobs = jobIds.get(batches.at(row, 'batchId'))!;
        expect(jobs.length).toBeGreaterThan(0);
        expect(app.jobs.get(jobs[0]!)!.streamQueryId).toBe(rates!.id);
      }
    }
    expect(batches.length).toBeGreaterThan(5);
  });

  it('say what made one fail', () => {
    const [broken] = named('broken');
    expect(broken!.exception).toContain("name 'undefined_name' is not defined");
  });

  it('show of event time what the watermark and a window are seen in', () => {
    const [late] = named('late rows');
    // Windows of ten seconds, and a watermark that waits as long.
    expect(eventTimeSpanMs({ application: app, query: late! })).toBe(
      12 * Math.max(10_000, streamFigures(late!).watermarkLagMs)
    );
    const [rates] = named('rates');
    expect(eventTimeSpanMs({ application: app, query: rates! })).toBe(Infinity);
  });

  it('are summed up as rows by time, not as means of rates', () => {
    const [rates] = named('rates');
    const figures = streamFigures(rates!);
    expect(figures.inputRate).toBeGreaterThan(20);
    expect(figures.inputRate).toBeLessThan(60);
    expect(figures.busyShare).toBeGreaterThan(0);
    expect(figures.busyShare).toBeLessThanOrEqual(1);
    expect(figures.rows).toBe(
      rates!.batches.column('inputRows').reduce((a, b) => a + b, 0)
    );
  });
});
