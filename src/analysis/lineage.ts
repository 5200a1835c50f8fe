// An aggregate of the stages of a job (3): its steps, and which of their partitions feed which.
import type { Application, IShuffle, Job, StageAttempt } from '../model';
import { cachedPartitions, type ICachedPartitions } from './cached-data';
import {
  groupRdds,
  preparesShuffle,
  type GroupKind,
  type IRddGroup
} from './lineage-groups';
import { PlanNames, type IOperators } from './lineage-names';
import type { IRddNode } from './lineage-rdds';
import { StageOrigins } from './stage-origin';

/** A step of a job: one column of partitions. */
export interface IStep {
  /** Its place in `ILineage.steps`. */
  readonly id: number;
  /** `written`: partitions of a shuffle before adaptive execution put some together. */
  readonly kind: GroupKind | 'written';
  readonly rdds: readonly IRddNode[];
  readonly partitions: number;
  /** How far right it stands, from 0. */
  readonly column: number;
  /** As the job lists it. */
  readonly stage: StageAttempt;
  /** Whose tasks did its work: the stage itself, or for a skipped one the stage that did it before; null when unknown. */
  readonly worker: StageAttempt | null;
  /** Whether the stage was skipped because another query or job had left its shuffle. */
  readonly isReused: boolean;
  /** Whether it is the job's answer. */
  readonly isResult: boolean;
  /** Whether its stage ends with it: its partitions are the stage's tasks. */
  readonly isEnd: boolean;
  /** Method names of the user's code and operators of the plan, first to last, as far as they are known. */
  readonly operators: IOperators;
  readonly cached: ICachedPartitions | null;
  /** Marked for caching once, and let go since (`unpersist`). */
  readonly isLetGo: boolean;
  /** What it reads of a shuffle; null when it reads none or the sizes are not known. */
  readonly shuffle: IShuffle | null;
}

/** How partitions of one step become those of the next. */
export type LinkKind =
  /** Partition i becomes partition i + `offset`. */
  | 'one'
  /** Several become one: Spark does not tell which. */
  | 'group'
  /** Pairs of a Cartesian product: i meets all of the other side. */
  | 'left'
  | 'right'
  /** Every partition may give rows to every other. */
  | 'shuffle'
  /** Spark does not tell. */
  | 'unknown';

/** A bundle of threads between two steps. */
export interface ILink {
  readonly from: number;
  readonly to: number;
  readonly kind: LinkKind;
  /** `one`: first partition of the child; `left` and `right`: partitions of the right side. */
  readonly offset: number;
  /** Sizes from map to reducer, where they are known. */
  readonly shuffle: IShuffle | null;
}

/** A job as steps and what leads from one to the next. */
export interface ILineage {
  readonly application: Application;
  readonly job: Job;
  /** Parents first. */
  readonly steps: readonly IStep[];
  readonly links: readonly ILink[];
  readonly columns: number;
}

/** Steps beyond these are not drawn: the first ones of a very long job stand for what is known already. */
const MOST_STAGES = 40;

/** The lineage of a job; without steps when its stages do not tell their RDDs. */
export function lineageOf(application: Application, job: Job): ILineage {
  const builder = new Builder(application, job);
  builder.addAll();
  return {
    application,
    job,
    steps: placed(builder.steps, builder.links),
    links: builder.links,
    columns: builder.steps.reduce((n, step) => Math.max(n, step.column + 1), 0)
  };
}

/** Each step as near to what is made of it as can be: threads need not cross a column. */
function placed(steps: readonly IStep[], links: readonly ILink[]): IStep[] {
  const columns = steps.map(step => step.column);
  for (const { id } of [...steps].reverse()) {
    const after = links.filter(link => link.from === id);
    if (after.length > 0) {
      columns[id] = Math.min(...after.map(link => columns[link.to]!)) - 1;
    }
  }
  return steps.map((step, i) => ({ ...step, column: columns[i]! }));
}

class Builder {
  readonly steps: IStep[] = [];
  readonly links: ILink[] = [];
  /** Stage id → its last step; -1 when it has none. */
  private readonly ends = new Map<number, number>();
  private readonly origins: StageOrigins;
  private readonly names: PlanNames;

  constructor(
    private readonly application: Application,
    private readonly job: Job
  ) {
    this.origins = new StageOrigins(application);
    this.names = new PlanNames(application, job);
  }

  /** Add the stage of the answer and all that lead to it. */
  addAll(): void {
    const id = this.job.stageIds.reduce((most, i) => Math.max(most, i), -1);
    const stage = this.attempt(id);
    const isResult = stage !== null && !preparesShuffle(stage);
    const end = this.addStage(id, isResult);
    const shuffle = stage && this.shuffleOf(stage);
    if (end >= 0 && !isResult && shuffle) {
      // Adaptive execution runs what comes before a shuffle as a job; what it wrote can be seen already.
      this.addWritten(this.steps[end]!, shuffle, [], {
        from: end,
        to: -1,
        kind: 'shuffle',
        offset: 0,
        shuffle
      });
    }
  }

  /** Add a stage behind the stages that it reads; returns its last step, or -1. */
  addStage(id: number, isResult: boolean): number {
    const known = this.ends.get(id);
    const stage = this.attempt(id);
    if (known !== undefined || !stage || this.ends.size >= MOST_STAGES) {
      return known ?? -1;
    }
    this.ends.set(id, -1);
    const isSkipped = stage.status === 'skipped' || stage.relisted !== null;
    const origin = isSkipped ? this.origins.of(stage) : null;
    const isReused = isSkipped && !(origin && this.isSameQuery(origin));
    const worker = isSkipped ? origin : stage;
    const groups = groupRdds(stage, isResult);
    const shown = isReused ? groups.filter(group => group.isEnd) : groups;
    const own = new Map<IRddNode, number>();
    for (const group of shown) {
      const step = this.addGroup(
        group,
        { stage, worker, isReused, isResult },
        own
      );
      group.rdds.forEach(rdd => own.set(rdd, step));
      if (group.isEnd) {
        this.ends.set(id, step);
      }
    }
    return this.ends.get(id) ?? -1;
  }

  /** The attempt that a job shows of a stage: the newest that ran, else the newest. */
  private attempt(id: number): StageAttempt | null {
    const attempts = this.job.stages.filter(stage => stage.id === id);
    const ran = attempts.filter(
      stage => stage.rows.length > 0 && this.job.completedStages.has(id)
    );
    return ran[ran.length - 1] ?? attempts[attempts.length - 1] ?? null;
  }

  /** Adaptive execution runs a query as several jobs, of which each but the first skips what the others did. */
  private isSameQuery(origin: StageAttempt): boolean {
    const query = this.job.sqlExecutionId;
    return (
      query !== null &&
      this.application
        .jobsOfStage(origin.id)
        .some(job => job.sqlExecutionId === query)
    );
  }

  private addGroup(
    group: IRddGroup,
    of: Pick<IStep, 'stage' | 'worker' | 'isReused' | 'isResult'>,
    own: ReadonlyMap<IRddNode, number>
  ): number {
    const head = group.rdds[0]!;
    const incoming: ILink[] = [];
    if (!of.isReused) {
      this.narrowLinks(head, own, incoming);
      for (const parent of head.shuffled) {
        this.shuffleLinks(head, parent, of, incoming);
      }
    }
    const last = group.rdds[group.rdds.length - 1]!;
    const cached = group.rdds.find(rdd => rdd.isCached);
    const kept = cached && this.application.rdds.get(cached.id);
    const shuffles = incoming.filter(link => link.kind === 'shuffle');
    return this.addStep(
      {
        kind: group.kind,
        rdds: group.rdds,
        partitions: last.partitions,
        stage: of.stage,
        worker: of.worker,
        isReused: of.isReused,
        isResult: of.isResult && group.isEnd,
        isEnd: group.isEnd,
        operators: this.operatorsOf(group.rdds),
        cached: kept ? cachedPartitions(this.application, kept) : null,
        isLetGo: cached !== undefined && kept === undefined,
        shuffle: shuffles.length === 1 ? shuffles[0]!.shuffle : null
      },
      incoming
    );
  }

  private addStep(
    step: Omit<IStep, 'id' | 'column'>,
    incoming: readonly ILink[]
  ): number {
    const id = this.steps.length;
    const column = incoming.reduce(
      (most, link) => Math.max(most, this.steps[link.from]!.column + 1),
      0
    );
    this.steps.push({ ...step, id, column });
    this.links.push(...incoming.map(link => ({ ...link, to: id })));
    return id;
  }

  private narrowLinks(
    node: IRddNode,
    own: ReadonlyMap<IRddNode, number>,
    into: ILink[]
  ): void {
    const { parents, partitions } = node;
    const sum = parents.reduce((n, parent) => n + parent.partitions, 0);
    let offset = 0;
    parents.forEach((parent, i) => {
      const from = own.get(parent);
      if (from === undefined) {
        return;
      }
      const link = { from, to: -1, offset: 0, shuffle: null };
      if (node.name === 'CartesianRDD' && parents.length === 2) {
        const kind = i === 0 ? 'left' : 'right';
        into.push({ ...link, kind, offset: parents[1]!.partitions });
      } else if (node.name === 'UnionRDD' && sum === partitions) {
        into.push({ ...link, kind: 'one', offset });
      } else if (parent.partitions === partitions) {
        into.push({ ...link, kind: 'one' });
      } else {
        const kind = node.name === 'CoalescedRDD' ? 'group' : 'unknown';
        into.push({ ...link, kind });
      }
      offset += parent.partitions;
    });
  }

  /** The crossing, and behind it, where adaptive execution read several partitions as one, the step in which it did. */
  private shuffleLinks(
    node: IRddNode,
    parent: number,
    of: Pick<IStep, 'stage' | 'worker' | 'isReused' | 'isResult'>,
    into: ILink[]
  ): void {
    const writer = this.writerOf(of.stage, parent);
    const from = writer ? this.addStage(writer.id, false) : -1;
    if (!writer || from < 0) {
      return;
    }
    const worker = this.steps[from]!.worker;
    const shuffle = worker ? this.shuffleOf(worker) : null;
    const crossing: ILink = {
      from,
      to: -1,
      kind: 'shuffle',
      offset: 0,
      shuffle
    };
    if (!shuffle || shuffle.reducers === node.partitions) {
      into.push(crossing);
      return;
    }
    const written = this.addWritten(of, shuffle, [node], crossing);
    const kind = node.partitions < shuffle.reducers ? 'group' : 'unknown';
    into.push({ from: written, to: -1, kind, offset: 0, shuffle: null });
  }

  /** What a shuffle holds, by the partitions into which it was written. */
  private addWritten(
    of: Pick<IStep, 'stage' | 'worker' | 'isReused'>,
    shuffle: IShuffle,
    rdds: readonly IRddNode[],
    crossing: ILink
  ): number {
    return this.addStep(
      {
        kind: 'written',
        rdds: [],
        partitions: shuffle.reducers,
        stage: of.stage,
        worker: of.worker,
        isReused: of.isReused,
        isResult: false,
        isEnd: false,
        operators: this.operatorsOf(rdds),
        cached: null,
        isLetGo: false,
        shuffle
      },
      [crossing]
    );
  }

  private writerOf(stage: StageAttempt, rddId: number): StageAttempt | null {
    for (const id of stage.parentIds) {
      const parent = this.attempt(id);
      if (parent?.rddInfos.some(info => info['RDD ID'] === rddId)) {
        return parent;
      }
    }
    return null;
  }

  private shuffleOf(worker: StageAttempt): IShuffle | null {
    let found: IShuffle | null = null;
    for (const shuffle of this.application.shuffles.values()) {
      if (shuffle.stageId === worker.id) {
        found = shuffle;
      }
    }
    return found;
  }

  private operatorsOf(rdds: readonly IRddNode[]): IOperators {
    const scopes = [...new Set(rdds.map(rdd => rdd.scope).filter(Boolean))];
    return {
      scopes,
      plan: this.names.of(scopes, scopeBefore(rdds[0])),
      calls: [...new Set(rdds.flatMap(rdd => rdd.call ?? []))]
    };
  }
}

/** The operation whose rows an RDD takes; '' when it takes none. */
function scopeBefore(rdd: IRddNode | undefined): string {
  return rdd?.parents[0]?.scope ?? '';
}
