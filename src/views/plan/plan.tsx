import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import type { IPlanSubject } from '../../analysis/plan-executions';
import type { IPlanNode } from '../../analysis/plan-graph';
import type { IPlanPicture } from '../../analysis/plan-picture';
import { judgePlan } from '../../analysis/plan-verdict';
import type { IScope } from '../../analysis/scope';
import { stageName } from '../../analysis/task-columns';
import type { ITranslation } from '../../draw/words';
import type { StageAttempt } from '../../model';
import { FailureNote } from '../failure-note';
import { hovered, selected } from '../selection';
import { NodeCard } from './node-card';
import { PlanHead } from './plan-head';
import type { IDrawing } from './plan-camera';
import type { IPlanSizes } from './plan-layout';
import { PlanSvg } from './plan-svg';
import { callWords, verdictWords } from './plan-words';
import type { ISize } from './viewport';

/** What a plan's view can be asked to do. */
export interface IPlanActions {
  pick(index: number): void;
  step(version: number): void;
  zoom(factor: number): void;
  fit(): void;
  toggleAll(): void;
  toggle(cluster: IPlanNode): void;
  point(node: IPlanNode | null, event: MouseEvent | null): void;
  focus(node: IPlanNode, element: Element): void;
  /** Choose an operator; the chosen one, or none, once more: none. */
  choose(node: IPlanNode | null): void;
  show(stage: StageAttempt, tab: 'stages' | 'tasks'): void;
  key(event: KeyboardEvent): void;
  /** Where the plan is drawn has come into the page, or gone. */
  room(node: HTMLElement | null): void;
}

/** What a plan is drawn with. */
export interface IPlanProps {
  readonly scope: IScope;
  readonly subjects: readonly IPlanSubject[];
  /** Null when there is no execution to show. */
  readonly picture: IPlanPicture | null;
  /** Null where there is no room, or nothing to draw. */
  readonly drawing: IDrawing | null;
  readonly room: ISize;
  readonly sizes: IPlanSizes;
  readonly fonts: { readonly name: string; readonly line: string };
  readonly chosen: number | null;
  readonly stop: number | null;
  /** Another number each time: the model goes on changing in the same objects. */
  readonly revision: number;
  readonly trans: ITranslation;
  readonly actions: IPlanActions;
}

/** Verdict, head, the plan, and a card of the operator that was chosen. */
export function Plan(props: IPlanProps): ComponentChild {
  const { picture, drawing, trans, actions, scope } = props;
  const [isWhyOpen, setWhyOpen] = useState(false);
  if (!picture) {
    return <Nothing scope={scope} trans={trans} />;
  }
  const { subject } = picture;
  const call = callWords(subject, trans);
  const words = verdictWords(judgePlan(picture), call, trans);
  const error = errorOf(subject);
  const marks = marksOf(picture);
  const chosen =
    props.chosen === null
      ? null
      : (picture.tree.nodes.get(props.chosen) ?? null);
  return (
    <>
      <div class="jp-Sparkglass-verdict" title={words}>
        <span>{words}</span>
        {error !== null && (
          <button
            type="button"
            class="jp-Sparkglass-textButton"
            aria-expanded={isWhyOpen}
            onClick={() => setWhyOpen(!isWhyOpen)}
          >
            {trans.__('Why?')}
          </button>
        )}
      </div>
      <PlanHead
        subjects={props.subjects}
        picture={picture}
        inCell={scope.run !== null}
        hasClusters={picture.tree.graph.nodes.some(node => node.members)}
        isOpen={drawing?.isOpen ?? true}
        isFit={drawing?.isFit ?? true}
        trans={trans}
        onPick={actions.pick}
        onStep={actions.step}
        onToggleAll={actions.toggleAll}
        onZoom={actions.zoom}
        onFit={actions.fit}
      />
      {error !== null && isWhyOpen && (
        <FailureNote
          title={call}
          text={error}
          trans={trans}
          onClose={() => setWhyOpen(false)}
        />
      )}
      <div class="jp-Sparkglass-plan-body">
        <div
          class="jp-Sparkglass-plan-room"
          ref={actions.room}
          role="group"
          aria-label={trans.__(
            'Operators of the plan; rows flow from the sources to the result. Arrow keys go from one to the next.'
          )}
          onKeyDown={actions.key}
        >
          {drawing && (
            <PlanSvg
              picture={picture}
              layout={drawing.layout}
              sizes={props.sizes}
              view={drawing.view}
              room={props.room}
              fonts={props.fonts}
              trans={trans}
              lit={litOf(picture)}
              chosen={props.chosen}
              stop={props.stop}
              markOf={id => marks.get(id) ?? null}
              onPoint={actions.point}
              onChoose={actions.choose}
              onFocus={actions.focus}
              onToggle={actions.toggle}
            />
          )}
        </div>
        {chosen && (
          <Card
            node={chosen}
            picture={picture}
            mark={marks.get(chosen.id) ?? null}
            trans={trans}
            actions={actions}
          />
        )}
      </div>
    </>
  );
}

/** What Spark said when an execution failed. */
function errorOf(subject: IPlanSubject): string | null {
  return subject.state === 'failed'
    ? (subject.execution.error ??
        subject.jobs.find(job => job.error !== null)?.error ??
        null)
    : null;
}

/** Nodes that are new in this version, or gone in the next one. */
export function marksOf(
  picture: IPlanPicture
): ReadonlyMap<number, 'made' | 'gone'> {
  const { differences, version, tree } = picture;
  const marks = new Map<number, 'made' | 'gone'>();
  const mark = (id: number, as: 'made' | 'gone'): void => {
    marks.set(id, as);
    // A cluster that is closed stands for its members.
    const node = tree.nodes.get(id);
    const cluster = node ? tree.clusterOf(node) : null;
    if (cluster) {
      marks.set(cluster.id, as);
    }
  };
  differences[version + 1]?.gone.forEach(id => mark(id, 'gone'));
  differences[version]?.made.forEach(id => mark(id, 'made'));
  return marks;
}

/** Nodes whose stage is pointed at or chosen, in whichever view. */
function litOf(picture: IPlanPicture): ReadonlySet<number> {
  const { ordinal } = picture.subject.application;
  const over = hovered.value ?? selected.value;
  return (
    (over?.application === ordinal && over.stageKey !== undefined
      ? picture.stages.byStage.get(over.stageKey)
      : null) ?? new Set()
  );
}

function Card(props: {
  node: IPlanNode;
  picture: IPlanPicture;
  mark: 'made' | 'gone' | null;
  trans: ITranslation;
  actions: IPlanActions;
}): ComponentChild {
  const { node, picture, mark, trans, actions } = props;
  const ran = picture.stages.byNode.get(node.id) ?? [];
  return (
    <aside class="jp-Sparkglass-plan-card" aria-label={node.name.trim()}>
      <button
        type="button"
        class="jp-Sparkglass-textButton jp-Sparkglass-plan-close"
        data-sparkglass-no-picture=""
        onClick={() => actions.choose(null)}
      >
        {trans.__('Close')}
      </button>
      <NodeCard
        node={node}
        picture={picture}
        mark={mark}
        isWhole={true}
        trans={trans}
      />
      {ran.map(stage => (
        <p data-sparkglass-no-picture="">
          {trans.__('Stage %1', stageName(stage))}:{' '}
          <button
            type="button"
            class="jp-Sparkglass-button"
            onClick={() => actions.show(stage, 'tasks')}
          >
            {trans.__('Show its tasks')}
          </button>{' '}
          <button
            type="button"
            class="jp-Sparkglass-button"
            onClick={() => actions.show(stage, 'stages')}
          >
            {trans.__('Show the stage')}
          </button>
        </p>
      ))}
    </aside>
  );
}

function Nothing(props: {
  scope: IScope;
  trans: ITranslation;
}): ComponentChild {
  const { scope, trans } = props;
  const hasJobs = scope.parts().some(part => part.jobs.length > 0);
  return (
    <p class="jp-Sparkglass-empty">
      {scope.kind === 'application'
        ? trans.__(
            'No SQL has run yet. Work with a DataFrame, such as df.groupBy("k").count().show(), and its plan will appear here.'
          )
        : hasJobs
          ? trans.__(
              'This cell ran no SQL: operations on RDDs have no plan. Use DataFrames to let Spark plan, and to see here what it decided.'
            )
          : trans.__(
              'No plan is known yet. It appears here as soon as Spark has made it.'
            )}
    </p>
  );
}
