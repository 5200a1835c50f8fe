import { Pattern, type IBarInk } from './renderer';
import { SvgDefs } from './svg';
import { stretchRows, SvgRenderer, type ISvgTools } from './svg-renderer';
import { TimeScale } from './time-scale';

const tools: ISvgTools = {
  measure: text => text.length * 6,
  baseline: () => 4,
  colour: css => (css === 'white' ? '#ffffff' : css),
  image: (_, columns, rows) => `data:image/png;base64,${columns}x${rows}`
};
const ink: IBarInk = {
  hatch: '#ffffff',
  killed: '#eeeeee',
  cross: '#dddddd',
  outline: '#cccccc',
  edge: '#bbbbbb'
};

function made(ratio = 1): { renderer: SvgRenderer; defs: SvgDefs } {
  const defs = new SvgDefs();
  const renderer = new SvgRenderer(defs, tools);
  renderer.resize(200, 100, ratio);
  return { renderer, defs };
}

function bars(rows: [number, number, number, number][]) {
  return {
    count: rows.length,
    starts: Float64Array.from(rows, row => row[0]),
    ends: Float64Array.from(rows, row => row[1]),
    rows: Uint16Array.from(rows, () => 0),
    fills: Uint8Array.from(rows, row => row[2]),
    patterns: Uint8Array.from(rows, row => row[3])
  };
}
const place = {
  scale: new TimeScale({ from: 0, to: 100 }, 100),
  left: 10,
  bands: { top: 20, pitch: 15, count: 1 },
  gap: 1
};

describe('SvgRenderer', () => {
  it('writes bars of a colour as one path', () => {
    const { renderer } = made();
    renderer.bars(
      bars([
        [0, 10, 0, 0],
        [20, 30, 0, 0],
        [40, 50, 1, Pattern.faded]
      ]),
      place,
      ['#010203', '#040506'],
      ink
    );
    expect(String(renderer)).toBe(
      '<path d="M10 20h10v14h-10zM30 20h10v14h-10z" fill="#010203"/>' +
        '<path d="M50 20h10v14h-10z" fill="#040506" opacity="0.25"/>'
    );
  });

  it('makes no bar thinner than a pixel of the screen', () => {
    const { renderer } = made(2);
    renderer.bars(bars([[5, 5, 0, 0]]), place, ['#000000'], ink);
    expect(String(renderer)).toContain('h0.5v14');
  });

  it('marks what a canvas marks, and only where there is room', () => {
    const { renderer, defs } = made();
    const all = Pattern.hatch | Pattern.killed | Pattern.outline;
    renderer.bars(
      bars([
        [0, 40, 0, all | Pattern.cross | Pattern.edge],
        [60, 61, 0, all | Pattern.cross]
      ]),
      place,
      [],
      ink
    );
    const text = String(renderer);
    expect(String(defs).match(/<pattern /g)).toHaveLength(2);
    expect(text.match(/<path /g)).toHaveLength(5);
    expect(text).toContain('stroke="#cccccc" stroke-width="2"');
    expect(text).toContain('fill="#bbbbbb"');
    expect(text).not.toContain('M70 ');
  });

  it('writes words as words, escaped, cut where they do not fit', () => {
    const { renderer } = made();
    const style = { font: '11px serif', colour: '#010101' };
    renderer.text('<b> & co', 5, 10, { ...style, align: 'right' });
    renderer.text('a long name', 5, 30, { ...style, maxWidth: 30 });
    renderer.text('nothing', 5, 50, { ...style, maxWidth: 6 });
    expect(String(renderer)).toBe(
      '<text x="5" y="14" text-anchor="end" font-family="serif" font-size="11" fill="#010101">&#60;b&#62; &#38; co</text>' +
        '<text x="5" y="34" font-family="serif" font-size="11" fill="#010101">a lo…</text>'
    );
  });

  it('knows colours by name', () => {
    const { renderer } = made();
    renderer.fill(0, 0, 5, 5, 'white');
    expect(String(renderer)).toContain('fill="#ffffff"');
  });

  it('closes what it clips, and forgets all when cleared', () => {
    const { renderer } = made();
    renderer.clip(0, 0, 10, 10);
    renderer.fill(0, 0, 5, 5, '#000000');
    renderer.clip(1, 1, 5, 5);
    renderer.unclip();
    expect(String(renderer).match(/<g /g)).toHaveLength(2);
    expect(String(renderer).match(/<\/g>/g)).toHaveLength(2);
    renderer.clear();
    renderer.unclip();
    expect(String(renderer)).toBe('');
  });

  it('writes rows of pixels as one image', () => {
    const { renderer } = made(2);
    const bands = { top: 8, pitch: 10, count: 2 };
    renderer.pixelRows(new Uint32Array(8), 4, 3, bands, 1);
    expect(String(renderer)).toContain(
      '<image x="3" y="8" width="2" height="20"'
    );
    expect(String(renderer)).toContain('base64,4x40');
  });

  it('writes threads of a look as one path, and ribbons', () => {
    const { renderer } = made();
    const threads = {
      count: 3,
      fromX: Float32Array.of(0, 0, 0),
      fromY: Float32Array.of(5, 5, 15),
      toX: Float32Array.of(20, 20, 20),
      toY: Float32Array.of(5, 15, 15),
      looks: Uint8Array.of(0, 1, 0)
    };
    renderer.threads(threads, [
      { colour: '#010203', lineWidth: 1 },
      { colour: '#040506', lineWidth: 2.5, dashed: true },
      { colour: '', lineWidth: 1 }
    ]);
    expect(String(renderer)).toBe(
      '<path d="M0 5C10 5 10 5 20 5M0 15C10 15 10 15 20 15" fill="none" stroke="#010203" stroke-width="1"/>' +
        '<path d="M0 5C10 5 10 15 20 15" fill="none" stroke="#040506" stroke-width="2.5" stroke-dasharray="4 3"/>'
    );
    renderer.clear();
    const edges = { fromTop: 0, fromBottom: 30, toTop: 10, toBottom: 20 };
    renderer.ribbon({ fromX: 0, toX: 20, ...edges }, '#010203');
    renderer.ribbon({ fromX: 0, toX: 20, ...edges }, 'transparent');
    expect(String(renderer)).toBe(
      '<path d="M0 0C10 0 10 10 20 10V20C10 20 10 30 0 30z" fill="#010203"/>'
    );
  });

  it('draws a frame inside its box, and nothing that is not seen', () => {
    const { renderer } = made();
    renderer.outline(10, 10, 20, 20, '#000000', 2, true);
    renderer.fill(0, 0, 5, 5, 'transparent');
    renderer.fill(0, 0, 5, 5, '');
    renderer.fill(0, 0, 0, 5, '#000000');
    expect(String(renderer)).toBe(
      '<rect x="11" y="11" width="18" height="18" fill="none" stroke="#000000" stroke-width="2" stroke-dasharray="4 2"/>'
    );
  });
});

it('stretches rows to their bands and leaves the gaps empty', () => {
  const bands = { top: 0, pitch: 3, count: 2 };
  const { words, rows } = stretchRows(
    Uint32Array.of(1, 2, 3, 4),
    2,
    bands,
    1,
    1
  );
  expect(rows).toBe(6);
  expect([...words]).toEqual([1, 2, 1, 2, 0, 0, 3, 4, 3, 4, 0, 0]);
});
