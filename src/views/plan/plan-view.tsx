import { render } from 'preact';
import {
  executionsOf,
  firstChoice,
  type IPlanSubject
} from '../../analysis/plan-executions';
import type { IPlanNode } from '../../analysis/plan-graph';
import { PlanPictures, type IPlanPicture } from '../../analysis/plan-picture';
import type { IScope } from '../../analysis/scope';
import type { StageAttempt } from '../../model';
import { Redraw } from '../redraw';
import type { IScopeView, IScopeViewOptions } from '../scope-view';
import { hover, select } from '../selection';
import { Tooltip } from '../timeline/tooltip';
import { NodeCard } from './node-card';
import { marksOf, Plan, type IPlanActions } from './plan';
import { PlanCamera, sizesFor } from './plan-camera';
import type { IPlacedNode } from './plan-layout';
import { listenToPointer } from './plan-pointer';
import { nextNode } from './walk';
import { fit, reveal, zoomAt, type ISize, type IViewport } from './viewport';

/** The plans of the SQL executions in scope. */
export class PlanView implements IScopeView {
  readonly node = document.createElement('div');

  private scope: IScope;
  private revision = 0;
  private readonly redraw: Redraw;
  private readonly tooltip: Tooltip;
  private readonly pictures = new PlanPictures();
  private readonly camera = new PlanCamera();
  private readonly sizesSeen: ResizeObserver | null;
  private roomNode: HTMLElement | null = null;
  private stopListening: (() => void) | null = null;

  /** Which execution the reader wants; null for the one most worth seeing. */
  private picked: object | null = null;
  /** Which version of the plan; null for the newest. */
  private version: number | null = null;
  private chosen: number | null = null;
  private focused: number | null = null;
  /** Give it the focus when it has been drawn. */
  private focusNext: number | null = null;

  private picture: IPlanPicture | null = null;

  constructor(private readonly options: IScopeViewOptions) {
    this.scope = options.scope;
    this.node.className = 'jp-Sparkglass-plan';
    this.tooltip = new Tooltip(document);
    this.redraw = new Redraw(this.node, () => this.draw());
    this.sizesSeen =
      typeof ResizeObserver === 'undefined'
        ? null
        : new ResizeObserver(() => this.redraw.ask());
    this.update(options.scope);
  }

  update(scope: IScope): void {
    if (scope.subject !== this.scope.subject) {
      this.forget();
      this.picked = null;
    }
    this.scope = scope;
    this.redraw.heard();
  }

  setTheme(): void {
    this.redraw.ask();
  }

  dispose(): void {
    this.sizesSeen?.disconnect();
    this.stopListening?.();
    this.redraw.dispose();
    this.tooltip.dispose();
    render(null, this.node);
    this.node.remove();
  }

  /** Another plan is shown: what was chosen in this one says nothing of it. */
  private forget(): void {
    this.version = null;
    this.chosen = null;
    this.focused = null;
    this.camera.forget();
    this.tooltip.hide();
  }

  private draw(): void {
    const subjects = executionsOf(this.scope);
    const subject =
      subjects.find(({ execution }) => execution === this.picked) ??
      firstChoice(subjects);
    this.picture = subject && this.pictures.of(subject, this.version);
    const style = getComputedStyle(this.node);
    const font = parseFloat(style.fontSize) || 12;
    const sizes = sizesFor(font);
    const room = this.room();
    const drawing =
      this.picture && this.camera.drawing(this.picture, room, sizes);
    const hottest = this.picture?.hottest?.id ?? null;
    const nodes = drawing?.layout.nodes ?? [];
    const isDrawn = (id: number | null): boolean =>
      nodes.some(({ node }) => node.id === id);
    render(
      <Plan
        scope={this.scope}
        subjects={subjects}
        picture={this.picture}
        drawing={drawing}
        room={room}
        sizes={sizes}
        fonts={{
          name: `600 ${font}px ${style.fontFamily}`,
          line: `${font * 0.92}px ${style.fontFamily}`
        }}
        chosen={this.chosen}
        stop={
          [this.focused, this.chosen, hottest].find(isDrawn) ??
          nodes[0]?.node.id ??
          null
        }
        revision={++this.revision}
        trans={this.options.trans}
        actions={this.actions}
      />,
      this.node
    );
    if (this.focusNext !== null) {
      this.elementOf(this.focusNext)?.focus({ preventScroll: true });
      this.focusNext = null;
    }
    const now = this.room();
    if (now.width !== room.width || now.height !== room.height) {
      // The card took or left its place.
      this.redraw.ask();
    }
    if (subject?.state === 'running') {
      this.redraw.tick();
    }
  }

  private room(): ISize {
    return {
      width: this.roomNode?.clientWidth ?? 0,
      height: this.roomNode?.clientHeight ?? 0
    };
  }

  /** Look at another part of the plan. */
  private look(
    change: (view: IViewport, room: ISize, plan: ISize) => IViewport
  ): void {
    const room = this.room();
    this.camera.look(room, (view, plan) => change(view, room, plan));
    this.tooltip.hide();
    this.redraw.ask();
  }

  private elementOf(id: number): SVGElement | null {
    return this.node.querySelector<SVGElement>(`[data-node="${id}"]`);
  }

  private stageOf(node: IPlanNode): StageAttempt | null {
    return this.picture?.stages.byNode.get(node.id)?.[0] ?? null;
  }

  private light(node: IPlanNode | null, tell: typeof hover): void {
    const stage = node && this.stageOf(node);
    const application = this.picture?.subject.application.ordinal;
    tell(
      stage && application !== undefined
        ? { application, stageKey: stage.key }
        : null
    );
  }

  private explain(node: IPlanNode, x: number, y: number): void {
    if (this.picture && node.id !== this.chosen) {
      this.tooltip.show(
        <NodeCard
          node={node}
          picture={this.picture}
          mark={marksOf(this.picture).get(node.id) ?? null}
          isWhole={false}
          trans={this.options.trans}
        />,
        x,
        y
      );
    }
  }

  private readonly actions: IPlanActions = {
    pick: index => {
      const subject: IPlanSubject | undefined = executionsOf(this.scope)[index];
      this.forget();
      this.picked = subject?.execution ?? null;
      this.redraw.ask();
    },
    step: version => {
      const last = (this.picture?.versions ?? 1) - 1;
      if (version >= 0 && version <= last) {
        this.forget();
        // Whoever looks at the newest wants to see the next one too.
        this.version = version === last ? null : version;
        this.redraw.ask();
      }
    },
    zoom: factor =>
      this.look((view, room) =>
        zoomAt(view, factor, room.width / 2, room.height / 2)
      ),
    fit: () => this.look((_view, room, plan) => fit(plan, room)),
    toggleAll: () => {
      if (this.picture) {
        this.camera.toggleAll(this.picture);
        this.redraw.ask();
      }
    },
    toggle: cluster => {
      this.camera.toggle(cluster);
      this.tooltip.hide();
      this.redraw.ask();
    },
    point: (node, event) => {
      this.light(node, hover);
      if (node && event && event.buttons === 0) {
        this.explain(node, event.clientX, event.clientY);
      } else {
        this.tooltip.hide();
      }
    },
    focus: (node, element) => {
      this.focused = node.id;
      if (element.matches(':focus-visible')) {
        const box = element.getBoundingClientRect();
        this.explain(node, box.left, box.bottom);
      }
    },
    choose: node => {
      this.chosen = node && node.id !== this.chosen ? node.id : null;
      this.light(this.chosen === null ? null : node, select);
      this.tooltip.hide();
      this.redraw.ask();
    },
    show: (stage, tab) => {
      const application = this.picture?.subject.application.ordinal;
      if (application !== undefined) {
        select({ application, stageKey: stage.key });
        this.options.actions.showTab(tab);
      }
    },
    key: event => this.onKey(event),
    room: node => {
      if (node === this.roomNode) {
        return;
      }
      this.stopListening?.();
      this.stopListening = null;
      this.sizesSeen?.disconnect();
      this.roomNode = node;
      if (node) {
        this.sizesSeen?.observe(node);
        this.stopListening = listenToPointer(node, {
          zoomAt: (x, y, factor) =>
            this.look(view => zoomAt(view, factor, x, y)),
          panBy: (dx, dy) =>
            this.look(view => ({
              scale: view.scale,
              left: view.left + dx,
              top: view.top + dy
            }))
        });
        this.redraw.ask();
      }
    }
  };

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const at = this.placed(event.target as Element);
    const version = this.picture?.version ?? 0;
    const keys: Record<string, () => void> = {
      '+': () => this.actions.zoom(1.4),
      '=': () => this.actions.zoom(1.4),
      '-': () => this.actions.zoom(1 / 1.4),
      '0': () => this.actions.fit(),
      '[': () => this.actions.step(version - 1),
      ']': () => this.actions.step(version + 1),
      Enter: () => at && this.actions.choose(at.node),
      ' ': () => at && this.actions.choose(at.node)
    };
    if (
      event.key === 'Escape' &&
      (this.chosen !== null || this.tooltip.isShown)
    ) {
      this.actions.choose(null);
    } else if (event.key.startsWith('Arrow') && at) {
      const next = nextNode(this.camera.nodes, at, event.key);
      if (next) {
        this.focused = this.focusNext = next.node.id;
        this.look((view, room) => reveal(view, next, room));
      }
    } else if (Object.hasOwn(keys, event.key)) {
      keys[event.key]!();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private placed(element: Element): IPlacedNode | null {
    const id = Number(
      element.closest('[data-node]')?.getAttribute('data-node') ?? NaN
    );
    return this.camera.nodes.find(({ node }) => node.id === id) ?? null;
  }
}
