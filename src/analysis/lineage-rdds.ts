// A derivation of a stage's RDDs (2): which come from which without a shuffle, and what reads one.
import { idOf, idsOf, textOf, type IRddInfo } from '../events';
import type { StageAttempt } from '../model';
import { readCallSite } from './call-site';

/** An RDD within a stage: one task works through one partition of each. */
export interface IRddNode {
  readonly id: number;
  readonly name: string;
  /** Name of the operation that made it, such as `parallelize` or `Exchange`; '' when Spark does not say. */
  readonly scope: string;
  /** Two RDDs of one operation have the same. */
  readonly scopeId: string;
  /** The method of the user's code that made it, or null. */
  readonly call: string | null;
  readonly partitions: number;
  readonly isCached: boolean;
  /** Narrow parents within the stage, in Spark's order; one may be there twice. */
  readonly parents: readonly IRddNode[];
  /** Ids of RDDs of earlier stages that it reads through a shuffle. */
  readonly shuffled: readonly number[];
  /** The RDDs of the stage made from it. */
  readonly children: IRddNode[];
}

/** RDDs whose dependency on what they are made of is a shuffle, also where that is in the same stage for another reason. */
const ALWAYS_SHUFFLED = /^Shuffled(?:Row)?RDD/;

/**
 * The RDDs of a stage, parents first. Spark lists exactly those that the stage's last RDD reaches without a shuffle
 * (`StageInfo.fromStage`), so a parent that is not among them is read through one.
 */
export function stageRdds(stage: StageAttempt): IRddNode[] {
  const infos = new Map(
    stage.rddInfos.map(info => [idOf(info['RDD ID']), info])
  );
  const nodes = new Map<number, IRddNode>();
  // A parent is made before what is made of it, and ids only grow.
  for (const [id, info] of [...infos].sort(([a], [b]) => a - b)) {
    const name = textOf(info.Name, '');
    const parentIds = idsOf(info['Parent IDs']);
    const isNarrow = (parent: number): boolean =>
      nodes.has(parent) && !ALWAYS_SHUFFLED.test(name);
    const parents = parentIds.filter(isNarrow).map(p => nodes.get(p)!);
    const node: IRddNode = {
      id,
      name,
      ...scopeOf(info),
      call: callOf(info),
      partitions: Math.max(0, idOf(info['Number of Partitions'])),
      isCached:
        info['Storage Level']?.['Use Memory'] === true ||
        info['Storage Level']?.['Use Disk'] === true,
      parents,
      shuffled: parentIds.filter(parent => !isNarrow(parent)),
      children: []
    };
    nodes.set(id, node);
    new Set(parents).forEach(parent => parent.children.push(node));
  }
  return [...nodes.values()];
}

/** The RDD whose partitions are the stage's tasks. */
export function lastRdd(nodes: readonly IRddNode[]): IRddNode | null {
  const ends = nodes.filter(node => node.children.length === 0);
  return ends[ends.length - 1] ?? null;
}

/** `Scope` is JSON text; what can't be read has no name. */
function scopeOf(info: IRddInfo): { scope: string; scopeId: string } {
  try {
    const parsed = JSON.parse(textOf(info.Scope, '{}')) as {
      name?: unknown;
      id?: unknown;
    } | null;
    const text = (value: unknown): string =>
      typeof value === 'string' ? value.trim() : '';
    return { scope: text(parsed?.name), scopeId: text(parsed?.id) };
  } catch {
    return { scope: '', scopeId: '' };
  }
}

function callOf(info: IRddInfo): string | null {
  const site = readCallSite(textOf(info.Callsite, ''));
  return site.file === null ? null : site.action;
}
