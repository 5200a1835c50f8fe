import { decodeFrame, encodeFrame } from '../events';
import { Session, type CellRun } from '../model';
import { runOf } from '../model/fixtures/models';
import { logs } from '../model/fixtures/read.cjs';
import { recordRun } from './recording';
import { chooseRows } from './recording-rows';
import { summarise } from './run-summary';

const GENEROUS = {
  rows: 100_000,
  jobs: 1000,
  text: 2000,
  plans: 100,
  batches: 8192,
  lineage: true
};

/** The run that a saved recording becomes when it is read again. */
async function readAgain(
  run: CellRun,
  limits: Parameters<typeof recordRun>[1]
): Promise<CellRun> {
  const session = new Session();
  for (const batch of recordRun(run, limits).batches) {
    session.apply(await decodeFrame(await encodeFrame(batch)));
  }
  return session.runs.get('c/1')!;
}

/** What the strip says, without what only a live driver has. */
function numbers(run: CellRun) {
  const { segments, ...rest } = summarise(run);
  return { ...rest, segments: segments.map(s => [s.stageKey, s.state]) };
}

describe.each(logs)('a recording of %s', name => {
  const run = runOf(name);

  it('has jobs to record', () => {
    expect(run.jobs.length).toBeGreaterThan(0);
  });

  it('says the same as the run when everything is kept', async () => {
    expect(numbers(await readAgain(run, GENEROUS))).toEqual(numbers(run));
  });

  it('says the same when no task is kept', async () => {
    const again = await readAgain(run, { ...GENEROUS, rows: 0 });
    expect(numbers(again)).toEqual(numbers(run));
    expect(again.jobs[0]!.application.tasks.length).toBe(0);
  });

  it('says the same when some tasks are kept', async () => {
    const again = await readAgain(run, { ...GENEROUS, rows: 10 });
    expect(numbers(again)).toEqual(numbers(run));
    const kept = again.jobs[0]!.application.tasks.length;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThanOrEqual(10);
  });

  it('keeps failed and long tasks before others', () => {
    const { tasks } = run.jobs[0]!.application;
    const rows = Int32Array.from({ length: tasks.length }, (_, i) => i);
    const kept = chooseRows(tasks, rows, 12);
    const longest = rows.reduce((a, b) =>
      tasks.durationMs[b]! > tasks.durationMs[a]! ? b : a
    );
    expect([...kept]).toContain(longest);
    expect([...kept]).toEqual([...new Set(kept)].sort((a, b) => a - b));
    const failed = rows.find(row => tasks.state[row]! >= 2);
    if (failed !== undefined) {
      expect([...kept]).toContain(failed);
    }
  });
});

describe('a recording of a run without jobs', () => {
  it('keeps the plan', async () => {
    const session = new Session();
    session.apply({
      application: 0,
      backfill: false,
      rows: null,
      events: [
        {
          Event: 'SparkglassCellStart',
          'Run ID': 'c/1',
          'Cell ID': 'c',
          Number: 1,
          Time: 5
        },
        {
          Event: 'SparkglassCellEnd',
          'Run ID': 'c/1',
          Time: 6,
          Status: 'ok',
          DataFrames: [
            {
              Name: 'df',
              Operations: ['Range', 'Filter'],
              New: ['Filter'],
              Streaming: false
            }
          ]
        }
      ]
    });
    const run = session.runs.get('c/1')!;
    const again = await readAgain(run, GENEROUS);
    expect(again.dataFrames).toEqual(run.dataFrames);
    expect(summarise(again).state).toBe('planned');
  });
});
