import { decodeFrame } from '../events';
import { Session, type IShuffle } from '../model';
import { modelOf } from '../model/fixtures/models';
import { framesOf } from '../model/fixtures/read.cjs';
import { applicationScope } from './scope';
import {
  hasUnknownShuffles,
  judgeShuffle,
  limitsOf,
  runOfSlot,
  sizeOf
} from './shuffle-sizes';

const shuffle = (more: Partial<IShuffle>): IShuffle => ({
  id: 0,
  stageId: 0,
  stageAttempt: 0,
  maps: 4,
  reducers: 8,
  mapSizesBytes: [1, 1, 1, 1],
  reduceSizesBytes: [],
  matrix: null,
  sampledMaps: more.maps ?? 4,
  ...more
});

it('says which reducer the rows of a real join crowd at', async () => {
  const session = new Session();
  for (const frame of framesOf('skewed-4.3')) {
    session.apply(await decodeFrame(frame));
  }
  const { shuffles, stages } = session.latest!;
  const of = (stage: string) =>
    judgeShuffle(shuffles.get(stages.get(stage)!.shuffleDepId!)!);
  expect(of('1.0')).toMatchObject({
    kind: 'crowded',
    reducers: { from: 5, to: 5 }
  });
  expect(of('2.0')).toMatchObject({ kind: 'single' });
  expect(hasUnknownShuffles(applicationScope(session.latest!))).toBe(false);
  // Spark's own log has no sizes.
  const logged = applicationScope(modelOf('skewed-4.3'));
  expect(hasUnknownShuffles(logged)).toBe(true);
});

it('judges what reducers get before what maps sent', () => {
  const even = [8e3, 8e3, 8e3, 8e3];
  expect(judgeShuffle(shuffle({ reduceSizesBytes: [0, 0, 0, 0] })).kind).toBe(
    'empty'
  );
  expect(
    judgeShuffle(shuffle({ reducers: 4, reduceSizesBytes: even }))
  ).toMatchObject({ kind: 'even', bytes: 32e3, eachBytes: 8e3 });
  expect(
    judgeShuffle(
      shuffle({ reduceSizesBytes: even, mapSizesBytes: [9e4, 1, 1, 1] })
    )
  ).toMatchObject({ kind: 'lavish', maps: { from: 0, to: 0 } });
  const sparse = Array.from({ length: 64 }, (_, i) => (i % 4 === 0 ? 9e3 : 0));
  expect(
    judgeShuffle(shuffle({ reducers: 64, reduceSizesBytes: sparse }))
  ).toMatchObject({ kind: 'sparse', empty: 48, reducers: 64 });
});

it.each([
  [8, 8],
  [3, 8],
  [512, 2000],
  [64, 100]
])('%i slots stand for %i things, each once', (slots, count) => {
  let next = 0;
  for (let slot = 0; slot < slots; slot++) {
    const { from, to } = runOfSlot(slot, slots, count);
    expect(from).toBe(next);
    for (let i = from; i <= to; i++) {
      // The rule by which the kernel side adds them up.
      expect(Math.floor((i * slots) / count)).toBe(slot);
    }
    next = to + 1;
  }
  expect(next).toBe(count);
});

it('says how exact sizes are', () => {
  const matrix = { rows: 4, columns: 8, logSizes: new Uint8Array(32) };
  expect(limitsOf(shuffle({ matrix }))).toEqual({
    over: 0.1,
    areAverages: false,
    isAdded: false,
    sampled: null
  });
  expect(
    limitsOf(shuffle({ matrix, maps: 900, reducers: 3000, sampledMaps: 300 }))
  ).toEqual({ over: 0.21, areAverages: true, isAdded: true, sampled: 300 });
  expect(sizeOf(0)).toBe(0);
  expect(sizeOf(10)).toBeCloseTo(1.1 ** 10, 9);
});
