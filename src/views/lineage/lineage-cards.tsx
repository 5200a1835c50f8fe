import type { ComponentChild } from 'preact';
import type { IStep } from '../../analysis/lineage';
import type { IWeave } from '../../analysis/lineage-weave';
import { taskFacts } from '../../analysis/task-facts';
import { formatBytes, formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { levelWords } from '../panel/storage-words';
import { stateWords, taskTitle } from '../timeline/fact-words';
import {
  cacheWords,
  partitionWords,
  stageWords,
  stepName
} from './lineage-words';
import { slotName, slotPlace, slotSource } from './slot-words';

/** A step: what Spark calls it, what was done to it, how it is kept. */
export function StepCard(props: {
  woven: IWeave;
  step: IStep;
  trans: ITranslation;
}): ComponentChild {
  const { woven, step, trans } = props;
  const { scopes, plan, calls } = step.operators;
  const rdds = step.rdds.map(rdd => rdd.id);
  return (
    <>
      <header>
        <strong>{stepName(woven.lineage, step, trans)}</strong>
        <span>{partitionWords(step, trans)}</span>
      </header>
      <p class="jp-Sparkglass-card-soft">{stageWords(step, trans)}</p>
      <dl>
        {plan.length > 0 && (
          <>
            <dt>{trans.__('What it does')}</dt>
            <dd>{plan.join(' → ')}</dd>
          </>
        )}
        {scopes.length > 0 && (
          <>
            <dt>{trans.__('Spark calls it')}</dt>
            <dd>{scopes.join(', ')}</dd>
          </>
        )}
        {calls.length > 0 && (
          <>
            <dt>{trans.__('In your code')}</dt>
            <dd>{calls.map(call => `${call}()`).join(', ')}</dd>
          </>
        )}
        {rdds.length > 0 && (
          <>
            <dt>{trans._n('RDD', 'RDDs', rdds.length)}</dt>
            <dd>{rdds.join(', ')}</dd>
          </>
        )}
        {(step.cached || step.isLetGo) && (
          <>
            <dt>{trans.__('Cached')}</dt>
            <dd>
              {[
                step.cached && levelWords(step.cached.rdd.storageLevel, trans),
                cacheWords(step, trans)
              ]
                .filter(Boolean)
                .join('; ')}
            </dd>
          </>
        )}
      </dl>
    </>
  );
}

/** A partition, or several that share a cell. */
export function SlotCard(props: {
  woven: IWeave;
  step: IStep;
  slot: number;
  trans: ITranslation;
}): ComponentChild {
  const { woven, step, slot, trans } = props;
  const { application } = woven.lineage;
  const slots = woven.slots[step.id]!;
  const facts = woven.tasks[step.id]!;
  const [first, end] = [slots[slot]!, slots[slot + 1]!];
  let [bytes, records] = [0, 0];
  for (let p = first; p < end; p++) {
    bytes += facts.bytes[p]!;
    records += facts.records[p]!;
  }
  const row = end - first === 1 ? facts.rows[first]! : -1;
  const task = row >= 0 ? taskFacts(application, row, application.now) : null;
  return (
    <>
      <header>
        <strong>{slotName(step, first, end, trans)}</strong>
        <span>{stepName(woven.lineage, step, trans)}</span>
      </header>
      <p>{slotSource(woven, step, slot, trans)}</p>
      <p>{slotPlace(woven, step, slot, trans)}</p>
      <dl>
        {task && (
          <>
            <dt>{taskTitle(task, trans)}</dt>
            <dd>
              {formatDuration(task.durationMs)}, {stateWords(task, trans)}
            </dd>
          </>
        )}
        {bytes > 0 && (
          <>
            <dt>{trans.__('Size')}</dt>
            <dd>{formatBytes(bytes)}</dd>
          </>
        )}
        {records > 0 && (
          <>
            <dt>{trans.__('Rows')}</dt>
            <dd>{formatCount(records)}</dd>
          </>
        )}
      </dl>
    </>
  );
}
