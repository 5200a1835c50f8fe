import { CellRun, type Application } from '../model';
import { modelOf } from '../model/fixtures/models';
import { linesOf } from '../model/fixtures/read.cjs';
import { applicationScope, jobScope, runScope, type IScope } from './scope';
import { stageRows } from './stage-table';
import { judgeStages, unionMs, type StagesVerdict } from './stages-verdict';

function judge(scope: IScope): StagesVerdict {
  return judgeStages(scope, stageRows(scope));
}

/** The log up to and with the n-th line that begins like this. */
function upTo(name: string, start: string, n = 1): string[] {
  const lines = linesOf(name);
  let at = -1;
  for (let i = 0; i < n; i++) {
    at = lines.findIndex((line, j) => j > at && line.startsWith(start));
  }
  return lines.slice(0, at + 1);
}

function ofJob(application: Application, id: number): StagesVerdict {
  return judge(jobScope(application, application.jobs.get(id)!));
}

describe('while it runs', () => {
  it('says which stage, and what comes after', () => {
    const application = modelOf(
      upTo('everyday-4.3', '{"Event":"SparkListenerTaskEnd","Stage ID":6,', 2)
    );
    expect(ofJob(application, 2)).toMatchObject({
      kind: 'running',
      row: { stage: { id: 6 }, tasksDone: 2, tasks: 5 },
      active: 1,
      pending: 1
    });
  });

  it('waits before the first stage', () => {
    const application = modelOf(
      upTo('everyday-4.3', '{"Event":"SparkListenerJobStart"')
    );
    expect(ofJob(application, 0)).toEqual({ kind: 'waiting', stages: 2 });
  });

  it('says so when Spark ended first', () => {
    const lines = upTo(
      'everyday-4.3',
      '{"Event":"SparkListenerTaskEnd","Stage ID":6,',
      2
    );
    const end = linesOf('everyday-4.3').find(line =>
      line.startsWith('{"Event":"SparkListenerApplicationEnd"')
    )!;
    expect(ofJob(modelOf([...lines, end]), 2)).toMatchObject({
      kind: 'cutOff',
      row: { stage: { id: 6 }, tasksDone: 2 }
    });
  });
});

describe('when it is over', () => {
  const failures = modelOf(linesOf('failures-4.3'));

  it('says what failed, and why', () => {
    expect(ofJob(failures, 2)).toMatchObject({
      kind: 'failed',
      row: { stage: { id: 3 } },
      failedStages: 1,
      failure: 'python',
      headline: 'RuntimeError: never'
    });
  });

  it('does not call cancelling a failure', () => {
    expect(ofJob(failures, 3)).toMatchObject({
      kind: 'cancelled',
      row: { stage: { id: 5 } }
    });
  });

  it('counts the tasks that had to be tried again', () => {
    expect(ofJob(failures, 1)).toEqual({
      kind: 'done',
      stages: 2,
      skipped: 0,
      failedTasks: 6
    });
  });

  it('says that a stage had to be run again', () => {
    const retries = modelOf(linesOf('retries-4.3'));
    expect(ofJob(retries, 1)).toMatchObject({
      kind: 'repeated',
      row: { stage: { id: 3 } },
      failure: 'shuffleLost'
    });
  });

  it('names the stage that took most of the time', () => {
    const everyday = modelOf(linesOf('everyday-4.3'));
    const verdict = ofJob(everyday, 0);
    expect(verdict).toMatchObject({
      kind: 'dominant',
      row: { stage: { id: 0 } }
    });
    const [first, second] = stageRows(
      jobScope(everyday, everyday.jobs.get(0)!)
    );
    const total = unionMs([first!, second!]);
    expect((verdict as { share: number }).share).toBe(
      first!.durationMs! / total
    );
  });

  it('counts what was skipped', () => {
    const everyday = modelOf(linesOf('everyday-4.3'));
    expect(ofJob(everyday, 1)).toEqual({
      kind: 'done',
      stages: 1,
      skipped: 1,
      failedTasks: 0
    });
  });

  it('has nothing to say of a run without jobs', () => {
    expect(judge(runScope(new CellRun('r')))).toEqual({ kind: 'nothing' });
  });
});

it('counts time in which stages overlap once', () => {
  const application = modelOf(linesOf('together-4.3'));
  const rows = stageRows(applicationScope(application));
  const moments = new Set<number>();
  for (const row of rows) {
    const from = row.stage.firstTaskLaunchTime!;
    for (let ms = from; ms < from + row.durationMs!; ms++) {
      moments.add(ms);
    }
  }
  expect(unionMs(rows)).toBe(moments.size);
});
