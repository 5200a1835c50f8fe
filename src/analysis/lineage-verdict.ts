// An aggregate of a lineage (3): the one thing about it that matters most.
import { Column } from '../events';
import type { ILineage, IStep } from './lineage';
import type { IStepTasks } from './lineage-tasks';
import { emptyReducers } from './lineage-threads';

/** The one thing about a job's partitions that matters most. */
export type LineageVerdict =
  /** Events did not tell the stages' RDDs. */
  | { readonly kind: 'unknown' }
  /** Partitions were taken from the cache. */
  | {
      readonly kind: 'hits';
      readonly step: IStep;
      readonly hits: number;
      readonly of: number;
    }
  /** The job filled a cache, as far as there was room. */
  | { readonly kind: 'kept'; readonly step: IStep }
  /** Only some partitions were worked out. */
  | { readonly kind: 'part'; readonly ran: number; readonly of: number }
  /** A shuffle that was there already was read again. */
  | { readonly kind: 'reused'; readonly step: IStep; readonly to: number }
  /** The shuffle that moved most. */
  | {
      readonly kind: 'shuffled';
      readonly from: number;
      readonly to: number;
      /** Partitions that got nothing; null when that is not known. */
      readonly empty: number | null;
      /** Partitions as which adaptive execution read them; null when it left them alone. */
      readonly readAs: number | null;
      readonly shuffles: number;
    }
  /** Several partitions were put together without a shuffle. */
  | { readonly kind: 'together'; readonly from: number; readonly to: number }
  /** Nothing had to be moved. */
  | { readonly kind: 'narrow'; readonly partitions: number };

/** Judge a lineage. */
export function judgeLineage(
  lineage: ILineage,
  tasks: readonly IStepTasks[]
): LineageVerdict {
  const { steps, links } = lineage;
  const last = steps.find(step => step.isResult) ?? steps[steps.length - 1];
  if (!last) {
    return { kind: 'unknown' };
  }
  return (
    cacheVerdict(steps, tasks) ??
    partVerdict(last, tasks) ??
    shuffleVerdict(lineage) ??
    togetherVerdict(steps, links) ?? {
      kind: 'narrow',
      partitions: last.partitions
    }
  );
}

function cacheVerdict(
  steps: readonly IStep[],
  tasks: readonly IStepTasks[]
): LineageVerdict | null {
  let best: (LineageVerdict & { kind: 'hits' }) | null = null;
  for (const step of steps.filter(({ isReused }) => !isReused)) {
    const hits = count(tasks[step.id]!.fromCache, 1);
    const of = tasks[step.id]!.rows.filter(row => row >= 0).length;
    if (hits > 0 && hits >= (best?.hits ?? 0)) {
      best = { kind: 'hits', step, hits, of };
    }
  }
  const kept = steps.find(({ cached }) => cached?.isKnown);
  return best ?? (kept ? { kind: 'kept', step: kept } : null);
}

/** `take`, `first` and `show` run as few partitions as will do. */
function partVerdict(
  last: IStep,
  tasks: readonly IStepTasks[]
): LineageVerdict | null {
  const { stage, partitions } = last;
  const isPart =
    last.isEnd && stage.numTasks < partitions && stage.rows.length > 0;
  return isPart && tasks[last.id]!.isTold
    ? { kind: 'part', ran: stage.numTasks, of: partitions }
    : null;
}

function shuffleVerdict({ steps, links }: ILineage): LineageVerdict | null {
  const crossings = links.filter(link => link.kind === 'shuffle');
  let best: (typeof crossings)[number] | null = null;
  let most = -1;
  for (const link of crossings) {
    const bytes =
      steps[link.from]!.worker?.sums[Column.shuffleBytesWritten] ?? 0;
    if (bytes >= most) {
      best = link;
      most = bytes;
    }
  }
  if (!best) {
    return null;
  }
  const [from, to] = [steps[best.from]!, steps[best.to]!];
  if (from.isReused) {
    return { kind: 'reused', step: from, to: to.partitions };
  }
  const read =
    to.kind === 'written' ? links.find(link => link.from === to.id) : undefined;
  return {
    kind: 'shuffled',
    from: from.partitions,
    to: to.partitions,
    empty: best.shuffle && emptyReducers(best.shuffle),
    readAs: read ? steps[read.to]!.partitions : null,
    shuffles: crossings.length
  };
}

function togetherVerdict(
  steps: readonly IStep[],
  links: ILineage['links']
): LineageVerdict | null {
  const link = links.find(({ kind }) => kind === 'group');
  return link
    ? {
        kind: 'together',
        from: steps[link.from]!.partitions,
        to: steps[link.to]!.partitions
      }
    : null;
}

function count(values: Uint8Array, wanted: number): number {
  return values.reduce((n, value) => n + (value === wanted ? 1 : 0), 0);
}
