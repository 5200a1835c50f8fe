import { batchesOfLog } from '../events';
import { Session, TaskState, type Application } from '../model';
import { answersTo, linesOf, logs } from '../model/fixtures/read.cjs';
import { applicationScope, jobScope } from './scope';
import { TaskList, type ITaskWish } from './task-list';
import { readQuery } from './task-query';
import { judgeTasks } from './tasks-verdict';

function modelOf(name: string): Application {
  const session = new Session();
  for (const batch of batchesOfLog(linesOf(name))) {
    session.apply(batch);
  }
  return session.latest!;
}

const wish: ITaskWish = {
  part: 0,
  terms: [],
  sort: null,
  isDescending: false,
  stateWords: []
};

function listOf(
  application: Application,
  more: Partial<ITaskWish> = {}
): TaskList {
  const list = new TaskList(() => 0);
  list.refresh(applicationScope(application), { ...wish, ...more }, 0);
  return list;
}

describe('the tasks of an application', () => {
  const application = modelOf('failures-4.3');
  const { tasks } = application;

  it('are filtered, then sorted', () => {
    const list = listOf(application, {
      terms: readQuery('state:failed').terms!,
      sort: 'durationMs',
      isDescending: true
    });
    expect(list.total).toBe(tasks.length);
    const durations = [...list.rows].map(row => tasks.durationMs[row]!);
    expect(durations).toEqual([...durations].sort((a, b) => b - a));
    expect(
      [...list.rows].every(row => tasks.state[row] === TaskState.failed)
    ).toBe(true);
    expect(list.positionOf(list.rows[2]!)).toBe(2);
    expect(list.positionOf(-1)).toBe(-1);
  });

  it('have only columns that say something', () => {
    const { columns } = listOf(application);
    expect(columns).toContain('error');
    expect(columns).toContain('attempt');
    expect(columns).not.toContain('diskBytesSpilled');
    // One machine: its name would be in each row.
    expect(columns).not.toContain('host');
    expect(listOf(modelOf('speculation-4.3')).columns).toContain('host');
  });

  it('are none for a scope without jobs', () => {
    const list = new TaskList(() => 0);
    const scope = { ...applicationScope(application), parts: () => [] };
    list.refresh(scope, wish, 0);
    expect(list.rows).toHaveLength(0);
    expect(list.application).toBeNull();
  });
});

describe.each(logs)('the verdict on %s', name => {
  it('has Spark’s own median of each stage', () => {
    const application = modelOf(name);
    for (const answer of answersTo(name).stages) {
      const durations = Object.values<{ status: string; duration: number }>(
        answer.tasks ?? {}
      )
        .filter(task => task.status === 'SUCCESS')
        .map(task => task.duration)
        .sort((a, b) => a - b);
      const stage = application.stages.get(
        `${answer.stageId}.${answer.attemptId}`
      )!;
      const verdict = judgeTasks(application, stage.rows.view());
      const place = Math.min(
        Math.floor(durations.length / 2),
        durations.length - 1
      );
      expect(verdict.medianMs).toBe(durations[place] ?? null);
      expect(verdict.longest?.ms ?? null).toBe(
        durations[durations.length - 1] ?? null
      );
    }
  });
});

it('shows the tasks of one job only', () => {
  const application = modelOf('together-4.3');
  const list = new TaskList(() => 0);
  list.refresh(jobScope(application, application.jobs.get(2)!), wish, 0);
  expect(list.rows).toHaveLength(8);
});
