import type { ISparkPlanInfo } from '../events';
import { exchangeRule, quoted } from './exchange-keys';

/** An exchange over other nodes, one below the other. */
function plan(...texts: string[]): ISparkPlanInfo {
  const [simpleString = '', ...below] = texts;
  return {
    nodeName: 'Exchange',
    simpleString,
    children: below.length > 0 ? [plan(...below)] : []
  };
}

const keysOf = (...texts: string[]) => {
  const rule = exchangeRule(plan(...texts));
  return 'keys' in rule ? rule.keys : rule.kind;
};

it('reads the columns of an exchange', () => {
  expect(
    keysOf(
      'Exchange hashpartitioning(key#1L, salt#19L, 8), ENSURE_REQUIREMENTS, [plan_id=153]'
    )
  ).toEqual([
    { kind: 'column', name: 'key' },
    { kind: 'column', name: 'salt' }
  ]);
});

it('reads those of a sort', () => {
  expect(
    exchangeRule(
      plan(
        'Exchange rangepartitioning(key#1L ASC NULLS FIRST, a b#2 DESC NULLS LAST, 3), REPARTITION_BY_NUM'
      )
    )
  ).toEqual({
    kind: 'range',
    keys: [
      { kind: 'column', name: 'key' },
      { kind: 'column', name: 'a b' }
    ],
    cut: 0
  });
});

it('knows exchanges without keys', () => {
  expect(keysOf('Exchange SinglePartition, ENSURE_REQUIREMENTS')).toBe(
    'single'
  );
  expect(keysOf('Exchange RoundRobinPartitioning(8), REPARTITION_BY_NUM')).toBe(
    'roundRobin'
  );
  expect(keysOf('Exchange clustered')).toBe('other');
});

it('keeps odd names', () => {
  expect(
    keysOf(
      'Exchange hashpartitioning(my key#3L, a.b#4, count(1)#5L, é#6, 200), X'
    )
  ).toEqual(
    ['my key', 'a.b', 'count(1)', 'é'].map(name => ({ kind: 'column', name }))
  );
});

it('says computed keys as SQL', () => {
  expect(
    keysOf(
      'Exchange hashpartitioning((id#0L % 7), lower(my key#3), cast(a#4 as string), 8), X',
      'Project [id#0L, my key#3, a#4]'
    )
  ).toEqual([
    { kind: 'expression', sql: '(id % 7)' },
    { kind: 'expression', sql: 'lower(`my key`)' },
    { kind: 'expression', sql: 'cast(a as string)' }
  ]);
});

it('looks up what Spark made a column for', () => {
  expect(
    keysOf(
      'Exchange hashpartitioning(_groupingexpression#74L, 8), X',
      'HashAggregate(keys=[_groupingexpression#74L], functions=[])',
      'Project [value#2, (id#0L % 7) AS _groupingexpression#74L]'
    )
  ).toEqual([{ kind: 'expression', sql: '(id % 7)' }]);
});

it('takes off what only makes floating point numbers comparable', () => {
  expect(
    keysOf(
      'Exchange hashpartitioning(knownfloatingpointnormalized(normalizenanandzero(score#1)), 8), X'
    )
  ).toEqual([{ kind: 'expression', sql: '((score))' }]);
});

it.each([
  // A text without its quotes.
  ['(name#1 = foo)', '(name = foo)'],
  ['coalesce(name#1, )', 'coalesce(name, )'],
  // A condition in words of its own.
  ['if ((a#1 > 0)) a#1 else 0', 'if ((a > 0)) a else 0'],
  // A Python function.
  ['pythonUDF0#9', 'pythonUDF0']
])('does not guess %s', (key, text) => {
  expect(keysOf(`Exchange hashpartitioning(${key}, 8), X`)).toEqual([
    { kind: 'opaque', text }
  ]);
});

it('says how many keys the plan left out', () => {
  expect(
    exchangeRule(
      plan('Exchange hashpartitioning(a#1, b#2, ... 3 more fields, 8), X')
    )
  ).toMatchObject({ cut: 3, keys: [{ name: 'a' }, { name: 'b' }] });
});

it('quotes only what needs it', () => {
  expect(['k', 'my key', 'a.b', 'a`b', '7up'].map(quoted)).toEqual([
    'k',
    '`my key`',
    '`a.b`',
    '`a``b`',
    '`7up`'
  ]);
});
