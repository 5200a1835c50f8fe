import type { ComponentChild } from 'preact';
import { formatBytes, formatMinute, formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { isActive, type IRecordingState } from './recording-state';

/** What the panel's line about a recording is drawn with. */
export interface IRecordingProps {
  /** Null when nothing was recorded yet. */
  readonly state: IRecordingState | null;
  readonly trans: ITranslation;
  /** Begin or stop. */
  onToggle(): void;
  /** Show the log. */
  onOpen(): void;
}

/** Recording the session as an event log: how to begin and stop, how it goes, and what it lacks. */
export function Recording(props: IRecordingProps): ComponentChild {
  const { state, trans, onToggle, onOpen } = props;
  const active = isActive(state);
  return (
    <section
      class="jp-Sparkglass-recording"
      aria-label={trans.__('Recording')}
      data-phase={state?.phase ?? 'none'}
    >
      {state && (
        <p role={state.phase === 'failed' ? 'alert' : 'status'}>
          {recordingWords(state, trans)}
        </p>
      )}
      {state &&
        lackWords(state, trans).map(words => <p key={words}>{words}</p>)}
      <button
        type="button"
        class="jp-Sparkglass-textButton"
        title={toggleCaption(active, trans)}
        aria-pressed={active}
        disabled={state?.phase === 'stopping'}
        onClick={onToggle}
      >
        {toggleLabel(state, trans)}
      </button>
      {state && state.lines > 0 && (
        <button
          type="button"
          class="jp-Sparkglass-textButton"
          title={trans.__(
            'Show the recording in a tab: overview, timeline, stages and tasks'
          )}
          onClick={onOpen}
        >
          {trans.__('Open the recording')}
        </button>
      )}
    </section>
  );
}

function toggleLabel(
  state: IRecordingState | null,
  trans: ITranslation
): string {
  if (isActive(state)) {
    return trans.__('Stop recording');
  }
  return state ? trans.__('Record again') : trans.__('Record this session');
}

function toggleCaption(active: boolean, trans: ITranslation): string {
  return active
    ? trans.__('Finish the file. Your cells and Spark go on.')
    : trans.__(
        'Write what Spark does here into an event log in the notebook’s folder, from the beginning of the session and on. It opens in this page and in Spark’s History Server.'
      );
}

/** How the recording goes, in a sentence or two: what happened, where it is, what to do. */
export function recordingWords(
  state: IRecordingState,
  trans: ITranslation
): string {
  const { phase, folder } = state;
  const lines = trans._n(
    '%2 line',
    '%2 lines',
    state.lines,
    formatCount(state.lines)
  );
  const size = formatBytes(state.bytes);
  switch (phase) {
    case 'starting':
      return trans.__('Fetching what Spark has done so far…');
    case 'recording':
      return trans.__(
        'Recording since %1: %2 (%3) in the folder %4',
        formatMinute(state.since),
        lines,
        size,
        folder
      );
    case 'stopping':
      return trans.__('Writing the rest into the folder %1…', folder);
    case 'done': {
      const done = trans.__(
        'Recorded %1 (%2) in the folder %3.',
        lines,
        size,
        folder
      );
      return state.endedBy === null
        ? done
        : `${done} ${
            state.endedBy === 'application'
              ? trans.__('It ended with the Spark session.')
              : trans.__('It ended because the kernel did.')
          }`;
    }
    case 'failed':
      return trans.__(
        'The recording stopped because a file could not be saved (%1). Check that the notebook’s folder can be written to and that its disk has room, then record again. What was saved before can be opened.',
        state.cause
      );
  }
}

/** What the recording lacks, a sentence each. */
export function lackWords(
  state: IRecordingState,
  trans: ITranslation
): string[] {
  const words: string[] = [];
  if (state.messagesGone > 0) {
    words.push(
      trans._n(
        '%2 message of the kernel was no longer there, so the recording lacks what it said.',
        '%2 messages of the kernel were no longer there, so the recording lacks what they said.',
        state.messagesGone,
        formatCount(state.messagesGone)
      )
    );
  }
  if (state.tasksGone > 0) {
    words.push(
      trans._n(
        '%2 task is in it only as a part of sums, because the kernel had no room to keep it. Spark’s own tools do not count it.',
        '%2 tasks are in it only as sums, because the kernel had no room to keep them. Spark’s own tools do not count them.',
        state.tasksGone,
        formatCount(state.tasksGone)
      )
    );
  }
  return words;
}
