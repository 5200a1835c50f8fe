// What a view of plans draws (4): one version of the plan of one execution, and all that is known of its nodes.
import type { ISqlMetricSummary } from '../model';
import { planDifference, type IPlanDifference } from './plan-changes';
import { mergesEdges, type IPlanSubject } from './plan-executions';
import { planGraph, type IPlanNode } from './plan-graph';
import { hottestOf, planHeat, type INodeHeat } from './plan-heat';
import { nodeStages, type INodeStages } from './plan-stages';
import { PlanTree } from './plan-tree';

/** One version of a plan. */
export interface IPlanPicture {
  readonly subject: IPlanSubject;
  readonly tree: PlanTree;
  /** From 0. */
  readonly version: number;
  readonly versions: number;
  /** Whether Spark changes it no more: it is the newest of an execution that has ended, or says so. */
  readonly isFinal: boolean;
  readonly values: ReadonlyMap<number, ISqlMetricSummary>;
  readonly heat: ReadonlyMap<number, INodeHeat>;
  readonly hottest: IPlanNode | null;
  readonly stages: INodeStages;
  /** What each version changed in the one before it; the first is null. */
  readonly differences: readonly (IPlanDifference | null)[];
}

/** Plans of an execution, and what was made of them as long as nothing new came. */
interface IKept {
  readonly trees: readonly PlanTree[];
  picture: IPlanPicture | null;
}

/** Makes pictures of plans; keeps what does not change from one batch of events to the next. */
export class PlanPictures {
  /** @param version - null for the newest. */
  of(subject: IPlanSubject, version: number | null): IPlanPicture {
    const { application, execution } = subject;
    const kept = this._kept(subject);
    const at = Math.min(
      version ?? Infinity,
      Math.max(0, kept.trees.length - 1)
    );
    const values = application.sqlMetrics.metricsOf(execution);
    const old = kept.picture;
    if (
      old &&
      old.version === at &&
      old.values === values &&
      old.subject.state === subject.state &&
      old.subject.jobs.length === subject.jobs.length
    ) {
      return { ...old, subject };
    }
    const tree = kept.trees[at]!;
    const heat = planHeat(tree, values);
    kept.picture = {
      subject,
      tree,
      version: at,
      versions: kept.trees.length,
      isFinal: at === kept.trees.length - 1 && isFinal(subject, tree),
      values,
      heat,
      hottest: hottestOf(tree, heat),
      stages: nodeStages(subject, tree, values),
      differences: kept.trees.map((after, i) => {
        const before = kept.trees[i - 1];
        return before ? planDifference(before, after, values) : null;
      })
    };
    return kept.picture;
  }

  private _kept(subject: IPlanSubject): IKept {
    const { application, execution } = subject;
    const old = this._plans.get(execution);
    const { plans } = execution;
    const newest = plans[plans.length - 1]?.plan ?? null;
    if (old && old.length === plans.length && old.newest === newest) {
      return old.kept;
    }
    const options = { mergesEdges: mergesEdges(application) };
    const kept: IKept = {
      trees: plans.map(({ plan }) => new PlanTree(planGraph(plan, options))),
      picture: null
    };
    this._plans.set(execution, { length: plans.length, newest, kept });
    return kept;
  }

  private readonly _plans = new WeakMap<
    object,
    { readonly length: number; readonly newest: unknown; readonly kept: IKept }
  >();
}

function isFinal(subject: IPlanSubject, tree: PlanTree): boolean {
  const root = tree.operators[0];
  return (
    subject.state !== 'running' ||
    root?.name !== 'AdaptiveSparkPlan' ||
    root.description.includes('isFinalPlan=true')
  );
}
