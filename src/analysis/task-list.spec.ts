import { TaskState, type Application } from '../model';
import { modelOf } from '../model/fixtures/models';
import { answersTo, logs } from '../model/fixtures/read.cjs';
import { applicationScope, jobScope } from './scope';
import { isText, numberReader, TASK_COLUMN_NAMES } from './task-columns';
import { TaskList, type ITaskWish } from './task-list';
import { readQuery } from './task-query';
import { judgeTasks } from './tasks-verdict';

const wish: ITaskWish = {
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
  list.read(applicationScope(application), 0);
  list.arrange({ ...wish, ...more }, 0);
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

  it('have each column that is not 0 in all of them, and no other', () => {
    for (const name of logs) {
      const model = modelOf(name);
      const { columns } = listOf(model);
      const silent = TASK_COLUMN_NAMES.filter(c => !columns.includes(c));
      for (const column of silent.filter(c => !isText(c))) {
        const read = numberReader(model, column, 0);
        for (let row = 0; row < model.tasks.length; row++) {
          expect(read(row)).toBe(0);
        }
      }
    }
  });

  it('are none for a scope without jobs', () => {
    const list = new TaskList(() => 0);
    const scope = { ...applicationScope(application), parts: () => [] };
    list.read(scope, 0);
    list.arrange(wish, 0);
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
  list.read(jobScope(application, application.jobs.get(2)!), 0);
  list.arrange(wish, 0);
  expect(list.rows).toHaveLength(8);
});
