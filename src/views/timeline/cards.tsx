import type { ComponentChild } from 'preact';
import type { IStretchFacts, ITaskFacts } from '../../analysis/task-facts';
import { formatCount, formatDuration, formatShare } from '../../draw/format';
import { PHASE_NAMES, phaseVariable } from '../../draw/palette';
import type { ITranslation } from '../../draw/words';
import type { StageAttempt } from '../../model';
import { errorLines, factWords, stateWords, taskTitle } from './fact-words';
import { phaseTerm, type ITerm } from './terms';
import type { Tooltip } from './tooltip';

/** A stacked bar of phases and a line for each that took any time. */
function Phases(props: {
  phasesMs: ArrayLike<number>;
  totalMs: number;
  trans: ITranslation;
}): ComponentChild {
  const { phasesMs, totalMs, trans } = props;
  const shown = PHASE_NAMES.map((name, p) => ({
    name,
    ms: phasesMs[p]!
  })).filter(phase => phase.ms > 0);
  if (totalMs <= 0 || shown.length === 0) {
    return null;
  }
  return (
    <>
      <div class="jp-Sparkglass-card-bar">
        {shown.map(({ name, ms }) => (
          <span
            key={name}
            style={{
              flexGrow: ms,
              background: `var(${phaseVariable(name)})`
            }}
          />
        ))}
      </div>
      <div class="jp-Sparkglass-card-phases">
        {shown.map(({ name, ms }) => (
          <>
            <i style={{ background: `var(${phaseVariable(name)})` }} />
            <span>{phaseTerm(name, trans).name}</span>
            <b>{formatDuration(ms)}</b>
            <em>{formatShare(ms / totalMs)}</em>
          </>
        ))}
      </div>
    </>
  );
}

/** Everything about one task. */
export function TaskCard(props: {
  facts: ITaskFacts;
  origin: number;
  trans: ITranslation;
}): ComponentChild {
  const { facts, origin, trans } = props;
  const state = stateWords(facts, trans);
  return (
    <>
      <header>
        <strong>{taskTitle(facts, trans)}</strong>
        <span class={`jp-Sparkglass-state jp-mod-${facts.state}`}>{state}</span>
      </header>
      {facts.stage?.name && (
        <p class="jp-Sparkglass-card-soft">{facts.stage.name}</p>
      )}
      {facts.isSpeculative && (
        <p>{trans.__('A second, speculative copy of a slow task')}</p>
      )}
      {facts.error && <pre>{errorLines(facts.error)}</pre>}
      <p class="jp-Sparkglass-card-total">
        {facts.state === 'running'
          ? trans.__('%1 so far', formatDuration(facts.durationMs))
          : formatDuration(facts.durationMs)}
      </p>
      <Phases
        phasesMs={facts.phasesMs}
        totalMs={facts.durationMs}
        trans={trans}
      />
      <dl>
        {factWords(facts, origin, trans).map(({ label, value }) => (
          <>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </>
  );
}

/** Several tasks that share a pixel. */
export function StretchCard(props: {
  facts: IStretchFacts;
  trans: ITranslation;
}): ComponentChild {
  const { facts, trans } = props;
  return (
    <>
      <header>
        <strong>
          {trans._n('%1 task here', '%1 tasks here', facts.tasks)}
        </strong>
        {facts.failed > 0 && (
          <span class="jp-Sparkglass-state jp-mod-failed">
            {trans._n('%1 failed', '%1 failed', facts.failed)}
          </span>
        )}
      </header>
      <p class="jp-Sparkglass-card-total">
        {trans.__(
          '%1 in all, %2 each',
          formatDuration(facts.busyMs),
          formatDuration(facts.busyMs / Math.max(facts.tasks, 1))
        )}
      </p>
      <Phases phasesMs={facts.phasesMs} totalMs={facts.busyMs} trans={trans} />
      <p class="jp-Sparkglass-card-soft">
        {trans.__('Ctrl + wheel zooms in until each can be seen.')}
      </p>
    </>
  );
}

/** A stage, from its band. */
export function StageCard(props: {
  stage: StageAttempt;
  durationMs: number;
  trans: ITranslation;
}): ComponentChild {
  const { stage, durationMs, trans } = props;
  return (
    <>
      <header>
        <strong>
          {stage.attempt > 0
            ? trans.__('Stage %1, attempt %2', stage.id, stage.attempt)
            : trans.__('Stage %1', stage.id)}
        </strong>
        <span class={`jp-Sparkglass-state jp-mod-${stage.status}`}>
          {stageStatusWords(stage, trans)}
        </span>
      </header>
      {stage.name && <p class="jp-Sparkglass-card-soft">{stage.name}</p>}
      {stage.failureReason && <pre>{errorLines(stage.failureReason)}</pre>}
      <p class="jp-Sparkglass-card-total">{formatDuration(durationMs)}</p>
      <dl>
        <dt>{trans.__('Tasks done')}</dt>
        <dd>
          {trans.__(
            '%1 of %2',
            formatCount(stage.numCompletedIndices),
            formatCount(stage.numTasks)
          )}
        </dd>
        {stage.numFailedTasks > 0 && (
          <>
            <dt>{trans.__('Failed attempts')}</dt>
            <dd>{formatCount(stage.numFailedTasks)}</dd>
          </>
        )}
        {stage.numKilledTasks > 0 && (
          <>
            <dt>{trans.__('Killed')}</dt>
            <dd>{formatCount(stage.numKilledTasks)}</dd>
          </>
        )}
        {stage.droppedRows > 0 && (
          <>
            <dt>{trans.__('Not drawn (dropped to save memory)')}</dt>
            <dd>{formatCount(stage.droppedRows)}</dd>
          </>
        )}
      </dl>
    </>
  );
}

function stageStatusWords(stage: StageAttempt, trans: ITranslation): string {
  switch (stage.status) {
    case 'pending':
      return trans.__('waiting');
    case 'active':
      return trans.__('running');
    case 'complete':
      return trans.__('complete');
    case 'failed':
      return trans.__('failed');
    case 'skipped':
      return trans.__('skipped');
  }
}

/** A term of the legend, explained. */
export function TermCard(props: { term: ITerm }): ComponentChild {
  return (
    <>
      <header>
        <strong>{props.term.name}</strong>
      </header>
      <p>{props.term.what}</p>
      <p class="jp-Sparkglass-card-soft">{props.term.good}</p>
    </>
  );
}

/** Explain a term beside what names it. */
export function explainTerm(
  tooltip: Tooltip,
  term: ITerm,
  anchor: HTMLElement
): void {
  const box = anchor.getBoundingClientRect();
  tooltip.show(<TermCard term={term} />, box.left, box.bottom - 8);
}
