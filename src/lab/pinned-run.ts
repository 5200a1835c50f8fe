import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { signal } from '@preact/signals';
import { h, render } from 'preact';
import { summarise } from '../analysis/run-summary';
import { readTheme } from '../draw/theme';
import type { ITranslation } from '../draw/words';
import type { CellRun } from '../model';
import { Strip } from '../views/strip/strip';
import type { IStripActions, IStripModel } from '../views/strip/model';
import '../../style/index.css';
import {
  readRun,
  SavedVersionError,
  upgraded,
  type ISavedRun
} from './saved-runs';
import { heightOf, newStripState } from './strip-state';

/** Show a pinned run in an output area; the data may come from anybody. */
export async function showPinned(
  node: HTMLElement,
  data: unknown,
  trans: ITranslation,
  id: string
): Promise<() => void> {
  const run = await readRun(data);
  const saved = upgraded(data);
  const state = newStripState();
  if (run.curves.length > 0) {
    state.tab = 'curve';
  }
  const model = signal(modelOf(run, saved, state, node));
  const set = (change: Partial<typeof state>): void => {
    Object.assign(state, change);
    model.value = modelOf(run, saved, state, node);
  };
  const actions: IStripActions = {
    toggle: () => set({ open: !state.open }),
    selectTab: tab => set({ tab }),
    selectRun: () => undefined,
    showAdvice: () => set({ open: true, tab: 'advice' }),
    resize: heightPx => set({ heightPx }),
    cancelRun: () => undefined,
    cancelStage: () => undefined,
    stopQuery: () => undefined,
    pin: null,
    openDetails: null,
    insertCell: null,
    applications: null,
    goToRun: null,
    cellName: null,
    savedRuns: null,
    dismissMessage: () => undefined
  };
  render(h(Strip, { model, actions, trans, id }), node);
  return () => render(null, node);
}

function modelOf(
  run: CellRun,
  saved: ISavedRun,
  state: ReturnType<typeof newStripState>,
  node: HTMLElement
): IStripModel {
  const summary = summarise(run);
  return {
    run,
    summary: { ...summary, ...saved.summary, segments: summary.segments },
    hints: '',
    runs: [],
    recorded: true,
    recordedTasks: saved.tasksKept < saved.tasksTotal ? saved.tasksKept : null,
    open: state.open,
    tab: state.tab,
    heightPx: heightOf(state),
    message: null,
    cancelling: false,
    theme: readTheme(node),
    revision: 0
  };
}

/** The renderer of our MIME type. */
export class PinnedRun extends Widget implements IRenderMime.IRenderer {
  constructor(
    private readonly mime: string,
    private readonly trans: ITranslation
  ) {
    super();
    this.addClass('jp-Sparkglass-strip');
    this.addClass('jp-mod-pinned');
    this.node.dataset.lmSuppressShortcuts = 'true';
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    this.clear();
    try {
      this.clear = await showPinned(
        this.node,
        model.data[this.mime],
        this.trans,
        `sparkglass-pinned-${++count}`
      );
    } catch (error) {
      this.node.textContent = unreadableWords(error, this.trans);
    }
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.clear();
      super.dispose();
    }
  }

  private clear: () => void = () => undefined;
}

/** Why nothing is shown, and what to do. */
function unreadableWords(error: unknown, trans: ITranslation): string {
  return error instanceof SavedVersionError
    ? trans.__(
        'Another version of Sparkglass saved this (%1), and this page cannot read it. Run the cell and pin it again.',
        error.version
      )
    : trans.__(
        'What Sparkglass saved here is damaged. Run the cell and pin it again.'
      );
}

let count = 0;
