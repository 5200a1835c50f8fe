import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { StreamingQuery } from '../../model';

interface IProps {
  readonly query: StreamingQuery;
  /** The batch that was chosen; -1 for none: then the newest that printed anything. */
  readonly batchId: number;
  readonly trans: ITranslation;
}

/** What a batch printed: with `format("console")`, or in a function of `foreachBatch`. Nothing where none did. */
export function Output({ query, batchId, trans }: IProps) {
  const { outputs } = query;
  if (outputs.size === 0) {
    return null;
  }
  const shown = outputs.has(batchId) ? batchId : [...outputs.keys()].pop()!;
  const output = outputs.get(shown)!;
  return (
    <section class="jp-Sparkglass-streamNote">
      <h4
        title={trans.__(
          'What the console sink, print() or show() wrote in this batch. Choose a batch in the charts to see what that one printed.'
        )}
      >
        {trans.__('Printed by batch %1', formatCount(shown))}
      </h4>
      {batchId >= 0 && shown !== batchId && (
        <p>
          {trans.__(
            'Nothing that batch %1 printed is kept; this is of the newest that printed.',
            formatCount(batchId)
          )}
        </p>
      )}
      <pre tabIndex={0}>{output.text}</pre>
      {!output.isWhole && (
        <p>{trans.__('It printed more than is shown here.')}</p>
      )}
    </section>
  );
}
