import type { ComponentChild } from 'preact';
import { formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { IServed } from './served';
import { TermButton } from '../term-button';
import type { ITerm } from '../timeline/terms';
import { curveTerm, type CurveTerm } from './curve-terms';

interface IProps {
  readonly served: IServed;
  readonly trans: ITranslation;
  readonly onExplain: (term: ITerm, anchor: HTMLElement) => void;
  readonly onHide: () => void;
}

type Fact = [CurveTerm, string];

/** How the model stands that answers requests. */
export function Serving(props: IProps): ComponentChild {
  const { trans } = props;
  const { name, freshness } = props.served;
  const { serving, lag, ageMs } = freshness;
  const { latencies } = serving;
  const facts: Fact[] = [
    ['version', serving.version],
    // A model that nobody can ask any more gets no older.
    ...(serving.isStopped
      ? []
      : [['age', formatDuration(ageMs)] satisfies Fact]),
    ['lag', trans._n('%2 row', '%2 rows', lag, formatCount(lag))]
  ];
  if (latencies) {
    facts.push([
      'latency',
      trans.__(
        '%1, slowest 5 %: %2',
        formatDuration(latencies.medianMs),
        formatDuration(latencies.p95Ms)
      )
    ]);
  }
  return (
    <div class="jp-Sparkglass-curveServing">
      <strong>
        {serving.isStopped
          ? trans.__('%1 does not answer any more', name)
          : trans.__('%1 answers requests', name)}
      </strong>
      {facts.map(([term, words]) => {
        const explained = curveTerm(term, trans);
        return (
          <span key={term}>
            <TermButton
              onExplain={anchor => props.onExplain(explained, anchor)}
              onHide={props.onHide}
            >
              {explained.name}
            </TermButton>{' '}
            {words}
          </span>
        );
      })}
      <span>
        {trans._n(
          '%2 request',
          '%2 requests',
          serving.requests,
          formatCount(serving.requests)
        )}
        {serving.errors > 0 && (
          <>
            {', '}
            <b>
              {trans._n(
                '%2 failed',
                '%2 failed',
                serving.errors,
                formatCount(serving.errors)
              )}
            </b>
          </>
        )}
      </span>
    </div>
  );
}
