import type { ComponentChild } from 'preact';
import { tellingOf } from '../../analysis/plan-metrics';
import type { IPlanNode } from '../../analysis/plan-graph';
import type { IPlanPicture } from '../../analysis/plan-picture';
import { formatShare } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { mainMember, withoutIds } from '../../analysis/plan-operator';
import { fitText } from './fit-text';
import type {
  IPlacedCluster,
  IPlacedNode,
  IPlanLayout,
  IPlanSizes
} from './plan-layout';
import { tellingWords } from './plan-words';
import { isSeen, type ISize, type IViewport } from './viewport';

/** What a plan is drawn with. */
export interface IPlanSvgProps {
  readonly picture: IPlanPicture;
  readonly layout: IPlanLayout;
  readonly sizes: IPlanSizes;
  readonly view: IViewport;
  readonly room: ISize;
  /** As a canvas takes it, of a node's name and of the line below it. */
  readonly fonts: { readonly name: string; readonly line: string };
  readonly trans: ITranslation;
  /** Nodes that are lit up, because their stage is pointed at, and the one that was chosen. */
  readonly lit: ReadonlySet<number>;
  readonly chosen: number | null;
  /** The one that the Tab key comes to. */
  readonly stop: number | null;
  readonly markOf: (id: number) => 'made' | 'gone' | null;
  readonly onPoint: (node: IPlanNode | null, event: MouseEvent | null) => void;
  readonly onChoose: (node: IPlanNode) => void;
  readonly onFocus: (node: IPlanNode, element: Element) => void;
  readonly onToggle: (cluster: IPlanNode) => void;
}

/** A plan: clusters behind, then edges, then nodes. What is out of view is not drawn. */
export function PlanSvg(props: IPlanSvgProps): ComponentChild {
  const { layout, view, room } = props;
  return (
    <svg width={room.width} height={room.height}>
      <g
        transform={`translate(${short(view.left)} ${short(view.top)}) scale(${short(view.scale)})`}
      >
        {layout.clusters.map(cluster => (
          <Cluster key={cluster.node.id} {...props} cluster={cluster} />
        ))}
        {layout.edges
          .filter(edge => isSeen(view, edge.box, room))
          .map(edge => (
            <path
              key={`${edge.fromId} ${edge.toId}`}
              class={`jp-Sparkglass-plan-edge${edge.isAgain ? ' jp-mod-again' : ''}`}
              d={edge.path}
            />
          ))}
        {layout.nodes
          .filter(
            placed =>
              isSeen(view, placed, room) ||
              placed.node.id === props.stop ||
              placed.node.id === props.chosen
          )
          .map(placed => (
            <Node key={placed.node.id} {...props} placed={placed} />
          ))}
      </g>
    </svg>
  );
}

/** Three decimals: finer than a pixel at any zoom. */
function short(n: number): number {
  return Math.round(n * 1000) / 1000;
}

function Cluster(
  props: IPlanSvgProps & { cluster: IPlacedCluster }
): ComponentChild {
  const { cluster, sizes, view, room, fonts, picture, trans } = props;
  const { node, boxes } = cluster;
  const [first] = boxes;
  if (!first || !boxes.some(box => isSeen(view, box, room))) {
    return null;
  }
  const share = picture.heat.get(node.id)?.share ?? null;
  // Rows come in at the middle of the box: the words stand on both sides.
  const half = first.width / 2 - 8;
  return (
    <g
      class="jp-Sparkglass-plan-cluster"
      onMouseEnter={event => props.onPoint(node, event)}
      onMouseLeave={() => props.onPoint(null, null)}
      onClick={() => props.onToggle(node)}
    >
      {boxes.map(box => (
        <rect {...rectOf(box)} rx="2" />
      ))}
      {share !== null &&
        boxes.map(box => (
          <rect
            class="jp-Sparkglass-plan-tint"
            {...rectOf(box)}
            opacity={tint(share)}
          />
        ))}
      {share !== null && (
        <rect
          class="jp-Sparkglass-plan-heat"
          x={first.x}
          y={first.y}
          width={first.width * share}
          height="3"
        />
      )}
      <text x={first.x + 4} y={first.y + sizes.head - 4}>
        {fitText(shortName(node), half, fonts.line)}
      </text>
      {share !== null && (
        <text
          x={first.x + first.width - 4}
          y={first.y + sizes.head - 4}
          text-anchor="end"
        >
          {fitText(formatShare(share), half, fonts.line)}
        </text>
      )}
      <title>{trans.__('Click to draw it as one box')}</title>
    </g>
  );
}

/** How strongly a share of the time colours a box. */
function tint(share: number): number {
  return Math.round(share * 36) / 100;
}

/** Spark's name, with as much of `WholeStageCodegen` as fits. */
function shortName(node: IPlanNode): string {
  return node.name.trim().replace(/^WholeStageCodegen/, 'Codegen');
}

function rectOf(box: { x: number; y: number; width: number; height: number }): {
  x: number;
  y: number;
  width: number;
  height: number;
} {
  return { x: box.x, y: box.y, width: box.width, height: box.height };
}

/** The class that the look of an operator hangs on. */
function kindClass(node: IPlanNode): string {
  const { name } = node;
  if (node.members) {
    return ' jp-mod-codegen';
  }
  if (name === 'ReusedExchange') {
    return ' jp-mod-again';
  }
  if (name === 'BroadcastExchange') {
    return ' jp-mod-broadcast';
  }
  if (name.endsWith('Exchange')) {
    return ' jp-mod-exchange';
  }
  return name.startsWith('Subquery') ? ' jp-mod-subquery' : '';
}

/** What a closed cluster is called: its main operator, and how many others are in it. */
function memberName(main: IPlanNode, { members }: IPlanNode): string {
  const others = (members?.length ?? 1) - 1;
  const name = main.name.trim();
  return others > 0 ? `${name} + ${others}` : name;
}

/** What a node without figures says of itself. */
function ownWords(node: IPlanNode): string {
  const text = withoutIds(node.description).trim();
  const name = node.name.trim();
  return text.startsWith(name) ? text.slice(name.length).trim() : text;
}

function Node(props: IPlanSvgProps & { placed: IPlacedNode }): ComponentChild {
  const { placed, picture, fonts, trans } = props;
  const { node, x, y, width, height } = placed;
  const heat = picture.heat.get(node.id);
  const mark = props.markOf(node.id);
  const share = heat?.from === 'own' ? heat.share : null;
  const figure = share !== null && share >= 0.01 ? formatShare(share) : '';
  const main = node.members && mainMember(node.members);
  const told = tellingWords(
    tellingOf(main ?? node, picture.values, picture.tree),
    trans
  );
  const line = main
    ? [shortName(node), told].filter(Boolean).join(' · ')
    : told || ownWords(node);
  const inside = width - 12;
  const figureWidth = figure ? 38 : 0;
  const isChosen = props.chosen === node.id;
  const words = [
    main ? memberName(main, node) : node.name.trim(),
    line,
    figure && trans.__('%1 of the time', figure),
    mark === 'made'
      ? trans.__('+ new in this plan')
      : mark === 'gone'
        ? trans.__('− not in the next plan')
        : ''
  ];
  return (
    <g
      class={`jp-Sparkglass-plan-node${kindClass(node)}${
        props.lit.has(node.id) ? ' jp-mod-lit' : ''
      }${mark ? ` jp-mod-${mark}` : ''}`}
      data-node={node.id}
      role="button"
      tabIndex={props.stop === node.id ? 0 : -1}
      aria-pressed={isChosen}
      aria-label={words.filter(Boolean).join(', ')}
      transform={`translate(${Math.round(x)} ${Math.round(y)})`}
      onMouseEnter={event => props.onPoint(node, event)}
      onMouseLeave={() => props.onPoint(null, null)}
      onFocus={event => props.onFocus(node, event.currentTarget)}
      onClick={() => props.onChoose(node)}
    >
      <rect
        class="jp-Sparkglass-plan-box"
        width={width}
        height={height}
        rx="2"
      />
      {share !== null && share > 0 && (
        <rect
          class="jp-Sparkglass-plan-tint"
          width={width}
          height={height}
          opacity={tint(share)}
        />
      )}
      {node.name === 'BroadcastExchange' && (
        <rect
          class="jp-Sparkglass-plan-inner"
          x="2.5"
          y="2.5"
          width={width - 5}
          height={height - 5}
        />
      )}
      {share !== null && share > 0 && (
        <rect
          class="jp-Sparkglass-plan-heat"
          y={height - 3}
          width={Math.max(1, width * share)}
          height="3"
        />
      )}
      {mark && (
        <text class="jp-Sparkglass-plan-glyph" x={width - 13} y={14}>
          {mark === 'made' ? '+' : '−'}
        </text>
      )}
      <text class="jp-Sparkglass-plan-name" x="6" y={height * 0.4}>
        {fitText(
          main ? memberName(main, node) : shortName(node),
          inside - (mark ? 14 : 0),
          fonts.name
        )}
      </text>
      <text class="jp-Sparkglass-plan-line" x="6" y={height * 0.8}>
        {fitText(line, inside - figureWidth, fonts.line)}
      </text>
      {figure && (
        <text
          class="jp-Sparkglass-plan-line"
          x={width - 6}
          y={height * 0.8}
          text-anchor="end"
        >
          {figure}
        </text>
      )}
    </g>
  );
}
