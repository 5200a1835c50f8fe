/**
 * The order in which Scala's `mutable.HashMap` lists texts: REST shows it where it makes a list of such a map.
 */

/** `String.hashCode` */
function hashOf(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  }
  return hash;
}

/**
 * Texts as a map lists them to which they were added in this order.
 *
 * @param newer - Scala 2.13 (Spark 4) rather than 2.12 (Spark 3).
 */
export function inScalaOrder(
  texts: readonly string[],
  newer: boolean
): string[] {
  return newer ? newerOrder(texts) : olderOrder(texts);
}

/** Scala 2.13: bucket after bucket from the first, in each by hash. */
function newerOrder(texts: readonly string[]): string[] {
  let size = 16;
  while (texts.length >= size * 0.75) {
    size *= 2;
  }
  const entries = texts.map(text => {
    // `HashMap.improveHash`
    const hash = hashOf(text);
    return { text, hash: hash ^ (hash >>> 16) };
  });
  const bucket = (hash: number): number => hash & (size - 1);
  entries.sort((a, b) => bucket(a.hash) - bucket(b.hash) || a.hash - b.hash);
  return entries.map(entry => entry.text);
}

/** Scala 2.12: bucket after bucket from the last, in each what came last first; growing turns the order in a bucket around. */
function olderOrder(texts: readonly string[]): string[] {
  let table: string[][] = Array.from({ length: 16 }, () => []);
  texts.forEach((text, i) => {
    table[olderBucket(text, table.length)]!.unshift(text);
    if (i + 1 > table.length * 0.75) {
      const grown: string[][] = Array.from(
        { length: table.length * 2 },
        () => []
      );
      for (const known of table.reverse().flat()) {
        grown[olderBucket(known, grown.length)]!.unshift(known);
      }
      table = grown;
    }
  });
  return table.reverse().flat();
}

/** `HashTable.index` of Scala 2.12; its seed stays that of the first, sixteen buckets long table. */
function olderBucket(text: string, size: number): number {
  const factor = 0x9e3775cd | 0;
  const swapped = reverseBytes(Math.imul(hashOf(text), factor));
  const mixed = Math.imul(swapped, factor);
  const turned = (mixed >>> 4) | (mixed << 28);
  return (turned >>> Math.clz32(size - 1)) & (size - 1);
}

function reverseBytes(value: number): number {
  return (
    (value >>> 24) |
    ((value >>> 8) & 0xff00) |
    ((value << 8) & 0xff0000) |
    (value << 24)
  );
}
