import { judgedFrames } from './fixtures/lineage';
import type { ILink } from './lineage';
import { slotOf, slotsOf, threadsOf } from './lineage-threads';
import { reachOf, weave } from './lineage-weave';

const each = (n: number): Int32Array => slotsOf(n, n, -1);

function pairs(kind: ILink['kind'], offset: number, from: number, to: number) {
  const link: ILink = { from: 0, to: 1, kind, offset, shuffle: null };
  const threads = threadsOf(link, each(from), each(to));
  return {
    isExact: threads.isExact,
    pairs: [...threads.from].map((a, i) => `${a}>${threads.to[i]}`)
  };
}

describe('slots', () => {
  it('hold one partition each while there are few', () => {
    expect([...slotsOf(3, 32, 1)]).toEqual([0, 1, 2, 3]);
  });

  it('hold equal runs when there are many, the heaviest by itself', () => {
    const slots = slotsOf(1000, 12, 137);
    expect(slots.length - 1).toBeLessThanOrEqual(12);
    const own = slotOf(slots, 137);
    expect([slots[own], slots[own + 1]]).toEqual([137, 138]);
    expect(slotOf(slots, 999)).toBe(slots.length - 2);
    expect(slotOf(slots, 1000)).toBe(-1);
  });
});

describe('threads', () => {
  it('of one to one and of a union', () => {
    expect(pairs('one', 0, 2, 2).pairs).toEqual(['0>0', '1>1']);
    expect(pairs('one', 2, 2, 4).pairs).toEqual(['0>2', '1>3']);
  });

  it('of a Cartesian product', () => {
    expect(pairs('left', 2, 2, 4).pairs).toEqual(['0>0', '0>1', '1>2', '1>3']);
    expect(pairs('right', 2, 2, 4).pairs).toEqual(['0>0', '0>2', '1>1', '1>3']);
  });

  it('say when Spark does not tell', () => {
    expect(pairs('group', 0, 4, 2).isExact).toBe(false);
    expect(pairs('unknown', 0, 4, 5).isExact).toBe(false);
    // All of them, when there is but one.
    expect(pairs('group', 0, 3, 1)).toEqual({
      isExact: true,
      pairs: ['0>0', '1>0', '2>0']
    });
  });
});

describe.each(['3.5', '4.3'])('a shuffle of Spark %s', version => {
  it('has threads as its sizes are, and none where nothing went', async () => {
    const { lineage, tasks } = await judgedFrames(version, 'word count');
    const woven = weave(lineage, tasks, 32);
    const { bytes, from, to } = woven.threads[1]!;
    const { reduceSizesBytes } = lineage.links[1]!.shuffle!;
    const sums = [0, 0, 0];
    to.forEach((slot, i) => (sums[slot]! += bytes![i]!));
    sums.forEach((sum, i) =>
      expect(sum / reduceSizesBytes[i]!).toBeCloseTo(1, 1)
    );
    expect(new Set(from).size).toBe(4);
    // All words of a line are in all partitions before it.
    expect(reachOf(woven, 3, 0).map(list => [...list])).toEqual([
      [2, 2, 2, 2],
      [2, 2, 2, 2],
      [2, 0, 0],
      [2, 0, 0]
    ]);
    expect(reachOf(woven, 0, 1)[1]).toEqual(Uint8Array.of(0, 2, 0, 0));
  });

  it('comes in bundles when it is wide', async () => {
    const { lineage, tasks } = await judgedFrames(version, 'repartitioned');
    const woven = weave(lineage, tasks, 12);
    for (const slots of woven.slots) {
      expect(slots.length - 1).toBeLessThanOrEqual(12);
    }
    const written = woven.movedBytes.filter(bytes => bytes > 0);
    expect(written).toHaveLength(2);
  });
});
