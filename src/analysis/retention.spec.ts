import { batchesOfLog, numberOf } from '../events';
import { Session, type Application, type Job } from '../model';
import { streams } from './fixtures/read.cjs';
import { applicationScope, rowsOf } from './scope';
import { TimelineLanes } from './timeline-lanes';

/** Laps of the log: as if its queries had gone on for so long. */
const LAPS = 30;

/** The lines of a lap: all ids, batches and times moved on. */
function lap(lines: readonly string[], n: number): string[] {
  const later = (by: number) => (text: string, before: string, id: string) =>
    `${before}${Number(id) + n * by}`;
  return lines.map(line =>
    line
      .replace(
        /("(?:Job ID|Stage ID|Task ID|RDD ID|executionId|rootExecutionId|spark\.sql\.execution\.id)":"?)(\d+)/g,
        later(1000)
      )
      .replace(
        /("(?:Stage IDs|Parent IDs)":\[)([\d,]+)/g,
        (_, before: string, ids: string) =>
          before + ids.split(',').map(id => Number(id) + n * 1000)
      )
      .replace(
        /("(?:streaming\.sql\.batchId|batchId)":"?|\\nbatch = )(\d+)/g,
        later(100)
      )
      .replace(/()\b(1[67]\d{11})\b/g, later(600_000))
  );
}

/** What a job and its tasks say, row numbers aside. */
function wordsOf(app: Application, job: Job): unknown {
  const { tasks } = app;
  return {
    job: [job.id, job.status, job.numTasks, job.numCompletedTasks],
    batch: [job.streamQueryId, job.batchId],
    stages: job.stages.map(stage => ({
      words: [stage.key, stage.status, stage.numCompleteTasks],
      jobs: app.jobsOfStage(stage.id).map(({ id }) => id),
      tasks: Array.from(stage.rows.view(), row => [
        tasks.taskId[row],
        tasks.launchTime[row],
        tasks.durationMs[row],
        tasks.state[row],
        tasks.runTimeMs[row],
        tasks.shuffleBytesWritten[row],
        tasks.rowOf(tasks.taskId[row]!) === row,
        app.stageList[tasks.stage[row]!] === stage
      ])
    }))
  };
}

describe.each(['3.5', '4.3'])('a stream of Spark %s that goes on', version => {
  const lines = streams(version).lines.filter(
    line => !line.includes('QueryTerminatedEvent')
  );
  const first = new Session(true);
  const whole = new Session();
  const lanesOfFirst: TimelineLanes[] = [];
  for (let n = 0; n < LAPS; n++) {
    for (const batch of batchesOfLog(lap(lines, n), { size: 40 })) {
      whole.apply(batch);
    }
    for (const batch of batchesOfLog(lap(lines, n), { size: 40 })) {
      first.apply(batch);
      lanesOfFirst[0] ??= new TimelineLanes({
        application: first.latest!,
        stages: null
      });
      lanesOfFirst[0].update();
    }
  }
  const app = first.latest!;
  const all = whole.latest!;

  it('keeps the newest hundred jobs of each query, and counts the others', () => {
    const kept = [...app.streams.values()].map(query => query.numJobs);
    expect(Math.max(...kept)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...kept)).toBeLessThanOrEqual(125);
    expect(app.jobs.size).toBe(kept.reduce((a, b) => a + b, 0));
    expect(app.forgottenJobs).toBe(all.jobs.size - app.jobs.size);
    expect(app.forgottenJobs).toBeGreaterThan(100);
    for (const [runId, query] of app.streams) {
      const newest = [...all.streams.get(runId)!.jobIds.values()].flat();
      expect([...query.jobIds.values()].flat()).toEqual(
        newest.slice(-query.numJobs)
      );
    }
  });

  it('knows of what it keeps what a model knows that keeps all', () => {
    for (const job of app.jobs.values()) {
      expect(wordsOf(app, job)).toEqual(wordsOf(all, all.jobs.get(job.id)!));
    }
    for (const [id, execution] of app.sql) {
      expect(execution.plans).toEqual(all.sql.get(id)!.plans);
    }
  });

  it('knows all batches', () => {
    for (const [runId, query] of app.streams) {
      const other = all.streams.get(runId)!;
      expect(query.batches.total).toBe(other.batches.total);
      expect(query.batches.column('inputRows')).toEqual(
        other.batches.column('inputRows')
      );
    }
  });

  it('uses the rows of tasks, the places of stages and the memory of plans again', () => {
    const share = (app.jobs.size + 200) / all.jobs.size;
    expect(app.tasks.length).toBeLessThan(all.tasks.length * share);
    expect(app.stageList.length).toBeLessThan(all.stageList.length * share);
    expect(app.sql.size).toBeLessThan(all.sql.size * share);
    expect(app.tasks.appended).toBe(all.tasks.length);
    const rows = [...app.stages.values()].flatMap(({ rows: r }) => [
      ...r.view()
    ]);
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.length).toBe(app.tasks.appended - app.tasks.released);
  });

  it('lets views go on as if they had been opened now', () => {
    const [lanes] = lanesOfFirst;
    const anew = new TimelineLanes({ application: app, stages: null });
    anew.update();
    expect(lanes!.count).toBe(anew.count);
    expect(lanes!.lanes.map(lane => [lane.executor, lane.count])).toEqual(
      anew.lanes.map(lane => [lane.executor, lane.count])
    );
    const scope = applicationScope(app);
    const rows = [...rowsOf(scope.parts()[0]!, scope)];
    expect(rows.length).toBe(app.tasks.appended - app.tasks.released);
    expect(rows.every(row => numberOf(app.tasks.launchTime[row], 0) > 0)).toBe(
      true
    );
  });
});

it('keeps the plans of the newest batches where batches have no jobs', () => {
  const lines = streams('4.3').lines.filter(
    line => !/QueryTerminatedEvent|SparkListener(Job|Stage|Task)/.test(line)
  );
  const [first, whole] = [new Session(true), new Session()];
  for (let n = 0; n < LAPS; n++) {
    for (const session of [first, whole]) {
      for (const batch of batchesOfLog(lap(lines, n), { size: 40 })) {
        session.apply(batch);
      }
    }
  }
  const [app, all] = [first.latest!, whole.latest!];
  const left = new Set(all.sql.keys());
  for (const [runId, query] of app.streams) {
    const { executionIds } = all.streams.get(runId)!;
    const batches = [...executionIds.keys()];
    const kept = [...query.executionIds.keys()];
    expect(kept.length).toBeGreaterThanOrEqual(Math.min(batches.length, 100));
    expect(kept.length).toBeLessThanOrEqual(125);
    expect(kept).toEqual(batches.slice(-kept.length));
    for (const batch of batches.slice(0, -kept.length)) {
      executionIds.get(batch)!.forEach(id => left.delete(id));
    }
  }
  expect(left.size).toBeLessThan(all.sql.size - 100);
  expect(new Set(app.sql.keys())).toEqual(left);
});

it('keeps two thousand jobs of all queries together, those of the newest queries first', () => {
  const lines = streams('4.3').lines;
  const session = new Session(true);
  const ids = [...lines.join('').matchAll(/"runId":"([0-9a-f-]{36})"/g)].map(
    ([, id]) => id!
  );
  for (let n = 0; n < 85; n++) {
    const other = lap(lines, n).map(line =>
      ids.reduce(
        (text, id) =>
          text.replaceAll(id, id.slice(0, -4) + String(n).padStart(4, '0')),
        line
      )
    );
    for (const batch of batchesOfLog(other)) {
      session.apply(batch);
    }
  }
  const app = session.latest!;
  expect(app.jobs.size).toBeLessThanOrEqual(2025);
  expect(app.jobs.size).toBeGreaterThanOrEqual(1990);
  const kept = [...app.streams.values()].map(query => query.numJobs);
  expect(kept.slice(0, 20).every(jobs => jobs === 0)).toBe(true);
  expect(kept.slice(-20).some(jobs => jobs > 0)).toBe(true);
});
