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
  let size = 16;
  while (newer ? texts.length >= size * 0.75 : texts.length > size * 0.75) {
    size *= 2;
  }
  const entries = texts.map((text, added) => {
    const hash = hashOf(text);
    return newer
      ? {
          text,
          added,
          place: newerHash(hash) & (size - 1),
          hash: newerHash(hash)
        }
      : { text, added, place: olderPlace(hash, size), hash: 0 };
  });
  entries.sort((a, b) =>
    newer
      ? a.place - b.place || a.hash - b.hash || a.added - b.added
      : b.place - a.place || b.added - a.added
  );
  return entries.map(entry => entry.text);
}

/** `HashMap.improveHash` of Scala 2.13. */
function newerHash(hash: number): number {
  return hash ^ (hash >>> 16);
}

/** `HashTable.index` of Scala 2.12. */
function olderPlace(hash: number, size: number): number {
  const factor = 0x9e3775cd | 0;
  const mixed = Math.imul(reverseBytes(Math.imul(hash, factor)), factor);
  const seed = bitCount(size - 1);
  const turned = (mixed >>> seed) | (mixed << (32 - seed));
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

function bitCount(value: number): number {
  let count = 0;
  for (let bits = value; bits !== 0; bits &= bits - 1) {
    count++;
  }
  return count;
}
