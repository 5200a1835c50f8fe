import type { ComponentChild, JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { IStageRow } from '../../analysis/stage-table';
import { jobTitle } from '../../analysis/stage-title';
import type { ITranslation } from '../../draw/words';
import type { StageStatus } from '../../model';
import {
  hover,
  hovered,
  select,
  selected,
  type ISelection
} from '../selection';
import { titleWords } from '../title-words';
import { chipAt, chipPath, layOutChips, type IChip } from './chips-layout';
import { stageSentence, statusWords } from './stage-words';

const STATES: readonly StageStatus[] = [
  'active',
  'complete',
  'failed',
  'pending',
  'skipped'
];

/** Room for the ring around a square, px. */
const EDGE = 3;

/** A square a stage, for more stages than a graph can show. */
export function Chips(props: {
  rows: readonly IStageRow[];
  font: number;
  width: number;
  trans: ITranslation;
  onExplain: (text: string | null, event: MouseEvent | null) => void;
}): ComponentChild {
  const { rows, width, font, trans, onExplain } = props;
  const size = Math.round(font * 0.9);
  const states = rows.map(row => row.status).join();
  const chips = useMemo(
    () => layOutChips(rows, width - 2 * EDGE, size),
    [states, width, size]
  );
  const counts = STATES.map(
    status => rows.filter(row => row.status === status).length
  );
  const find = (event: JSX.TargetedMouseEvent<SVGSVGElement>): IChip | null => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left - EDGE;
    return chipAt(chips, x, event.clientY - box.top - EDGE);
  };
  const isMarked = (row: IStageRow, mark: ISelection | null): boolean =>
    mark?.application === row.application.ordinal &&
    mark.stageKey === row.stage.key;
  const ring = (mark: ISelection | null, name: string): ComponentChild => {
    const chip = mark && chips.chips.find(({ row }) => isMarked(row, mark));
    return chip ? (
      <rect
        class={name}
        x={chip.x - 1.5}
        y={chip.y - 1.5}
        width={size + 3}
        height={size + 3}
      />
    ) : null;
  };
  return (
    <div class="jp-Sparkglass-chips">
      <svg
        role="img"
        aria-label={STATES.map((status, i) =>
          counts[i]! > 0 ? `${statusWords(status, trans)}: ${counts[i]}` : ''
        )
          .filter(text => text !== '')
          .join(', ')}
        width={width}
        height={chips.height + 2 * EDGE}
        viewBox={`${-EDGE} ${-EDGE} ${width} ${chips.height + 2 * EDGE}`}
        onMouseMove={event => {
          const chip = find(event);
          hover(chip && keyOf(chip.row));
          onExplain(
            chip &&
              `${jobWords(chip.row, trans)}${stageSentence(chip.row, trans)}`,
            event
          );
        }}
        onMouseLeave={() => {
          hover(null);
          onExplain(null, null);
        }}
        onClick={event => {
          const chip = find(event);
          select(chip && keyOf(chip.row));
        }}
      >
        {STATES.map((status, i) =>
          counts[i]! > 0 ? (
            <path
              key={status}
              class={`jp-mod-${status}`}
              d={chipPath(chips, status)}
            />
          ) : null
        )}
        {ring(hovered.value, 'jp-mod-hovered')}
        {ring(selected.value, 'jp-mod-selected')}
      </svg>
    </div>
  );
}

function keyOf(row: IStageRow): ISelection {
  return { application: row.application.ordinal, stageKey: row.stage.key };
}

function jobWords(
  { application, job }: IStageRow,
  trans: ITranslation
): string {
  return job
    ? `${trans.__(
        'Job %1, %2',
        job.id,
        titleWords(jobTitle(application, job), trans)
      )}. `
    : '';
}
