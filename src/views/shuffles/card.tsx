import type { ComponentChild } from 'preact';
import { limitsOf, runOfSlot, sizeOf } from '../../analysis/shuffle-sizes';
import { formatBytes } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { ICell } from './picture';
import type { IShownShuffle } from './shuffles-data';
import { runWords, sizeWords } from './words';

/** A cell of the matrix in one sentence. */
export function cellSentence(
  shown: IShownShuffle,
  cell: ICell,
  trans: ITranslation
): string {
  const { shuffle, cells } = shown;
  const size = sizeOf(cells.values[cell.row * cells.columns + cell.column]!);
  return trans.__(
    'map %1 → reducer %2: %3',
    runWords(runOfSlot(cell.row, cells.rows, shuffle.maps)),
    runWords(runOfSlot(cell.column, cells.columns, shuffle.reducers)),
    sizeWords(size, limitsOf(shuffle), trans)
  );
}

/** Everything about one cell of the matrix. */
export function CellCard(props: {
  shown: IShownShuffle;
  cell: ICell;
  trans: ITranslation;
}): ComponentChild {
  const { shown, cell, trans } = props;
  const { shuffle, cells } = shown;
  const maps = runOfSlot(cell.row, cells.rows, shuffle.maps);
  const reducers = runOfSlot(cell.column, cells.columns, shuffle.reducers);
  const total = (
    values: readonly number[],
    run: { from: number; to: number },
    count: number
  ): string => {
    const first = Math.floor((run.from * values.length) / count);
    const last = Math.floor((run.to * values.length) / count);
    const own = values.slice(first, last + 1);
    return formatBytes(own.reduce((sum, bytes) => sum + bytes, 0));
  };
  return (
    <>
      <p class="jp-Sparkglass-card-total">{cellSentence(shown, cell, trans)}</p>
      <dl>
        <dt>{trans.__('All from map %1', runWords(maps))}</dt>
        <dd>{total(shuffle.mapSizesBytes, maps, shuffle.maps)}</dd>
        <dt>{trans.__('All to reducer %1', runWords(reducers))}</dt>
        <dd>{total(shuffle.reduceSizesBytes, reducers, shuffle.reducers)}</dd>
      </dl>
    </>
  );
}
