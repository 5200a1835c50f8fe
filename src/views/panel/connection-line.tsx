import type { ComponentChild } from 'preact';
import type { ITranslation } from '../../draw/words';

/** How the page stands with a kernel or a log. */
export type ConnectionState =
  /** Switched off in the settings. */
  | 'off'
  /** No notebook, or one without a kernel. */
  | 'none'
  | 'connecting'
  /** Not Python, or no PySpark there. */
  | 'foreign'
  /** Attached; there is no Spark yet. */
  | 'waiting'
  | 'live'
  /** Spark was stopped. */
  | 'ended'
  /** The kernel side speaks another version of the protocol. */
  | 'version'
  | 'failed'
  /** The kernel died. */
  | 'dead'
  /** Read from a saved notebook or a log. */
  | 'recorded';

/** The state of the connection in one line: a glyph, what it is, what to do. */
export function ConnectionLine(props: {
  state: ConnectionState;
  /** More about it, as the kernel said it; may be empty. */
  detail?: string;
  trans: ITranslation;
}): ComponentChild {
  const { state, detail, trans } = props;
  return (
    <p
      class={`jp-Sparkglass-connection jp-mod-${toneOf(state)}`}
      role="status"
      data-state={state}
    >
      {connectionWords(state, trans)}
      {detail && <span>{detail}</span>}
    </p>
  );
}

function toneOf(state: ConnectionState): string {
  switch (state) {
    case 'live':
      return 'running';
    case 'version':
    case 'failed':
    case 'dead':
      return 'failed';
    default:
      return 'pending';
  }
}

/** The state of the connection in words. */
export function connectionWords(
  state: ConnectionState,
  trans: ITranslation
): string {
  switch (state) {
    case 'off':
      return trans.__('Sparkglass is switched off in the settings.');
    case 'none':
      return trans.__(
        'No notebook with a kernel is open. Open one, and Spark’s work will appear here.'
      );
    case 'connecting':
      return trans.__('Asking the kernel about Spark…');
    case 'foreign':
      return trans.__(
        'This kernel has no PySpark, so there is nothing to show.'
      );
    case 'waiting':
      return trans.__(
        'Ready. Everything appears here as soon as a cell starts Spark.'
      );
    case 'live':
      return trans.__('Watching Spark live.');
    case 'ended':
      return trans.__(
        'Spark was stopped. What it did is still here; a new session will appear by itself.'
      );
    case 'version':
      return trans.__(
        'The kernel has another version of Sparkglass, which this page cannot read. Install the same version in both and restart the kernel.'
      );
    case 'failed':
      return trans.__(
        'Could not watch Spark in this kernel. Your cells run as always.'
      );
    case 'dead':
      return trans.__(
        'The kernel died. What Spark did before is still here; restart the kernel to go on.'
      );
    case 'recorded':
      return trans.__('A recording: nothing here is live.');
  }
}
