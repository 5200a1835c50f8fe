import { TaskState } from '../model';
import { modelOf } from '../model/fixtures/models';
import { filterRows } from './task-filter';
import { readQuery } from './task-query';

const words = {
  states: ['läuft', 'fertig', 'gescheitert', 'beendet'],
  stage: (ordinal: number): string => (ordinal === 0 ? 'count' : 'groupByKey')
};

describe.each(['failures-4.3', 'retries-3.5', 'speculation-4.3'])(
  'the tasks of %s',
  name => {
    const application = modelOf(name);
    const { tasks, stageList, strings } = application;
    const all = Int32Array.from({ length: tasks.length }, (_, i) => i);
    const passes = (text: string): number[] => {
      const { terms } = readQuery(text);
      return [...filterRows(application, all, terms!, words, application.now)];
    };
    const those = (test: (row: number) => boolean): number[] =>
      [...all].filter(test);

    it('by state, in Spark’s words and in those on screen', () => {
      const failed = those(row => tasks.state[row] === TaskState.failed);
      expect(failed.length).toBeGreaterThan(0);
      expect(passes('state:failed')).toEqual(failed);
      expect(passes('state:gescheitert')).toEqual(failed);
      expect(passes('-state:failed')).toHaveLength(all.length - failed.length);
    });

    it('by stage: the number, never a part of it', () => {
      expect(passes('stage:1')).toEqual(
        those(row => stageList[tasks.stage[row]!]!.id === 1)
      );
    });

    it('by figures', () => {
      expect(passes('duration > 300ms -attempt:0')).toEqual(
        those(row => tasks.durationMs[row]! > 300 && tasks.attempt[row]! !== 0)
      );
    });

    it('by words anywhere, whatever their case', () => {
      const error = (row: number): string =>
        tasks.error[row]! > 0 ? strings[tasks.error[row]! - 1]! : '';
      const found = passes('EXCEPTION');
      expect(found.length).toBeGreaterThan(0);
      const exception = those(row => /exception/i.test(error(row)));
      expect(found.filter(row => error(row) !== '')).toEqual(exception);
      expect(passes('"no such words anywhere"')).toEqual([]);
    });

    it('by what its stage was asked for', () => {
      expect(passes('groupbykey')).toEqual(
        those(row => tasks.stage[row] !== 0)
      );
    });

    it('all conditions at once', () => {
      const both = passes('state:failed stage:0');
      expect(both).toEqual(
        passes('state:failed').filter(row => passes('stage:0').includes(row))
      );
    });
  }
);

it('finds the copies of slow tasks', () => {
  const application = modelOf('speculation-4.3');
  const all = Int32Array.from(
    { length: application.tasks.length },
    (_, i) => i
  );
  const { terms } = readQuery('state:speculative');
  const copies = filterRows(application, all, terms!, words, 0);
  const counted = application.stageList.reduce(
    (sum, stage) => sum + stage.speculation.numTasks,
    0
  );
  expect(copies).toHaveLength(counted);
});

it('gives the same rows back when nothing is asked', () => {
  const application = modelOf('failures-4.3');
  const all = new Int32Array(3);
  expect(filterRows(application, all, [], words, 0)).toBe(all);
});
