import { segmentSpan } from './segment-bar';

describe('a segment of the bar', () => {
  it('leaves a gap to its neighbour', () => {
    expect(segmentSpan(0.5, 0.25, 160, 1)).toEqual({ x: 80, width: 39 });
  });

  it('has no gap where it would be all gap', () => {
    // 200 jobs: less than a pixel each.
    expect(segmentSpan(0, 1 / 200, 160, 1)).toEqual({ x: 0, width: 0.8 });
  });

  it('fills the bar together with the others', () => {
    let start = 0;
    let end = 0;
    for (const share of [0.1, 0.2, 0.3, 0.4]) {
      const span = segmentSpan(start, share, 160, 1);
      expect(span.x).toBeGreaterThanOrEqual(end);
      end = span.x + span.width;
      start += share;
    }
    expect(end).toBeCloseTo(159);
  });
});
