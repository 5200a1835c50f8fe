import { batchesOfLog, type IBatch } from '../events';
import { linesOf } from '../model/fixtures/read.cjs';
import { Session, type Application } from '../model';
import { stageBands, stagesShown } from './stage-bands';
import { taskFacts, stretchFacts } from './task-facts';
import { TimelineLanes } from './timeline-lanes';
import { laneTable, longestTasks } from './timeline-table';
import {
  judgeTimeline,
  StragglerSearch,
  stragglerOf,
  timelineEnd,
  type ITimelineVerdict
} from './timeline-verdict';

function read(
  name: string,
  batches: readonly IBatch[] = batchesOfLog(linesOf(name))
): {
  app: Application;
  lanes: TimelineLanes;
  verdict: ITimelineVerdict;
} {
  const session = new Session();
  batches.forEach(batch => session.apply(batch));
  const app = session.latest!;
  const lanes = new TimelineLanes({ application: app, stages: null });
  lanes.update();
  const straggler = new StragglerSearch().worst(app, app.stageList, app.now);
  return { app, lanes, verdict: judgeTimeline(lanes, app.now, straggler) };
}

describe.each(['everyday-4.3', 'failures-4.3', 'speculation-3.5'])(
  'of %s',
  name => {
    const { app, lanes, verdict } = read(name);

    it('the verdict counts what the model counts', () => {
      expect(verdict.tasks).toBe(app.tasks.length);
      const failed = [...app.executors.values()].reduce(
        (n, e) => n + e.failedTasks,
        0
      );
      expect(verdict.failed).toBeGreaterThanOrEqual(0);
      expect(verdict.failed + verdict.killed).toBeGreaterThanOrEqual(failed);
      expect(verdict.cores).toBe(lanes.lanes.length);
    });

    it('shares are shares', () => {
      expect(verdict.busyShare).toBeGreaterThan(0);
      expect(verdict.busyShare).toBeLessThanOrEqual(1);
      expect(
        verdict.phaseShares.reduce((sum, share) => sum + share, 0)
      ).toBeCloseTo(1, 9);
      expect(verdict.gcShare).toBeLessThan(1);
    });

    it('the table adds up to the verdict', () => {
      const table = laneTable(lanes, app.now);
      const mean =
        table.reduce((sum, row) => sum + row.busyShare, 0) / table.length;
      expect(mean).toBeCloseTo(verdict.busyShare, 9);
      expect(table.reduce((sum, row) => sum + row.tasks, 0)).toBe(
        verdict.tasks
      );
    });

    it('the longest tasks are the longest', () => {
      const ms = Array.from(
        { length: app.tasks.length },
        (_, row) => taskFacts(app, row, app.now).durationMs
      ).sort((a, b) => b - a);
      const longest = longestTasks(app, lanes.lanes, app.now);
      expect(
        longest.map(row => taskFacts(app, row, app.now).durationMs)
      ).toEqual(ms.slice(0, 10));
    });

    it('a stretch of a lane is what its tasks add up to', () => {
      const lane = lanes.lanes.find(l => l.count > 3)!;
      const facts = stretchFacts(lane, 1, 3);
      expect(facts.tasks).toBe(2);
      expect(facts.busyMs).toBe(
        lane.ends[1]! - lane.starts[1]! + lane.ends[2]! - lane.starts[2]!
      );
    });
  }
);

it('says first that attempts failed', () => {
  const { verdict } = read('failures-4.3');
  expect(verdict.failed).toBeGreaterThan(0);
  expect(verdict.reasons[0]).toEqual({
    kind: 'failed',
    attempts: verdict.failed
  });
});

it('finds the task that kept its stage waiting', () => {
  const { app } = read('speculation-3.5');
  const found = app.stageList
    .map(stage => stragglerOf(app.tasks, stage, app.now))
    .filter(straggler => straggler !== null);
  expect(found.length).toBeGreaterThan(0);
  for (const straggler of found) {
    expect(straggler.durationMs).toBeGreaterThanOrEqual(2 * straggler.medianMs);
    expect(app.stages.get(straggler.stageKey)!.rows.view()).toContain(
      straggler.row
    );
  }
});

it('counts a core only while its executor was there', () => {
  const { app, lanes } = read('retries-4.3');
  const gone = [...app.executors.values()].filter(e => e.removeTime !== null);
  expect(gone.length).toBeGreaterThan(0);
  const span = lanes.to - lanes.from;
  const time = lanes.coreTimeMs(lanes.to);
  expect(time).toBeLessThan(lanes.lanes.length * span);
  const busy = lanes.lanes.reduce((sum, lane) => sum + lane.busyMs, 0);
  expect(time).toBeGreaterThanOrEqual(busy);
});

it('judges nothing where nothing ran', () => {
  const app = new Session();
  app.apply({
    application: 1,
    backfill: false,
    events: [
      { Event: 'SparkListenerApplicationStart', 'App Name': 'x', Timestamp: 5 }
    ],
    rows: null
  });
  const lanes = new TimelineLanes({ application: app.latest!, stages: null });
  lanes.update();
  const verdict = judgeTimeline(lanes, 5, null);
  expect([
    verdict.tasks,
    verdict.spanMs,
    verdict.busyShare,
    verdict.reasons
  ]).toEqual([0, 0, 0, []]);
});

it('ends now while tasks run, and counts their time so far', () => {
  const batches = batchesOfLog(linesOf('everyday-4.3'), { size: 1 });
  const first = batches.findIndex(batch => batch.rows !== null);
  const { app, lanes, verdict } = read('', batches.slice(0, first + 1));
  expect(lanes.running).toBe(1);
  const later = judgeTimeline(lanes, app.now + 1000, null);
  expect(timelineEnd(lanes, app.now + 1000)).toBe(app.now + 1000);
  expect(later.spanMs - verdict.spanMs).toBe(1000);
  expect(later.busyShare).toBeCloseTo(1 / later.cores, 9);
});

describe('stageBands', () => {
  const { app } = read('together-4.3');
  const bands = stageBands(stagesShown(app, null), app.now);

  it('has a band for each stage that ran, in rows without overlap', () => {
    const ran = app.stageList.filter(stage => stage.rows.length > 0);
    expect(bands.map(band => band.stage.key).sort()).toEqual(
      ran.map(stage => stage.key).sort()
    );
    for (const row of new Set(bands.map(band => band.row))) {
      const inRow = bands
        .filter(band => band.row === row)
        .sort((a, b) => a.from - b.from);
      if (row < 2) {
        inRow
          .slice(1)
          .forEach((band, i) =>
            expect(band.from).toBeGreaterThanOrEqual(inRow[i]!.to)
          );
      }
    }
    // Two jobs ran at the same time in this log.
    expect(Math.max(...bands.map(band => band.row))).toBeGreaterThan(0);
  });

  it('uses no more rows than it may', () => {
    const rows = stageBands(stagesShown(app, null), app.now, 1).map(
      band => band.row
    );
    expect(new Set(rows)).toEqual(new Set([0]));
  });
});

it('knows everything about a task that failed', () => {
  const { app } = read('failures-4.3');
  const row = Array.from({ length: app.tasks.length }, (_, r) => r).find(
    r => taskFacts(app, r, app.now).state === 'failed'
  )!;
  const facts = taskFacts(app, row, app.now);
  expect(facts.reason).toBe('ExceptionFailure');
  expect(facts.error).toMatch(/Error|Exception/);
  expect(facts.stage!.rows.view()).toContain(row);
  expect(facts.executor).toBe('driver');
  expect(facts.locality).toMatch(/LOCAL|NO_PREF|ANY/);
});
