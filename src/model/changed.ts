/**
 * A signal with nothing around it: the model runs in workers and in Node, where Lumino's has no place.
 */
export class Changed<T> {
  /**
   * Call `listener` at every emit, in the order of connecting.
   *
   * @returns a function that disconnects it; calling it twice does no harm.
   */
  connect(listener: (value: T) => void): () => void {
    const entry = { listener };
    this._entries = [...this._entries, entry];
    return () => {
      this._entries = this._entries.filter(other => other !== entry);
    };
  }

  /**
   * Tell everybody who is connected now.
   *
   * A listener that throws does not keep the others from being told; its error is thrown afterwards.
   */
  emit(value: T): void {
    let failed = false;
    let failure: unknown;
    for (const entry of this._entries) {
      try {
        entry.listener(value);
      } catch (error) {
        failure = failed ? failure : error;
        failed = true;
      }
    }
    if (failed) {
      throw failure;
    }
  }

  private _entries: readonly { listener: (value: T) => void }[] = [];
}
