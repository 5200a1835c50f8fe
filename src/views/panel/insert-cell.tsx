import type { ComponentChild } from 'preact';
import type { ITranslation } from '../../draw/words';

/** The button of the ready-made cells. A menu opens below it, so it has a class of its own. */
export function InsertCell({
  trans,
  onPress
}: {
  readonly trans: ITranslation;
  readonly onPress: () => void;
}): ComponentChild {
  return (
    <section class="jp-Sparkglass-cells">
      <button
        type="button"
        class="jp-Sparkglass-textButton jp-Sparkglass-insertCell"
        title={trans.__(
          'A session, a stream, a learner, a fault, a served model: each runs as it is'
        )}
        aria-haspopup="menu"
        onClick={onPress}
      >
        {trans.__('Insert Cell…')}
      </button>
    </section>
  );
}
