import { crossing } from './boundary';
import { heightAt, paintLines, scalesOf, stairsOf } from './paint';
import { heightsOf, noPoints, type IPlotLine } from './plot';
import { piecesOf, type IPlotPen, type IStroke } from './plot-pen';
import { remembered } from '../../analysis/curve-tally';
import { alphaOf, rowsAt, sliderOf } from './settings';

const LINE: IPlotLine = {
  key: 'a',
  name: 'a',
  look: { colour: { curve: 'streaming' }, dash: [], widthPx: 2 },
  isStep: false,
  main: { x: [0, 10, 20, 30], y: [0.5, NaN, 0.25, 0.25] },
  raw: null,
  band: null,
  inSample: [],
  repeats: noPoints(),
  retrains: []
};

/** Notes what is drawn. */
class Notes implements IPlotPen {
  readonly width = 300;
  readonly height = 100;
  readonly strokes: { x: number[]; y: number[]; stroke: IStroke }[] = [];
  readonly words: [string, number, number][] = [];
  readonly marks: [string, number, number][] = [];
  line(
    { x, y }: { x: ArrayLike<number>; y: ArrayLike<number> },
    stroke: IStroke
  ): void {
    this.strokes.push({ x: Array.from(x), y: Array.from(y), stroke });
  }
  area(): void {}
  rect(): void {}
  mark(shape: string, x: number, y: number): void {
    this.marks.push([shape, x, y]);
  }
  text(words: string, x: number, y: number): void {
    this.words.push([words, x, y]);
  }
  measure(words: string): number {
    return words.length * 6;
  }
}

const INK = {
  colour: () => 'orange',
  ink: 'black',
  soft: 'grey',
  paper: 'white',
  worse: 'red',
  better: 'green',
  leastAlpha: 0.3
};
const RANGE = { x: [0, 30], y: [0, 1] } as const;

describe('the plot of a curve', () => {
  it('leaves a gap where nothing was scored', () => {
    expect(piecesOf(LINE.main.y)).toEqual([
      [0, 1],
      [2, 4]
    ]);
    const pen = new Notes();
    paintLines(
      { lines: [LINE], spans: [], events: [], xRange: [0, 30], yRange: [0, 1] },
      RANGE,
      pen,
      INK
    );
    expect(pen.strokes[0]!.x).toEqual([0, 100, 200, 300]);
    expect(pen.strokes[0]!.y).toEqual([50, NaN, 75, 75]);
  });

  it('keeps the value of a retrained model until the next one', () => {
    expect(stairsOf({ x: [0, 10, 20], y: [1, 2, NaN] })).toEqual({
      x: [0, 10, 10, 20],
      y: [1, 1, 2, NaN]
    });
  });

  it('hatches only what was scored on its own training rows', () => {
    const pen = new Notes();
    paintLines(
      {
        lines: [
          { ...LINE, main: { x: [0, 30], y: [0.5, 0.5] }, inSample: [[10, 20]] }
        ],
        spans: [],
        events: [],
        xRange: [0, 30],
        yRange: [0, 1]
      },
      RANGE,
      pen,
      INK
    );
    const hatch = pen.strokes[1]!.x.filter(x => !Number.isNaN(x));
    expect(hatch.length).toBeGreaterThan(10);
    expect(Math.min(...hatch)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...hatch)).toBeLessThanOrEqual(206);
  });

  it('puts names that would touch below each other', () => {
    const pen = new Notes();
    const span = (name: string, from: number) =>
      ({ name, detail: '', from, to: from + 5, look: 'drift' }) as const;
    paintLines(
      {
        lines: [],
        spans: [span('flood of rows', 1), span('drift', 2), span('late', 20)],
        events: [],
        xRange: [0, 30],
        yRange: [0, 1]
      },
      RANGE,
      pen,
      INK
    );
    const [flood, drift, late] = pen.words;
    expect(drift![2]).toBeGreaterThan(flood![2]);
    expect(late![2]).toBe(flood![2]);
  });

  it('draws a detection on its line, up for worse and down for better', () => {
    const pen = new Notes();
    const event = { name: '', detail: '', x: 15, colour: null } as const;
    paintLines(
      {
        lines: [],
        spans: [],
        events: [
          { ...event, kind: 'worse', y: 0.5 },
          { ...event, kind: 'better', y: 0.25 }
        ],
        xRange: [0, 30],
        yRange: [0, 1]
      },
      RANGE,
      pen,
      INK
    );
    expect(pen.marks).toEqual([
      ['up', 150, 50],
      ['down', 150, 75]
    ]);
  });

  it('puts marks on the axis that would touch above each other', () => {
    const pen = new Notes();
    const at = (x: number) =>
      ({
        name: '',
        detail: '',
        x,
        y: null,
        kind: 'moment',
        colour: null
      }) as const;
    paintLines(
      {
        lines: [],
        spans: [],
        // Ten pixels are a row; the fourth finds none that is free.
        events: [at(20), at(10.5), at(10), at(10.7), at(10.9), at(12)],
        xRange: [0, 30],
        yRange: [0, 1]
      },
      RANGE,
      pen,
      INK
    );
    expect(pen.marks.map(([, x, y]) => [x, y])).toEqual([
      [200, 94],
      [105, 82],
      [100, 94],
      [107, 70],
      [109, 94],
      [120, 82]
    ]);
  });

  it('fits its height to what is seen', () => {
    expect(heightsOf([LINE], 0, 30)[1]).toBeCloseTo(0.5 * 1.16);
    expect(heightsOf([LINE], 15, 30)[1]).toBeCloseTo(0.25 * 1.16);
    expect(heightsOf([], 0, 1)).toEqual([0, 1.16]);
  });

  it('knows a height between two points, and none outside', () => {
    expect(heightAt({ x: [0, 10], y: [0, 5] }, 4)).toBeCloseTo(2);
    expect(heightAt({ x: [0, 10], y: [0, 5] }, 11)).toBeNaN();
  });

  it('turns values up', () => {
    const { x, y } = scalesOf(RANGE, { width: 300, height: 100 });
    expect([x(30), y(0), y(1)]).toEqual([300, 100, 0]);
  });
});

describe('the slider of α', () => {
  it('stands on round numbers', () => {
    expect(alphaOf(rowsAt(40))).toBeCloseTo(0.99);
    expect(alphaOf(rowsAt(20))).toBeCloseTo(0.9);
    expect(remembered(alphaOf(rowsAt(60)))).toBeCloseTo(1000);
  });

  it('goes there and back', () => {
    for (let slider = 6; slider <= 80; slider++) {
      expect(sliderOf(rowsAt(slider))).toBe(slider);
    }
  });
});

describe('the line between two classes', () => {
  it('crosses the box where w0 + w1 x + w2 y = 0', () => {
    const ends = crossing([-1, 1, 1], [0, 1], [0, 1])!;
    for (const [x, y] of ends) {
      expect(x + y).toBeCloseTo(1);
    }
    expect(crossing([-5, 1, 1], [0, 1], [0, 1])).toBeNull();
    expect(crossing([-0.5, 1, 0], [0, 1], [0, 1])).toEqual([
      [0.5, 0],
      [0.5, 1]
    ]);
  });
});
