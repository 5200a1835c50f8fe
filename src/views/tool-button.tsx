import type { ComponentChild } from 'preact';

/** A small button with a sign instead of words. */
export function ToolButton(props: {
  label: string;
  /** Of the sign, in a square of 16. */
  path: string;
  disabled?: boolean;
  pressed?: boolean;
  onClick: () => void;
}): ComponentChild {
  return (
    <button
      type="button"
      class="jp-Sparkglass-tool"
      title={props.label}
      aria-label={props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      onClick={props.onClick}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={props.path} fill-rule="evenodd" />
      </svg>
    </button>
  );
}
