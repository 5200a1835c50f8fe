// A derivation of a plan's words (2): by which keys an exchange sends rows to partitions, in words that Spark SQL reads again.
import { listOf, textOf, type ISparkPlanInfo } from '../events';

/** One of the keys of an exchange. */
export type ExchangeKey =
  | { readonly kind: 'column'; readonly name: string }
  /** Computed; as SQL. */
  | { readonly kind: 'expression'; readonly sql: string }
  /** Computed in a way that the plan's words do not give back, such as by a Python function; as the plan has it. */
  | { readonly kind: 'opaque'; readonly text: string };

/** How an exchange spreads rows. */
export type ExchangeRule =
  | {
      readonly kind: 'hash' | 'range';
      readonly keys: readonly ExchangeKey[];
      /** Keys that the plan's words leave out (`spark.sql.debug.maxToStringFields`). */
      readonly cut: number;
    }
  | { readonly kind: 'roundRobin' | 'single' | 'other' };

/** Read how an exchange spreads rows. */
export function exchangeRule(node: ISparkPlanInfo): ExchangeRule {
  const text = textOf(node.simpleString, '');
  const found = /\b(hash|range)partitioning\(/.exec(text);
  if (!found) {
    return {
      kind: /\bRoundRobinPartitioning\b/.test(text)
        ? 'roundRobin'
        : /\bSinglePartition\b/.test(text)
          ? 'single'
          : 'other'
    };
  }
  const isRange = found[1] === 'range';
  const items = listAt(text, found.index + found[0].length);
  const cut = items.map(item => /^\.\.\. (\d+) more fields$/.exec(item)?.[1]);
  // The last is the number of partitions.
  const keys = items.slice(0, -1).filter((_, i) => !cut[i]);
  const names = new Names(node);
  return {
    kind: isRange ? 'range' : 'hash',
    keys: keys.map(key =>
      names.key(
        isRange ? key.replace(/ (?:ASC|DESC) NULLS (?:FIRST|LAST)$/, '') : key
      )
    ),
    cut: cut.reduce((sum, n) => sum + Number(n ?? 0), 0)
  };
}

/** Columns that Spark makes up for what a query computes: no DataFrame has them. */
const INVENTED =
  /^_(?:groupingexpression|nondeterministic|gen_alias|common_expr|extract|we?\d)|^pythonUDF\d+$/;

/** A column in a plan's words: its name, `#`, its number, `L` for a long. */
const ID = /#(\d+)L?/;

/** What may stand in an expression beside columns, numbers and functions. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'AND OR NOT IN LIKE RLIKE BETWEEN IS NULL CASE WHEN THEN ELSE END DIV ' +
    'as true false null boolean tinyint smallint int bigint float double decimal string binary date timestamp timestamp_ntz'
  ).split(' ')
);

/** The columns that an exchange and what is below it name. */
class Names {
  private readonly texts: string[] = [];
  /** Column number → name. */
  private readonly names = new Map<string, string>();

  constructor(node: ISparkPlanInfo) {
    const walk = (each: ISparkPlanInfo): void => {
      this.texts.push(textOf(each.simpleString, ''));
      listOf(each.children).forEach(walk);
    };
    walk(node);
    for (const text of this.texts) {
      for (const list of text.matchAll(/[[(]/g)) {
        for (const item of listAt(text, list.index + 1)) {
          const column = columnOf(item.replace(/^.* AS (?=[^ ].*#\d+L?$)/, ''));
          if (column && !this.names.has(column.id)) {
            this.names.set(column.id, column.name);
          }
        }
      }
    }
  }

  key(text: string): ExchangeKey {
    const column = columnOf(text);
    if (column && !INVENTED.test(column.name)) {
      return { kind: 'column', name: column.name };
    }
    const sql = this.sql(text, 0);
    return sql === null
      ? { kind: 'opaque', text: withoutIds(text) }
      : { kind: 'expression', sql };
  }

  /** An expression as SQL reads it; null when the words do not say it exactly. */
  private sql(text: string, depth: number): string | null {
    let rest = text.replace(
      /\b(?:knownfloatingpointnormalized|normalizenanandzero)(?=\()/g,
      ''
    );
    let sql = '';
    for (let id = ID.exec(rest); id; id = ID.exec(rest)) {
      const before = rest.slice(0, id.index);
      const known = this.names.get(id[1]!);
      const name =
        known !== undefined && before.endsWith(known)
          ? known
          : /[\w$]+$/.exec(before)?.[0];
      const value = name && this.value(name, id[1]!, depth);
      const words = before.slice(0, before.length - (name?.length ?? 0));
      if (!value || !isPlain(words)) {
        return null;
      }
      sql += words + value;
      rest = rest.slice(id.index + id[0].length);
    }
    sql = (sql + rest).trim();
    // A text without a letter in it leaves no trace but a place between commas.
    const isWhole = sql !== '' && !/[(,]\s*,|,\s*\)/.test(sql);
    return isPlain(rest) && isWhole ? sql : null;
  }

  private value(name: string, id: string, depth: number): string | null {
    if (!INVENTED.test(name)) {
      return quoted(name);
    }
    for (const text of this.texts) {
      const at = new RegExp(` AS ${name}#${id}(?!\\d)`).exec(text)?.index;
      if (at !== undefined && depth < 8) {
        return this.sql(text.slice(startOf(text, at), at), depth + 1);
      }
    }
    return null;
  }
}

/** A column's name as SQL and `groupBy` read it. */
export function quoted(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name.replace(/`/g, '``')}\``;
}

/** The items of a list that begins here, up to the bracket that closes it. */
function listAt(text: string, from: number): string[] {
  const items: string[] = [];
  let depth = 0;
  let start = from;
  for (let i = from; i < text.length; i++) {
    const sign = text[i]!;
    if (sign === '(' || sign === '[') {
      depth++;
    } else if (sign === ')' || sign === ']') {
      depth--;
    }
    if (depth < 0 || (depth === 0 && sign === ',')) {
      items.push(text.slice(start, i).trim());
      start = i + 1;
    }
    if (depth < 0) {
      break;
    }
  }
  return items.filter(item => item !== '');
}

/** Where the item of a list begins that ends here. */
function startOf(text: string, end: number): number {
  let depth = 0;
  for (let i = end - 1; i >= 0; i--) {
    const sign = text[i]!;
    depth += sign === ')' || sign === ']' ? 1 : 0;
    depth -= sign === '(' || sign === '[' ? 1 : 0;
    if (depth < 0 || (depth === 0 && sign === ',')) {
      return i + 1;
    }
  }
  return 0;
}

/** A text that is a column and nothing else. */
function columnOf(text: string): { name: string; id: string } | null {
  const found = /^(.+)#(\d+)L?$/.exec(text);
  return found && !ID.test(found[1]!) && !/^(?:-|~|NOT )/.test(found[1]!)
    ? { name: found[1]!, id: found[2]! }
    : null;
}

/** Whether words mean the same to SQL as in a plan: texts have lost their quotes there, and look like columns. */
function isPlain(words: string): boolean {
  return [...words.matchAll(/[A-Za-z_$][\w$]*(\s*\()?/g)].every(
    ([word, call]) => KEYWORDS.has(word) || (call === '(' && word !== 'if(')
  );
}

function withoutIds(text: string): string {
  return text.replace(/#\d+L?/g, '');
}
