/** @jest-environment jsdom */
import { csvOf } from '../curve/curve-csv';
import { type IPlot, type IPlotLine } from '../curve/plot';
import { FIRST_SETTINGS } from '../curve/settings';
import { curveSvg } from './curve-svg';

const EVIL = '<script>alert(1)</script>" onload="alert(2)';

const LINE: IPlotLine = {
  key: '0',
  name: EVIL,
  look: { colour: { curve: 'streaming' }, dash: [5, 4], widthPx: 2 },
  isStep: true,
  main: { x: [0, 100, 200, 300], y: [1, 0.5, NaN, 0.25] },
  raw: { x: [0, 100], y: [1, 0] },
  band: { x: [0, 100], low: [0.5, 0.25], high: [1, 0.75] },
  inSample: [[0, 100]],
  repeats: { x: [100], y: [0.5] },
  retrains: [100, 200]
};

const PLOT: IPlot = {
  lines: [LINE],
  spans: [
    { name: EVIL, detail: '', from: 50, to: 120, look: 'sensor' },
    { name: 'flood', detail: '', from: 150, to: 200, look: 'flood' },
    { name: 'drift', detail: '', from: 220, to: 300, look: 'gradual' }
  ],
  events: [
    { kind: 'worse', name: '', detail: '', x: 110, y: 0.5, colour: null },
    { kind: 'policy', name: '', detail: '', x: 120, y: null, colour: null }
  ],
  xRange: [0, 300],
  yRange: [0, 1]
};

const WORDS = {
  title: EVIL,
  axis: 'rows scored',
  place: String,
  value: String,
  legend: [EVIL]
};

describe('the picture of a curve', () => {
  const svg = curveSvg(PLOT, WORDS);

  it('is a document that an XML parser takes', () => {
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    expect(parsed.querySelector('title')?.textContent).toBe(EVIL);
    // The line, its dashes in the legend, the triangle and the diamond.
    expect(parsed.querySelectorAll('path').length).toBeGreaterThan(4);
    expect(parsed.querySelectorAll('circle')).toHaveLength(1);
  });

  it('is finite, and executes nothing that a name brings', () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    expect(svg).not.toMatch(/<script|" onload/);
  });

  it('draws a curve without lines', () => {
    const empty = { ...PLOT, lines: [], spans: [], events: [] };
    expect(curveSvg(empty, WORDS)).not.toMatch(/NaN|Infinity/);
  });
});

describe('a curve as a table', () => {
  it('has a row a point; a gap is empty, a name with a comma is quoted', () => {
    const csv = csvOf(
      [
        {
          name: 'a,b',
          axis: { x: [0, 100, 200, 300, 0] },
          estimate: { value: LINE.main.y, length: LINE.main.x.length }
        }
      ],
      FIRST_SETTINGS,
      null
    );
    expect(csv.split('\n')).toEqual([
      'line,examples,loss,estimator',
      '"a,b",0,1,fading',
      '"a,b",100,0.5,fading',
      '"a,b",200,,fading',
      '"a,b",300,0.25,fading',
      ''
    ]);
  });
});
