import type { CurveAxis } from '../../analysis/curve-axes';
import type { ComponentChild } from 'preact';
import type { ITranslation } from '../../draw/words';
import { PointCard, type IHappened, type IValueAt } from './point-card';

interface IProps {
  readonly axis: CurveAxis;
  readonly place: number;
  readonly values: readonly IValueAt[];
  readonly happened: readonly IHappened[];
  readonly trans: ITranslation;
  /** Go to the micro-batch that made a point; null where its query is not here. */
  readonly onBatch: ((value: IValueAt) => void) | null;
  /** How the cell of a run is called; null where there is no notebook. */
  readonly cellName: ((runId: string) => string | null) | null;
  /** Go to a job that made a point; null where none is shown here. */
  readonly onJob: ((value: IValueAt) => void) | null;
  /** Go to the cell whose run made a point; null where there is no notebook. */
  readonly onCell: ((value: IValueAt) => void) | null;
  readonly onClose: () => void;
}

/** The point that was chosen, and the ways from it. */
export function Chosen(props: IProps): ComponentChild {
  const { values, trans, onBatch, onJob, onCell, onClose } = props;
  const batch = values.find(({ batchId }) => batchId !== null);
  const job = values.find(({ jobs }) => jobs.length > 0);
  const cell = values.find(({ cellRunId }) => cellRunId !== null);
  return (
    <div class="jp-Sparkglass-curveChosen">
      <PointCard {...props} />
      {batch && onBatch && (
        <button
          type="button"
          class="jp-Sparkglass-button"
          onClick={() => onBatch(batch)}
        >
          {trans.__('Show its batch')}
        </button>
      )}
      {job && onJob && (
        <button
          type="button"
          class="jp-Sparkglass-button"
          onClick={() => onJob(job)}
        >
          {trans.__('Show its job')}
        </button>
      )}
      {cell && onCell && (
        <button
          type="button"
          class="jp-Sparkglass-button"
          onClick={() => onCell(cell)}
        >
          {trans.__('Go to its cell')}
        </button>
      )}
      <button
        type="button"
        class="jp-Sparkglass-button jp-mod-quiet"
        onClick={onClose}
      >
        {trans.__('Close')}
      </button>
    </div>
  );
}
