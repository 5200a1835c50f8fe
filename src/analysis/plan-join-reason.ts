// Derived (3) from a join, the versions of its plan and the settings of its session.
import { builtBytes, type PlanChange } from './plan-changes';
import type { IPlanSubject } from './plan-executions';
import type { IPlanNode } from './plan-graph';
import type { MetricValues } from './plan-metrics';
import { joinFacts } from './plan-operator';
import type { PlanTree } from './plan-tree';

/** Why Spark joins in the way in which it does; sizes in bytes. */
export type JoinReason =
  /** Adaptive execution saw how small a side was. */
  | {
      readonly kind: 'adaptive';
      readonly bytes: number | null;
      readonly limit: number | null;
    }
  /** Expected to be small enough, or asked for by a hint: a plan does not say which. */
  | { readonly kind: 'small'; readonly limit: number }
  /** Broadcasting is switched off, so that only a hint can have asked for it. */
  | { readonly kind: 'hint' }
  /** Equal keys; neither side was known to be small. `limit` null: broadcasting is switched off. */
  | { readonly kind: 'large'; readonly limit: number | null }
  | { readonly kind: 'shuffledHash' }
  /** No columns have to be equal. */
  | { readonly kind: 'noKeys' };

/** `spark.sql.autoBroadcastJoinThreshold` when nobody sets it. */
const DEFAULT_LIMIT = 10 * 1024 * 1024;

/**
 * Why a node joins as it does; null when it is no join.
 *
 * @param changes - what adaptive execution did to the plan, up to this version.
 */
export function joinReason(
  node: IPlanNode,
  subject: IPlanSubject,
  tree: PlanTree,
  values: MetricValues,
  changes: readonly PlanChange[]
): JoinReason | null {
  const join = joinFacts(node);
  if (!join) {
    return null;
  }
  const limit = broadcastLimit(subject);
  switch (join.strategy) {
    case 'broadcastHash': {
      const bytes = builtBytes(node, join, tree, values);
      const switched = changes.some(
        change =>
          change.kind === 'join' &&
          change.to === 'broadcastHash' &&
          change.leftKeys === join.leftKeys &&
          change.rightKeys === join.rightKeys
      );
      return switched
        ? { kind: 'adaptive', bytes, limit }
        : limit === null
          ? { kind: 'hint' }
          : { kind: 'small', limit };
    }
    case 'sortMerge':
      return { kind: 'large', limit };
    case 'shuffledHash':
      return { kind: 'shuffledHash' };
    case 'nestedLoop':
    case 'cartesian':
      return { kind: 'noKeys' };
  }
}

/** Up to which size a side is broadcast, bytes; null when none is. */
function broadcastLimit({
  application,
  execution
}: IPlanSubject): number | null {
  const key = 'spark.sql.autoBroadcastJoinThreshold';
  const said =
    execution.modifiedConfigs?.[key] ?? application.properties.get(key);
  const bytes = said === undefined ? DEFAULT_LIMIT : bytesOf(said);
  return bytes < 0 ? null : bytes;
}

/** `JavaUtils.byteStringAsBytes`: `20KB`, `10m`, `-1`. */
function bytesOf(text: string): number {
  const match = /^(-?\d+)\s*([kmgtp]?)(?:i?b)?$/i.exec(text.trim());
  const power = ' kmgtp'.indexOf((match?.[2] ?? '').toLowerCase() || ' ');
  return match ? Number(match[1]) * 1024 ** power : DEFAULT_LIMIT;
}
