import type { ComponentChild } from 'preact';
import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { CellRun, Curve } from '../../model';
import { curveFacts } from '../strip/curves-sentence';
import { CellLink } from './cell-link';
import { AndMore, Heading } from './term';

/** What the list of training curves is drawn with. */
export interface ICurvesListProps {
  /** Oldest first. */
  readonly curves: readonly Curve[];
  /** Runs by id, to find the cell that opened a curve. */
  readonly runs: ReadonlyMap<string, CellRun>;
  readonly trans: ITranslation;
  /** How the cell of a run is called, such as `[3]`; null when it is gone. */
  readonly cellName: (run: CellRun) => string | null;
  /** Scroll to a cell. */
  readonly onGoToCell: (cellId: string) => void;
  /** Show what a cell opened in a tab of its own. */
  readonly onOpen: (cellId: string) => void;
}

/** So many curves are shown, the newest. */
const MOST = 12;

/** The training curves of a kernel, one a row, the newest first; nothing where there is none. */
export function CurvesList(props: ICurvesListProps): ComponentChild {
  const { curves, trans } = props;
  if (curves.length === 0) {
    return null;
  }
  return (
    <section aria-label={trans.__('Training curves')}>
      <Heading
        text={trans.__('Training curves')}
        more={formatCount(curves.length)}
      />
      <ul class="jp-Sparkglass-queries">
        {curves
          .slice(-MOST)
          .reverse()
          .map(curve => (
            <CurveItem key={curve.id} {...props} curve={curve} />
          ))}
      </ul>
      <AndMore count={curves.length - MOST} trans={trans} />
    </section>
  );
}

function CurveItem(props: ICurvesListProps & { curve: Curve }): ComponentChild {
  const { curve, runs, trans, onOpen } = props;
  const run = curve.cellRunId === null ? undefined : runs.get(curve.cellRunId);
  const sentence = curveFacts(curve, trans);
  return (
    <li>
      <b>{curve.label}</b>
      <span class="jp-Sparkglass-streamState">
        {curve.endTime === null
          ? trans.__('open')
          : curve.endReason === 'error'
            ? trans.__('ended with an error')
            : trans.__('finished')}
      </span>
      <span>
        {run && (
          <>
            <CellLink
              run={run}
              trans={trans}
              caption={trans.__('Scroll to the cell that opened this curve')}
              cellName={props.cellName}
              onGoToCell={props.onGoToCell}
            />{' '}
            <button
              type="button"
              class="jp-Sparkglass-textButton"
              aria-label={trans.__('Open the curve %1 in a tab', curve.label)}
              onClick={() => onOpen(run.cellId)}
            >
              {trans.__('Open in a tab')}
            </button>
          </>
        )}
      </span>
      <span class="jp-Sparkglass-query-verdict" title={sentence}>
        {sentence}
      </span>
    </li>
  );
}
