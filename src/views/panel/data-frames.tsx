import type { ComponentChild } from 'preact';
import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Application, CellRun, IDataFrame, Session } from '../../model';
import { CellLink } from './cell-link';
import { operationWords } from './operation-words';
import { panelTerm } from './panel-terms';
import { levelWords } from './storage-words';
import { Heading, Term } from './term';

/** What the list of DataFrames is drawn with. */
export interface IDataFramesProps {
  readonly session: Session;
  /** Only its DataFrames are shown: those of another can no longer be used. */
  readonly application: Application;
  readonly trans: ITranslation;
  /** How the cell of a run is called, such as `[3]`; null when it is gone. */
  readonly cellName: (run: CellRun) => string | null;
  /** Scroll to a cell. */
  readonly onGoToCell: (cellId: string) => void;
  /** Write a cell that shows the rows of a stream. */
  readonly onPreview: (name: string) => void;
}

/** More than this is not shown one by one. */
const MOST = 50;
/** So many operations are shown, the newest; the tooltip has all. */
const STEPS = 4;

/** The variables that hold DataFrames: what they are, what is kept of them, which cells have to do with them. */
export function DataFramesList(props: IDataFramesProps): ComponentChild {
  const { session, application, trans } = props;
  const frames = [...session.dataFrames.values()].filter(
    frame => frame.application === application.ordinal
  );
  return (
    <section aria-label={trans.__('DataFrames')}>
      <Heading
        text={trans.__('DataFrames')}
        more={frames.length > 0 ? formatCount(frames.length) : ''}
      />
      {frames.length > 0 ? (
        <ul class="jp-Sparkglass-cached">
          {frames.slice(0, MOST).map(frame => (
            <DataFrameItem key={frame.name} {...props} frame={frame} />
          ))}
        </ul>
      ) : (
        <p class="jp-Sparkglass-empty">
          {trans.__(
            'No variable holds a DataFrame yet. One appears here when a cell makes it, such as df = spark.range(10).'
          )}
        </p>
      )}
      {frames.length > MOST && (
        <p class="jp-Sparkglass-soft">
          {trans._n('and %1 more', 'and %1 more', frames.length - MOST)}
        </p>
      )}
    </section>
  );
}

function DataFrameItem(
  props: IDataFramesProps & { frame: IDataFrame }
): ComponentChild {
  const { frame, application, trans, onPreview } = props;
  const steps = operationWords(frame.operations);
  const shown =
    steps.length > STEPS ? ['…', ...steps.slice(-STEPS)] : [...steps];
  return (
    <li>
      <b title={columnWords(frame, trans)}>{frame.name}</b>
      <span title={steps.join(' → ')}>{shown.join(' → ')}</span>
      {frame.streaming && <span>{trans.__('a stream')}</span>}
      <Partitions frame={frame} trans={trans} />
      {frame.storageLevel !== null && (
        <span>
          <Term term={panelTerm('cachedFrame', trans)} />{' '}
          {cachedWords(frame, application, trans)}
        </span>
      )}
      <Cells
        {...props}
        runs={frame.makers}
        words={trans.__('made in')}
        caption={trans.__('Scroll to the cell that made this DataFrame')}
      />
      <Cells
        {...props}
        runs={frame.users.filter(id => !frame.makers.includes(id))}
        words={trans.__('used in')}
        caption={trans.__('Scroll to a cell that uses this DataFrame')}
      />
      {frame.streaming && (
        <button
          type="button"
          class="jp-Sparkglass-textButton"
          title={trans.__('Insert a cell that shows its newest rows')}
          onClick={() => onPreview(frame.name)}
        >
          {trans.__('Preview')}
        </button>
      )}
    </li>
  );
}

function Partitions(props: {
  frame: IDataFrame;
  trans: ITranslation;
}): ComponentChild {
  const { frame, trans } = props;
  const { partitions, isPlanned } = frame;
  if (partitions === null) {
    return null;
  }
  const term = isPlanned ? 'plannedPartitions' : 'framePartitions';
  return (
    <span>
      {formatCount(partitions)}{' '}
      <Term
        term={{
          ...panelTerm(term, trans),
          name: isPlanned
            ? trans._n('partition planned', 'partitions planned', partitions)
            : trans._n('partition', 'partitions', partitions)
        }}
      />
    </span>
  );
}

/** Where it is cached, and how much of it. */
function cachedWords(
  frame: IDataFrame,
  application: Application,
  trans: ITranslation
): string {
  const level = levelWords(frame.storageLevel!, trans);
  const rdd = application.rdds.get(frame.rddId ?? -1);
  if (!rdd || rdd.numCachedPartitions === 0) {
    return trans.__('%1; filled by the next action that needs it', level);
  }
  return trans.__(
    '%1; %2 of %3 partitions are there',
    level,
    formatCount(rdd.numCachedPartitions),
    formatCount(rdd.numPartitions)
  );
}

function columnWords(frame: IDataFrame, trans: ITranslation): string {
  const { columns, columnCount } = frame;
  if (columns.length === 0) {
    return frame.name;
  }
  const rest = (columnCount ?? columns.length) - columns.length;
  const names = columns.join(', ') + (rest > 0 ? ', …' : '');
  return trans._n(
    '%2 column: %3',
    '%2 columns: %3',
    columnCount ?? columns.length,
    formatCount(columnCount ?? columns.length),
    names
  );
}

function Cells(
  props: IDataFramesProps & {
    runs: readonly string[];
    words: string;
    caption: string;
  }
): ComponentChild {
  const { session, trans, words, caption, cellName, onGoToCell } = props;
  const runs = props.runs
    .map(id => session.runs.get(id))
    .filter(run => run !== undefined)
    .filter(run => cellName(run) !== null);
  return runs.length === 0 ? null : (
    <span>
      {words}{' '}
      {runs.map(run => (
        <CellLink
          key={run.id}
          run={run}
          caption={caption}
          trans={trans}
          cellName={cellName}
          onGoToCell={onGoToCell}
        />
      ))}
    </span>
  );
}
