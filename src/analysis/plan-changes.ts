// Derived (3) from two versions of a plan.
import {
  joinFacts,
  operatorOf,
  type IJoinFacts,
  type JoinStrategy
} from './plan-operator';
import { shufflePartitions, totalOf, type MetricValues } from './plan-metrics';
import type { IPlanNode } from './plan-graph';
import type { PlanTree } from './plan-tree';

/** One thing that adaptive execution did to a plan. */
export type PlanChange =
  /** Small partitions of a shuffle are read together. */
  | {
      readonly kind: 'coalesced';
      readonly from: number | null;
      readonly to: number | null;
    }
  /** Large partitions of a shuffle are read in pieces. */
  | {
      readonly kind: 'skew';
      readonly partitions: number | null;
      readonly pieces: number | null;
    }
  /** A shuffle is read where it was written, so that nothing is sent. */
  | { readonly kind: 'local' }
  | {
      readonly kind: 'join';
      readonly from: JoinStrategy;
      readonly to: JoinStrategy;
      readonly leftKeys: string;
      readonly rightKeys: string;
      readonly build: IJoinFacts['build'];
      /** What the side that is built was found to be, bytes. */
      readonly bytes: number | null;
    }
  /** What can only be empty is not run. */
  | { readonly kind: 'empty' }
  /** An exchange is made once instead of twice. */
  | { readonly kind: 'reused' }
  /** The rows of one side say which folders of the other are read. */
  | { readonly kind: 'pruned' }
  /** Stages began; the plan itself stayed. */
  | { readonly kind: 'started'; readonly stages: number }
  | { readonly kind: 'other'; readonly made: number; readonly gone: number };

/** What became of a plan from one version to the next. */
export interface IPlanDifference {
  readonly changes: readonly PlanChange[];
  /** Nodes of the newer version that the older one has not got. */
  readonly made: ReadonlySet<number>;
  /** Nodes of the older version that the newer one has not got any more. */
  readonly gone: ReadonlySet<number>;
}

/** How a version of a plan differs from the one before it. */
export function planDifference(
  before: PlanTree,
  after: PlanTree,
  values: MetricValues
): IPlanDifference {
  const left = new Map<string, IPlanNode[]>();
  for (const node of before.operators) {
    const key = keyOf(node, before);
    left.set(key, [...(left.get(key) ?? []), node]);
  }
  const made: IPlanNode[] = [];
  let stages = 0;
  for (const node of after.operators) {
    const known = left.get(keyOf(node, after))?.shift();
    if (!known && !isGlue(node)) {
      made.push(node);
    }
    stages += node.isQueryStage && !(known?.isQueryStage ?? false) ? 1 : 0;
  }
  const gone = [...left.values()].flat().filter(node => !isGlue(node));
  return {
    changes: changesOf(before, after, values, made, gone, stages),
    made: new Set(made.map(node => node.id)),
    gone: new Set(gone.map(node => node.id))
  };
}

/** What is put between others when a stage is made, and what says no more than that. */
function isGlue({ name }: IPlanNode): boolean {
  return /^(?:ColumnarToRow|RowToColumnar|AdaptiveSparkPlan)$/.test(name);
}

/** What stays the same in a node as long as it does the same. */
function keyOf(node: IPlanNode, tree: PlanTree): string {
  const own = `${node.name}|${node.description}`
    .replace(/, \[plan_id=\d+\]|isFinalPlan=\w+/g, '')
    .replace(/\[id=#\d+\]/g, '');
  // Reads of different shuffles are worded alike.
  const [input] = node.name === 'AQEShuffleRead' ? tree.inputsOf(node) : [];
  return input ? `${own}|${keyOf(input, tree)}` : own;
}

function changesOf(
  before: PlanTree,
  after: PlanTree,
  values: MetricValues,
  made: readonly IPlanNode[],
  gone: readonly IPlanNode[],
  stages: number
): PlanChange[] {
  const changes: PlanChange[] = [];
  const lost = gone.flatMap(node => joinFacts(node) ?? []);
  for (const node of made) {
    if (node.name === 'AQEShuffleRead') {
      changes.push(...readChanges(node, after, values));
    } else {
      changes.push(...joinChange(node, after, values, lost));
    }
  }
  if (made.some(isEmptyRelation)) {
    changes.push({ kind: 'empty' });
  }
  if (after.graph.again.length > before.graph.again.length) {
    changes.push({ kind: 'reused' });
  }
  if (made.some(node => node.name === 'SubqueryBroadcast')) {
    changes.push({ kind: 'pruned' });
  }
  if (changes.length > 0) {
    return changes.sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind));
  }
  if (stages > 0) {
    return [{ kind: 'started', stages }];
  }
  return made.length > 0 || gone.length > 0
    ? [{ kind: 'other', made: made.length, gone: gone.length }]
    : [];
}

/** What matters most comes first. */
const RANK: readonly PlanChange['kind'][] = [
  'join',
  'skew',
  'empty',
  'reused',
  'pruned',
  'coalesced',
  'local'
];

/** What Spark puts where it found no rows: since 4.0 `EmptyRelation`. */
function isEmptyRelation(node: IPlanNode): boolean {
  return (
    operatorOf(node.name) === 'EmptyRelation' ||
    node.description.startsWith('LocalTableScan <empty>')
  );
}

function readChanges(
  node: IPlanNode,
  tree: PlanTree,
  values: MetricValues
): PlanChange[] {
  const total = (name: string): number | null => totalOf(node, values, name);
  const words = node.description;
  const changes: PlanChange[] = [];
  if (words.includes('skewed')) {
    changes.push({
      kind: 'skew',
      partitions: total('number of skewed partitions'),
      pieces: total('number of skewed partition splits')
    });
  } else if (words.includes('coalesced')) {
    const [input] = tree.inputsOf(node);
    const from = input ? shufflePartitions(input, values) : null;
    const to = total('number of partitions');
    // The partner of a side that is split is read several times over, and so in more partitions than there are.
    if (from === null || to === null || to < from) {
      changes.push({ kind: 'coalesced', from, to });
    }
  }
  if (words.includes('local')) {
    changes.push({ kind: 'local' });
  }
  return changes;
}

function joinChange(
  node: IPlanNode,
  tree: PlanTree,
  values: MetricValues,
  lost: IJoinFacts[]
): PlanChange[] {
  const join = joinFacts(node);
  const at = join
    ? lost.findIndex(
        other =>
          other.leftKeys === join.leftKeys &&
          other.rightKeys === join.rightKeys &&
          other.strategy !== join.strategy
      )
    : -1;
  const [old] = at < 0 ? [] : lost.splice(at, 1);
  return join && old
    ? [
        {
          kind: 'join',
          from: old.strategy,
          to: join.strategy,
          leftKeys: join.leftKeys,
          rightKeys: join.rightKeys,
          build: join.build,
          bytes: builtBytes(node, join, tree, values)
        }
      ]
    : [];
}

/** What the side that a join builds from was, as the shuffle that adaptive execution looked at counted it; bytes. */
export function builtBytes(
  node: IPlanNode,
  join: IJoinFacts,
  tree: PlanTree,
  values: MetricValues
): number | null {
  const inputs = tree.inputsOf(node);
  let at = join.build === 'left' ? inputs[0] : inputs[1];
  let bytes: number | null = null;
  while (at && bytes === null) {
    bytes = at.name === 'Exchange' ? totalOf(at, values, 'data size') : null;
    at = tree.inputsOf(at)[0];
  }
  return bytes;
}
