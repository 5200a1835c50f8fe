import type { IViewActions } from '../views/open-view';
import type { INotebookWatch } from './sparkglass';

/**
 * What views beside a notebook can do to it.
 *
 * @param watch - the notebook as it is when something is done; null while it is not open.
 * @param cellId - new cells come below this one; null = below the active one.
 */
export function viewActions(
  watch: () => INotebookWatch | null,
  cellId: string | null
): Omit<IViewActions, 'showTab'> {
  return {
    insertCell: code => {
      const notebook = watch();
      const below = cellId ?? notebook?.panel.content.activeCell?.model.id;
      if (notebook && below !== undefined) {
        notebook.strips.insertCell(below, code);
      }
    },
    applications: () => watch()?.link.session.applications.values() ?? [],
    goToRun: runId => watch()?.strips.goToRun(runId),
    cellName: runId => watch()?.strips.cellName(runId) ?? null,
    savedRuns: () =>
      (cellId === null ? null : watch()?.strips.saved.held(cellId)) ?? [],
    cancelStage: ({ ordinal }, stage) => {
      // Whether it worked is seen in the list; a refusal is Spark's word in the cell.
      watch()
        ?.link.cancel({ application: ordinal, stage })
        .catch(() => undefined);
    },
    stopQuery: ({ ordinal }, query) => {
      watch()
        ?.link.cancel({ application: ordinal, query: query.runId })
        .catch(() => undefined);
    }
  };
}
