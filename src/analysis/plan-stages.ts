// Derived (3) from where the metrics of a plan's nodes were highest, and from what the stages ran.
import type { Application, StageAttempt } from '../model';
import { metricLines, type MetricValues } from './plan-metrics';
import type { IPlanSubject } from './plan-executions';
import type { IPlanNode } from './plan-graph';
import { isExchange, sectionsOf, type PlanTree } from './plan-tree';

/** Metrics of an exchange that the tasks which read it count; all others are of those that write it. */
const READ =
  /^(?:fetch wait time|remote (?:bytes|blocks|reqs|merged)|local (?:bytes|blocks|merged)|records read|merged fetch|corrupt merged)/;

/** Which stages ran which nodes. */
export interface INodeStages {
  /** Node → the attempts whose tasks ran it, the writing ones of an exchange first. */
  readonly byNode: ReadonlyMap<number, readonly StageAttempt[]>;
  /** Key of an attempt → nodes. */
  readonly byStage: ReadonlyMap<string, ReadonlySet<number>>;
}

/**
 * Which stages ran which nodes. What is known for certain is in which task a time or size was highest. It holds for the whole section, as
 * all of that runs in the same tasks. A section of which no such metric is known is looked for by the names of its clusters among the RDDs
 * of the stages that are left. Attempts that do the same work again (more partitions for a `take`) go with the one that was found.
 */
export function nodeStages(
  subject: IPlanSubject,
  tree: PlanTree,
  values: MetricValues
): INodeStages {
  const stages = new Set(subject.jobs.flatMap(job => job.stages));
  const ran = [...stages].filter(stage => stage.status !== 'skipped');
  const sections = sectionsOf(tree);
  const found = new Map<number, Set<StageAttempt>>();
  sections.forEach((section, i) => {
    const keys = section.flatMap(node => [
      ...placesOf(node, tree, values, false),
      ...tree
        .inputsOf(node)
        .filter(isExchange)
        .flatMap(input => placesOf(input, tree, values, true))
    ]);
    const attempts = keys.flatMap(
      key => stageOf(subject.application, key) ?? []
    );
    found.set(i, new Set(attempts));
  });
  const taken = new Set([...found.values()].flatMap(set => [...set]));
  sections.forEach((section, i) => {
    const own = found.get(i)!;
    const names = clusterNames(section, tree);
    const free = ran.filter(stage => !taken.has(stage));
    if (own.size > 0) {
      const [first] = own;
      free
        .filter(stage => isSameWork(stage, first!))
        .forEach(stage => own.add(stage));
    } else if (names.length > 0) {
      const [match, ...others] = free.filter(stage =>
        names.every(name => scopesOf(stage).has(name))
      );
      if (match && others.every(stage => isSameWork(stage, match))) {
        [match, ...others].forEach(stage => own.add(stage));
      }
    }
  });
  return collected(sections, found, tree);
}

function collected(
  sections: readonly (readonly IPlanNode[])[],
  found: ReadonlyMap<number, ReadonlySet<StageAttempt>>,
  tree: PlanTree
): INodeStages {
  const byNode = new Map<number, StageAttempt[]>();
  const byStage = new Map<string, Set<number>>();
  const add = (node: IPlanNode, stages: Iterable<StageAttempt>): void => {
    const list = byNode.get(node.id) ?? [];
    for (const stage of stages) {
      if (!list.includes(stage)) {
        list.push(stage);
      }
      const nodes = byStage.get(stage.key) ?? new Set();
      byStage.set(stage.key, nodes.add(node.id));
    }
    byNode.set(node.id, list);
  };
  sections.forEach((section, i) => {
    const stages = [...found.get(i)!].sort(
      (a, b) => a.id - b.id || a.attempt - b.attempt
    );
    for (const node of section) {
      // Adaptive execution itself and commands run on the driver.
      if (node.name !== 'AdaptiveSparkPlan') {
        add(node, stages);
        const cluster = tree.clusterOf(node);
        if (cluster) {
          add(cluster, stages);
        }
      }
    }
  });
  return { byNode, byStage };
}

/** The stages in which metrics of a node were highest, `${stageId}.${attempt}`. */
function placesOf(
  node: IPlanNode,
  tree: PlanTree,
  values: MetricValues,
  reads: boolean
): string[] {
  const cluster = reads ? null : tree.clusterOf(node);
  return [node, ...(cluster ? [cluster] : [])].flatMap(one =>
    metricLines(one, values).flatMap(({ name, summary: { maxAt } }) =>
      maxAt && (!isExchange(one) || READ.test(name) === reads)
        ? [`${maxAt.stageId}.${maxAt.attempt}`]
        : []
    )
  );
}

function stageOf(app: Application, key: string): StageAttempt | null {
  return app.stages.get(key) ?? null;
}

function clusterNames(section: readonly IPlanNode[], tree: PlanTree): string[] {
  return [
    ...new Set(section.flatMap(node => tree.clusterOf(node)?.name.trim() ?? []))
  ];
}

/** Names of the operators that the RDDs of a stage were made by. */
function scopesOf(stage: StageAttempt): ReadonlySet<string> {
  return new Set(
    stage.rddInfos.flatMap(({ Scope }) => {
      const name = /"name":"((?:[^"\\]|\\.)*)"/.exec(Scope ?? '')?.[1];
      return name === undefined ? [] : [name.trim()];
    })
  );
}

/** Whether two stages do the same to other partitions. */
function isSameWork(a: StageAttempt, b: StageAttempt): boolean {
  const ids = (stage: StageAttempt): string =>
    stage.rddInfos
      .map(rdd => rdd['RDD ID'] ?? -1)
      .sort((x, y) => x - y)
      .join();
  return a.id === b.id || (a.rddInfos.length > 0 && ids(a) === ids(b));
}
