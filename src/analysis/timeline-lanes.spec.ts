import { batchesOfLog } from '../events';
import { linesOf, logs } from '../model/fixtures/read.cjs';
import { Session, TaskState, type Application } from '../model';
import { LaneSum, type LaneColumns } from './lane-columns';
import { PHASE_COUNT } from './phases';
import { TimelineLanes } from './timeline-lanes';

/** The lanes of a log, taken in after every so many lines. */
function lanesOf(
  name: string,
  size: number
): { app: Application; lanes: TimelineLanes } {
  const session = new Session();
  let lanes: TimelineLanes | null = null;
  for (const batch of batchesOfLog(linesOf(name), { size })) {
    session.apply(batch);
    const app = session.latest;
    if (app) {
      lanes ??= new TimelineLanes({ application: app, stages: null });
      lanes.update();
    }
  }
  return { app: session.latest!, lanes: lanes! };
}

function tasksOf(lanes: readonly LaneColumns[]): number[] {
  return lanes
    .flatMap(lane => Array.from(lane.rows.subarray(0, lane.count)))
    .sort((a, b) => a - b);
}

describe.each(logs)('the timeline of %s', name => {
  describe.each([100000, 40, 1])('in batches of %p lines', size => {
    const { app, lanes } = lanesOf(name, size);

    it('has every task once', () => {
      const rows = Array.from({ length: app.tasks.length }, (_, row) => row);
      expect(tasksOf(lanes.lanes)).toEqual(rows);
      expect(lanes.count).toBe(app.tasks.length);
    });

    it('has a lane for each core of an executor that ran tasks', () => {
      const lanesOf = (id: string): LaneColumns[] =>
        lanes.lanes.filter(lane => lane.executor === id);
      const ran = new Set(
        lanes.lanes.filter(lane => lane.count > 0).map(lane => lane.executor)
      );
      expect(ran.size).toBeGreaterThan(0);
      for (const id of ran) {
        const { cores } = app.executors.get(id)!;
        const running = lanesOf(id).filter(lane => lane.isOpen).length;
        expect(lanesOf(id).length).toBeGreaterThanOrEqual(cores);
        expect(lanesOf(id).length).toBeLessThanOrEqual(cores + running);
      }
    });

    it('has tasks in time order that never overlap', () => {
      for (const lane of lanes.lanes) {
        for (let i = 1; i < lane.count; i++) {
          expect(lane.starts[i]!).toBeGreaterThanOrEqual(lane.ends[i - 1]!);
        }
      }
    });

    it('adds up: phases to the length of a bar, failures to their number', () => {
      const state = (wanted: number): number =>
        Array.from({ length: app.tasks.length }, (_, row) => row).filter(
          row => app.tasks.state[row] === wanted
        ).length;
      expect(lanes.failed).toBe(state(TaskState.failed));
      expect(lanes.killed).toBe(state(TaskState.killed));
      let failed = 0;
      for (const lane of lanes.lanes) {
        failed += lane.sum(LaneSum.failed, 0, lane.count);
        for (let i = 0; i < lane.count; i++) {
          if (lane.ends[i] !== Infinity) {
            let sum = 0;
            for (let p = 0; p < PHASE_COUNT; p++) {
              sum += lane.sum(p, i, i + 1);
            }
            expect(sum).toBe(lane.ends[i]! - lane.starts[i]!);
          }
        }
      }
      expect(failed).toBe(lanes.failed);
    });
  });
});

it('shows only the stages it is asked for, and takes in their later tasks', () => {
  const session = new Session();
  const batches = batchesOfLog(linesOf('everyday-4.3'), { size: 30 });
  const half = Math.floor(batches.length / 2);
  batches.slice(0, half).forEach(batch => session.apply(batch));
  const app = session.latest!;
  const lanes = new TimelineLanes({ application: app, stages: [] });
  const take = (): void =>
    lanes.update({ application: app, stages: app.stageList.slice(0, 2) });
  take();
  const before = lanes.count;
  batches.slice(half).forEach(batch => session.apply(batch));
  take();
  const wanted = [app.stageList[0]!, app.stageList[1]!].flatMap(stage =>
    Array.from(stage.rows.view())
  );
  expect(before).toBeGreaterThan(0);
  expect(tasksOf(lanes.lanes)).toEqual(wanted.sort((a, b) => a - b));
});

it('starts over when a stage is no longer asked for', () => {
  const { app } = lanesOf('everyday-4.3', 100000);
  const [first, second] = app.stageList.filter(stage => stage.rows.length > 0);
  const lanes = new TimelineLanes({ application: app, stages: null });
  lanes.update({ application: app, stages: [first!, second!] });
  expect(lanes.count).toBe(first!.rows.length + second!.rows.length);
  lanes.update({ application: app, stages: [second!] });
  expect(lanes.count).toBe(second!.rows.length);
});

it('does no work when nothing is new', () => {
  const { lanes } = lanesOf('everyday-4.3', 100000);
  const { revision } = lanes;
  lanes.update();
  expect(lanes.revision).toBe(revision);
});
