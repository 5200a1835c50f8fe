import { linesOf } from '../model/fixtures/read.cjs';
import { modelOf } from '../model/fixtures/models';
import { applicationScope } from './scope';
import { replay, replayPlan, type IReplayPlan } from './replay-tasks';
import { timeWindow } from './time-window';

/** What `steady` did: stages of many tasks of about the same length. */
function steady(): { plan: IReplayPlan; wallMs: number } {
  const window = timeWindow(applicationScope(modelOf(linesOf('steady-4.3'))))!;
  return { plan: replayPlan(window), wallMs: window.to - window.from };
}

test('a replay on the cores that there were takes as long as it did', () => {
  const { plan, wallMs } = steady();
  const again = replay(plan, 4, stage => stage.durationsMs)!;
  expect(Math.abs(again / wallMs - 1)).toBeLessThan(0.05);
});

test('on one core all tasks come one after the other', () => {
  const { plan } = steady();
  const work = plan.stages.reduce(
    (sum, stage) => sum + stage.durationsMs.reduce((a, b) => a + b, 0),
    0
  );
  const alone = replay(plan, 1, stage => stage.durationsMs)!;
  expect(alone).toBeGreaterThanOrEqual(work);
});

test('more cores than tasks leave the longest chain of stages (Graham: no schedule is shorter)', () => {
  const { plan } = steady();
  const many = replay(plan, 1000, stage => stage.durationsMs)!;
  const longest = Math.max(
    ...plan.stages.map(stage => Math.max(...stage.durationsMs))
  );
  expect(many).toBeGreaterThanOrEqual(longest);
  expect(many).toBeLessThan(replay(plan, 4, stage => stage.durationsMs)!);
});

test('tasks of no length leave what the driver needed', () => {
  const { plan } = steady();
  const idle = replay(
    plan,
    4,
    stage => new Float64Array(stage.durationsMs.length)
  )!;
  const leads =
    plan.jobs.reduce((sum, job) => sum + job.leadMs + job.tailMs, 0) +
    plan.stages.reduce((sum, stage) => sum + stage.leadMs, 0) +
    plan.tailMs;
  expect(idle).toBeGreaterThan(0);
  expect(idle).toBeLessThanOrEqual(leads);
});
