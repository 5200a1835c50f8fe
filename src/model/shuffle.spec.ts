import type { ISparkEvent, ISparkglassShuffle } from '../events';
import { Session } from './session';
import { shuffleFrom } from './shuffle';

const event: ISparkglassShuffle = {
  Event: 'SparkglassShuffle',
  'Shuffle ID': 3,
  'Stage ID': 7,
  'Stage Attempt ID': 1,
  Maps: 2,
  Reducers: 3,
  'Map Sizes': [10, 20],
  'Reduce Sizes': [5, 10, 15],
  Matrix: {
    Rows: 2,
    Columns: 3,
    'Log Sizes': Buffer.from([0, 1, 255, 4, 5, 6]).toString('base64')
  }
};

it('reads the sizes of a shuffle', () => {
  expect(shuffleFrom(event)).toEqual({
    id: 3,
    stageId: 7,
    stageAttempt: 1,
    maps: 2,
    reducers: 3,
    mapSizesBytes: [10, 20],
    reduceSizesBytes: [5, 10, 15],
    matrix: {
      rows: 2,
      columns: 3,
      logSizes: Uint8Array.of(0, 1, 255, 4, 5, 6)
    },
    sampledMaps: 2
  });
});

it.each([
  null,
  { Rows: 2, Columns: 2, 'Log Sizes': 'AAEC' },
  { Rows: 1, Columns: 3, 'Log Sizes': '%%' },
  { Rows: -1, Columns: -3, 'Log Sizes': 'AAEC' },
  { Rows: 0, Columns: 0, 'Log Sizes': '' }
])('leaves out a matrix that is none: %j', Matrix => {
  expect(shuffleFrom({ ...event, Matrix })!.matrix).toBeNull();
});

it('is known to its stage', () => {
  const session = new Session();
  session.apply({
    application: 1,
    backfill: false,
    events: [event as unknown as ISparkEvent],
    rows: null
  });
  const app = session.latest!;
  expect(app.shuffles.get(3)!.reducers).toBe(3);
  expect(app.stages.get('7.1')!.shuffleDepId).toBe(3);
});
