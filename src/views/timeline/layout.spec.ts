import { lanesInView, layoutTimeline, type ILayoutInput } from './layout';

const input: ILayoutInput = {
  width: 1280,
  mostHeight: 200,
  lanes: 4,
  bandRows: 1,
  labelWidth: 40,
  fontPx: 11
};

it('gives few lanes their full height and leaves the rest of the room', () => {
  const layout = layoutTimeline(input);
  expect(layout.pitch).toBe(22);
  expect(layout.height).toBeLessThan(200);
  expect(layout.laneTop + 4 * layout.pitch).toBe(layout.axisTop);
  expect(layout.left).toBe(48);
  expect(layout.left + layout.plotWidth).toBe(1280);
});

it('never exceeds its height, and scrolls lanes that do not fit', () => {
  for (const lanes of [1, 8, 30, 64, 500]) {
    const layout = layoutTimeline({ ...input, lanes, bandRows: 3 });
    expect(layout.height).toBeLessThanOrEqual(200);
    expect(layout.pitch).toBeGreaterThanOrEqual(4);
    expect(layout.lanesHeight).toBe(lanes * layout.pitch);
  }
});

it('drops the labels where there is no room for them', () => {
  expect(layoutTimeline({ ...input, width: 300 }).left).toBe(0);
  expect(layoutTimeline({ ...input, labelWidth: 900 }).left).toBeLessThan(300);
});

it('knows which lanes can be seen', () => {
  const layout = layoutTimeline({ ...input, lanes: 500 });
  const shown = Math.ceil(layout.laneHeight / 4);
  expect(lanesInView(layout, 0, 500)).toEqual([0, shown]);
  const [first, last] = lanesInView(layout, 402, 500);
  expect(first).toBe(100);
  expect(last * 4).toBeGreaterThanOrEqual(402 + layout.laneHeight);
  expect(lanesInView(layout, 99999, 500)).toEqual([500, 500]);
});
