import type { ReadonlySignal } from '@preact/signals';
import { isRunning, type IRunSummary } from '../../analysis/run-summary';
import type { ITranslation } from '../../draw/words';
import { StripBody } from './body';
import type { IStripActions, IStripModel } from './model';
import { SegmentBar } from './segment-bar';
import { curvesSentence } from './curves-sentence';
import { streamsSentence } from './streams-sentence';
import {
  plannedReason,
  plannedSentence,
  runSentence,
  stateWord
} from './sentence';

interface IProps {
  readonly model: ReadonlySignal<IStripModel>;
  readonly actions: IStripActions;
  readonly trans: ITranslation;
  /** Makes the ids of this strip's parts unique in the page. */
  readonly id: string;
}

/** What Spark did for a cell: one line, and under it, when opened, the details. */
export function Strip({ model, actions, trans, id }: IProps) {
  const strip = model.value;
  return (
    <>
      <Line strip={strip} actions={actions} trans={trans} id={id} />
      {strip.message !== null && (
        <div class="jp-Sparkglass-stripMessage" role="alert">
          {strip.message}
          <button
            type="button"
            class="jp-Sparkglass-button"
            onClick={() => actions.dismissMessage()}
          >
            {trans.__('Close')}
          </button>
        </div>
      )}
      {strip.open && (
        <StripBody strip={strip} actions={actions} trans={trans} id={id} />
      )}
    </>
  );
}

interface ILineProps {
  readonly strip: IStripModel;
  readonly actions: IStripActions;
  readonly trans: ITranslation;
  readonly id: string;
}

/** The sentence of a strip; also its accessible name. */
export function stripSentence(strip: IStripModel, trans: ITranslation): string {
  const { curves } = strip.run;
  return curves.length > 0
    ? curvesSentence(curves, trans)
    : strip.run.queries.length > 0
      ? streamsSentence(strip.run.queries, trans)
      : strip.summary.state === 'planned'
        ? plannedSentence(strip.run.dataFrames, trans)
        : runSentence(strip.summary, trans);
}

function Line({ strip, actions, trans, id }: ILineProps) {
  const { summary } = strip;
  const planned = summary.state === 'planned';
  const streams = strip.run.queries.some(isRunning);
  // Cancelled, the jobs of a batch fail and the next batch comes all the same.
  const stoppable =
    !streams || strip.run.queries.some(({ query }) => !query.isDStreams);
  const sentence = stripSentence(strip, trans);
  const word = stateWord(summary.state, trans);
  return (
    <div class="jp-Sparkglass-stripLine">
      <button
        type="button"
        class="jp-Sparkglass-stripToggle"
        aria-expanded={strip.open}
        aria-controls={`${id}-body`}
        title={
          planned
            ? plannedReason(strip.run.dataFrames, trans)
            : strip.open
              ? trans.__('Hide the details')
              : strip.run.curves.length > 0
                ? trans.__('Show the curve and what it costs')
                : trans.__('Show tasks over time, stages and the task table')
        }
        onClick={() => actions.toggle()}
      >
        <span class="jp-Sparkglass-chevron" aria-hidden="true" />
        <span
          class="jp-Sparkglass-stripState"
          data-state={summary.state}
          style={{ '--jp-sparkglass-turn': turnOf(summary) }}
          aria-hidden="true"
        />
        <span class="jp-Sparkglass-stripWord">{word}</span>
        {!planned && summary.jobs > 0 && strip.run.queries.length === 0 && (
          <SegmentBar segments={summary.segments} theme={strip.theme} />
        )}
        <span class="jp-Sparkglass-sentence">{sentence}</span>
      </button>
      {strip.hints !== '' && (
        <button
          type="button"
          class="jp-Sparkglass-button jp-mod-quiet jp-Sparkglass-hintMark"
          title={trans.__('What would make this cell faster: show the advice')}
          onClick={() => actions.showAdvice()}
        >
          {strip.hints}
        </button>
      )}
      {strip.recorded && <Recorded strip={strip} trans={trans} />}
      <RunSwitch strip={strip} actions={actions} trans={trans} />
      {summary.state === 'running' &&
        !strip.recorded &&
        (streams || summary.jobs > 0) &&
        stoppable && (
          <button
            type="button"
            class="jp-Sparkglass-button"
            disabled={strip.cancelling}
            title={
              streams
                ? trans.__('Stop the streaming queries that this cell started')
                : trans.__('Cancel all Spark jobs that this cell has running')
            }
            onClick={() => actions.cancelRun()}
          >
            {strip.cancelling
              ? trans.__('Cancelling…')
              : streams
                ? trans.__('Stop')
                : trans.__('Cancel')}
          </button>
        )}
      {summary.state !== 'running' && !planned && actions.pin && (
        <button
          type="button"
          class="jp-Sparkglass-button jp-mod-quiet"
          title={trans.__(
            'Add this as an output of the cell, so that it also shows on GitHub and in exported notebooks'
          )}
          onClick={actions.pin}
        >
          {trans.__('Pin')}
        </button>
      )}
    </div>
  );
}

/** How far the ring of a running cell has turned: on with the clock, one step each time the strip is drawn. */
function turnOf({ state, durationMs }: IRunSummary): string {
  return state === 'running'
    ? `${(Math.floor(durationMs / 100) % 12) * 30}deg`
    : '0deg';
}

function Recorded({
  strip,
  trans
}: {
  strip: IStripModel;
  trans: ITranslation;
}) {
  const part =
    strip.recordedTasks === null
      ? trans.__('Saved with the notebook; nothing is running.')
      : trans._n(
          'Saved with the notebook; nothing is running. %1 task was kept in detail.',
          'Saved with the notebook; nothing is running. %1 tasks were kept in detail.',
          strip.recordedTasks
        );
  return (
    <span class="jp-Sparkglass-badge" title={part}>
      {trans.__('recorded')}
    </span>
  );
}

function RunSwitch({
  strip,
  actions,
  trans
}: {
  strip: IStripModel;
  actions: IStripActions;
  trans: ITranslation;
}) {
  if (strip.runs.length < 2) {
    return null;
  }
  return (
    <select
      class="jp-Sparkglass-runs"
      aria-label={trans.__('Run of this cell')}
      title={trans.__('This cell ran several times; choose which run to see')}
      value={strip.run.id}
      onChange={event => actions.selectRun(event.currentTarget.value)}
    >
      {strip.runs.map((run, i) => (
        <option key={run.id} value={run.id}>
          {trans.__(
            'Run %1 of %2 · %3',
            i + 1,
            strip.runs.length,
            stateWord(run.state, trans)
          )}
        </option>
      ))}
    </select>
  );
}
