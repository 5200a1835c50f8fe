import type { ComponentChild } from 'preact';
import type { ITranslation } from '../../draw/words';
import type { CellRun } from '../../model';

/** A button that leads to the cell of a run. */
export function CellLink(props: {
  run: CellRun;
  /** What it does, for its tooltip. */
  caption: string;
  trans: ITranslation;
  /** How the cell is called, such as `[3]`; null when it is gone. */
  cellName?: (run: CellRun) => string | null;
  onGoToCell: (cellId: string) => void;
}): ComponentChild {
  const { run, caption, trans, cellName, onGoToCell } = props;
  const name = cellName?.(run) ?? null;
  return (
    <button
      type="button"
      class="jp-Sparkglass-textButton"
      title={caption}
      onClick={() => onGoToCell(run.cellId)}
    >
      {name === null ? trans.__('to its cell') : trans.__('cell %1', name)}
    </button>
  );
}
