import { ColumnWindow } from './column-window';
import { LANE_SUMS, LaneColumns, LaneSum } from './lane-columns';
import { PHASE_COUNT, PhaseIndex } from './phases';
import {
  aggregateColumns,
  ColumnMark,
  IDLE,
  paintColumns,
  timelineColumns,
  type ITimelineColumns
} from './timeline-columns';

/** Numbers that are the same in every run. */
function randoms(seed: number): () => number {
  return () => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return seed / 2147483648;
  };
}

type Sums = Partial<Record<number, number>>;

function push(lane: LaneColumns, start: number, end: number, sums: Sums): void {
  const adds = new Float64Array(LANE_SUMS);
  for (const [sum, value] of Object.entries(sums)) {
    adds[Number(sum)] = value!;
  }
  lane.push(lane.count, start, end);
  if (end !== Infinity) {
    lane.setLast(end, adds);
  }
}

/** A lane of tasks of every length, idle time between some. */
function randomLane(seed: number, count: number): LaneColumns {
  const next = randoms(seed);
  const lane = new LaneColumns('1', 0);
  let time = 1000;
  for (let i = 0; i < count; i++) {
    time += next() < 0.3 ? Math.floor(next() * 40) : 0;
    const sums: Sums = {};
    let length = 0;
    for (let p = 0; p < PHASE_COUNT; p++) {
      const ms = next() < 0.5 ? Math.floor(next() ** 4 * 60) : 0;
      sums[p] = ms;
      length += ms;
    }
    sums[LaneSum.failed] = next() < 0.02 ? 1 : 0;
    push(lane, time, time + length, sums);
    time += length;
  }
  return lane;
}

/** The same by the definition: every phase of every task against every column. */
function byDefinition(
  lane: LaneColumns,
  from: number,
  to: number,
  width: number
): { time: number[][]; failed: boolean[] } {
  const step = (to - from) / width;
  const time = Array.from({ length: width }, () =>
    new Array<number>(PHASE_COUNT).fill(0)
  );
  const failed = new Array<boolean>(width).fill(false);
  for (let i = 0; i < lane.count; i++) {
    let at = lane.starts[i]!;
    for (let p = 0; p < PHASE_COUNT; p++) {
      const end = at + lane.sum(p, i, i + 1);
      for (let c = 0; c < width; c++) {
        const left = Math.max(at, from + c * step);
        const right = Math.min(end, from + (c + 1) * step);
        if (right > left) {
          time[c]![p]! += right - left;
          failed[c] ||= lane.sum(LaneSum.failed, i, i + 1) > 0;
        }
      }
      at = end;
    }
  }
  return { time, failed };
}

function aggregate(
  lanes: LaneColumns[],
  from: number,
  to: number,
  width: number,
  now = 0
): ITimelineColumns {
  const columns = timelineColumns(width, lanes.length);
  aggregateColumns(lanes, from, to, now, columns);
  return columns;
}

describe.each([
  [1, 0, 1, 60],
  [2, 0, 1, 300],
  [3, 0.4, 0.45, 80],
  [4, 0.1, 0.9, 7],
  [5, -0.2, 1.3, 90]
])('random lane %p from %p to %p in %p columns', (seed, a, b, width) => {
  const lane = randomLane(seed, 400);
  const end = lane.ends[lane.count - 1]!;
  const from = 1000 + a * (end - 1000);
  const to = 1000 + b * (end - 1000);
  const step = (to - from) / width;
  const columns = aggregate([lane], from, to, width);
  const { time, failed } = byDefinition(lane, from, to, width);

  it('shows what took most of each column, and how much of it was busy', () => {
    let busy = 0;
    for (let c = 0; c < width; c++) {
      const sum = time[c]!.reduce((total, ms) => total + ms, 0);
      if (sum > 1e-6) {
        busy++;
        const shown = time[c]![columns.dominant[c]!]!;
        const most = Math.max(...time[c]!);
        // A task that lies in one column but for its border shares it out.
        expect(shown).toBeGreaterThan(most - 1e-6);
        expect(columns.cover[c]).toBeCloseTo(
          Math.max(1, Math.floor((sum / step) * 255)),
          -0.4
        );
      } else if (columns.dominant[c] !== IDLE) {
        // A task without length is there all the same.
        expect(columns.cover[c]).toBe(1);
      }
      if (failed[c]) {
        expect(columns.marks[c]! & ColumnMark.failed).toBe(ColumnMark.failed);
      }
    }
    expect(busy).toBeGreaterThan(width / 3);
  });
});

describe('aggregateColumns', () => {
  it('leaves what is idle alone', () => {
    const lane = new LaneColumns('1', 0);
    push(lane, 10, 20, { [PhaseIndex.compute]: 10 });
    const { dominant, cover } = aggregate(
      [lane, new LaneColumns('1', 1)],
      0,
      40,
      4
    );
    expect([...dominant]).toEqual([
      IDLE,
      3,
      IDLE,
      IDLE,
      IDLE,
      IDLE,
      IDLE,
      IDLE
    ]);
    expect([...cover]).toEqual([0, 255, 0, 0, 0, 0, 0, 0]);
  });

  it('lets a running task reach to now', () => {
    const lane = new LaneColumns('1', 0);
    push(lane, 10, Infinity, {});
    const { dominant, marks } = aggregate([lane], 0, 40, 4, 30);
    expect([...dominant]).toEqual([IDLE, 3, 3, IDLE]);
    expect(marks[1]! & ColumnMark.running).toBe(ColumnMark.running);
  });

  it('shows a task without length, and a failed one among many', () => {
    const lane = new LaneColumns('1', 0);
    for (let i = 0; i < 50; i++) {
      push(lane, i, i + 1, {
        [PhaseIndex.compute]: 1,
        [LaneSum.failed]: i === 33 ? 1 : 0
      });
    }
    push(lane, 70, 70, {});
    const { dominant, cover, marks } = aggregate([lane], 0, 100, 10);
    expect([...dominant]).toEqual([3, 3, 3, 3, 3, IDLE, IDLE, 3, IDLE, IDLE]);
    expect(cover[7]).toBe(1);
    expect([...marks]).toEqual([0, 0, 0, ColumnMark.failed, 0, 0, 0, 0, 0, 0]);
  });

  it('marks a column that lost a fifth of its time to garbage collection', () => {
    const lane = new LaneColumns('1', 0);
    push(lane, 0, 10, { [PhaseIndex.compute]: 10, [LaneSum.gcMs]: 2 });
    push(lane, 10, 20, { [PhaseIndex.compute]: 10, [LaneSum.gcMs]: 1 });
    const { marks } = aggregate([lane], 0, 20, 2);
    expect([...marks]).toEqual([ColumnMark.gc, 0]);
  });

  it('goes on when its sums have wrapped', () => {
    const lane = new LaneColumns('1', 0);
    push(lane, 0, 4294967290, { [PhaseIndex.compute]: 4294967290 });
    push(lane, 4294967290, 4294967310, { [PhaseIndex.compute]: 20 });
    expect(lane.sum(PhaseIndex.compute, 1, 2)).toBe(20);
    const { cover } = aggregate([lane], 4294967280, 4294967320, 4);
    expect([...cover]).toEqual([255, 255, 255, 0]);
  });

  it('survives an empty range', () => {
    const lane = new LaneColumns('1', 0);
    push(lane, 0, 10, { [PhaseIndex.compute]: 10 });
    expect([...aggregate([lane], 5, 5, 2).dominant]).toEqual([IDLE, IDLE]);
  });
});

describe('ColumnWindow', () => {
  const lanes = [7, 8, 9].map(seed => randomLane(seed, 500));
  const width = 120;
  const span = 600;
  const show = (window: ColumnWindow, from: number, revision = '1'): string => {
    const request = { lanes, from, to: from + span, width, now: 0, revision };
    const { dominant, cover, marks } = window.show(request);
    const size = width * lanes.length;
    return [dominant, cover, marks]
      .map(values => values.subarray(0, size).join())
      .join('\n');
  };

  it('shows after any moves what it would show from nothing', () => {
    const window = new ColumnWindow();
    const next = randoms(3);
    let from = 1500;
    for (let i = 0; i < 60; i++) {
      from +=
        Math.round((next() - 0.5) * (i % 7 === 0 ? 400 : 20)) * (span / width);
      expect(show(window, from)).toBe(show(new ColumnWindow(), from));
    }
  });

  it('computes anew when the tasks have changed', () => {
    const window = new ColumnWindow();
    const before = show(window, 1500);
    const other = new ColumnWindow();
    lanes[0] = randomLane(77, 500);
    expect(show(window, 1500, '2')).toBe(show(other, 1500, '2'));
    expect(show(window, 1500, '2')).not.toBe(before);
  });
});

it('paints phases by their share, and failures at full strength', () => {
  const columns = timelineColumns(4, 1);
  columns.dominant.set([3, 3, IDLE, 3]);
  columns.cover.set([255, 1, 0, 1]);
  columns.marks.set([0, 0, 0, ColumnMark.failed]);
  const pixels = new Uint32Array(4);
  const phases = [0, 0, 0, 0x112233, 0, 0, 0];
  paintColumns(
    columns,
    { phases, failed: 0xff, killed: 0, leastAlpha: 0.5 },
    pixels
  );
  expect(pixels[0]!.toString(16)).toBe('ff112233');
  expect(pixels[1]! >>> 24).toBe(128);
  expect(pixels[2]).toBe(0);
  expect(pixels[3]!.toString(16)).toBe('ff0000ff');
});
