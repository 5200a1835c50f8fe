import { effect } from '@preact/signals';
import { render } from 'preact';
import type { ITimelineScope } from '../../analysis/timeline-lanes';
import { frames } from '../../draw/frames';
import { prefersLessMotion, watchPixelRatio } from '../../draw/pixel-ratio';
import { readTheme, type ITheme } from '../../draw/theme';
import type { ITimeRange } from '../../draw/time-scale';
import { watchVisibility, type IVisibility } from '../../draw/visibility';
import type { ITranslation } from '../../draw/words';
import { hovered, selected } from '../selection';
import { explainTerm } from './cards';
import { listen, type ITimelineActions } from './input';
import { Navigation } from './navigation';
import {
  Empty,
  Head,
  Legend,
  ShellState,
  Unseen,
  type IShellActions
} from './shell';
import { TimelineData } from './timeline-data';
import { TimelinePicture } from './timeline-picture';
import { TimelinePointer } from './timeline-pointer';
import { Tooltip } from './tooltip';

/** How often running bars grow, in ms. */
const TICK_MS = 250;

/** What a timeline is made with. */
export interface ITimelineOptions {
  readonly scope: ITimelineScope;
  readonly trans: ITranslation;
  /** As high as it may get, in CSS pixels; it is lower when lanes are few. */
  readonly height: number;
  /** Whether the legend is open at first; it is, unless told otherwise. */
  readonly legend?: boolean;
}

/**
 * Tasks on the cores that ran them. Put `node` into the page, call
 * {@link update} whenever the model changed and {@link setTheme} whenever the
 * theme did. While it can't be seen it does nothing.
 */
export class TimelineView {
  readonly node: HTMLElement;

  private readonly trans: ITranslation;
  private readonly data: TimelineData;
  private readonly navigation = new Navigation();
  private readonly shell = new ShellState();
  private readonly picture: TimelinePicture;
  private readonly pointer: TimelinePointer;
  private readonly tooltip = new Tooltip(document);
  private readonly visibility: IVisibility;
  private readonly above = document.createElement('div');
  private readonly below = document.createElement('div');
  private readonly undo: (() => void)[] = [];

  private height: number;
  private width = 0;
  /** Of what stands above the picture. */
  private headHeight = 0;
  private theme: ITheme | null = null;
  private layoutKey = '';
  private marked: ITimeRange | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;

  constructor(options: ITimelineOptions) {
    this.trans = options.trans;
    this.height = options.height;
    this.shell.isLegendOpen.value = options.legend ?? true;
    this.data = new TimelineData(options.scope, () => performance.now());
    this.picture = new TimelinePicture(document, this.trans, () =>
      frames.draw(this.draw)
    );
    this.pointer = new TimelinePointer(
      this.data,
      this.picture,
      this.tooltip,
      this.trans,
      {
        reveal: (from, to) => {
          this.navigation.reveal(from, to);
          this.draw();
        },
        redraw: () => frames.draw(this.drawTop),
        say: words => (this.shell.spoken.value = words)
      }
    );
    this.node = document.createElement('div');
    this.node.className = 'jp-Sparkglass-timeline';
    this.node.append(this.above, this.picture.node, this.below);
    this.renderShell();
    this.visibility = watchVisibility(this.node, visible => {
      if (visible) {
        frames.act(this.refresh);
      }
    });
    this.listenToPage();
    this.update();
  }

  /** The model changed: take in what is new and draw it in the next frame. */
  update(scope: ITimelineScope = this.data.scope): void {
    if (scope.application !== this.data.scope.application) {
      this.navigation.fit();
      this.pointer.reset();
    }
    this.data.hear(scope);
    frames.act(this.refresh);
  }

  /** Colours or fonts of the page changed. */
  setTheme(): void {
    this.theme = null;
    this.layoutKey = '';
    frames.draw(this.draw);
  }

  /** As high as the view may get from now on, in CSS pixels. */
  setHeight(height: number): void {
    this.height = height;
    frames.draw(this.draw);
  }

  /** Show everything, and go on showing everything. */
  fit(): void {
    this.move(() => this.navigation.fit());
  }

  /** Show the time of a stage attempt (`StageAttempt.key`). */
  showStage(stageKey: string): void {
    this.move(() => {
      const band = this.data.bands.find(b => b.stage.key === stageKey);
      if (band) {
        const room = (band.to - band.from) * 0.05;
        this.navigation.show({ from: band.from - room, to: band.to + room });
      }
    });
  }

  dispose(): void {
    this.cancelTimer();
    for (const wish of [this.draw, this.drawTop, this.refresh]) {
      frames.forget(wish);
    }
    this.undo.forEach(undo => undo());
    this.visibility.dispose();
    this.tooltip.dispose();
    render(null, this.above);
    render(null, this.below);
    this.node.remove();
  }

  private readonly refresh = (): void => {
    if (!this.visibility.isVisible) {
      return;
    }
    const { data } = this;
    // This is the refresh that the timer was to bring.
    this.cancelTimer();
    data.refresh();
    if (data.lanes.count > 0) {
      const live = data.lanes.running > 0;
      this.navigation.setLimits(data.lanes.from, data.end, live);
    }
    const { wordsIn } = data;
    if (wordsIn === 0) {
      this.picture.setName(data.renewWords(this.shell, this.trans));
    }
    const grows = data.lanes.running > 0 && !prefersLessMotion(window);
    // What grows is refreshed soon anyway, and its words with it.
    this.later(grows ? TICK_MS : wordsIn || Infinity);
    this.pointer.follow(hovered.peek(), selected.peek());
    frames.draw(this.draw);
  };

  private later(wait: number): void {
    if (wait < Infinity) {
      this.timer = setTimeout(() => {
        this.timer = null;
        frames.act(this.refresh);
      }, wait);
    }
  }

  private cancelTimer(): void {
    if (this.timer !== null) {
      clearTimeout(this.timer);
      this.timer = null;
    }
  }

  private readonly draw = (): void => {
    const { data, node } = this;
    if (!this.visibility.isVisible || !node.isConnected) {
      return;
    }
    this.theme ??= readTheme(node);
    this.width ||= node.clientWidth;
    this.picture.node.hidden = data.lanes.count === 0;
    if (this.width < 1 || data.lanes.count === 0) {
      return;
    }
    this.layOut(this.theme);
    this.shell.isFit.value = this.navigation.isFit;
    const picture = {
      application: data.scope.application,
      lanes: data.lanes.lanes,
      bands: data.bands,
      range: this.navigation.range,
      origin: data.lanes.from,
      now: data.now,
      revision: data.lanes.revision,
      isLive: data.lanes.running > 0,
      stageKey: this.pointer.stageKey
    };
    this.picture.draw(picture, this.theme);
    // So that a test, or the bench, can tell when a task has reached the screen.
    node.dataset.ended = String(data.lanes.count - data.lanes.running);
    this.drawTop();
  };

  /** Lay out anew when anything that matters to it has changed. */
  private layOut(theme: ITheme): void {
    const { lanes } = this.data.lanes;
    const { bands } = this.data;
    const rows = bands.reduce((n, band) => Math.max(n, band.row + 1), 0);
    this.headHeight ||= this.above.offsetHeight;
    const room = this.height - this.headHeight;
    const ratio = window.devicePixelRatio;
    const key = [this.width, room, lanes.length, rows, ratio].join();
    if (key !== this.layoutKey) {
      this.layoutKey = key;
      this.picture.resize(this.width, room, { lanes, bands }, theme);
    }
  }

  private readonly drawTop = (): void => {
    if (this.theme && this.visibility.isVisible) {
      const { over, chosen } = this.pointer;
      this.picture.drawTop(this.theme, over, chosen, this.marked);
    }
  };

  /** Change what is shown, then draw it. */
  private move(change: () => void): void {
    this.tooltip.hide();
    frames.act(change);
    frames.draw(this.draw);
  }

  private listenToPage(): void {
    // Heard, not asked for: to ask in the middle of a frame has the browser lay out the page once more.
    const sizes = new ResizeObserver(entries => {
      for (const { target, contentRect } of entries) {
        const width = Math.floor(contentRect.width);
        if (target === this.above) {
          this.headHeight = contentRect.height;
        } else if (width > 0) {
          this.width = width;
        }
      }
      frames.draw(this.draw);
    });
    sizes.observe(this.node);
    sizes.observe(this.above);
    this.undo.push(
      () => sizes.disconnect(),
      watchPixelRatio(window, () => frames.draw(this.draw)),
      listen(this.picture.plot, this.actions()),
      effect(() => {
        const refocused = this.pointer.follow(hovered.value, selected.value);
        frames.draw(refocused ? this.draw : this.drawTop);
      })
    );
  }

  private actions(): ITimelineActions {
    const { navigation, picture, pointer } = this;
    return {
      zoomAt: (x, factor) =>
        this.move(() => navigation.zoom(picture.timeAt(x), factor)),
      panPixels: pixels =>
        this.move(() => navigation.pan(picture.spanOf(pixels))),
      panShare: share => this.move(() => navigation.panShare(share)),
      zoomMiddle: factor => this.move(() => navigation.zoomMiddle(factor)),
      fit: () => this.fit(),
      hoverAt: (x, y) => pointer.hoverAt(x, y),
      leave: () => pointer.leave(),
      chooseAt: (x, y) => pointer.chooseAt(x, y),
      mark: (x0, x1) => {
        const [from, to] = [picture.timeAt(x0), picture.timeAt(x1)];
        this.marked = { from: Math.min(from, to), to: Math.max(from, to) };
        this.tooltip.hide();
        frames.draw(this.drawTop);
      },
      endMark: show => {
        const { marked } = this;
        this.marked = null;
        this.move(() => {
          if (show && marked && marked.to > marked.from) {
            navigation.show(marked);
          }
        });
      },
      step: by => pointer.step(by),
      stepLane: by => pointer.stepLane(by),
      chooseCurrent: () => pointer.chooseCurrent(),
      clear: () => pointer.clear(),
      get isFit() {
        return navigation.isFit;
      }
    };
  }

  private renderShell(): void {
    const { shell, trans } = this;
    const actions: IShellActions = {
      zoomIn: () => this.move(() => this.navigation.zoomMiddle(2)),
      zoomOut: () => this.move(() => this.navigation.zoomMiddle(0.5)),
      fit: () => this.fit(),
      toggleLegend: () => {
        shell.isLegendOpen.value = !shell.isLegendOpen.value;
        frames.draw(this.draw);
      },
      explain: (term, anchor) => explainTerm(this.tooltip, term, anchor),
      hideExplanation: () => this.tooltip.hide()
    };
    render(
      <>
        <Head state={shell} actions={actions} trans={trans} />
        <Legend state={shell} actions={actions} trans={trans} />
        <Empty state={shell} trans={trans} />
      </>,
      this.above
    );
    render(<Unseen state={shell} trans={trans} />, this.below);
  }
}
