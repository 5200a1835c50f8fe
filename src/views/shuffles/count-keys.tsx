import type { ComponentChild } from 'preact';
import { rowsBeforeShuffle, type HeavyKeys } from '../../analysis/heavy-keys';
import type { ITranslation } from '../../draw/words';
import type { CellRun } from '../../model';
import type { IScopeActions } from '../scope-view';
import { heavyKeysCode } from './heavy-keys';

/**
 * What the button does: put a query into a new cell that counts keys.
 *
 * @param keys - null where a shuffle has none.
 * @returns null where there is nothing to count, or no notebook to put code into.
 */
export function keyCounter(
  { insertCell }: IScopeActions,
  keys: HeavyKeys | null,
  run: CellRun | null,
  trans: ITranslation
): (() => void) | null {
  return insertCell && keys
    ? () => insertCell(heavyKeysCode(keys, rowsBeforeShuffle(run), trans))
    : null;
}

/** A verdict, and beside it, where keys can be counted, the button for that. */
export function VerdictHead(props: {
  verdict: string;
  countKeys: (() => void) | null;
  trans: ITranslation;
}): ComponentChild {
  const { verdict, countKeys, trans } = props;
  return (
    <div class="jp-Sparkglass-partitions-head">
      <div class="jp-Sparkglass-verdict" title={verdict}>
        {verdict}
      </div>
      {countKeys && (
        <button
          type="button"
          class="jp-Sparkglass-button"
          data-sparkglass-no-picture=""
          title={trans.__(
            'Put a query into a new cell below that counts the rows of each key; it is not run.'
          )}
          onClick={countKeys}
        >
          {trans.__('Count the keys')}
        </button>
      )}
    </div>
  );
}
