import type { IBatch } from './batch';
import { Column } from './columns';
import { decodeRows, encodeRows } from './row-section';
import type { ITaskRows } from './rows';
import type { ISparkEvent } from './spark';

/** The version of docs/protocol.md that this code speaks. */
export const PROTOCOL_VERSION = 1;

const MAGIC = 'SGL1';
const HEADER_BYTES = 40;
const Flags = { backfill: 1, rowsGone: 2 } as const;

/** Larger frames are refused: the kernel keeps 64 MB of packed ones in all. */
const MOST_UNPACKED_BYTES = 256 * 1024 * 1024;
const MOST_ROWS = 50_000_000;
/** Deflate cannot do better than this. */
const MOST_RATIO = 1032;

/** Why bytes are not a frame: of something else, of another version, or damaged. */
export type FrameErrorCode = 'magic' | 'version' | 'corrupt';

/** Bytes that cannot be read as a frame; `message` says why in plain words. */
export class FrameError extends Error {
  constructor(
    readonly code: FrameErrorCode,
    message: string
  ) {
    super(message);
    this.name = 'FrameError';
  }
}

/**
 * Read one frame (docs/protocol.md, section 1).
 *
 * Where the rows are gone their sums follow as `SparkglassTasksDropped` events at the end of `events`.
 *
 * @throws FrameError (as a rejection).
 */
export function decodeFrame(bytes: Uint8Array): Promise<IBatch> {
  return decode(bytes, false);
}

/**
 * Read one frame, and keep the text of its events as `lines` of the batch.
 *
 * @throws FrameError (as a rejection).
 */
export function decodeFrameWithLines(bytes: Uint8Array): Promise<IBatch> {
  return decode(bytes, true);
}

async function decode(bytes: Uint8Array, withTexts: boolean): Promise<IBatch> {
  const header = readHeader(bytes);
  const [events, rows, sums] = header.sections;
  const { lines, badLines, kept, texts } = parseLines(await unpack(events));
  if (header.rowCount > 0 && (header.rowsGone || rows.packed.length === 0)) {
    const dropped = parseLines(await unpack(sums));
    const sumEvents = dropped.lines.map(line => ({
      ...line,
      Event: 'SparkglassTasksDropped'
    }));
    return {
      application: header.application,
      backfill: header.backfill,
      events: [...lines, ...sumEvents],
      ...(withTexts && {
        lines: [...texts, ...sumEvents.map(event => JSON.stringify(event))]
      }),
      rows: null,
      badLines: badLines + dropped.badLines
    };
  }
  return {
    application: header.application,
    backfill: header.backfill,
    events: lines,
    ...(withTexts && { lines: texts }),
    rows: withoutLines(
      readRows(await unpack(rows), header.rowCount),
      badLines > 0 ? kept : null
    ),
    badLines
  };
}

interface ISection {
  readonly packed: Uint8Array;
  readonly unpackedBytes: number;
}

interface IHeader {
  readonly application: number;
  readonly backfill: boolean;
  readonly rowsGone: boolean;
  readonly rowCount: number;
  readonly sections: readonly [ISection, ISection, ISection];
}

function corrupt(why: string): FrameError {
  return new FrameError('corrupt', `This data is damaged. ${why}`);
}

function readHeader(bytes: Uint8Array): IHeader {
  const magic = String.fromCharCode(...bytes.subarray(0, 4));
  if (magic !== MAGIC) {
    throw new FrameError('magic', 'This is not Sparkglass data.');
  }
  if (bytes.length < HEADER_BYTES) {
    throw corrupt('It ends too early.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint16(4, true);
  if (version !== PROTOCOL_VERSION) {
    throw new FrameError(
      'version',
      `The kernel sends version ${version} of the data, this page reads version ${PROTOCOL_VERSION}. Install the same version of Sparkglass in both places.`
    );
  }
  const flags = view.getUint16(6, true);
  const rowCount = view.getUint32(12, true);
  if (rowCount > MOST_ROWS) {
    throw corrupt('It announces more rows than there can be.');
  }
  let offset = HEADER_BYTES;
  const section = (at: number): ISection => {
    const unpackedBytes = view.getUint32(at, true);
    const packedBytes = view.getUint32(at + 4, true);
    if (offset + packedBytes > bytes.length) {
      throw corrupt('It ends too early.');
    }
    if (
      unpackedBytes > MOST_UNPACKED_BYTES ||
      unpackedBytes > packedBytes * MOST_RATIO
    ) {
      throw corrupt('It announces more than it can hold.');
    }
    const packed = bytes.subarray(offset, offset + packedBytes);
    offset += packedBytes;
    return { packed, unpackedBytes };
  };
  const sections = [section(16), section(24), section(32)] as const;
  return {
    application: view.getUint32(8, true),
    backfill: (flags & Flags.backfill) !== 0,
    rowsGone: (flags & Flags.rowsGone) !== 0,
    rowCount,
    sections
  };
}

async function unpack(section: ISection): Promise<Uint8Array> {
  if (section.packed.length === 0) {
    return section.packed;
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = through(section.packed, new DecompressionStream('deflate'));
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        break;
      }
      length += value.length;
      if (length > section.unpackedBytes) {
        void reader.cancel().catch(() => undefined);
        throw corrupt('There is more data than was announced.');
      }
      chunks.push(value);
    }
  } catch (error) {
    throw error instanceof FrameError
      ? error
      : corrupt('It cannot be unpacked.');
  }
  if (length !== section.unpackedBytes) {
    throw corrupt('There is less data than was announced.');
  }
  return joined(chunks, length);
}

function through(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream
): ReadableStreamDefaultReader<Uint8Array> {
  const source = new ReadableStream<BufferSource>({
    start: controller => {
      controller.enqueue(bytes as Uint8Array<ArrayBuffer>);
      controller.close();
    }
  });
  return source.pipeThrough(stream).getReader();
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  if (chunks.length === 1) {
    return chunks[0]!;
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

interface ILines {
  readonly lines: ISparkEvent[];
  /** The text of each. */
  readonly texts: string[];
  readonly badLines: number;
  /** For every number of lines, how many of them were kept. */
  readonly kept: readonly number[];
}

function parseLines(bytes: Uint8Array): ILines {
  const lines: ISparkEvent[] = [];
  const texts: string[] = [];
  const kept = [0];
  let badLines = 0;
  const text = new TextDecoder().decode(bytes);
  const parts = text.split('\n');
  if (parts[parts.length - 1] === '') {
    parts.pop();
  }
  for (const part of parts) {
    const event = parseEvent(part);
    if (event) {
      lines.push(event);
      texts.push(part);
    } else {
      badLines++;
    }
    kept.push(lines.length);
  }
  return { lines, texts, badLines, kept };
}

/** One line of JSON as an event, or null when it is none. */
export function parseEvent(line: string): ISparkEvent | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' &&
      value !== null &&
      typeof (value as ISparkEvent).Event === 'string'
      ? (value as ISparkEvent)
      : null;
  } catch {
    return null;
  }
}

function readRows(bytes: Uint8Array, rowCount: number): ITaskRows | null {
  if (rowCount === 0) {
    return null;
  }
  try {
    return decodeRows(bytes, rowCount);
  } catch (error) {
    throw corrupt(error instanceof Error ? error.message : '');
  }
}

/** A row counts the lines before it, so those that were left out must not count. */
function withoutLines(
  rows: ITaskRows | null,
  kept: readonly number[] | null
): ITaskRows | null {
  const after = rows?.columns[Column.after];
  if (rows && after && kept) {
    for (let row = 0; row < rows.length; row++) {
      after[row] = kept[Math.min(after[row]!, kept.length - 1)] ?? 0;
    }
  }
  return rows;
}

/**
 * Write one frame, without sums: what {@link decodeFrame} reads back as an equal batch.
 *
 * @throws RangeError (as a rejection) for a value of a row that is not whole, not below 2^53, or below 0 in a column without Δ.
 */
export async function encodeFrame(batch: IBatch): Promise<Uint8Array> {
  const rowCount = batch.rows?.length ?? 0;
  const text = batch.events.map(event => `${JSON.stringify(event)}\n`).join('');
  const events = new TextEncoder().encode(text);
  const rows = batch.rows && rowCount > 0 ? encodeRows(batch.rows) : null;
  const packed = [events, rows].map(section =>
    section && section.length > 0 ? pack(section) : new Uint8Array(0)
  );
  const [packedEvents, packedRows] = await Promise.all(packed);
  const header = new Uint8Array(HEADER_BYTES);
  header.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(header.buffer);
  view.setUint16(4, PROTOCOL_VERSION, true);
  view.setUint16(6, batch.backfill ? Flags.backfill : 0, true);
  view.setUint32(8, batch.application, true);
  view.setUint32(12, rowCount, true);
  view.setUint32(16, events.length, true);
  view.setUint32(20, packedEvents!.length, true);
  view.setUint32(24, rows?.length ?? 0, true);
  view.setUint32(28, packedRows!.length, true);
  const chunks = [header, packedEvents!, packedRows!];
  return joined(
    chunks,
    chunks.reduce((sum, chunk) => sum + chunk.length, 0)
  );
}

async function pack(bytes: Uint8Array): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const reader = through(bytes, new CompressionStream('deflate'));
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return joined(chunks, length);
    }
    chunks.push(value);
    length += value.length;
  }
}
