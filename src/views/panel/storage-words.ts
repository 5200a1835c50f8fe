import type { ITranslation } from '../../draw/words';

/** Where something is cached, from Spark's own wording of its storage level. */
export function levelWords(level: string, trans: ITranslation): string {
  const disk = level.includes('Disk');
  const memory = level.includes('Memory');
  const copies = Number(/(\d+)x/.exec(level)?.[1] ?? 1);
  const where =
    memory && disk
      ? trans.__('in memory, the rest on disk')
      : memory
        ? trans.__('in memory')
        : disk
          ? trans.__('on disk')
          : trans.__('not kept');
  return copies > 1
    ? trans._n('%2, %1 copy', '%2, %1 copies', copies, where)
    : where;
}

/**
 * What is cached, in a word or two: a name the user gave, or the kind of plan
 * of a DataFrame, whose name is its whole plan.
 */
export function rddName(name: string, id: number, trans: ITranslation): string {
  const first = name.split('\n')[0]!.trim();
  const table = /^In-memory table (.+)$/.exec(first);
  if (table) {
    return trans.__('table %1', table[1]);
  }
  const operator = /^(?:\*\(\d+\) )?([A-Z]\w+)(?: |$)/.exec(first);
  if (operator && (first.startsWith('*(') || name.includes('+-'))) {
    return trans.__('DataFrame: %1', plainOperator(operator[1]!, first));
  }
  // What Spark calls an RDD that nobody has named.
  return /RDD\d*$/.test(first) || first === '' ? trans.__('RDD %1', id) : first;
}

/** `Filter (isnotnull(fare#10) AND (fare#10 > 10.0))` → without the marks only Spark can read. */
function plainOperator(operator: string, line: string): string {
  const rest = line
    .slice(line.indexOf(operator) + operator.length)
    .replace(/#\d+L?/g, '')
    .trim();
  return rest === '' ? operator : `${operator} ${rest}`;
}
