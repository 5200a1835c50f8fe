import { Double, writeDouble, writeJson, writeTime } from './json';

it('writes doubles as Java does', () => {
  const written = [0, -0, 1, 0.05, 0.001, 0.0009, 9999999, 1e7, 123456789, NaN];
  expect(written.map(writeDouble)).toEqual([
    '0.0',
    '-0.0',
    '1.0',
    '0.05',
    '0.001',
    '9.0E-4',
    '9999999.0',
    '1.0E7',
    '1.23456789E8',
    '"NaN"'
  ]);
});

it('leaves out what is absent, and lays out as Jackson does', () => {
  const value = {
    id: 1,
    none: undefined,
    nothing: null,
    empty: {},
    list: [],
    values: [new Double(2), 'a"b'],
    inner: { on: true }
  };
  expect(writeJson(value)).toBe(`{
  "id" : 1,
  "empty" : { },
  "list" : [ ],
  "values" : [ 2.0, "a\\"b" ],
  "inner" : {
    "on" : true
  }
}`);
});

it('writes times in GMT, also those that no calendar has', () => {
  expect(writeTime(1795520556463)).toBe('2026-11-24T11:42:36.463GMT');
  expect(writeTime(-1)).toBe('1969-12-31T23:59:59.999GMT');
  expect(writeTime(null)).toBeUndefined();
  expect(writeTime(1e300)).toMatch(/GMT$/);
});
