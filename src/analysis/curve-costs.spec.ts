import { batchesOfLog, type ISparkEvent } from '../events';
import { jobCost, Session, type CurveLine } from '../model';
import { LineAxis } from './curve-axes';
import { lineCosts } from './curve-costs';
import { streams } from './fixtures/read.cjs';

/** A real stream's log, and beside it lines whose points are its micro-batches. */
function sessionWith(
  points: (runId: string, batches: readonly number[]) => readonly object[],
  log = streams('4.3').lines
): { session: Session; runId: string; batches: number[] } {
  const session = new Session();
  for (const batch of batchesOfLog(log)) {
    session.apply(batch);
  }
  const [query] = [...session.latest!.streams.values()].sort(
    (a, b) => b.jobIds.size - a.jobIds.size
  );
  const batches = [...query!.jobIds.keys()].sort((a, b) => a - b);
  session.apply({
    application: 0,
    backfill: false,
    rows: null,
    events: points(query!.runId, batches) as ISparkEvent[]
  });
  return { session, runId: query!.runId, batches };
}

const pointsOf = (
  line: number,
  runId: string | null,
  batches: readonly number[],
  more: object = {}
): object => ({
  Event: 'SparkglassCurvePoints',
  Curve: 1,
  Line: line,
  First: 0,
  Points: batches.length,
  'Query Run ID': runId,
  'Batch ID': batches,
  At: batches.map((_, i) => i + 1),
  Examples: 1,
  'Python CPU': 2_000_000,
  ...more
});

function lineOf(session: Session, id: number): CurveLine {
  return session.curves.get(1)!.line(id)!;
}

describe('what a line cost', () => {
  it('are the jobs of its micro-batches, each at its point', () => {
    const { session, runId, batches } = sessionWith((id, all) => [
      pointsOf(0, id, all),
      pointsOf(1, id, all.slice(1)),
      pointsOf(2, null, all)
    ]);
    const app = session.latest!;
    const query = app.streams.get(runId)!;
    expect(batches.length).toBeGreaterThan(1);
    const expected = batches.map(batch =>
      query.jobIds
        .get(batch)!
        .reduce((sum, id) => sum + jobCost(app.jobs.get(id)!).cpuNs, 0)
    );
    const costs = lineCosts(lineOf(session, 0), [app]);
    expect([...costs.cpuNs]).toEqual(expected);
    expect(costs.sparkCpuNs).toBeGreaterThan(0);
    expect(costs.pythonCpuNs).toBe(2_000_000 * batches.length);
    expect(costs.jobs.length).toBe(query.numJobs);
    // Another line of the same stream pays for what it saw.
    const later = lineCosts(lineOf(session, 1), [app]);
    expect([...later.cpuNs]).toEqual(expected.slice(1));
    const alone = lineCosts(lineOf(session, 2), [app]);
    expect([alone.sparkCpuNs, alone.jobs.length]).toEqual([0, 0]);
    const axis = new LineAxis(lineOf(session, 0), 'cpu');
    axis.update(costs);
    expect(axis.x[batches.length - 1]).toBeCloseTo(
      (costs.sparkCpuNs + costs.pythonCpuNs) / 1e6,
      6
    );
  });

  it('are the jobs with its property too, for it alone, at the first point after them', () => {
    // The real log, as it is when every job of a batch was run by a step of line 1.
    const log = streams('4.3').lines.map(text => {
      const event = JSON.parse(text) as ISparkEvent;
      return event.Event === 'SparkListenerJobStart'
        ? JSON.stringify({
            ...event,
            Properties: {
              ...(event.Properties as object),
              'sparkglass.curve': '1:1'
            }
          })
        : text;
    });
    const { session } = sessionWith(
      (id, all) => [
        { Event: 'SparkglassCurve', Curve: 1, Time: 0 },
        pointsOf(0, id, all),
        pointsOf(1, id, [all[0]!, all[1]!], { Elapsed: [1, 1e15] })
      ],
      log
    );
    const app = session.latest!;
    expect(lineCosts(lineOf(session, 0), [app]).sparkCpuNs).toBe(0);
    const costs = lineCosts(lineOf(session, 1), [app]);
    const all = [...app.jobs.values()].reduce(
      (sum, job) => sum + jobCost(job).cpuNs,
      0
    );
    expect(costs.sparkCpuNs).toBe(all);
    expect([...costs.cpuNs]).toEqual([0, all]);
  });

  it('stays what it was when old micro-batches are forgotten', () => {
    const { session, runId, batches } = sessionWith((id, all) => [
      pointsOf(0, id, all)
    ]);
    const app = session.latest!;
    const before = lineCosts(lineOf(session, 0), [app]);
    const query = app.streams.get(runId)!;
    const [first] = batches;
    for (const id of query.jobIds.get(first!)!) {
      app.forgottenCosts.keep(app.jobs.get(id)!, runId, first!);
      app.jobs.delete(id);
    }
    query.forgetBatch(first!);
    const after = lineCosts(lineOf(session, 0), [app]);
    expect([...after.cpuNs]).toEqual([...before.cpuNs]);
    expect(after.inputBytes).toBe(before.inputBytes);
    expect(after.jobs.length).toBeLessThan(before.jobs.length);
  });
});
