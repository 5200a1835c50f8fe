/**
 * JSON as Jackson writes it for Spark: fields that are absent (`null`, `undefined`) are left out, a double always has a point, two blanks a
 * level.
 */

/** A Java `double`: written `3.0` where JSON otherwise says `3`. */
export class Double {
  constructor(readonly value: number) {}
}

/** An answer's value; what is `undefined` or `null` in an object is absent. */
export type Json =
  | string
  | number
  | boolean
  | null
  | undefined
  | Double
  | readonly Json[]
  | { readonly [field: string]: Json };

/** The text of an answer, laid out as the History Server lays it out. */
export function writeJson(value: Json, indent = ''): string {
  if (value instanceof Double) {
    return writeDouble(value.value);
  }
  if (typeof value !== 'object' || value === null) {
    return JSON.stringify(value ?? null);
  }
  if (isList(value)) {
    const items = value.map(item => writeJson(item, indent));
    return items.length > 0 ? `[ ${items.join(', ')} ]` : '[ ]';
  }
  const inner = `${indent}  `;
  const fields = Object.entries(value)
    .filter(([, field]) => field !== undefined && field !== null)
    .map(
      ([name, field]) =>
        `${inner}${JSON.stringify(name)} : ${writeJson(field, inner)}`
    );
  return fields.length > 0 ? `{\n${fields.join(',\n')}\n${indent}}` : '{ }';
}

function isList(value: object): value is readonly Json[] {
  return Array.isArray(value);
}

/** `Double.toString`: without an exponent from 1e-3 to 1e7 only. */
export function writeDouble(value: number): string {
  if (!Number.isFinite(value)) {
    return JSON.stringify(String(value));
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits, exponent] = value.toExponential().split('e');
    const point = digits!.includes('.') ? '' : '.0';
    return `${digits}${point}E${Number(exponent)}`;
  }
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.includes('.') ? text : `${text}.0`;
}

/** The last time that a JavaScript date can hold, ms since 1970. */
const LAST_TIME = 8.64e15;

/** A time as REST writes it: `2026-11-24T10:42:36.463GMT`; absent when there is none. */
export function writeTime(ms: number | null): string | undefined {
  if (ms === null) {
    return undefined;
  }
  const time = Math.max(-LAST_TIME, Math.min(LAST_TIME, ms));
  return new Date(time).toISOString().replace('Z', 'GMT');
}
