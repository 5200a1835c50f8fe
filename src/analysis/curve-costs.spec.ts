import { batchesOfLog, type ISparkEvent } from '../events';
import { jobCost, Session, type Application, type CurveLine } from '../model';
import { LineAxis } from './curve-axes';
import { LineCosts } from './curve-costs';
import { jobsOfPoint } from './curve-point-jobs';
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

function costsOf(line: CurveLine, app: Application): LineCosts {
  const costs = new LineCosts(line);
  costs.update([app]);
  return costs;
}

/** The jobs that each point of a line says it was made by. */
function jobsOf(line: CurveLine, app: Application): number[][] {
  return Array.from({ length: line.points.length }, (_, row) =>
    jobsOfPoint(line, row, [app]).map(({ job }) => job.id)
  );
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
    const costs = costsOf(lineOf(session, 0), app);
    expect([...costs.cpuNs]).toEqual(expected);
    expect(costs.sparkCpuNs).toBeGreaterThan(0);
    expect(costs.pythonCpuNs).toBe(2_000_000 * batches.length);
    expect(jobsOf(lineOf(session, 0), app)).toEqual(
      batches.map(batch => query.jobIds.get(batch)!)
    );
    // Another line of the same stream pays for what it saw.
    const later = costsOf(lineOf(session, 1), app);
    expect([...later.cpuNs]).toEqual(expected.slice(1));
    const alone = costsOf(lineOf(session, 2), app);
    expect(alone.sparkCpuNs).toBe(0);
    expect(jobsOf(lineOf(session, 2), app).flat()).toEqual([]);
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
    const { session, runId, batches } = sessionWith(
      (id, all) => [
        { Event: 'SparkglassCurve', Curve: 1, Time: 0 },
        pointsOf(0, id, all),
        pointsOf(1, id, [all[0]!, all[1]!], { Elapsed: [1, 1e15] })
      ],
      log
    );
    const app = session.latest!;
    expect(costsOf(lineOf(session, 0), app).sparkCpuNs).toBe(0);
    const costs = costsOf(lineOf(session, 1), app);
    const all = [...app.jobs.values()].reduce(
      (sum, job) => sum + jobCost(job).cpuNs,
      0
    );
    expect(costs.sparkCpuNs).toBe(all);
    expect([...costs.cpuNs]).toEqual([0, all]);
    expect(jobsOf(lineOf(session, 1), app)).toEqual([
      app.streams.get(runId)!.jobIds.get(batches[0]!),
      [...app.jobs.keys()]
    ]);
  });

  it('stays what it was when old micro-batches are forgotten', () => {
    const { session, runId, batches } = sessionWith((id, all) => [
      pointsOf(0, id, all)
    ]);
    const app = session.latest!;
    const before = costsOf(lineOf(session, 0), app);
    const query = app.streams.get(runId)!;
    const [first] = batches;
    for (const id of query.jobIds.get(first!)!) {
      app.forgottenCosts.keep(app.jobs.get(id)!, runId, first!);
      app.jobs.delete(id);
    }
    query.forgetBatch(first!);
    const after = costsOf(lineOf(session, 0), app);
    expect([...after.cpuNs]).toEqual([...before.cpuNs]);
    expect(after.inputBytes).toBe(before.inputBytes);
    expect(jobsOf(lineOf(session, 0), app)[0]).toEqual([]);
  });

  it('is the same whether it is kept up or computed at once, whatever comes when', () => {
    // Each second job is a learner's step's, the others are of the micro-batch.
    let jobs = 0;
    const log = streams('4.3').lines.map(text => {
      const event = JSON.parse(text) as ISparkEvent;
      return event.Event === 'SparkListenerJobStart' && jobs++ % 2
        ? JSON.stringify({
            ...event,
            Properties: {
              ...(event.Properties as object),
              'sparkglass.curve': '1:0'
            }
          })
        : text;
    });
    const whole = sessionWith(() => [], log);
    const { runId, batches } = whole;
    const times = batches.map(batch =>
      Math.max(
        ...whole.session
          .latest!.streams.get(runId)!
          .jobIds.get(batch)!
          .map(id => whole.session.latest!.jobs.get(id)!.completionTime!)
      )
    );
    const session = new Session();
    const kept = new Map<number, { costs: LineCosts; axes: LineAxis[] }>();
    let rounds = 0;
    const tell = (events: readonly object[]): void =>
      session.apply({
        application: 0,
        backfill: false,
        rows: null,
        events: events as ISparkEvent[]
      });
    const checkLine = (line: CurveLine, app: Application): void => {
      const { costs, axes } = kept.get(line.id) ?? {
        costs: new LineCosts(line),
        axes: (['cpu', 'bytes'] as const).map(axis => new LineAxis(line, axis))
      };
      kept.set(line.id, { costs, axes });
      costs.update([app]);
      const anew = costsOf(line, app);
      expect([...costs.cpuNs]).toEqual([...anew.cpuNs]);
      expect([...costs.bytes]).toEqual([...anew.bytes]);
      expect(costs.sparkCpuNs).toBe(anew.sparkCpuNs);
      expect(costs.sparkRunTimeMs).toBe(anew.sparkRunTimeMs);
      expect(costs.pythonCpuNs).toBe(anew.pythonCpuNs);
      // One of the axes misses every second update.
      for (const axis of rounds++ % 2 ? axes : axes.slice(1)) {
        axis.update(costs);
        const fresh = new LineAxis(line, axis.axis);
        fresh.update(anew);
        expect([...axis.x.subarray(0, axis.length)]).toEqual([
          ...fresh.x.subarray(0, fresh.length)
        ]);
      }
    };
    const check = (): void => {
      for (const line of session.latest ? session.curves.get(1)!.lines : []) {
        checkLine(line, session.latest!);
      }
    };
    const point = (line: number, i: number, more: object): object =>
      pointsOf(line, runId, [batches[i]!], {
        // Every second point is made before the jobs after it are over.
        Elapsed: i % 2 === 0 ? (times[i - 1] ?? 1) : times[i],
        ...more
      });
    tell([{ Event: 'SparkglassCurve', Curve: 1, Time: 0 }]);
    // Line 1 has heard of the first batch only, so far.
    const told = new Set<number>();
    for (const batch of batchesOfLog(log, { size: 3 })) {
      session.apply(batch);
      const { jobIds } = session.latest?.streams.get(runId) ?? {};
      batches.forEach((id, i) => {
        // As soon as its first job has begun: what it costs comes later.
        if (jobIds?.has(id) && !told.has(i)) {
          told.add(i);
          tell([point(0, i, { First: 2 * i + 1 })]);
          tell(i === 0 ? [point(1, 0, { First: 0 })] : []);
        }
      });
      check();
    }
    expect(told.size).toBe(batches.length);
    // What ended after the last point is that of the next one.
    tell([
      pointsOf(0, null, [-1], { First: 2 * batches.length, Elapsed: 1e15 })
    ]);
    check();
    // Points that were late: all that come after them stand elsewhere now.
    for (const i of batches.keys()) {
      tell([
        pointsOf(0, null, [-1], {
          First: 2 * i,
          Elapsed: i ? times[i - 1]! + 1 : 0
        })
      ]);
      check();
    }
    const app = session.latest!;
    const query = app.streams.get(runId)!;
    for (const batch of batches) {
      for (const id of query.jobIds.get(batch)!) {
        app.forgottenCosts.keep(app.jobs.get(id)!, runId, batch);
        app.unlistOfLine(app.jobs.get(id)!);
        app.jobs.delete(id);
        app.forgottenJobs++;
      }
      query.forgetBatch(batch);
      check();
    }
    const before = kept.get(1)!.costs.sparkCpuNs;
    batches.slice(1).forEach((_, i) => {
      tell([point(1, i + 1, { First: i + 1 })]);
      check();
    });
    expect(kept.get(1)!.costs.sparkCpuNs).toBeGreaterThan(before);
    const ofQuery = new Set(
      [...whole.session.latest!.streams.get(runId)!.jobIds.values()].flat()
    );
    const all = [...whole.session.latest!.jobs.values()]
      .filter(({ id, curve }) => curve || ofQuery.has(id))
      .reduce((sum, job) => sum + jobCost(job).cpuNs, 0);
    expect(kept.get(0)!.costs.sparkCpuNs).toBe(all);
  });
});
