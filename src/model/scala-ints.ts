/**
 * The order in which Scala lists an immutable `Set[Int]`, or a `Map` with such keys: REST shows it where it makes a list of one.
 */

/** Up to so many are kept as they came (`Set1` to `Set4`, `Map1` to `Map4`). */
const AS_THEY_CAME = 4;
/** A level of the tree looks at so many bits of a hash. */
const BITS = 5;

/** How `scala.util.hashing` spreads the hash of an `Int`, which is the number itself (`HashMap.improve`, `Hashing.improve`). */
function improve(hash: number): number {
  let h = (hash + ~(hash << 9)) | 0;
  h ^= h >>> 14;
  h = (h + (h << 4)) | 0;
  return h ^ (h >>> 10);
}

/**
 * Different numbers as a set lists them to which they were added in this order.
 *
 * @param newer - Scala 2.13 (Spark 4) rather than 2.12 (Spark 3): there, a node of the tree lists its own numbers before those below it.
 */
export function inScalaIntOrder(
  numbers: Iterable<number>,
  newer: boolean
): number[] {
  const all = [...numbers];
  return all.length <= AS_THEY_CAME
    ? all
    : listed(
        all.map(number => ({ number, hash: improve(number) })),
        0,
        newer
      );
}

interface IEntry {
  readonly number: number;
  readonly hash: number;
}

function listed(
  entries: readonly IEntry[],
  shift: number,
  newer: boolean
): number[] {
  if (entries.length <= 1 || shift >= 32) {
    return entries.map(entry => entry.number);
  }
  const branches: IEntry[][] = [];
  for (const entry of entries) {
    const branch = (entry.hash >>> shift) & ((1 << BITS) - 1);
    (branches[branch] ??= []).push(entry);
  }
  const filled = branches.filter(branch => branch !== undefined);
  const inOrder = newer
    ? [
        ...filled.filter(branch => branch.length === 1),
        ...filled.filter(branch => branch.length > 1)
      ]
    : filled;
  return inOrder.flatMap(branch => listed(branch, shift + BITS, newer));
}
