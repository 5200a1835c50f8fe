import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Session } from '../model';

/** How a cell is called in the notebook: its prompt, `[3]`; null when it is gone. */
export function promptOf(panel: NotebookPanel, cellId: string): string | null {
  const cell = panel.content.widgets.find(w => w.model.id === cellId);
  if (!cell) {
    return null;
  }
  const count = (cell as CodeCell).model.executionCount;
  return `[${count ?? '*'}]`;
}

/** Bring a cell into sight and make it the active one. */
export async function goToCell(
  panel: NotebookPanel,
  cellId: string
): Promise<void> {
  const { content } = panel;
  const index = content.widgets.findIndex(w => w.model.id === cellId);
  const cell = content.widgets[index];
  if (cell) {
    content.deselectAll();
    content.activeCellIndex = index;
    await content.scrollToCell(cell, 'center');
  }
}

/** Put code into a new cell below a cell, not run, and go there. */
export async function insertBelow(
  panel: NotebookPanel,
  cellId: string,
  code: string
): Promise<void> {
  const { content, model } = panel;
  const index = content.widgets.findIndex(w => w.model.id === cellId);
  if (!model || index < 0) {
    return;
  }
  const cell = model.sharedModel.insertCell(index + 1, {
    cell_type: 'code',
    source: code
  });
  await goToCell(panel, cell.getId());
}

/** How the cell of a run is called; null when it is gone. */
export function promptOfRun(
  panel: NotebookPanel,
  { runs }: Pick<Session, 'runs'>,
  runId: string
): string | null {
  const run = runs.get(runId);
  return run ? promptOf(panel, run.cellId) : null;
}

/** Go to the cell of a run, if it is still there. */
export async function goToRun(
  panel: NotebookPanel,
  { runs }: Pick<Session, 'runs'>,
  runId: string
): Promise<void> {
  const run = runs.get(runId);
  if (run) {
    await goToCell(panel, run.cellId);
  }
}
