import { readQuery } from './task-query';

describe('a filter', () => {
  it('is words to find', () => {
    expect(readQuery('  failed  driver ').terms).toEqual([
      { kind: 'any', text: 'failed', isNot: false },
      { kind: 'any', text: 'driver', isNot: false }
    ]);
    expect(readQuery('').terms).toEqual([]);
  });

  it('keeps what is in quotes together', () => {
    expect(readQuery('"by zero" -"not yet"').terms).toEqual([
      { kind: 'any', text: 'by zero', isNot: false },
      { kind: 'any', text: 'not yet', isNot: true }
    ]);
  });

  it('asks a column for a text', () => {
    expect(readQuery('state:failed stage:3.1 error:"by zero"').terms).toEqual([
      {
        kind: 'text',
        column: 'state',
        text: 'failed',
        isWhole: false,
        isNot: false
      },
      {
        kind: 'text',
        column: 'stage',
        text: '3.1',
        isWhole: false,
        isNot: false
      },
      {
        kind: 'text',
        column: 'error',
        text: 'by zero',
        isWhole: false,
        isNot: false
      }
    ]);
    expect(readQuery('-executor!=1').terms).toEqual([
      {
        kind: 'text',
        column: 'executor',
        text: '1',
        isWhole: true,
        isNot: false
      }
    ]);
    expect(readQuery('host:10.0.0.1 failed').terms).toMatchObject([
      { column: 'host', text: '10.0.0.1' },
      { kind: 'any', text: 'failed' }
    ]);
  });

  it.each([
    ['duration > 100ms', 'durationMs', '>', 100],
    ['duration>1.5 s', 'durationMs', '>', 1500],
    ['Duration >= 2 min', 'durationMs', '>=', 120000],
    ['gc != 0', 'gcTimeMs', '!=', 0],
    ['input<1MiB', 'inputBytes', '<', 1048576],
    ['read <= 2 gb', 'shuffleReadBytes', '<=', 2147483648],
    ['writetime = 1ms', 'shuffleWriteTimeNs', '=', 1e6],
    ['inputrows > 5k', 'inputRecords', '>', 5000],
    ['index:5', 'index', '=', 5]
  ])('%s compares a figure', (text, column, operator, value) => {
    expect(readQuery(text).terms).toEqual([
      { kind: 'number', column, operator, value, isNot: false }
    ]);
  });

  it('knows a unit from the next word', () => {
    expect(readQuery('duration > 100 failed').terms).toMatchObject([
      { column: 'durationMs', value: 100 },
      { kind: 'any', text: 'failed' }
    ]);
    expect(readQuery('duration > 100 s stage:3').terms).toMatchObject([
      { column: 'durationMs', value: 100000 },
      { column: 'stage' }
    ]);
  });
});

describe('a filter that can’t be read', () => {
  it.each([
    ['durtion > 3', { kind: 'noColumn', name: 'durtion', near: 'duration' }],
    ['exec:1', { kind: 'noColumn', name: 'exec', near: 'executor' }],
    ['ValueError: bad', { kind: 'noColumn', name: 'ValueError', near: null }],
    ['duration >', { kind: 'noValue', name: 'duration' }],
    ['state:""', { kind: 'noValue', name: 'state' }],
    ['duration > long', { kind: 'noNumber', name: 'duration', text: 'long' }],
    [
      'duration > 3MB',
      {
        kind: 'noUnit',
        name: 'duration',
        unit: 'MB',
        units: ['ms', 's', 'min', 'h']
      }
    ],
    ['index > 3ms', { kind: 'noUnit', name: 'index', unit: 'ms', units: [] }],
    ['state > failed', { kind: 'noOrder', name: 'state' }],
    ['failed "by zero', { kind: 'openQuote' }]
  ])('%s', (text, error) => {
    expect(readQuery(text)).toEqual({ terms: null, error });
  });

  it('comes to an end on whatever is typed', () => {
    for (const text of [
      '-',
      '--',
      ':',
      '::',
      '>',
      '"',
      '= =',
      'a:b:c',
      '- x'
    ]) {
      expect(() => readQuery(text)).not.toThrow();
    }
  });
});
