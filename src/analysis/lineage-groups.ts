// An aggregate of a stage's RDDs (3): the few steps that a reader of the code would name.
import type { StageAttempt } from '../model';
import { lastRdd, stageRdds, type IRddNode } from './lineage-rdds';

/**
 * Why a group is one: rows begin there, it reads what other stages wrote, it is kept, its partitions are not those before it, or it is
 * what the stage is for.
 */
export type GroupKind = 'source' | 'shuffle' | 'cached' | 'shape' | 'end';

/** RDDs of a stage that are worth one column: partition for partition one after the other. */
export interface IRddGroup {
  readonly kind: GroupKind;
  /** Parents first. */
  readonly rdds: readonly IRddNode[];
  /** Whether the stage ends with it. */
  readonly isEnd: boolean;
}

/** They only prepare what the crossing shows. */
function isShuffleWrite(node: IRddNode): boolean {
  return node.name === 'PairwiseRDD' || node.scope === 'Exchange';
}

/** Whether a stage only writes a shuffle: no job's answer is made by it. */
export function preparesShuffle(stage: StageAttempt): boolean {
  const end = lastRdd(stageRdds(stage));
  return end !== null && end.shuffled.length === 0 && isShuffleWrite(end);
}

/** Whether each of its partitions is made of the same one of its only parent. */
function isPlain(node: IRddNode): boolean {
  return (
    node.parents.length === 1 &&
    node.shuffled.length === 0 &&
    node.parents[0]!.partitions === node.partitions
  );
}

/**
 * The groups of a stage, parents first. What is done to each partition by itself between two of them goes with one of the two.
 *
 * @param isResult - whether its last RDD is the job's answer, which is always a group of its own.
 */
export function groupRdds(stage: StageAttempt, isResult: boolean): IRddGroup[] {
  const nodes = stageRdds(stage);
  const end = endOf(nodes, isResult);
  const above = new Map<IRddNode, IRddNode>();
  const kinds = new Map<IRddNode, GroupKind>();
  for (const node of nodes) {
    const before = node.parents[0] && above.get(node.parents[0]);
    const isOneOperation =
      !isResult && node.scopeId !== '' && node.scopeId === before?.scopeId;
    const kind: GroupKind | null =
      node.shuffled.length > 0
        ? 'shuffle'
        : node.parents.length === 0
          ? 'source'
          : !isPlain(node)
            ? 'shape'
            : node.isCached
              ? 'cached'
              : node === end && !isOneOperation
                ? 'end'
                : null;
    if (kind) {
      kinds.set(node, kind);
    }
    above.set(node, kind ? node : before!);
  }
  const members = new Map<IRddNode, IRddNode[]>();
  for (const node of nodes) {
    const anchor = anchorOf(node, above, kinds);
    const list = members.get(anchor);
    if (list) {
      list.push(node);
    } else {
      members.set(anchor, [node]);
    }
  }
  const last = end && anchorOf(end, above, kinds);
  return [...members]
    .sort(([a], [b]) => a.id - b.id)
    .map(([anchor, rdds]) => ({
      kind: kinds.get(anchor) ?? 'source',
      rdds,
      isEnd: anchor === last
    }));
}

/** What the stage is for; a shuffle's preparations left out. */
function endOf(nodes: readonly IRddNode[], isResult: boolean): IRddNode | null {
  let end = lastRdd(nodes);
  while (end && !isResult && isPlain(end) && isShuffleWrite(end)) {
    end = end.parents[0]!;
  }
  return end;
}

/** Whose group an RDD belongs to: an operation is not torn apart; otherwise it leads to what is kept or what the stage is for. */
function anchorOf(
  node: IRddNode,
  above: ReadonlyMap<IRddNode, IRddNode>,
  kinds: ReadonlyMap<IRddNode, GroupKind>
): IRddNode {
  const before = above.get(node) ?? node;
  if (
    before === node ||
    (node.scopeId !== '' && node.scopeId === before.scopeId)
  ) {
    return before;
  }
  let below: IRddNode | undefined = node;
  while (below && !kinds.has(below)) {
    below = below.children.length === 1 ? below.children[0] : undefined;
  }
  const kind = below && kinds.get(below);
  return kind === 'cached' || kind === 'end' ? below! : before;
}
