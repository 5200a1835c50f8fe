// A derivation of a query's plans (2): what whole-stage code generation made one operation of.
import type { Application, Job } from '../model';
import { allNodes, planGraph, type IPlanGraph } from './plan-graph';

/** What a step does, as far as Spark tells. */
export interface IOperators {
  /** Names of the operations that made its RDDs, first to last: `Scan csv`, `WholeStageCodegen (1)`, `union`. */
  readonly scopes: readonly string[];
  /** What stands in the plan for operations that code generation made one of, in the order in which rows pass: `Range`, `Project`. */
  readonly plan: readonly string[];
  /** Methods of the user's code that Spark names. */
  readonly calls: readonly string[];
}

/** What code generation made one operation of, in one plan. */
interface ICluster {
  readonly members: readonly string[];
  /** Names of the nodes whose rows it takes. */
  readonly inputs: readonly string[];
}

/** Finds the operators of a `WholeStageCodegen`: its number alone does not name it, for the plan of cached data counts from 1 too. */
export class PlanNames {
  private readonly clusters = new Map<string, ICluster[]>();

  constructor(application: Application, job: Job) {
    const execution =
      job.sqlExecutionId === null
        ? undefined
        : application.sql.get(job.sqlExecutionId);
    // The newest plan first.
    for (const { plan } of [...(execution?.plans ?? [])].reverse()) {
      this.add(planGraph(plan, { mergesEdges: true }));
    }
  }

  /**
   * The operators of some operations, in the order in which rows pass.
   *
   * @param before - the operation whose rows the first of them takes.
   */
  of(scopes: readonly string[], before: string): readonly string[] {
    return scopes.flatMap((scope, i) => {
      const input = scopes[i - 1] ?? before;
      const found = this.clusters.get(scope) ?? [];
      const cluster =
        found.find(({ inputs }) =>
          input === '' ? inputs.length === 0 : inputs.includes(input)
        ) ?? found[0];
      return cluster?.members ?? [];
    });
  }

  private add(graph: IPlanGraph): void {
    const names = new Map(
      allNodes(graph).map(({ id, name }) => [id, name.trim()])
    );
    for (const { name, members } of graph.nodes) {
      if (members && members.length > 0) {
        const own = new Set(members.map(({ id }) => id));
        const inputs = graph.edges
          .filter(({ fromId, toId }) => own.has(toId) && !own.has(fromId))
          .map(({ fromId }) => names.get(fromId) ?? '');
        const cluster = {
          members: members.map(member => member.name.trim()).reverse(),
          inputs
        };
        this.clusters.set(name, [...(this.clusters.get(name) ?? []), cluster]);
      }
    }
  }
}
