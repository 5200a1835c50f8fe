import { timeTicks, valueTicks } from './ticks';

const labels = (from: number, to: number, origin = 0, most = 6): string[] =>
  timeTicks(from, to, origin, most).map(tick => tick.label);

describe('timeTicks', () => {
  it.each([
    [0, 5, ['0', '1 ms', '2 ms', '3 ms', '4 ms', '5 ms']],
    [0, 900, ['0', '200 ms', '400 ms', '600 ms', '800 ms']],
    [0, 3200, ['0', '1 s', '2 s', '3 s']],
    [0, 14000, ['0', '5 s', '10 s']],
    [3210, 3260, ['3.21 s', '3.22 s', '3.23 s', '3.24 s', '3.25 s', '3.26 s']],
    [0, 200000, ['0', '60 s', '2 min', '3 min']],
    [
      3600000,
      3780000,
      [
        '60 min',
        '60 min 30 s',
        '61 min',
        '61 min 30 s',
        '62 min',
        '62 min 30 s'
      ]
    ],
    [0, 4 * 3600000, ['0', '60 min', '2 h', '3 h', '4 h']]
  ])('labels %p to %p', (from, to, expected) => {
    expect(labels(from, to)).toEqual(expected);
  });

  it('counts from the origin', () => {
    const start = 1795516413720;
    expect(labels(start, start + 2000, start)).toEqual([
      '0',
      '500 ms',
      '1 s',
      '1.5 s',
      '2 s'
    ]);
    expect(timeTicks(start, start + 2000, start)[1]!.time).toBe(start + 500);
  });

  it('never gives more than asked, and labels all differ', () => {
    for (let span = 2; span < 4e11; span = Math.ceil(span * 1.37)) {
      for (const most of [2, 3, 6]) {
        const shown = labels(span / 3, span / 3 + span, 0, most);
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(new Set(shown).size).toBe(shown.length);
      }
    }
  });

  it('gives none for an empty range', () => {
    expect(timeTicks(5, 5, 0)).toEqual([]);
    expect(timeTicks(5, NaN, 0)).toEqual([]);
  });
});

describe('valueTicks', () => {
  it('gives round values from zero', () => {
    expect(valueTicks(10, 4)).toEqual([0, 5, 10]);
    expect(valueTicks(0.8, 4)).toEqual([0, 0.2, 0.4, expect.closeTo(0.6), 0.8]);
    expect(valueTicks(0)).toEqual([]);
  });

  it('gives powers of two for sizes', () => {
    expect(valueTicks(3 * 1024 ** 2, 4, true)).toEqual(
      [0, 1, 2, 3].map(n => n * 1024 ** 2)
    );
  });
});
