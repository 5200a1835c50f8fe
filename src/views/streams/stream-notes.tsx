import { receiversOf } from '../../analysis/dstreams';
import { readFailure, type IFailurePlace } from '../../analysis/failure';
import { openBatch, restartOf } from '../../analysis/stream-runs';
import { formatBytes, formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { IRunQuery, IStateOperator } from '../../model';

interface IProps {
  readonly shown: IRunQuery;
  readonly trans: ITranslation;
}

/** What a person should know of a query beside its figures: that it was restarted, what its state holds. */
export function Notes(props: IProps) {
  const { query } = props.shown;
  return (
    <>
      {query.isDStreams ? <DStreams {...props} /> : <Restart {...props} />}
      {query.operators.length > 0 && (
        <Operators operators={query.operators} trans={props.trans} />
      )}
    </>
  );
}

/** What is told of DStreams, and what is not. */
function DStreams({ shown, trans }: IProps) {
  const { application, query } = shown;
  const receivers = receiversOf(application, query);
  return (
    <section class="jp-Sparkglass-streamNote">
      <h4>{trans.__('DStreams')}</h4>
      <p>
        {trans.__(
          'Of DStreams Spark tells no more than their jobs: a batch without a job is not seen here, nor how many rows a receiver took, nor that they were stopped. ssc.stop(stopSparkContext=False) stops them.'
        )}
        {receivers.length > 0 && ' '}
        {receivers.length > 0 &&
          trans._n(
            'Job %2 is their receiver: it runs as long as they do and keeps a core to itself.',
            'Jobs %2 are their receivers: they run as long as the streams do, and each keeps a core to itself.',
            receivers.length,
            receivers.map(({ id }) => formatCount(id)).join(', ')
          )}
      </p>
    </section>
  );
}

/** Why a query failed, and what a restart does again; nothing of one that did not. */
export function Failure({ shown, trans }: IProps) {
  const { query } = shown;
  if (query.status !== 'failed') {
    return null;
  }
  const failure = readFailure(query.exception ?? '');
  const batch = openBatch(query);
  return (
    <section class="jp-Sparkglass-streamNote jp-mod-failed">
      <h4>{trans.__('Why it failed')}</h4>
      <p>
        <b>{failure.headline}</b>
        {failure.place && <span> · {placeWords(failure.place, trans)}</span>}
        {query.errorClass && <span> · {query.errorClass}</span>}
      </p>
      {failure.place?.code && <pre>{failure.place.code}</pre>}
      <p>
        {batch === null
          ? trans.__('No batch had begun that it did not finish.')
          : trans.__(
              'Batch %1 had begun and was not finished. Started again with the same checkpointLocation, the query does that batch again, with the same rows; without one it begins anew.',
              formatCount(batch)
            )}
      </p>
      <details>
        <summary>{trans.__('All that Spark says')}</summary>
        <pre>{query.exception}</pre>
      </details>
    </section>
  );
}

function placeWords(place: IFailurePlace, trans: ITranslation): string {
  return place.isCell
    ? trans.__('line %1 of a cell', place.line)
    : trans.__('line %1 of %2', place.line, place.file);
}

function Restart({ shown, trans }: IProps) {
  const { application, query } = shown;
  const { before, number, firstBatch, isRepeated } = restartOf(
    application,
    query
  );
  if (before === null) {
    return null;
  }
  return (
    <section class="jp-Sparkglass-streamNote">
      <h4>{trans.__('Run %1 of this query', formatCount(number))}</h4>
      <p>
        {firstBatch < 0
          ? trans.__('It was started again from its checkpoint.')
          : isRepeated
            ? trans.__(
                'It was started again from its checkpoint, and did batch %1 again: the run before had begun it and not finished it. A sink that does not know batches by their number has those rows twice.',
                formatCount(firstBatch)
              )
            : trans.__(
                'It was started again from its checkpoint, and went on with batch %1: no row was read twice.',
                formatCount(firstBatch)
              )}
      </p>
    </section>
  );
}

function Operators(props: {
  operators: readonly IStateOperator[];
  trans: ITranslation;
}) {
  const { operators, trans } = props;
  return (
    <section class="jp-Sparkglass-streamNote">
      <h4
        title={trans.__(
          'What it keeps from batch to batch, by the operator of the plan that keeps it, after the newest batch'
        )}
      >
        {trans.__('State')}
      </h4>
      <table class="jp-Sparkglass-streamState-table">
        <thead>
          <tr>
            <th>{trans.__('operator')}</th>
            <th>{trans.__('rows kept')}</th>
            <th>{trans.__('changed')}</th>
            <th>{trans.__('rows removed')}</th>
            <th>{trans.__('too late')}</th>
            <th>{trans.__('memory')}</th>
            <th>{trans.__('writing it down took')}</th>
            <th>{trans.__('partitions')}</th>
          </tr>
        </thead>
        <tbody>
          {operators.map((one, i) => (
            <tr key={i}>
              <th>{one.name}</th>
              <td>{formatCount(one.rows)}</td>
              <td>{formatCount(one.updatedRows)}</td>
              <td>{formatCount(one.removedRows)}</td>
              <td>{formatCount(one.lateRows)}</td>
              <td>{formatBytes(one.memoryBytes)}</td>
              <td>{formatDuration(one.commitMs)}</td>
              <td>{formatCount(one.shufflePartitions)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {operators.some(({ customMetrics }) => customMetrics.size > 0) && (
        <details>
          <summary>{trans.__('What the state store counts')}</summary>
          {operators.map((one, i) => (
            <dl key={i} class="jp-Sparkglass-streamMetrics">
              {[...one.customMetrics].map(([name, value]) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd>{formatCount(value)}</dd>
                </div>
              ))}
            </dl>
          ))}
        </details>
      )}
    </section>
  );
}
