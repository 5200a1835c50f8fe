import { DecodeError, type Decoder } from './codec';

/** So much goes in at once: at most a thousand times as much comes out, and waits to be read. */
const SLICE = 8192;

/** How Chromium ("Compressed input was truncated"), Node and Firefox ("Unexpected end of …") say that more should have come. */
const CUT = /truncated|unexpected e/i;

/** Gzip, unpacked by the browser or Node. Spark does not write it; people pack finished logs with it. */
export const gzip: Decoder = async function* (input) {
  const { readable, writable } = new DecompressionStream('gzip');
  const reader = readable.getReader();
  const feed = new Feed(input, writable.getWriter());
  const feeding = feed.run();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } catch (error) {
    if (feed.inputError) {
      throw feed.inputError.error;
    }
    const message = error instanceof Error ? error.message : String(error);
    throw new DecodeError(CUT.test(message) ? 'cut' : 'corrupt', message);
  } finally {
    // Also when nobody wants more.
    reader.cancel().catch(() => undefined);
    await feeding;
  }
};

/** Writes what comes in to where it is unpacked. */
class Feed {
  constructor(
    private readonly _input: AsyncIterable<Uint8Array>,
    private readonly _writer: WritableStreamDefaultWriter<BufferSource>
  ) {}

  /** Why the input ended too early, in its own words. */
  inputError: { readonly error: unknown } | null = null;

  /** Never rejects: whoever reads sees the same error. */
  async run(): Promise<void> {
    // An error of the stream would otherwise also be one nobody caught.
    this._writer.closed.catch(() => undefined);
    try {
      for await (const bytes of this._input) {
        await this._write(bytes);
      }
    } catch (error) {
      this._fail(error);
      return;
    }
    await this._writer.close().catch(() => undefined);
  }

  private async _write(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; from += SLICE) {
      try {
        await this._writer.ready;
        await this._writer.write(bytes.slice(from, from + SLICE));
      } catch (error) {
        throw new StreamError(error);
      }
    }
  }

  private _fail(error: unknown): void {
    if (!(error instanceof StreamError)) {
      this.inputError = { error };
      this._writer.abort(error).catch(() => undefined);
    }
  }
}

/** The stream's own error, as against one of the input. */
class StreamError {
  constructor(readonly error: unknown) {}
}
