import type { IRunSummary } from '../../analysis/run-summary';
import { plainWords } from '../../draw/words';
import {
  plannedReason,
  plannedSentence,
  runSentence,
  stateWord
} from './sentence';

const QUIET: IRunSummary = {
  state: 'succeeded',
  jobs: 1,
  jobsDone: 1,
  jobsFailed: 0,
  stages: 1,
  stagesDone: 1,
  stagesActive: 0,
  stagesSkipped: 0,
  stagesFailed: 0,
  tasks: 1,
  tasksDone: 1,
  tasksActive: 0,
  tasksFailed: 0,
  tasksKilled: 0,
  tasksSkipped: 0,
  startTime: 0,
  endTime: 40,
  durationMs: 40,
  inputBytes: 0,
  inputRecords: 0,
  shuffleReadBytes: 0,
  shuffleWriteBytes: 0,
  spillBytes: 0,
  outputBytes: 0,
  gcTimeMs: 0,
  runTimeMs: 0,
  segments: [],
  remainingMs: null
};

const say = (run: Partial<IRunSummary>): string =>
  runSentence({ ...QUIET, ...run }, plainWords);

describe('the sentence of a run', () => {
  it('says what there is and no more', () => {
    expect(say({})).toBe('1 job · 1 stage · 1 task · 40 ms');
  });

  it('groups digits and names what moved', () => {
    expect(
      say({
        jobs: 3,
        stages: 5,
        tasks: 1204,
        tasksDone: 1204,
        durationMs: 3200,
        inputBytes: 1.3 * 2 ** 30,
        shuffleWriteBytes: 210 * 2 ** 20
      })
    ).toBe(
      '3 jobs · 5 stages · 1,204 tasks · 3.2 s · read 1.3 GiB · shuffled 210 MiB'
    );
  });

  it('counts up while it runs, and guesses only where it may', () => {
    const running = {
      state: 'running',
      tasks: 8,
      tasksDone: 3,
      durationMs: 1000
    } as const;
    expect(say(running)).toBe('1 job · 1 stage · 3 of 8 tasks · 1.0 s');
    expect(say({ ...running, remainingMs: 2000 })).toMatch(
      / · about 2.0 s left$/
    );
    expect(say({ remainingMs: 2000 })).not.toContain('left');
  });

  it('tells of failures and spills', () => {
    expect(say({ tasksFailed: 2, spillBytes: 4096 })).toBe(
      '1 job · 1 stage · 1 task · 40 ms · spilled 4 KiB · 2 tasks failed'
    );
  });

  it('has a word for each state', () => {
    const states = [
      'planned',
      'running',
      'succeeded',
      'failed',
      'cancelled'
    ] as const;
    const words = states.map(state => stateWord(state, plainWords));
    expect(new Set(words).size).toBe(states.length);
  });
});

describe('the sentence of a plan', () => {
  const note = (name: string, added: string[], streaming = false) => ({
    name,
    operations: ['Range', ...added],
    added,
    streaming
  });

  it('names what was added to each DataFrame', () => {
    expect(
      plannedSentence(
        [note('a', ['Filter', 'Project']), note('b', [])],
        plainWords
      )
    ).toBe('Nothing ran yet · a: Filter → Project; b: Range');
  });

  it('stays short', () => {
    const many = Array.from({ length: 9 }, (_, i) =>
      note(
        `df${i}`,
        Array.from({ length: 20 }, () => 'Filter')
      )
    );
    const sentence = plannedSentence(many, plainWords);
    expect(sentence).toMatch(/; 6 more$/);
    expect(sentence.match(/Filter/g)).toHaveLength(18);
  });

  it('says what makes Spark work', () => {
    expect(plannedReason([note('a', [])], plainWords)).toContain('count()');
    expect(plannedReason([note('a', [], true)], plainWords)).toContain(
      'start()'
    );
  });
});
