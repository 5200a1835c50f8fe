import { listOf } from './fields';
import type { IAccumulable } from './spark';

/**
 * The accumulators that users named, of all that an event has: neither task metrics nor SQL metrics
 * (`LiveEntityHelpers.newAccumulatorInfos`).
 */
export function namedByUser(
  accumulables: readonly IAccumulable[] | undefined
): readonly IAccumulable[] {
  return listOf(accumulables).filter(
    ({ Internal, Metadata }) => Internal !== true && Metadata !== 'sql'
  );
}
