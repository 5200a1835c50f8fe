import { COLUMNS } from './columns';
import type { ITaskRows } from './rows';
import { unzigzag, VarintReader, VarintWriter, zigzag } from './varint';

/** How a column is written. */
const Layout = { zeros: 0, constant: 1, values: 2 } as const;

/**
 * A frame may claim rows for almost no bytes (constant columns), so what it makes a reader hold is bounded: 512 MB.
 */
const MOST_CELLS = 1 << 26;

/** The bytes are not a rows section. */
export class RowSectionError extends Error {}

/**
 * Read a rows section (docs/protocol.md, section 1).
 *
 * @param bytes - the section, unpacked.
 * @param length - the number of rows according to the frame.
 * @throws RowSectionError or VarintError.
 */
export function decodeRows(bytes: Uint8Array, length: number): ITaskRows {
  const reader = new VarintReader(bytes);
  const columns: (Float64Array | null)[] = [];
  // Filled at the end: a claim of many rows must not cost anything before all is read.
  const steps: number[] = [];
  let cells = 0;
  for (const { delta } of COLUMNS) {
    const layout = reader.byte();
    if (layout === Layout.zeros || length === 0) {
      columns.push(null);
      continue;
    }
    cells += length;
    if (cells > MOST_CELLS) {
      throw new RowSectionError('It has more rows than can be held.');
    }
    if (layout === Layout.constant) {
      const number = reader.number();
      steps[columns.length] = delta ? unzigzag(number) : number;
      columns.push(null);
    } else if (layout === Layout.values) {
      if (reader.left < length) {
        throw new RowSectionError('The data ends too early.');
      }
      columns.push(valueColumn(reader, length, delta));
    } else {
      throw new RowSectionError('A column is written in an unknown way.');
    }
  }
  if (!reader.atEnd) {
    throw new RowSectionError('There is more data than was announced.');
  }
  steps.forEach((step, column) => {
    columns[column] = constantColumn(step, length, COLUMNS[column]!.delta);
  });
  return { length, columns };
}

function constantColumn(
  step: number,
  length: number,
  delta: boolean
): Float64Array | null {
  if (step === 0) {
    return null;
  }
  const values = new Float64Array(length);
  if (!delta) {
    return values.fill(step);
  }
  for (let row = 0; row < length; row++) {
    values[row] = step * (row + 1);
  }
  return values;
}

function valueColumn(
  reader: VarintReader,
  length: number,
  delta: boolean
): Float64Array {
  const values = new Float64Array(length);
  if (!delta) {
    for (let row = 0; row < length; row++) {
      values[row] = reader.number();
    }
    return values;
  }
  let last = 0;
  for (let row = 0; row < length; row++) {
    last += unzigzag(reader.number());
    values[row] = last;
  }
  return values;
}

/**
 * Write a rows section, not packed.
 *
 * @throws RangeError for a value that is not whole, not below 2^53, or below 0 in a column without Δ.
 */
export function encodeRows(rows: ITaskRows): Uint8Array<ArrayBuffer> {
  const writer = new VarintWriter();
  COLUMNS.forEach(({ delta }, column) => {
    const values = rows.columns[column] ?? null;
    const numbers = values && codes(values, rows.length, delta);
    const first = numbers?.[0] ?? 0;
    if (!numbers || !numbers.some(number => number !== first)) {
      writer.byte(first === 0 ? Layout.zeros : Layout.constant);
      if (first !== 0) {
        writer.number(first);
      }
      return;
    }
    writer.byte(Layout.values);
    for (const number of numbers) {
      writer.number(number);
    }
  });
  return writer.take();
}

function codes(
  values: Float64Array,
  length: number,
  delta: boolean
): Float64Array {
  const numbers = values.slice(0, length);
  if (delta) {
    for (let row = length - 1; row >= 0; row--) {
      numbers[row] = zigzag(values[row]! - (row > 0 ? values[row - 1]! : 0));
    }
  }
  return numbers;
}
