import type { IPlanNode } from '../../analysis/plan-graph';
import type { IPlanPicture } from '../../analysis/plan-picture';
import {
  layOutPlan,
  type IPlacedNode,
  type IPlanLayout,
  type IPlanSizes
} from './plan-layout';
import { firstView, fit, keepIn, type ISize, type IViewport } from './viewport';

/**
 * A room lower than this, px, has rows flow to the right, and clusters closed so that most plans fit; in a higher one they flow down, as
 * plans are longer than wide, and nodes wider than high.
 */
const LOW_PX = 420;
/** Plans with more operators than this are drawn with their clusters closed. */
const MOST_OPEN = 40;

/** A plan as it is to be drawn now. */
export interface IDrawing {
  readonly layout: IPlanLayout;
  readonly view: IViewport;
  /** Whether everything is seen, as large as it can be. */
  readonly isFit: boolean;
  /** Whether clusters are open but for those that were closed one by one. */
  readonly isOpen: boolean;
}

/** Which part of a plan is seen, and which of its clusters are open. Lays out again only when the plan or the room is another one. */
export class PlanCamera {
  private layout: { key: string; layout: IPlanLayout } | null = null;
  /** What is seen; `isOwn` when the reader moved it. */
  private view: { key: string; view: IViewport; isOwn: boolean } | null = null;
  private isLow = false;
  /** Whether the reader wants clusters open; null for what suits the size. */
  private wantsOpen: boolean | null = null;
  /** Clusters that are the other way than the rest. */
  private readonly toggled = new Set<number>();

  /** What is to be drawn; null where there is no room. */
  drawing(
    picture: IPlanPicture,
    room: ISize,
    sizes: IPlanSizes
  ): IDrawing | null {
    if (room.width <= 0 || room.height <= 0) {
      return null;
    }
    this.isLow = room.height < LOW_PX;
    const isOpen = this.isOpen(picture);
    const layout = this.layoutOf(picture, sizes, isOpen);
    const key = this.layout!.key;
    const { width, height } = room;
    const isSame =
      this.view !== null &&
      (this.view.isOwn
        ? this.view.key === key
        : this.view.key === `${key} ${width} ${height}`);
    if (!isSame) {
      this.view = {
        key: `${key} ${width} ${height}`,
        view: firstView(layout, room, hottestBox(picture, layout)),
        isOwn: false
      };
    }
    const { view } = this.view!;
    return {
      layout,
      view,
      isFit: view.scale === fit(layout, room).scale,
      isOpen
    };
  }

  /** The nodes that are drawn. */
  get nodes(): readonly IPlacedNode[] {
    return this.layout?.layout.nodes ?? [];
  }

  /** Look at another part of the plan. */
  look(
    room: ISize,
    change: (view: IViewport, layout: IPlanLayout) => IViewport
  ): void {
    if (this.view && this.layout) {
      const { key, layout } = this.layout;
      const view = keepIn(change(this.view.view, layout), layout, room);
      this.view = { key, view, isOwn: true };
    }
  }

  /** Open all clusters, or close them. */
  toggleAll(picture: IPlanPicture): void {
    this.wantsOpen = !this.isOpen(picture);
    this.toggled.clear();
  }

  /** Open a cluster, or close it; what is seen stays where it is. */
  toggle(cluster: IPlanNode): void {
    if (!this.toggled.delete(cluster.id)) {
      this.toggled.add(cluster.id);
    }
  }

  /** Another plan is to be seen. */
  forget(): void {
    this.toggled.clear();
    this.view = null;
  }

  private isOpen({ tree }: IPlanPicture): boolean {
    return (
      this.wantsOpen ?? (!this.isLow && tree.operators.length <= MOST_OPEN)
    );
  }

  private layoutOf(
    { subject, tree, version, versions }: IPlanPicture,
    sizes: IPlanSizes,
    isOpen: boolean
  ): IPlanLayout {
    const flow = this.isLow ? 'right' : 'down';
    const key = [
      subject.application.ordinal,
      subject.execution.id,
      version,
      // The newest plan may be replaced by one that is worded alike.
      versions,
      tree.nodes.size,
      flow,
      sizes.nodeWidth,
      isOpen,
      ...this.toggled
    ].join();
    if (this.layout?.key !== key) {
      const layout = layOutPlan(
        tree,
        cluster => isOpen !== this.toggled.has(cluster.id),
        flow,
        sizes
      );
      this.layout = { key, layout };
    }
    return this.layout.layout;
  }
}

/** Where the hottest node is: of a cluster that is open, its last operator. */
function hottestBox(
  { hottest }: IPlanPicture,
  { nodes }: IPlanLayout
): IPlacedNode | null {
  const ids = [hottest?.id, hottest?.members?.[0]?.id];
  return nodes.find(({ node }) => ids.includes(node.id)) ?? null;
}

/** Sizes by the height of the font, px. */
export function sizesFor(font: number): IPlanSizes {
  return {
    nodeWidth: Math.round(font * 13),
    nodeHeight: Math.round(font * 3.1),
    along: Math.round(font * 2.2),
    beside: Math.round(font * 0.8),
    pad: 4,
    head: Math.round(font * 1.35)
  };
}
