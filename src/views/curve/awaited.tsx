import type { ComponentChild } from 'preact';
import { formatCount, formatNumber } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { CurveLine } from '../../model';
import { TermButton } from '../term-button';
import type { ITerm } from '../timeline/terms';
import { curveTerm } from './curve-terms';

interface IProps {
  readonly line: CurveLine;
  readonly trans: ITranslation;
  readonly onExplain: (term: ITerm, anchor: HTMLElement) => void;
  readonly onHide: () => void;
}

/** How late the labels of a line come, and how many are still to come; nothing where they come with their rows. */
export function Awaited(props: IProps): ComponentChild {
  const { line, trans, onExplain, onHide } = props;
  const { awaited } = line;
  if (!awaited) {
    return null;
  }
  const { rows, letGo } = awaited;
  const [median, max = NaN] = awaited.delays;
  const term = curveTerm('labelLag', trans);
  return (
    <div class="jp-Sparkglass-curveServing">
      <strong>{trans.__('Labels of %1 come later', line.label)}</strong>
      {median !== undefined && (
        <span>
          <TermButton
            onExplain={anchor => onExplain(term, anchor)}
            onHide={onHide}
          >
            {term.name}
          </TermButton>{' '}
          {trans._n(
            '%2 row, at most %3',
            '%2 rows, at most %3',
            Math.ceil(median),
            formatNumber(median),
            formatCount(max)
          )}
        </span>
      )}
      <span>{awaitedWords(rows, line.curve.endTime !== null, trans)}</span>
      {letGo > 0 && (
        <span>
          {trans._n(
            '%2 row is not awaited any more',
            '%2 rows are not awaited any more',
            letGo,
            formatCount(letGo)
          )}
        </span>
      )}
    </div>
  );
}

function awaitedWords(
  rows: number,
  hasEnded: boolean,
  trans: ITranslation
): string {
  return rows === 0
    ? trans.__('every row has its label')
    : hasEnded
      ? trans._n(
          '%2 row never got its label, and is not scored',
          '%2 rows never got their labels, and are not scored',
          rows,
          formatCount(rows)
        )
      : trans._n(
          '%2 row awaits its label, and is not scored yet',
          '%2 rows await their labels, and are not scored yet',
          rows,
          formatCount(rows)
        );
}
