import { batchesOfLog } from '../events';
import { CellRun, Session } from '../model';
import { modelOf } from '../model/fixtures/models';
import { linesOf } from '../model/fixtures/read.cjs';
import { applicationScope, jobScope, rowsOf, runScope } from './scope';

// Three jobs at the same time on one shuffle.
const application = modelOf('together-4.3');
const jobs = [...application.jobs.values()];

function runOf(ids: readonly number[]): CellRun {
  const run = new CellRun('r');
  run.jobs.push(...ids.map(id => ({ application, job: jobs[id]! })));
  return run;
}

it('has a stage once that several of its jobs need', () => {
  const [part] = runScope(runOf([1, 3, 4])).parts();
  expect(part!.stages.map(stage => stage.key)).toEqual([
    '1.0',
    '2.0',
    '4.0',
    '5.0'
  ]);
  expect(part!.jobs.map(job => job.id)).toEqual([1, 3, 4]);
});

it('finds the tasks of its stages, each once, in the order of the table', () => {
  const scope = runScope(runOf([4, 1, 3]));
  const [part] = scope.parts();
  const rows = [...rowsOf(part!, scope)];
  const expected: number[] = [];
  for (let row = 0; row < application.tasks.length; row++) {
    const stage = application.stageList[application.tasks.stage[row]!]!;
    if ([1, 2, 4, 5].includes(stage.id)) {
      expected.push(row);
    }
  }
  expect(rows).toEqual(expected);
});

it('has all tasks of an application, and those of one job', () => {
  const all = applicationScope(application);
  expect(rowsOf(all.parts()[0]!, all)).toHaveLength(application.tasks.length);
  const one = jobScope(application, jobs[2]!);
  expect(rowsOf(one.parts()[0]!, one)).toHaveLength(8);
});

it('has no part for a run without jobs', () => {
  expect(runScope(runOf([])).parts()).toEqual([]);
});

it('follows the model as it grows', () => {
  const session = new Session();
  const batches = batchesOfLog(linesOf('together-4.3'), { size: 20 });
  session.apply(batches[0]!);
  const scope = applicationScope(session.latest!);
  const counts = batches.slice(1).map(batch => {
    session.apply(batch);
    return scope.parts()[0]!.stages.length;
  });
  expect(counts[counts.length - 1]).toBe(6);
  expect(counts[0]).toBeLessThan(6);
});
