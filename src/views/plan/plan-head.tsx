import type { ComponentChild } from 'preact';
import type { IPlanSubject } from '../../analysis/plan-executions';
import type { IPlanPicture } from '../../analysis/plan-picture';
import { formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { ExecutionUiLink } from '../spark-ui';
import { ToolButton } from '../tool-button';
import { callWords, placeWords, stateWords, versionWords } from './plan-words';

interface IHeadProps {
  readonly subjects: readonly IPlanSubject[];
  readonly picture: IPlanPicture;
  /** Whether the scope is a run of a cell. */
  readonly inCell: boolean;
  readonly hasClusters: boolean;
  readonly isOpen: boolean;
  readonly isFit: boolean;
  readonly trans: ITranslation;
  readonly onPick: (index: number) => void;
  readonly onStep: (version: number) => void;
  readonly onToggleAll: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
}

/** Which execution, which version of its plan, and how much of it is seen. */
export function PlanHead(props: IHeadProps): ComponentChild {
  const { subjects, picture, inCell, trans } = props;
  const { subject, version, versions, differences, isFinal } = picture;
  const changed = versionWords(differences[version] ?? null, versions, trans);
  return (
    <div class="jp-Sparkglass-plan-head">
      {subjects.length > 1 ? (
        <select
          class="jp-Sparkglass-runs"
          aria-label={trans.__('SQL execution')}
          value={String(
            subjects.findIndex(
              ({ application, execution }) =>
                application === subject.application &&
                execution === subject.execution
            )
          )}
          onChange={event => props.onPick(Number(event.currentTarget.value))}
        >
          {subjects.map((one, i) => (
            <option key={i} value={String(i)}>
              {pickWords(one, trans)}
            </option>
          ))}
        </select>
      ) : (
        <span>{pickWords(subject, trans)}</span>
      )}
      <span
        class="jp-Sparkglass-plan-soft"
        title={
          subject.title.site.line === null
            ? trans.__('Spark did not note which line called it.')
            : undefined
        }
      >
        {placeWords(subject, inCell, trans)}
      </span>
      {versions > 1 && (
        <span class="jp-Sparkglass-plan-steps">
          <ToolButton
            label={trans.__('The plan before')}
            path="M10 3L5 8l5 5z"
            disabled={version === 0}
            onClick={() => props.onStep(version - 1)}
          />
          <b>
            {isFinal
              ? trans.__('Plan %1 of %2 · final', version + 1, versions)
              : trans.__('Plan %1 of %2', version + 1, versions)}
          </b>
          <ToolButton
            label={trans.__('The next plan')}
            path="M6 3l5 5-5 5z"
            disabled={version === versions - 1}
            onClick={() => props.onStep(version + 1)}
          />
        </span>
      )}
      <span
        class="jp-Sparkglass-plan-change"
        title={changed}
        aria-live="polite"
      >
        {changed}
      </span>
      <span class="jp-Sparkglass-tools" data-sparkglass-no-picture="">
        {props.hasClusters && (
          <ToolButton
            label={trans.__('Draw the operators within generated code')}
            path="M2 2h12v12H2zM4 4v3h8V4zM4 9v3h3V9zM9 9v3h3V9z"
            pressed={props.isOpen}
            onClick={props.onToggleAll}
          />
        )}
        <ToolButton
          label={trans.__('Zoom out')}
          path="M3 7.25h10v1.5H3z"
          onClick={() => props.onZoom(1 / 1.4)}
        />
        <ToolButton
          label={trans.__('Zoom in')}
          path="M3 7.25h4.25V3h1.5v4.25H13v1.5H8.75V13h-1.5V8.75H3z"
          onClick={() => props.onZoom(1.4)}
        />
        <ToolButton
          label={trans.__('Show everything')}
          path="M2 2h4v1.5H3.5V6H2zM10 2h4v4h-1.5V3.5H10zM2 10h1.5v2.5H6V14H2zM12.5 10H14v4h-4v-1.5h2.5z"
          disabled={props.isFit}
          onClick={props.onFit}
        />
        <ExecutionUiLink
          application={subject.application}
          id={subject.execution.id}
          trans={trans}
        />
      </span>
    </div>
  );
}

function pickWords(subject: IPlanSubject, trans: ITranslation): string {
  const parts = [
    `#${subject.execution.id} ${callWords(subject, trans)}`,
    subject.durationMs === null ? '' : formatDuration(subject.durationMs),
    stateWords(subject.state, trans)
  ];
  return parts.filter(Boolean).join(' · ');
}
