/** Lets other work have its turn. */
export class Pace {
  /** @param _sliceMs - how long to work before somebody else may. */
  constructor(private readonly _sliceMs: number) {}

  /** Wait for a turn when the last one was long enough. */
  async pause(): Promise<void> {
    if (performance.now() - this._since >= this._sliceMs) {
      await wait(0);
      this._since = performance.now();
    }
  }

  private _since = performance.now();
}

/**
 * Wait.
 *
 * @param signal - ends it early.
 */
export function wait(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, delayMs);
    signal?.addEventListener('abort', finish);
  });
}
