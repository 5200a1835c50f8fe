import { modelOf } from '../model/fixtures/models';
import { logs } from '../model/fixtures/read.cjs';
import { executorSpans, jobBands, jobTimeMs } from './job-bands';

describe.each(logs)('%s', name => {
  const application = modelOf(name);
  const now = application.now;

  it('has a band for every job, and none overlap in a row but the last', () => {
    const bands = jobBands(application, now, 3);
    expect(bands.map(band => band.job.id).sort((a, b) => a - b)).toEqual(
      [...application.jobs.keys()].sort((a, b) => a - b)
    );
    for (const row of [0, 1]) {
      const inRow = bands.filter(band => band.row === row);
      for (let i = 1; i < inRow.length; i++) {
        expect(inRow[i]!.from).toBeGreaterThanOrEqual(inRow[i - 1]!.to);
      }
    }
  });

  it('counts the time of jobs once, however many ran', () => {
    const bands = jobBands(application, now);
    const first = Math.min(...bands.map(band => band.from));
    const last = Math.max(...bands.map(band => band.to));
    // By hand: a millisecond counts when some job covers it.
    let covered = 0;
    for (let t = first; t < last; t++) {
      covered += Number(bands.some(band => band.from <= t && t < band.to));
    }
    expect(jobTimeMs(bands)).toBe(covered);
  });

  it('has a span for every executor', () => {
    const spans = executorSpans(application, now);
    expect(spans.length).toBe(application.executors.size);
    for (const { executor, from, to } of spans) {
      expect(from).toBe(executor.addTime);
      expect(to).toBeGreaterThanOrEqual(from);
    }
  });
});
