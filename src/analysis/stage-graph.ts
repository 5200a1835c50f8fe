import type { Application, Job, StageAttempt } from '../model';
import type { IScope, IScopePart } from './scope';
import { StageOrigins } from './stage-origin';
import { stageRows, type IStageRow } from './stage-table';

/** A stage attempt in the graph. */
export interface IGraphNode {
  /** `${application}:${stageId}.${attempt}` */
  readonly id: string;
  readonly row: IStageRow;
  /** A skipped stage: what did its work, in another scope; null when that is not known. */
  readonly origin: StageAttempt | null;
}

/** Rows going from one stage to another. */
export interface IGraphEdge {
  readonly from: string;
  readonly to: string;
  /** What the first stage wrote for it; null when it is not known. */
  readonly bytes: number | null;
  /** `again`: not data, but the next attempt of the same stage. */
  readonly kind: 'shuffle' | 'again';
}

/** Stages that hang together, and the jobs they ran for. */
export interface IGraphComponent {
  readonly jobs: readonly Job[];
  /** By stage id and attempt. */
  readonly nodes: readonly IGraphNode[];
  readonly edges: readonly IGraphEdge[];
}

/** The stages of a scope and what flows between them. */
export interface IStageGraph {
  /** In the order of their first stage. */
  readonly components: readonly IGraphComponent[];
  readonly nodeCount: number;
}

/**
 * The stages of a scope as a graph.
 *
 * A skipped stage is drawn as the stage that did its work where that is in the
 * scope too: a query that adaptive execution ran as five jobs is then one
 * picture. Where it is not, the skipped stage stays, without the skipped
 * stages before it.
 */
export function stageGraph(
  scope: IScope,
  rows: readonly IStageRow[] = stageRows(scope)
): IStageGraph {
  const components: IGraphComponent[] = [];
  for (const part of scope.parts()) {
    const own = rows.filter(row => row.application === part.application);
    components.push(...componentsOf(part, own));
  }
  return {
    components,
    nodeCount: components.reduce((sum, c) => sum + c.nodes.length, 0)
  };
}

function idOf(application: Application, stage: StageAttempt): string {
  return `${application.ordinal}:${stage.key}`;
}

/** For each stage of a part, the stages that are drawn for it. */
class Places {
  readonly nodes = new Map<string, IGraphNode>();
  /** Stage id → the attempts that are drawn for it, oldest first. */
  readonly drawn = new Map<number, StageAttempt[]>();

  constructor(
    private readonly application: Application,
    rows: readonly IStageRow[]
  ) {
    const origins = new StageOrigins(application);
    const inScope = new Map(rows.map(row => [row.stage, row]));
    const needed = new Set(
      rows
        .filter(row => row.status !== 'skipped' || row.neverRan)
        .flatMap(row => row.stage.parentIds)
    );
    for (const row of rows) {
      const { stage } = row;
      const origin = row.status === 'skipped' ? origins.of(stage) : null;
      if (origin && inScope.has(origin)) {
        this.drawn.set(stage.id, [origin]);
      } else if (
        row.status !== 'skipped' ||
        row.neverRan ||
        needed.has(stage.id)
      ) {
        const id = idOf(application, stage);
        this.nodes.set(id, { id, row, origin });
        this.drawn.set(stage.id, [...(this.drawn.get(stage.id) ?? []), stage]);
      }
    }
  }

  edges(): IGraphEdge[] {
    const edges = new Map<string, IGraphEdge>();
    const add = (edge: IGraphEdge): void => {
      edges.set(`${edge.from} ${edge.to}`, edge);
    };
    for (const { id, row } of this.nodes.values()) {
      const { stage } = row;
      const attempts = this.drawn.get(stage.id) ?? [];
      const earlier = attempts[attempts.indexOf(stage) - 1];
      if (earlier) {
        const from = idOf(this.application, earlier);
        add({ from, to: id, bytes: null, kind: 'again' });
        continue;
      }
      const isReused = row.status === 'skipped' && !row.neverRan;
      for (const parent of isReused ? [] : stage.parentIds) {
        const newest = this.drawn.get(parent)?.slice(-1)[0];
        if (newest) {
          const from = idOf(this.application, newest);
          add({ from, to: id, bytes: this.written(from), kind: 'shuffle' });
        }
      }
    }
    return [...edges.values()];
  }

  private written(id: string): number | null {
    const row = this.nodes.get(id)?.row;
    return row && row.status !== 'skipped' && row.shuffleWriteBytes > 0
      ? row.shuffleWriteBytes
      : null;
  }
}

function componentsOf(
  part: IScopePart,
  rows: readonly IStageRow[]
): IGraphComponent[] {
  const places = new Places(part.application, rows);
  const edges = places.edges();
  const leader = new Map<string, string>();
  const find = (id: string): string => {
    const next = leader.get(id) ?? id;
    if (next === id) {
      return id;
    }
    const root = find(next);
    leader.set(id, root);
    return root;
  };
  for (const { from, to } of edges) {
    leader.set(find(to), find(from));
  }
  const groups = new Map<string, IGraphNode[]>();
  for (const node of places.nodes.values()) {
    const root = find(node.id);
    const group = groups.get(root);
    if (group) {
      group.push(node);
    } else {
      groups.set(root, [node]);
    }
  }
  return [...groups.values()].map(nodes => {
    const ids = new Set(nodes.map(node => node.id));
    const stages = new Set(nodes.map(node => node.row.stage));
    return {
      jobs: part.jobs.filter(job => job.stages.some(s => stages.has(s))),
      nodes,
      edges: edges.filter(edge => ids.has(edge.from))
    };
  });
}
