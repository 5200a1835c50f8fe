/**
 * Reading of fields that may be missing or of another kind than their type says: what comes in was written by another program.
 */

/** A finite number, or `otherwise`. */
export function numberOf(value: unknown, otherwise: number): number;
export function numberOf(value: unknown, otherwise: null): number | null;
export function numberOf(
  value: unknown,
  otherwise: number | null
): number | null {
  return typeof value === 'number' && Number.isFinite(value)
    ? value
    : otherwise;
}

/** An id: a whole number from 0 to 2^53 − 1, or -1. */
export function idOf(value: unknown): number {
  return Number.isSafeInteger(value) && (value as number) >= 0
    ? (value as number)
    : -1;
}

/** Text, or `otherwise`. */
export function textOf(value: unknown, otherwise: string): string;
export function textOf(value: unknown, otherwise: null): string | null;
export function textOf(
  value: unknown,
  otherwise: string | null
): string | null {
  return typeof value === 'string' ? value : otherwise;
}

/** A list without its elements that are `null`; empty when it is none. */
export function listOf<T>(
  value: readonly T[] | null | undefined
): readonly T[] {
  return Array.isArray(value)
    ? value.filter(element => element !== null && element !== undefined)
    : [];
}

/** A list of whole numbers from 0; empty when it is none. */
export function idsOf(value: unknown): readonly number[] {
  return Array.isArray(value) ? value.filter(id => idOf(id) >= 0) : [];
}

/** A list of texts; empty when it is none. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value)
    ? value.filter(text => typeof text === 'string')
    : [];
}

/** The entries of an object whose values are texts. */
export function propertiesOf(value: unknown): Map<string, string> {
  const properties = new Map<string, string>();
  if (typeof value === 'object' && value !== null) {
    for (const [key, text] of Object.entries(value)) {
      if (typeof text === 'string') {
        properties.set(key, text);
      }
    }
  }
  return properties;
}

/** The entries of an object whose values are numbers. */
export function numbersOf(value: unknown): [string, number][] {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).filter(
        (entry): entry is [string, number] => numberOf(entry[1], null) !== null
      )
    : [];
}
