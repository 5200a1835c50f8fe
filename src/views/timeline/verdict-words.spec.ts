import type { ITimelineVerdict } from '../../analysis/timeline-verdict';
import { plainWords } from '../../draw/words';
import { verdictWords } from './verdict-words';

const verdict: ITimelineVerdict = {
  tasks: 1204,
  running: 0,
  failed: 0,
  killed: 0,
  dropped: 0,
  cores: 4,
  spanMs: 3200,
  busyShare: 0.812,
  phaseShares: [],
  gcShare: 0,
  reasons: []
};

const words = (change: Partial<ITimelineVerdict>): string =>
  verdictWords({ ...verdict, ...change }, plainWords);

it('says how much ran, where, how long and how busily', () => {
  expect(words({})).toBe(
    '1,204 tasks on 4 cores in 3.2 s; the cores were busy 81 % of the time'
  );
  expect(words({ tasks: 1, cores: 1 })).toBe(
    '1 task on 1 core in 3.2 s; the core was busy 81 % of the time'
  );
  expect(words({ tasks: 0 })).toBe('No task has run yet');
  expect(words({ tasks: 0, dropped: 1 })).toBe(
    '1 task is not drawn, as its detail was dropped to save memory'
  );
});

it('speaks of attempts when not every one was a task done', () => {
  expect(words({ killed: 2 })).toMatch(/^1,204 task attempts on/);
});

it('never says more than 100 %', () => {
  expect(words({ busyShare: 1.02 })).toContain('busy 100 %');
});

it.each([
  [
    { kind: 'dropped', tasks: 5000 },
    '5,000 tasks are not drawn, as their detail was dropped to save memory'
  ],
  [{ kind: 'failed', attempts: 1 }, '1 attempt failed'],
  [{ kind: 'failed', attempts: 8 }, '8 attempts failed'],
  [
    {
      kind: 'straggler',
      task: {
        stageKey: '5.0',
        stageId: 5,
        row: 9,
        index: 3,
        durationMs: 4800,
        medianMs: 340
      }
    },
    'Task 3 of stage 5 took 4.8 s, 14 × the usual'
  ],
  [
    { kind: 'starting', share: 0.59 },
    'Starting tasks took 59 % of their time: fewer, larger partitions would help'
  ],
  [
    { kind: 'gc', share: 0.3 },
    'Clearing memory (GC) took 30 % of the tasks’ time'
  ],
  [
    { kind: 'fetch', share: 0.3 },
    'Waiting for shuffled data took 30 % of the tasks’ time'
  ],
  [
    { kind: 'idleCores', busy: 1 },
    'Only 1 core had tasks: more partitions would use the others'
  ]
] as const)('adds %p', (reason, expected) => {
  expect(words({ reasons: [reason] }).split('. ')[1] ?? '').toBe(
    expected.split('. ')[0]
  );
  expect(words({ reasons: [reason] })).toContain(expected);
});
