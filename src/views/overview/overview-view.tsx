import { effect } from '@preact/signals';
import { render } from 'preact';
import { readTheme, type ITheme } from '../../draw/theme';
import type { ITranslation } from '../../draw/words';
import type { Application, CellRun } from '../../model';
import { ApplicationCard, CachedData, ExecutorsList, JobsList } from '../panel';
import { Redraw } from '../redraw';
import { hover, hovered, select, selected } from '../selection';
import { OverviewPicture } from './picture';
import { overviewVerdict } from './verdict-words';

/** What an overview is made with. */
export interface IOverviewOptions {
  readonly application: Application;
  /** Runs of cells by id, for a log that knows them. */
  readonly runs: ReadonlyMap<string, CellRun>;
  readonly trans: ITranslation;
}

/**
 * A whole application at one look: verdict, jobs and executors over time, and the cards of the panel.
 *
 * Put `node` into the page; call {@link update} after each change of the model and {@link setTheme} after one of the theme.
 */
export class OverviewView {
  readonly node = document.createElement('div');

  private readonly head = document.createElement('h2');
  private readonly plot = document.createElement('div');
  private readonly cards = document.createElement('div');
  private readonly picture: OverviewPicture;
  private readonly redraw: Redraw;
  private readonly sizes: ResizeObserver;
  private readonly forget: () => void;
  private theme: ITheme | null = null;
  private width = 0;

  constructor(private readonly options: IOverviewOptions) {
    this.picture = new OverviewPicture(options.trans);
    this.node.className = 'jp-Sparkglass-overview';
    this.head.className = 'jp-Sparkglass-verdict';
    this.plot.className = 'jp-Sparkglass-overview-plot';
    this.cards.className = 'jp-Sparkglass-overview-cards';
    this.plot.appendChild(this.picture.canvas);
    this.node.append(this.head, this.plot, this.cards);
    this.redraw = new Redraw(this.node, () => this.draw());
    this.sizes = new ResizeObserver(entries => {
      this.width = Math.floor(entries[0]?.contentRect.width ?? 0);
      this.redraw.ask();
    });
    this.sizes.observe(this.plot);
    this.picture.canvas.addEventListener('pointermove', event => {
      const job = this.picture.jobAt(event.offsetX, event.offsetY);
      hover(job && { application: options.application.ordinal, jobId: job.id });
    });
    this.picture.canvas.addEventListener('pointerleave', () => hover(null));
    this.picture.canvas.addEventListener('click', event => {
      const job = this.picture.jobAt(event.offsetX, event.offsetY);
      select(
        job && { application: options.application.ordinal, jobId: job.id }
      );
    });
    this.forget = effect(() => {
      void [hovered.value, selected.value];
      this.redraw.ask();
    });
  }

  /** The model changed. */
  update(): void {
    this.redraw.heard();
  }

  setTheme(): void {
    this.theme = null;
    this.redraw.ask();
  }

  dispose(): void {
    this.forget();
    this.sizes.disconnect();
    this.redraw.dispose();
    render(null, this.cards);
    this.node.remove();
  }

  private draw(): void {
    const { application, runs, trans } = this.options;
    const { now } = application;
    this.theme ??= readTheme(this.node);
    const verdict = overviewVerdict(application, now, trans);
    this.head.textContent = verdict;
    this.picture.canvas.setAttribute('aria-label', verdict);
    if (this.width > 0) {
      const pointed = hovered.peek() ?? selected.peek();
      const job =
        pointed?.application === application.ordinal
          ? (application.jobs.get(pointed.jobId ?? -1) ?? null)
          : null;
      this.picture.draw(application, now, this.width, job, this.theme);
    }
    render(
      <>
        <div>
          <ApplicationCard application={application} now={now} trans={trans} />
          <ExecutorsList application={application} trans={trans} />
          <CachedData application={application} trans={trans} />
        </div>
        <div>
          <JobsList
            application={application}
            runs={runs}
            now={now}
            trans={trans}
          />
        </div>
      </>,
      this.cards
    );
  }
}
