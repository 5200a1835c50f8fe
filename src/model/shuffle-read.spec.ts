import type { ISparkEvent, ISparkglassShuffleRead } from '../events';
import { Session } from './session';
import { shuffleReadFrom } from './shuffle-read';

const event: ISparkglassShuffleRead = {
  Event: 'SparkglassShuffleRead',
  'Execution ID': 4,
  'Shuffle ID': 2,
  Read: 1,
  Partitions: 3,
  Local: false,
  Specs: [
    [0, 5],
    [5, 6, 0, 2],
    [5, 6, 2, 4]
  ]
};

it('reads what each partition reads', () => {
  expect(shuffleReadFrom(event)).toEqual({
    executionId: 4,
    shuffleId: 2,
    read: 1,
    partitions: 3,
    local: false,
    specs: [
      { reducerFrom: 0, reducerTo: 5, maps: null },
      { reducerFrom: 5, reducerTo: 6, maps: { from: 0, to: 2 } },
      { reducerFrom: 5, reducerTo: 6, maps: { from: 2, to: 4 } }
    ]
  });
});

it('ends at a list that says nothing, and needs to know the shuffle', () => {
  const Specs = [[0, 1], [1], [2, 3]];
  expect(shuffleReadFrom({ ...event, Specs })!.specs).toHaveLength(1);
  expect(shuffleReadFrom({ ...event, 'Shuffle ID': -1 })).toBeNull();
});

it('takes the place of what was told of the same read', () => {
  const session = new Session();
  const tell = (more: Partial<ISparkglassShuffleRead>): void =>
    session.apply({
      application: 1,
      backfill: false,
      events: [{ ...event, ...more } as unknown as ISparkEvent],
      rows: null
    });
  tell({});
  tell({ Read: 0 });
  tell({ Partitions: 7 });
  const reads = session.latest!.shuffleReads.get(2)!;
  expect(reads.map(read => [read.read, read.partitions])).toEqual([
    [0, 3],
    [1, 7]
  ]);
});
