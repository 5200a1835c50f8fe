import type { ComponentChild } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { IScope } from '../../analysis/scope';
import { stageGraph } from '../../analysis/stage-graph';
import {
  sortStageRows,
  stageRows,
  type IStageRow,
  type StageSortKey
} from '../../analysis/stage-table';
import { judgeStages, type StagesVerdict } from '../../analysis/stages-verdict';
import { stageName } from '../../analysis/task-columns';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';
import { FailureNote } from '../failure-note';
import { Grid, type IGridColumn } from '../grid/grid';
import { hover, hovered, select, selected } from '../selection';
import { Chips } from './chips';
import { Graph } from './graph';
import { stageColumns } from './stage-columns';
import { statusClass } from './stage-words';
import { verdictWords } from './verdict-words';

/** More stages than this are squares, not a graph. */
const MOST_NODES = 30;

/** What the stages view is drawn with. */
export interface IStagesProps {
  readonly scope: IScope;
  /**
   * Another number each time: the model goes on changing in the same objects,
   * and a component that reads signals is not drawn again for the same props.
   */
  readonly revision: number;
  readonly trans: ITranslation;
  /** ms that the driver's clock has gone on since the model's last batch. */
  readonly sinceMs: number;
  /** Of the room there is, and of the font, px. */
  readonly width: number;
  readonly font: number;
  readonly onCancelStage?: (application: Application, stageId: number) => void;
  readonly onExplainColumn: (
    column: IGridColumn | null,
    head: HTMLElement | null
  ) => void;
  readonly onExplainChip: (
    text: string | null,
    event: MouseEvent | null
  ) => void;
}

/** Verdict, graph and table of the stages in scope. */
export function Stages(props: IStagesProps): ComponentChild {
  const { scope, trans, onCancelStage } = props;
  const [sort, setSort] = useState<{
    key: StageSortKey;
    isDescending: boolean;
  }>({ key: 'stage', isDescending: false });
  const [open, setOpen] = useState<string | null>(null);
  const rows = stageRows(scope, props.sinceMs);
  const verdict = judgeStages(scope, rows);
  if (verdict.kind === 'nothing') {
    return <Nothing scope={scope} trans={trans} />;
  }
  const sorted = sortStageRows(rows, sort.key, sort.isDescending);
  const failed = rows.find(row => idOf(row) === open);
  const toggle = (row: IStageRow): void =>
    setOpen(open === idOf(row) ? null : idOf(row));
  const columns = stageColumns({
    rows: sorted,
    trans,
    openFailure: open,
    onFailure: toggle,
    onCancel: onCancelStage
      ? row => onCancelStage(row.application, row.stage.id)
      : null
  });
  const mark = selected.value;
  const over = hovered.value;
  const is = (row: IStageRow | undefined, other: typeof mark): boolean =>
    row !== undefined &&
    other?.application === row.application.ordinal &&
    other.stageKey === row.stage.key;
  const ids = new Map(rows.map((row, i) => [row, i]));
  const place = (id: number): number =>
    sorted.findIndex(row => ids.get(row) === id);
  const choice = mark && sorted.findIndex(row => is(row, mark));
  return (
    <>
      <Verdict verdict={verdict} trans={trans} onWhy={toggle} open={open} />
      <Picture {...props} rows={rows} />
      <Grid
        label={trans.__('Stages')}
        columns={columns}
        count={sorted.length}
        sortKey={sort.key}
        isDescending={sort.isDescending}
        order={`${sort.key} ${sort.isDescending}`}
        idAt={position => ids.get(sorted[position]!) ?? -1}
        positionOf={place}
        rowClass={position =>
          (is(sorted[position], over) ? 'jp-mod-hovered ' : '') +
          (sorted[position] ? statusClass(sorted[position]) : '')
        }
        isSelected={position => is(sorted[position], mark)}
        reveal={
          mark && choice !== null && choice >= 0
            ? {
                position: choice,
                token: `${mark.application}:${mark.stageKey}`
              }
            : null
        }
        onSort={key =>
          setSort({
            key: key as StageSortKey,
            isDescending: sort.key === key ? !sort.isDescending : isFigure(key)
          })
        }
        onSelect={position => choose(sorted[position], mark)}
        onHover={position => hover(keyOf(sorted[position]))}
        onExplain={props.onExplainColumn}
      />
      {failed?.failure && (
        <FailureNote
          title={trans.__('Stage %1', stageName(failed.stage))}
          text={failed.failure}
          trans={trans}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}

/** Figures are most interesting at their largest. */
function isFigure(key: string): boolean {
  return !['stage', 'title', 'state', 'failure'].includes(key);
}

function idOf(row: IStageRow): string {
  return `${row.application.ordinal}:${row.stage.key}`;
}

function keyOf(
  row: IStageRow | undefined
): { application: number; stageKey: string } | null {
  return row
    ? { application: row.application.ordinal, stageKey: row.stage.key }
    : null;
}

function choose(row: IStageRow | undefined, mark: typeof selected.value): void {
  const key = keyOf(row);
  const isChosen =
    key !== null &&
    mark?.application === key.application &&
    mark.stageKey === key.stageKey &&
    mark.taskRow === undefined;
  select(isChosen ? null : key);
}

function Picture(
  props: IStagesProps & { rows: readonly IStageRow[] }
): ComponentChild {
  const { rows, scope, font, width, trans } = props;
  // Drawing costs nothing yet; finding origins in thousands of stages would.
  const graph = rows.length <= 4 * MOST_NODES ? stageGraph(scope, rows) : null;
  if (width <= 0) {
    return null;
  }
  return graph && graph.nodeCount <= MOST_NODES ? (
    <Graph graph={graph} font={font} width={width} trans={trans} />
  ) : (
    <Chips
      rows={rows}
      font={font}
      width={width}
      trans={trans}
      onExplain={props.onExplainChip}
    />
  );
}

function Verdict(props: {
  verdict: StagesVerdict;
  trans: ITranslation;
  open: string | null;
  onWhy: (row: IStageRow) => void;
}): ComponentChild {
  const { verdict, trans, open, onWhy } = props;
  const words = useMemo(
    () => verdictWords(verdict, trans),
    [JSON.stringify(figures(verdict)), trans]
  );
  const row =
    verdict.kind === 'failed' || verdict.kind === 'repeated'
      ? verdict.row
      : null;
  return (
    <div class="jp-Sparkglass-verdict" title={words}>
      <span>{words}</span>
      {row?.failure && (
        <button
          type="button"
          class="jp-Sparkglass-textButton"
          aria-expanded={open === idOf(row)}
          onClick={() => onWhy(row)}
        >
          {trans.__('Why?')}
        </button>
      )}
    </div>
  );
}

/** A verdict without the model behind it. */
function figures(verdict: StagesVerdict): unknown {
  return 'row' in verdict
    ? {
        ...verdict,
        row: [idOf(verdict.row), verdict.row.tasksDone, verdict.row.tasks]
      }
    : verdict;
}

function Nothing(props: {
  scope: IScope;
  trans: ITranslation;
}): ComponentChild {
  const { scope, trans } = props;
  const made = (scope.run?.dataFrames.length ?? 0) > 0;
  return (
    <p class="jp-Sparkglass-empty">
      {made
        ? trans.__(
            'This cell only described a plan; nothing ran yet. Spark works when an action such as count() asks.'
          )
        : scope.kind === 'application'
          ? trans.__(
              'Spark has run no job yet. Run a cell with an action, such as count() or show(), and its stages will appear here.'
            )
          : trans.__(
              'No stage is known yet. They appear here as soon as Spark has planned the job.'
            )}
    </p>
  );
}
