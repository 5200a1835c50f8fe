import { jobScope } from '../../analysis/scope';
import { stageRows, type IStageRow } from '../../analysis/stage-table';
import {
  judgeStages,
  type StageCause,
  type StagesVerdict
} from '../../analysis/stages-verdict';
import { plainWords } from '../../draw/words';
import { batchesOfLog } from '../../events';
import { Session } from '../../model';
import { linesOf } from '../../model/fixtures/read.cjs';
import { verdictWords } from './verdict-words';

function rowsOf(name: string, job: number): [StagesVerdict, IStageRow[]] {
  const session = new Session();
  for (const batch of batchesOfLog(linesOf(name))) {
    session.apply(batch);
  }
  const application = session.latest!;
  const scope = jobScope(application, application.jobs.get(job)!);
  const rows = stageRows(scope);
  return [judgeStages(scope, rows), rows];
}

const say = (verdict: StagesVerdict): string =>
  verdictWords(verdict, plainWords);

it.each([
  [
    'failures-4.3',
    1,
    'Both stages are done; 6 tasks failed and were tried again'
  ],
  ['failures-4.3', 2, 'Stage 3 failed: RuntimeError: never'],
  ['failures-4.3', 3, 'Stage 5 was cancelled after 0 of 6 tasks'],
  [
    'retries-4.3',
    1,
    'All done, but stage 3 had to be run again: data it needed was lost'
  ],
  [
    'everyday-4.3',
    1,
    'The stage is done; 1 was skipped because its result was still there'
  ]
])('what happened in %s, job %d', (name, job, words) => {
  expect(say(rowsOf(name, job)[0])).toBe(words);
});

describe('what took the time', () => {
  const [, [row]] = rowsOf('everyday-4.3', 0);
  const because = (cause: StageCause): string =>
    say({ kind: 'dominant', row: row!, share: 0.813, cause });

  it.each<[StageCause, string]>([
    [
      { kind: 'straggler', index: 7, times: 4.24 },
      'its task 7 took 4.2 × as long as the others'
    ],
    [
      { kind: 'fetch', share: 0.4 },
      'its tasks spent 40 % of it waiting for shuffled data'
    ],
    [{ kind: 'gc', share: 0.25 }, 'clearing memory (GC) took 25 % of it'],
    [
      { kind: 'spill', bytes: 5 * 2 ** 20 },
      'memory was too small, 5 MiB went to disk'
    ],
    [{ kind: 'fewTasks', tasks: 1, cores: 8 }, 'it had 1 task for 8 cores'],
    [{ kind: 'shuffled', bytes: 2048 }, 'it read 2 KiB of shuffled data'],
    [{ kind: 'read', bytes: 2048 }, 'it read 2 KiB']
  ])('%j', (cause, words) => {
    expect(because(cause)).toBe(`Stage 0 took 81 % of the time: ${words}`);
  });

  it('without a cause', () => {
    expect(because({ kind: 'none' })).toBe('Stage 0 took 81 % of the time');
  });
});

describe('while it runs', () => {
  const [, [row]] = rowsOf('everyday-4.3', 0);

  it('one stage, with others to come', () => {
    expect(say({ kind: 'running', row: row!, active: 1, pending: 2 })).toBe(
      'Stage 0 runs: 4 of 4 tasks done; 2 more wait'
    );
  });

  it('several stages', () => {
    expect(say({ kind: 'running', row: row!, active: 3, pending: 0 })).toBe(
      '3 stages run; stage 0 has done 4 of 4 tasks'
    );
  });

  it('none yet', () => {
    expect(say({ kind: 'waiting', stages: 1 })).toBe('1 stage waits to start');
    expect(say({ kind: 'nothing' })).toBe('No stage yet');
  });
});
