import { readFailure, type FailureKind } from './failure';
import type { PlanChange } from './plan-changes';
import type { IPlanPicture } from './plan-picture';
import { isExchange } from './plan-tree';

/** The one thing worth saying about an execution. */
export type PlanVerdict =
  | {
      readonly kind: 'failed';
      readonly failure: FailureKind;
      readonly headline: string;
    }
  | { readonly kind: 'cutOff' }
  | { readonly kind: 'running'; readonly ms: number | null }
  /** Adaptive execution changed something that is worth knowing. */
  | { readonly kind: 'changed'; readonly change: PlanChange }
  | {
      readonly kind: 'hot';
      readonly name: string;
      /** Of a cluster: its operators, the one nearest to the result first. */
      readonly members: readonly string[];
      /** Of the plan's time, 0–1. */
      readonly share: number;
    }
  | {
      readonly kind: 'plain';
      readonly operators: number;
      readonly shuffles: number;
    };

/** A node with this part of the time is worth naming. */
const HOT = 0.4;
/** Nobody waits for less than this, ms of all tasks together. */
const WORTH_MS = 300;

/** Judge an execution: the gravest thing that holds. */
export function judgePlan(picture: IPlanPicture): PlanVerdict {
  const { subject, tree, heat, hottest, differences } = picture;
  const { state, durationMs } = subject;
  if (state === 'failed') {
    const text =
      subject.execution.error ??
      subject.jobs.find(job => job.error !== null)?.error ??
      '';
    const { kind, headline } = readFailure(text);
    return { kind: 'failed', failure: kind, headline };
  }
  if (state !== 'succeeded') {
    return state === 'cutOff'
      ? { kind: 'cutOff' }
      : { kind: 'running', ms: durationMs };
  }
  const changes = differences.flatMap(difference => difference?.changes ?? []);
  const change = changes.find(({ kind }) =>
    ['join', 'skew', 'empty'].includes(kind)
  );
  if (change) {
    return { kind: 'changed', change };
  }
  const { share = 0, ms = 0 } = (hottest && heat.get(hottest.id)) ?? {};
  if (hottest && share >= HOT && ms >= WORTH_MS) {
    return {
      kind: 'hot',
      name: hottest.name.trim(),
      members: (hottest.members ?? []).map(member => member.name.trim()),
      share
    };
  }
  return {
    kind: 'plain',
    operators: tree.operators.length,
    shuffles: tree.operators.filter(
      node => isExchange(node) && !node.name.startsWith('Broadcast')
    ).length
  };
}
