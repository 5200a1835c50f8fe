/** Shorter texts are not worth a look-up, in characters. */
const LEAST = 24;
/** Texts that are remembered, those that came last. */
const MOST = 512;

/**
 * Texts that come again and again, each kept once: the call sites, descriptions and plans of a stream come anew with every event of every batch,
 * and would be most of what a page keeps of its work.
 */
export class Texts {
  /** How many are kept. */
  get size(): number {
    return this._kept.size;
  }

  /** The same text: the one that was kept, if any was. */
  once(text: string): string {
    if (text.length < LEAST) {
      return text;
    }
    const kept = this._kept.get(text) ?? text;
    // Those that come again stay.
    this._kept.delete(kept);
    this._kept.set(kept, kept);
    if (this._kept.size > MOST) {
      this._kept.delete(this._kept.keys().next().value!);
    }
    return kept;
  }

  private readonly _kept = new Map<string, string>();
}
