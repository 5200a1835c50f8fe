import { textOf, type IAccumulable } from '../events';
import type { Json } from './json';

/** `AccumulableInfo` of an accumulator that a user named. */
export function accumulableInfo(accumulable: IAccumulable): Json {
  const { ID: id, Name: name, Update: update, Value: value } = accumulable;
  return {
    id,
    name,
    update: update === undefined ? undefined : textFrom(update),
    value: value === undefined ? undefined : textFrom(value)
  };
}

function textFrom(value: unknown): string {
  return textOf(value, null) ?? JSON.stringify(value);
}
