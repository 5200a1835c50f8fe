import type { ComponentChild } from 'preact';
import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { ITerm } from '../timeline/terms';

/** A term that explains itself, to a pointer and to a screen reader. */
export function Term({ term }: { term: ITerm }): ComponentChild {
  const { name, what, good } = term;
  return (
    <abbr
      class="jp-Sparkglass-abbr"
      title={`${what} ${good}`}
      aria-description={`${what} ${good}`}
    >
      {name}
    </abbr>
  );
}

/** A heading with what it is about in figures. */
export function Heading(props: {
  text: string;
  more?: string;
}): ComponentChild {
  return (
    <h3 class="jp-Sparkglass-panel-heading">
      {props.text}
      {props.more && <span>{props.more}</span>}
    </h3>
  );
}

/** How many entries a list does not show; nothing where it shows all. */
export function AndMore(props: {
  count: number;
  trans: ITranslation;
}): ComponentChild {
  const { count, trans } = props;
  return (
    count > 0 && (
      <p class="jp-Sparkglass-soft">
        {trans._n('and %1 more', 'and %1 more', count, formatCount(count))}
      </p>
    )
  );
}
