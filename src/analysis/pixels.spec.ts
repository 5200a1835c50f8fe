import { cellRuns, largestOnPixels } from './matrix-pixels';
import { columnRange, pixelColumns } from './pixel-columns';

const whole = (n: number) => ({ from: 0, to: n });

describe('bars', () => {
  it.each([1, 7, 100, 999, 100_000])(
    'of %i partitions: the largest is never lost, each is on one column',
    count => {
      const values = new Float64Array(count).fill(1);
      const columns = Math.min(count, 640);
      for (const peak of [0, Math.floor(count / 3), count - 1]) {
        values[peak] = 1000;
        const { max, mean } = pixelColumns(values, null, whole(count), columns);
        expect(Math.max(...max)).toBe(1000);
        expect(max.filter(value => value === 1000)).toHaveLength(1);
        expect(mean.every((value, i) => value <= max[i]!)).toBe(true);
        values[peak] = 1;
      }
      let shown = 0;
      for (let column = 0; column < columns; column++) {
        const { from, to } = columnRange(whole(count), columns, column, count);
        shown += to - from;
      }
      expect(shown).toBe(count);
    }
  );

  it('stand in the order they are given', () => {
    const values = Float64Array.of(1, 3, 2);
    const order = Int32Array.of(1, 2, 0);
    expect([...pixelColumns(values, order, whole(3), 3).max]).toEqual([
      3, 2, 1
    ]);
  });
});

describe('a matrix', () => {
  it.each([
    [1, 1, 30, 20],
    [4, 8, 300, 100],
    [512, 512, 300, 100],
    [2000, 2000, 640, 150]
  ])('of %i × %i cells on %i × %i pixels keeps its largest', (r, c, w, h) => {
    const values = new Uint8Array(r * c).fill(1);
    const at = Math.floor(r * c * 0.77);
    values[at] = 200;
    const rows = cellRuns(whole(r), h, r);
    const columns = cellRuns(whole(c), w, c);
    const pixels = new Uint8Array(w * h);
    largestOnPixels({ rows: r, columns: c, values }, rows, columns, pixels);
    const seen = pixels.filter(value => value === 200).length;
    expect(seen).toBeGreaterThan(0);
    // As large as a cell is, or a pixel.
    const side = (pixelCount: number, cells: number): number =>
      Math.max(1, Math.ceil(pixelCount / cells));
    expect(seen).toBeLessThanOrEqual(side(w, c) * side(h, r));
    expect(pixels.every(value => value > 0)).toBe(true);
  });

  it('shows each cell on one pixel when pixels are scarce', () => {
    const { starts, ends } = cellRuns({ from: 0.4, to: 99.4 }, 10, 200);
    for (let p = 1; p < starts.length; p++) {
      expect(starts[p]).toBe(ends[p - 1]);
    }
  });
});
