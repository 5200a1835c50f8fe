import {
  unzigzag,
  VarintError,
  VarintReader,
  VarintWriter,
  zigzag
} from './varint';

const VALUES = [
  0,
  1,
  127,
  128,
  16_383,
  16_384,
  2 ** 21 - 1,
  2 ** 21,
  2 ** 28 - 1,
  2 ** 28,
  2 ** 31,
  2 ** 32 + 5,
  2 ** 35 + 1,
  1_795_517_075_940,
  2 ** 52 + 12345,
  2 ** 53 - 1
];

function written(...values: number[]): Uint8Array {
  const writer = new VarintWriter();
  values.forEach(value => writer.number(value));
  return writer.take();
}

it('reads back what it wrote, one after the other', () => {
  const reader = new VarintReader(written(...VALUES));
  expect(VALUES.map(() => reader.number())).toEqual(VALUES);
  expect(reader.atEnd).toBe(true);
});

it('writes unsigned LEB128', () => {
  expect([...written(300)]).toEqual([0xac, 0x02]);
  expect([...written(624485)]).toEqual([0xe5, 0x8e, 0x26]);
});

it.each([-1, 0.5, NaN, Infinity, 2 ** 53])('does not write %d', value => {
  expect(() => written(value)).toThrow(RangeError);
});

it.each(VALUES)('says so when %d is cut', value => {
  const bytes = written(value);
  for (let length = 0; length < bytes.length; length++) {
    const reader = new VarintReader(bytes.subarray(0, length));
    expect(() => reader.number()).toThrow(VarintError);
  }
});

it('refuses numbers that do not fit, and ends that never come', () => {
  const endless = new Uint8Array(100).fill(0xff);
  expect(() => new VarintReader(endless).number()).toThrow('too large');
  const above = Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10);
  expect(() => new VarintReader(above).number()).toThrow('too large');
});

it('codes negative numbers', () => {
  const values = [0, -1, 1, -2, 2, 2 ** 40, -(2 ** 40)];
  expect(values.slice(0, 5).map(zigzag)).toEqual([0, 1, 2, 3, 4]);
  expect(values.map(value => unzigzag(zigzag(value)))).toEqual(values);
});
