import {
  clampRange,
  isWhole,
  panRange,
  SHORTEST_SPAN_MS,
  TimeScale,
  zoomRange
} from './time-scale';

const limits = { from: 1000, to: 5000 };

it('maps times to pixels and back', () => {
  const scale = new TimeScale({ from: 1000, to: 3000 }, 500);
  expect(scale.x(2000)).toBe(250);
  expect(scale.time(250)).toBe(2000);
  expect(scale.time(scale.x(1234))).toBeCloseTo(1234, 9);
});

it('survives a range without length', () => {
  const scale = new TimeScale({ from: 7, to: 7 }, 100);
  expect(Number.isFinite(scale.time(50))).toBe(true);
});

it('zooms about a moment, which stays where it is', () => {
  const before = new TimeScale({ from: 2000, to: 4000 }, 800);
  const range = zoomRange(before, 2500, 2, limits);
  const after = new TimeScale(range, 800);
  expect(range.to - range.from).toBe(1000);
  expect(after.x(2500)).toBeCloseTo(before.x(2500), 9);
});

it('zooms out to the limits and no further', () => {
  expect(zoomRange({ from: 2000, to: 4000 }, 2100, 0.1, limits)).toEqual(
    limits
  );
});

it('zooms in to the shortest span and no further', () => {
  const range = zoomRange({ from: 2000, to: 2003 }, 2001, 1000, limits);
  expect(range.to - range.from).toBe(SHORTEST_SPAN_MS);
  expect(range.from).toBeLessThanOrEqual(2001);
  expect(range.to).toBeGreaterThanOrEqual(2001);
});

it('pans up to the limits without changing the length', () => {
  expect(panRange({ from: 2000, to: 3000 }, 500, limits)).toEqual({
    from: 2500,
    to: 3500
  });
  expect(panRange({ from: 2000, to: 3000 }, 9999, limits)).toEqual({
    from: 4000,
    to: 5000
  });
  expect(panRange({ from: 2000, to: 3000 }, -9999, limits)).toEqual({
    from: 1000,
    to: 2000
  });
});

it('clamps what is longer than its limits', () => {
  expect(clampRange({ from: 0, to: 99999 }, limits)).toEqual(limits);
});

it('knows whether everything is shown', () => {
  expect(isWhole(limits, limits)).toBe(true);
  expect(isWhole({ from: 1001, to: 5000 }, limits)).toBe(true);
  expect(isWhole({ from: 1100, to: 5000 }, limits)).toBe(false);
});
