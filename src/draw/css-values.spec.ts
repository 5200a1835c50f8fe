import {
  lengthOf,
  readContent,
  readGradient,
  readShadows,
  singleColour,
  splitValue
} from './css-values';

it('splits a value outside of brackets only', () => {
  expect(splitValue('rgb(1, 2, 3) 0px, b', ',')).toEqual([
    'rgb(1, 2, 3) 0px',
    'b'
  ]);
  expect(splitValue('rgb(1, 2, 3)  0px 50%', ' ')).toEqual([
    'rgb(1, 2, 3)',
    '0px',
    '50%'
  ]);
});

it.each([
  ['12.5px', 200, 12.5],
  ['40%', 200, 80],
  ['0', 200, 0],
  ['-3px', 200, -3],
  ['auto', 200, null],
  ['#fff', 200, null]
])('%p of %p is %p', (text, whole, px) => {
  expect(lengthOf(text, whole)).toBe(px);
});

describe('readGradient', () => {
  it('knows a strip of one colour', () => {
    const strip = readGradient(
      'linear-gradient(rgb(74, 155, 94) 0px, rgb(74, 155, 94) 0px)',
      100,
      3
    );
    expect(strip && singleColour(strip)).toBe('rgb(74, 155, 94)');
    const short = readGradient(
      'linear-gradient(rgb(74, 155, 94) 0px 0px)',
      100,
      3
    );
    expect(short && singleColour(short)).toBe('rgb(74, 155, 94)');
  });

  it('puts a hatch on one period of its line', () => {
    const hatch = readGradient(
      'repeating-linear-gradient(90deg, rgb(0, 0, 1) 0px, rgb(0, 0, 1) 3px, rgba(0, 0, 0, 0) 3px, rgba(0, 0, 0, 0) 5px)',
      100,
      10
    );
    expect(hatch?.repeats).toBe(true);
    expect(hatch?.from).toEqual([expect.closeTo(0), expect.closeTo(5)]);
    expect(hatch?.to).toEqual([expect.closeTo(5), expect.closeTo(5)]);
    expect(hatch?.stops.map(({ at }) => at)).toEqual([0, 0.6, 0.6, 1]);
    expect(hatch && singleColour(hatch)).toBeNull();
  });

  it('goes from corner to corner when it is diagonal', () => {
    const cross = readGradient(
      'linear-gradient(45deg, rgba(0, 0, 0, 0) 42%, rgb(1, 1, 1) 42% 58%, rgba(0, 0, 0, 0) 58%)',
      10,
      10
    );
    expect(cross?.from).toEqual([expect.closeTo(0), expect.closeTo(10)]);
    expect(cross?.to).toEqual([expect.closeTo(10), expect.closeTo(0)]);
    expect(cross?.stops).toHaveLength(4);
  });

  it.each(['none', 'url("x.png")', 'radial-gradient(red, blue)'])(
    'leaves %p alone',
    image => {
      expect(readGradient(image, 10, 10)).toBeNull();
    }
  );
});

it('reads rings and strips, and leaves out what only floats', () => {
  expect(
    readShadows(
      'rgb(1, 2, 3) 3px 0px 0px 0px inset, rgb(4, 5, 6) 0px 0px 0px 1px, rgba(0, 0, 0, 0.2) 0px 3px 5px -1px'
    )
  ).toEqual([
    { colour: 'rgb(1, 2, 3)', inset: true, x: 3, y: 0, spread: 0 },
    { colour: 'rgb(4, 5, 6)', inset: false, x: 0, y: 0, spread: 1 }
  ]);
  expect(readShadows('none')).toEqual([]);
});

it.each([
  ['"✓"', '✓'],
  ['"! "', '! '],
  ['"a\\"b\\\\"', 'a"b\\'],
  ['none', ''],
  ['normal', ''],
  ['url("x")', '']
])('the content %p says %p', (css, text) => {
  expect(readContent(css)).toBe(text);
});
