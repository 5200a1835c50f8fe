import type { ComponentChild } from 'preact';
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
