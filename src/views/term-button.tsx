import type { ComponentChildren } from 'preact';

/** Words that are explained when they are pointed at, focused or pressed. */
export function TermButton(props: {
  /** Beside `jp-Sparkglass-term`. */
  class?: string;
  onExplain: (anchor: HTMLElement) => void;
  onHide: () => void;
  children: ComponentChildren;
}) {
  const { onExplain, onHide } = props;
  const show = (event: Event): void =>
    onExplain(event.currentTarget as HTMLElement);
  return (
    <button
      type="button"
      class={['jp-Sparkglass-term', props.class].filter(Boolean).join(' ')}
      onMouseEnter={show}
      onFocus={show}
      onClick={show}
      onMouseLeave={onHide}
      onBlur={onHide}
      onKeyDown={event => {
        if (event.key === 'Escape') {
          onHide();
        }
      }}
    >
      {props.children}
    </button>
  );
}
