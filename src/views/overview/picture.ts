import {
  executorSpans,
  jobBands,
  type IExecutorSpan,
  type IJobBand
} from '../../analysis/job-bands';
import { CanvasRenderer } from '../../draw/canvas-renderer';
import { pixelRatio } from '../../draw/pixel-ratio';
import type { IRenderer } from '../../draw/renderer';
import { setPainter } from '../../draw/repaint';
import type { ITheme } from '../../draw/theme';
import { timeTicks } from '../../draw/ticks';
import { TimeScale } from '../../draw/time-scale';
import type { ITranslation } from '../../draw/words';
import type { Application, Job } from '../../model';

const JOB_ROW_PX = 18;
const EXECUTOR_ROW_PX = 14;
const GAP_PX = 2;
const AXIS_PX = 20;
/** Rows of jobs; more at once share the last. */
const MOST_JOB_ROWS = 5;
/** Rows of executors; further ones are counted in a word. */
const MOST_EXECUTORS = 12;

/** Jobs and executors over time, on one canvas. */
export class OverviewPicture {
  readonly canvas = document.createElement('canvas');
  private readonly renderer = new CanvasRenderer(this.canvas);
  private bands: readonly IJobBand[] = [];
  private scale = new TimeScale({ from: 0, to: 1 }, 1);
  private left = 0;
  /** Draws what was drawn last. */
  private paint: ((renderer: IRenderer) => void) | null = null;

  constructor(private readonly trans: ITranslation) {
    this.canvas.setAttribute('role', 'img');
    setPainter(this.canvas, renderer => this.paint?.(renderer));
  }

  /**
   * Draw an application.
   *
   * @param width - in CSS pixels; the height follows from what there is to show.
   * @param chosen - a job to frame.
   */
  draw(
    application: Application,
    now: number,
    width: number,
    chosen: Job | null,
    theme: ITheme
  ): void {
    this.bands = jobBands(application, now, MOST_JOB_ROWS);
    const spans = executorSpans(application, now);
    const seen = spans.slice(0, MOST_EXECUTORS);
    const rows = this.bands.reduce((n, band) => Math.max(n, band.row + 1), 1);
    const jobsPx = rows * JOB_ROW_PX + 6;
    const axisTop = jobsPx + seen.length * EXECUTOR_ROW_PX;
    this.renderer.resize(width, axisTop + AXIS_PX, pixelRatio(window));
    const names = [
      this.trans.__('jobs'),
      ...seen.map(({ executor }) => executor.id)
    ];
    this.left =
      12 +
      Math.max(
        ...names.map(name => this.renderer.measure(name, theme.fontSmall))
      );
    const from =
      application.startTime ?? this.bands[0]?.from ?? spans[0]?.from ?? now;
    const to = Math.max(
      from + 1,
      application.endTime ?? now,
      ...this.bands.slice(-1).map(band => band.to)
    );
    this.scale = new TimeScale({ from, to }, Math.max(1, width - this.left));
    this.paint = renderer => {
      renderer.clear();
      this.drawAxis(renderer, axisTop, theme);
      this.label(renderer, names[0] ?? '', JOB_ROW_PX / 2, theme);
      for (const band of this.bands) {
        this.drawJob(renderer, band, chosen, theme);
      }
      seen.forEach((span, i) =>
        this.drawExecutor(renderer, span, jobsPx + i * EXECUTOR_ROW_PX, theme)
      );
      if (spans.length > seen.length) {
        renderer.text(
          this.trans._n(
            'and %1 more executor',
            'and %1 more executors',
            spans.length - seen.length
          ),
          this.left,
          axisTop - EXECUTOR_ROW_PX / 2,
          { font: theme.fontSmall, colour: theme.inkSoft.css }
        );
      }
    };
    this.paint(this.renderer);
  }

  /** The job at a point of the canvas, in CSS pixels. */
  jobAt(x: number, y: number): Job | null {
    const row = Math.floor(y / JOB_ROW_PX);
    const time = this.scale.time(x - this.left);
    const reach = 3 / this.scale.perMs;
    let best: IJobBand | null = null;
    for (const band of this.bands) {
      if (
        band.row === row &&
        time >= band.from - reach &&
        time <= band.to + reach
      ) {
        best = band;
      }
    }
    return best?.job ?? null;
  }

  private drawJob(
    renderer: IRenderer,
    { job, from, to, row }: IJobBand,
    chosen: Job | null,
    theme: ITheme
  ): void {
    const x = this.left + this.scale.x(from);
    const w = Math.max(1, this.scale.x(to) - this.scale.x(from) - 1);
    const y = row * JOB_ROW_PX;
    const colour = theme.states[job.status];
    renderer.fill(x, y, w, JOB_ROW_PX - GAP_PX, colour.css);
    const number = String(job.id);
    if (renderer.measure(number, theme.fontSmall) + 6 <= w) {
      renderer.text(number, x + 3, y + (JOB_ROW_PX - GAP_PX) / 2, {
        font: theme.fontSmall,
        colour: colour.ink
      });
    }
    if (job === chosen) {
      renderer.outline(x, y, w, JOB_ROW_PX - GAP_PX, theme.ink.css, 2);
    }
  }

  private drawExecutor(
    renderer: IRenderer,
    { executor, from, to }: IExecutorSpan,
    y: number,
    theme: ITheme
  ): void {
    const start = Math.max(0, this.scale.x(from));
    const w = Math.max(1, this.scale.x(to) - start);
    const middle = y + EXECUTOR_ROW_PX / 2;
    this.label(renderer, executor.id, middle, theme);
    renderer.fill(this.left + start, middle - 2, w, 4, theme.inkSoft.css);
    if (executor.removeTime !== null) {
      // A bar across: it left before the end.
      const x = this.left + start + w;
      renderer.fill(x - 1, middle - 5, 2, 10, theme.states.failed.css);
    }
  }

  private label(
    renderer: IRenderer,
    text: string,
    middle: number,
    theme: ITheme
  ): void {
    renderer.text(text, this.left - 6, middle, {
      font: theme.fontSmall,
      colour: theme.inkSoft.css,
      align: 'right'
    });
  }

  private drawAxis(renderer: IRenderer, top: number, theme: ITheme): void {
    const { left, scale } = this;
    const most = Math.max(2, Math.min(8, Math.floor(scale.width / 90)));
    renderer.fill(left, top, scale.width, 1, theme.border.css);
    for (const tick of timeTicks(scale.from, scale.to, scale.from, most)) {
      const x = left + scale.x(tick.time);
      const half = renderer.measure(tick.label, theme.fontSmall) / 2;
      renderer.fill(Math.round(x), 0, 1, top + 4, theme.grid);
      renderer.text(
        tick.label,
        Math.max(left + half, Math.min(left + scale.width - half, x)),
        top + 5 + theme.fontSmallPx / 2,
        { font: theme.fontSmall, colour: theme.inkSoft.css, align: 'center' }
      );
    }
  }
}
