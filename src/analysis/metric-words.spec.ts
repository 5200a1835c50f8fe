import { summarizeMetrics } from '../model';
import { SqlStageMetrics } from '../model/sql-stage-metrics';
import { wordBytes, wordMetric, wordMilliseconds } from './metric-words';

// What `Utils.bytesToString`, `Utils.msDurationToString` and `MetricUtils.stringValue` of PySpark 4.3 say.

it.each([
  [0, '0.0 B'],
  [2047, '2047.0 B'],
  [2048, '2.0 KiB'],
  [2099, '2.0 KiB'],
  [2100, '2.1 KiB'],
  [1048576, '1024.0 KiB'],
  [2097151, '2048.0 KiB'],
  [2097152, '2.0 MiB'],
  [3221225472, '3.0 GiB'],
  [2199023255551, '2048.0 GiB'],
  [2 ** 60, '1024.0 PiB'],
  [2 ** 61, '2.0 EiB']
])('%d bytes are %s', (bytes, words) => {
  expect(wordBytes(bytes)).toBe(words);
});

it.each([
  [0, '0 ms'],
  [999, '999 ms'],
  [1000, '1.0 s'],
  [1050, '1.0 s'],
  [1150, '1.1 s'],
  [1249, '1.2 s'],
  [1250, '1.3 s'],
  [59949, '59.9 s'],
  [59950, '60.0 s'],
  [60000, '1.0 m'],
  [62999, '1.0 m'],
  [69000, '1.1 m'],
  [3596999, '59.9 m'],
  [3597000, '60.0 m'],
  [3600000, '1.00 h'],
  [36054000, '10.02 h']
])('%d ms are %s', (ms, words) => {
  expect(wordMilliseconds(ms)).toBe(words);
});

const SPREAD = '(min, med, max (stageId: taskId))';

it.each<[string, number[], string]>([
  ['sum', [1, 2, 3000000], '3,000,003'],
  [
    'average',
    [0, 12, 25, 0],
    `${SPREAD}:\n(1.2, 2.5, 2.5 (stage 3.1: task 102))`
  ],
  ['average', [0, 12345678], '1,234,567.8'],
  ['average', [0], '0'],
  [
    'size',
    [0, -1, 10, 5000],
    `total ${SPREAD}\n4.9 KiB (0.0 B, 10.0 B, 4.9 KiB (stage 3.1: task 103))`
  ],
  ['size', [4096], '4.0 KiB'],
  ['size', [-1], '0.0 B'],
  [
    'timing',
    [0, 0, 1500],
    `total ${SPREAD}\n1.5 s (0 ms, 0 ms, 1.5 s (stage 3.1: task 102))`
  ],
  [
    'nsTiming',
    [1999999, 2500000000, 1000],
    `total ${SPREAD}\n2.5 s (0 ms, 1 ms, 2.5 s (stage 3.1: task 101))`
  ],
  [
    'else',
    [1, 2000],
    `total ${SPREAD}\n[unknown] 2,001 ([unknown] 1, [unknown] 2,000, [unknown] 2,000 (stage 3.1: task 101))`
  ],
  ['v2Custom_some.Metric', [1, 2], 'N/A']
])('a metric of type %s with the values %j', (type, values, words) => {
  const types = new Map([[7, type]]);
  const stage = new SqlStageMetrics(3, 1, values.length, types);
  values.forEach((value, index) => {
    const updates = {
      starts: Uint32Array.of(0, 1),
      ids: Float64Array.of(7),
      values: Float64Array.of(value)
    };
    stage.update(100 + index, index, true, updates, 0);
  });
  expect(wordMetric(summarizeMetrics(types, [stage], []).get(7)!)).toBe(words);
});
