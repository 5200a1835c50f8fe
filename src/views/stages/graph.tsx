import type { ComponentChild, JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type {
  IGraphComponent,
  IGraphEdge,
  IGraphNode,
  IStageGraph
} from '../../analysis/stage-graph';
import { jobTitle } from '../../analysis/stage-title';
import { stageName } from '../../analysis/task-columns';
import { formatBytes, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';
import { hover, hovered, select, selected } from '../selection';
import { titleWords } from '../title-words';
import {
  edgePath,
  isChain,
  layOutColumns,
  loadGraphLayout,
  shelve,
  type GraphLayout,
  type IGraphSizes,
  type IPlaced,
  type IRoute
} from './graph-layout';
import {
  roleWords,
  rowStatusWords,
  sourceWords,
  stageSentence,
  statusClass
} from './stage-words';

interface IGraphProps {
  readonly graph: IStageGraph;
  /** Height of the font, px: everything is measured by it. */
  readonly font: number;
  /** Of the room there is, px. */
  readonly width: number;
  readonly trans: ITranslation;
}

let loaded: GraphLayout | null = null;

/** The layout for branching graphs; null until it has been loaded. */
function useBranching(isNeeded: boolean): GraphLayout | null {
  const [layout, setLayout] = useState<GraphLayout | null>(() => loaded);
  useEffect(() => {
    let isGone = false;
    if (isNeeded && !layout) {
      // When its file can't be loaded, plain columns are as true.
      void loadGraphLayout()
        .catch((): GraphLayout => layOutColumns)
        .then(found => {
          loaded = found;
          if (!isGone) {
            setLayout(() => found);
          }
        });
    }
    return () => {
      isGone = true;
    };
  }, [isNeeded, layout]);
  return layout;
}

function sizesFor(font: number): IGraphSizes {
  return {
    nodeWidth: Math.round(font * 11.5),
    nodeHeight: Math.round(font * 2.8),
    across: Math.round(font * 5.4),
    down: Math.round(font * 0.5),
    head: Math.round(font * 1.45)
  };
}

/** What a layout depends on: names of stages and edges, not their figures. */
function shapeOf(graph: IStageGraph): string {
  return graph.components
    .map(
      c =>
        `${c.nodes.map(n => n.id).join(',')}|${c.edges
          .map(e => `${e.from}>${e.to}`)
          .join(',')}`
    )
    .join(';');
}

/** The stages and the shuffles between them, from left to right. */
export function Graph(props: IGraphProps): ComponentChild {
  const { graph, font, width, trans } = props;
  const branches = graph.components.some(component => !isChain(component));
  const branching = useBranching(branches);
  const sizes = useMemo(() => sizesFor(font), [font]);
  const shelves = useMemo(() => {
    const layouts = graph.components.map(component =>
      isChain(component) || !branching
        ? layOutColumns(component, sizes)
        : branching(component, sizes)
    );
    const named = layouts.map(layout => ({
      ...layout,
      // The line above needs some room too; not all of it, when it is long.
      width: Math.max(
        layout.width,
        Math.min(headOf(layout.component, trans).length * 0.55, 22) * font
      )
    }));
    return shelve(named, sizes, width);
  }, [shapeOf(graph), branching, sizes, width]);
  const nodes = new Map(
    graph.components.flatMap(c => c.nodes).map(node => [node.id, node])
  );
  const edges = new Map(
    graph.components
      .flatMap(c => c.edges)
      .map(edge => [`${edge.from} ${edge.to}`, edge])
  );
  const ids = [...nodes.keys()];
  const chosen = ids.find(id => isChosen(nodes.get(id)!));
  return (
    <div
      class="jp-Sparkglass-graph"
      role="group"
      aria-label={trans.__('Stages and the shuffles between them')}
      onKeyDown={walk}
      onMouseLeave={() => hover(null)}
    >
      <div
        style={{
          width: `${shelves.width}px`,
          height: `${shelves.height}px`,
          visibility: branches && !branching ? 'hidden' : 'visible'
        }}
      >
        <svg width={shelves.width} height={shelves.height} aria-hidden="true">
          {shelves.placed.flatMap(placed =>
            placed.layout.routes.map(route => (
              <Edge
                key={`${route.edge.from} ${route.edge.to}`}
                route={route}
                edge={
                  edges.get(`${route.edge.from} ${route.edge.to}`) ?? route.edge
                }
                forks={forks(placed, route)}
                x={placed.x}
                y={placed.y + sizes.head}
                font={font}
                trans={trans}
              />
            ))
          )}
        </svg>
        {shelves.placed.map(placed => (
          <Head placed={placed} trans={trans} />
        ))}
        {shelves.placed.flatMap(placed =>
          [...placed.layout.nodes].map(([id, at]) => {
            const node = nodes.get(id);
            return node ? (
              <Node
                key={id}
                node={node}
                left={placed.x + at.x}
                top={placed.y + at.y + sizes.head}
                sizes={sizes}
                isStop={id === (chosen ?? ids[0])}
                trans={trans}
              />
            ) : null;
          })
        )}
      </div>
    </div>
  );
}

function forks({ layout }: IPlaced, { edge }: IRoute): boolean {
  return layout.routes.some(
    other => other.edge.from === edge.from && other.edge.to !== edge.to
  );
}

/** One tab stop; arrow keys go from stage to stage. */
function walk(event: JSX.TargetedKeyboardEvent<HTMLElement>): void {
  const step =
    { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key] ?? 0;
  const buttons = [
    ...event.currentTarget.querySelectorAll<HTMLElement>('button')
  ];
  const at = buttons.indexOf(event.target as HTMLElement);
  const next = buttons[at + step];
  if (step !== 0 && at >= 0) {
    event.preventDefault();
    event.stopPropagation();
    next?.focus();
  }
}

/** Which jobs a component is, and what they were asked for. */
function headParts(
  component: IGraphComponent,
  trans: ITranslation
): { name: string; title: string } | null {
  const { jobs } = component;
  const application = component.nodes[0]?.row.application;
  const first = jobs[0];
  const last = jobs[jobs.length - 1];
  if (!first || !last || !application) {
    return null;
  }
  return {
    name:
      first === last
        ? trans.__('Job %1', first.id)
        : trans.__('Jobs %1–%2', first.id, last.id),
    title: titleWords(jobTitle(application, first), trans)
  };
}

function headOf(component: IGraphComponent, trans: ITranslation): string {
  const parts = headParts(component, trans);
  return parts ? `${parts.name} ${parts.title}` : '';
}

function Head(props: { placed: IPlaced; trans: ITranslation }): ComponentChild {
  const { placed, trans } = props;
  const parts = headParts(placed.layout.component, trans);
  return parts ? (
    <div
      class="jp-Sparkglass-graph-head"
      style={{
        left: `${placed.x}px`,
        top: `${placed.y}px`,
        maxWidth: `${placed.layout.width}px`
      }}
      title={parts.title}
    >
      <b>{parts.name}</b> {parts.title}
    </div>
  ) : null;
}

function Edge(props: {
  route: IRoute;
  edge: IGraphEdge;
  /** Whether other edges leave the same stage. */
  forks: boolean;
  x: number;
  y: number;
  font: number;
  trans: ITranslation;
}): ComponentChild {
  const { route, edge, forks, x, y, font, trans } = props;
  const { points } = route;
  const from = points[0];
  const to = points[points.length - 1];
  if (!from || !to) {
    return null;
  }
  const label =
    edge.kind === 'again'
      ? trans.__('again')
      : edge.bytes === null
        ? ''
        : formatBytes(edge.bytes);
  // The size stands at the end where no other edge is, on the side from which
  // the line bends away.
  const isDown = to.y > from.y + 2;
  const above = -0.35 * font;
  const below = 1.05 * font;
  return (
    <>
      <path
        class={edge.kind === 'again' ? 'jp-mod-again' : undefined}
        d={edgePath(route, { x, y })}
      />
      {label && (
        <text
          x={x + (forks ? to.x - font * 0.7 : from.x + font * 0.3)}
          y={
            y +
            (forks
              ? to.y + (isDown ? below : above)
              : from.y + (from.y > to.y + 2 ? below : above))
          }
          text-anchor={forks ? 'end' : 'start'}
        >
          {label}
        </text>
      )}
    </>
  );
}

function keyOf(node: IGraphNode): {
  application: number;
  stageKey: string;
} {
  const application: Application = node.row.application;
  return {
    application: application.ordinal,
    stageKey: node.row.stage.key
  };
}

function isChosen(node: IGraphNode): boolean {
  const key = keyOf(node);
  const choice = selected.value;
  return (
    choice?.application === key.application && choice.stageKey === key.stageKey
  );
}

function isHovered(node: IGraphNode): boolean {
  const key = keyOf(node);
  const over = hovered.value;
  return (
    over?.application === key.application && over.stageKey === key.stageKey
  );
}

function Node(props: {
  node: IGraphNode;
  left: number;
  top: number;
  sizes: IGraphSizes;
  isStop: boolean;
  trans: ITranslation;
}): ComponentChild {
  const { node, sizes, trans } = props;
  const { row } = node;
  const { stage } = row;
  const done = row.tasks > 0 ? Math.min(1, row.tasksDone / row.tasks) : 0;
  const sentence = node.origin
    ? trans.__(
        '%1. Stage %2 had done this work before',
        stageSentence(row, trans),
        stageName(node.origin)
      )
    : stageSentence(row, trans);
  const isSelected = isChosen(node);
  return (
    <button
      type="button"
      class={`jp-Sparkglass-stage ${statusClass(row)}${
        isHovered(node) ? ' jp-mod-hovered' : ''
      }`}
      style={{
        left: `${props.left}px`,
        top: `${props.top}px`,
        width: `${sizes.nodeWidth}px`,
        height: `${sizes.nodeHeight}px`,
        '--jp-sparkglass-done': `${done * 100}%`
      }}
      tabIndex={props.isStop ? 0 : -1}
      aria-pressed={isSelected}
      // Also its description for a screen reader; its name is what it shows.
      title={sentence}
      onClick={() => select(isSelected ? null : keyOf(node))}
      onMouseEnter={() => hover(keyOf(node))}
    >
      <b>{stageName(stage)}</b>
      <span>{nodeWords(node, trans)}</span>
      <small>
        {row.status === 'skipped'
          ? rowStatusWords(row, trans)
          : `${row.tasksDone}/${row.tasks}`}
      </small>
      {row.durationMs !== null && <em>{formatDuration(row.durationMs)}</em>}
    </button>
  );
}

function nodeWords(node: IGraphNode, trans: ITranslation): string {
  const { status, role } = node.row;
  if (status !== 'skipped') {
    // Where a shuffle goes is drawn.
    return role.to === 'shuffle'
      ? sourceWords(role, trans)
      : roleWords(role, trans);
  }
  if (node.row.neverRan) {
    return sourceWords(role, trans);
  }
  return node.origin
    ? trans.__('as in stage %1', stageName(node.origin))
    : trans.__('result still there');
}
