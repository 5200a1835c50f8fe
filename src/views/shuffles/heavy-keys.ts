import type { HeavyKeys } from '../../analysis/heavy-keys';
import { quoted, type ExchangeKey } from '../../analysis/exchange-keys';
import type { ITranslation } from '../../draw/words';

/** How many of the heaviest keys are shown. */
const MOST = 20;

/**
 * Python that counts the rows of each key of a shuffle, the heaviest first.
 *
 * @param variables - DataFrames that may hold the rows before the shuffle. One of them is used as it is; otherwise a name that is to be
 *   replaced stands there, with a comment that says by what.
 */
export function heavyKeysCode(
  keys: HeavyKeys,
  variables: readonly string[],
  trans: ITranslation
): string {
  return keys.kind === 'pairs'
    ? pairsCode(trans)
    : columnsCode(keys.keys, keys.cut, variables, trans);
}

function pairsCode(trans: ITranslation): string {
  return [
    comment(
      trans.__(
        'Replace my_pairs by the RDD of (key, value) pairs as it was before this shuffle.'
      )
    ),
    '(',
    '    my_pairs.map(lambda pair: (pair[0], 1))',
    '    .reduceByKey(lambda a, b: a + b)',
    `    .takeOrdered(${MOST}, key=lambda pair: -pair[1])`,
    ')'
  ].join('\n');
}

function columnsCode(
  keys: readonly ExchangeKey[],
  cut: number,
  variables: readonly string[],
  trans: ITranslation
): string {
  const [variable, ...others] = variables;
  const name =
    variable !== undefined && others.length === 0 ? variable : 'my_dataframe';
  const comments: string[] = [];
  if (name !== variable) {
    comments.push(
      variables.length > 1
        ? trans.__(
            'Replace my_dataframe by the DataFrame whose rows went through this shuffle, as it was before it: one of %1.',
            variables.join(', ')
          )
        : trans.__(
            'Replace my_dataframe by the DataFrame whose rows went through this shuffle, as it was before it.'
          )
    );
  }
  const texts = keys.map((key, i) => {
    switch (key.kind) {
      case 'column':
        return text(quoted(key.name));
      case 'expression':
        return `F.expr(${text(key.sql)}).alias(${text(`key ${i + 1}`)})`;
      case 'opaque':
        comments.push(
          trans.__(
            'Replace my_key by the column or the computation that Spark’s plan writes as: %1',
            key.text
          )
        );
        return '"my_key"';
    }
  });
  if (keys.some(key => key.kind === 'expression')) {
    // The optimizer puts renaming and computing together: what a column was called in between, the plan has lost.
    comments.push(
      trans.__(
        'Spark’s plan says a computed key in the columns of its source: where the DataFrame has other names for them, write those.'
      )
    );
  }
  if (cut > 0) {
    comments.push(
      trans._n(
        'Spark’s plan leaves out %1 further key: add it here.',
        'Spark’s plan leaves out %1 further keys: add them here.',
        cut
      )
    );
  }
  const taken = keys.some(key => key.kind === 'column' && key.name === 'rows');
  const rows = text(taken ? 'rows of this key' : 'rows');
  return [
    'from pyspark.sql import functions as F',
    '',
    ...comments.map(comment),
    '(',
    `    ${name}.groupBy(${texts.join(', ')})`,
    `    .agg(F.count(F.lit(1)).alias(${rows}))`,
    `    .orderBy(F.desc(${rows}))`,
    `    .show(${MOST}, truncate=False)`,
    ')'
  ].join('\n');
}

/** A Python text. JSON's escapes are all Python's too. */
function text(value: string): string {
  return JSON.stringify(value);
}

function comment(words: string): string {
  return `# ${words.replace(/\s+/g, ' ')}`;
}
