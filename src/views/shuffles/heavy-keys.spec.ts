import type { HeavyKeys } from '../../analysis/heavy-keys';
import { plainWords } from '../../draw/words';
import { heavyKeysCode } from './heavy-keys';

const columns = (
  ...keys: (HeavyKeys & { kind: 'columns' })['keys'][number][]
) => ({ kind: 'columns', keys, cut: 0 }) as const;

it('counts the rows of each key of a known DataFrame', () => {
  const code = heavyKeysCode(
    columns(
      { kind: 'column', name: 'key' },
      { kind: 'column', name: 'my "key"' },
      { kind: 'expression', sql: '(`a.b` % 7)' }
    ),
    ['events'],
    plainWords
  );
  expect(code).toBe(
    [
      'from pyspark.sql import functions as F',
      '',
      '# Spark’s plan says a computed key in the columns of its source: where the DataFrame has other names for them, write those.',
      '(',
      '    events.groupBy("key", "`my \\"key\\"`", F.expr("(`a.b` % 7)").alias("key 3"))',
      '    .agg(F.count(F.lit(1)).alias("rows"))',
      '    .orderBy(F.desc("rows"))',
      '    .show(20, truncate=False)',
      ')'
    ].join('\n')
  );
});

it('says what to put where it does not know the DataFrame or the key', () => {
  const key = { kind: 'opaque', text: 'pythonUDF0\n' } as const;
  const none = heavyKeysCode({ ...columns(key), cut: 2 }, [], plainWords);
  expect(none).toContain('# Replace my_dataframe by the DataFrame');
  expect(none).toContain('plan writes as: pythonUDF0');
  expect(none).toContain('# Spark’s plan leaves out 2 further keys');
  expect(none).toContain('my_dataframe.groupBy("my_key")');
  const several = heavyKeysCode(columns(key), ['a', 'b'], plainWords);
  expect(several).toContain('one of a, b.');
  for (const line of none.split('\n')) {
    expect(line).toMatch(/^(#|from|\(|\)|$| {4})/);
  }
});

it('does not give its count the name of a key', () => {
  const code = heavyKeysCode(
    columns({ kind: 'column', name: 'rows' }),
    ['t'],
    plainWords
  );
  expect(code).toContain('.alias("rows of this key")');
});

it('counts pairs of an RDD', () => {
  expect(heavyKeysCode({ kind: 'pairs' }, [], plainWords)).toContain(
    'my_pairs.map(lambda pair: (pair[0], 1))'
  );
});
