import type { ComponentChild } from 'preact';
import { readFailure } from '../analysis/failure';
import type { ITranslation } from '../draw/words';
import { failureAdvice, placeWords } from './failure-words';

/** An error explained: what went wrong and where, what to do, the whole text. */
export function FailureNote(props: {
  /** What failed, such as `Stage 3`. */
  title: string;
  /** Spark's words. */
  text: string;
  trans: ITranslation;
  onClose?: () => void;
}): ComponentChild {
  const { title, text, trans, onClose } = props;
  const failure = readFailure(text);
  const place = placeWords(failure, trans);
  return (
    <section class="jp-Sparkglass-note" aria-label={title}>
      <header>
        <strong>
          {title}: {failure.headline}
        </strong>
        {onClose && (
          <button
            type="button"
            class="jp-Sparkglass-textButton"
            onClick={onClose}
          >
            {trans.__('Close')}
          </button>
        )}
      </header>
      {place && (
        <p>
          {place}
          {failure.place?.code && (
            <>
              {': '}
              <code>{failure.place.code}</code>
            </>
          )}
        </p>
      )}
      <p>{failureAdvice(failure.kind, trans)}</p>
      <details>
        <summary>{trans.__('What Spark said')}</summary>
        <pre tabIndex={0}>{text}</pre>
      </details>
    </section>
  );
}
