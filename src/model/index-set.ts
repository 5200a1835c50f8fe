/** Up to here a number costs one bit; above it an entry of a `Set`. */
const DENSE_LIMIT = 1 << 24;

const NONE = new Int32Array(0);

/**
 * A set of task indices: `completedIndices` of Spark's `LiveStage` and `LiveJob`.
 */
export class IndexSet {
  /** How many different indices are in it. */
  get size(): number {
    return this._size;
  }

  /** @returns whether it is in the set. */
  has(index: number): boolean {
    return index >= 0 && index < DENSE_LIMIT
      ? ((this._words[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0
      : this._sparse?.has(index) === true;
  }

  /** @returns true when it was not in the set before. */
  add(index: number): boolean {
    if (index >= 0 && index < DENSE_LIMIT) {
      const word = index >>> 5;
      if (word >= this._words.length) {
        const grown = new Int32Array(
          Math.max(4, word + 1, this._words.length * 2)
        );
        grown.set(this._words);
        this._words = grown;
      }
      const bit = 1 << (index & 31);
      if ((this._words[word]! & bit) !== 0) {
        return false;
      }
      this._words[word]! |= bit;
    } else if (this._sparse?.has(index)) {
      return false;
    } else {
      (this._sparse ??= new Set()).add(index);
    }
    this._size++;
    return true;
  }

  /** Add everything that is in another set. */
  addAll(other: IndexSet): void {
    for (let word = 0; word < other._words.length; word++) {
      for (let bits = other._words[word]!; bits !== 0; bits &= bits - 1) {
        this.add(word * 32 + 31 - Math.clz32(bits & -bits));
      }
    }
    for (const index of other._sparse ?? []) {
      this.add(index);
    }
  }

  // A stream makes two sets a batch, most of a few indices: what they do not need they do not have.
  private _words = NONE;
  private _sparse: Set<number> | null = null;
  private _size = 0;
}
