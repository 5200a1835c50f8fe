import { idOf, textOf, type IExclusion } from '../events';
import type { Application } from './application';
import { isOver } from './counting';
import type { Executor } from './executor';

/** The executors that an event is about: one, or all that are there on a host, but never the driver. */
function executorsOf(app: Application, event: IExclusion): Executor[] {
  const id = textOf(event.executorId, '');
  const host = textOf(event.hostId, '');
  return [...app.executors.values()].filter(
    executor =>
      executor.isActive &&
      (id !== ''
        ? executor.id === id
        : executor.host === host && executor.id !== 'driver')
  );
}

/** `AppStatusListener.onExecutorExcluded`, `onNodeExcluded` and their twins. */
export function onExcluded(app: Application, event: IExclusion): void {
  executorsOf(app, event).forEach(executor => {
    executor.isExcluded = true;
  });
}

/** `AppStatusListener.onExecutorUnexcluded`, `onNodeUnexcluded` and their twins. */
export function onUnexcluded(app: Application, event: IExclusion): void {
  executorsOf(app, event).forEach(executor => {
    executor.isExcluded = false;
  });
}

/** `AppStatusListener.onExecutorExcludedForStage`, `onNodeExcludedForStage` and their twins. */
export function onExcludedForStage(app: Application, event: IExclusion): void {
  const stageId = idOf(event.stageId);
  const attempt = Math.max(0, idOf(event.stageAttemptId));
  const stage = app.stages.get(`${stageId}.${attempt}`);
  const executors = executorsOf(app, event);
  for (const executor of executors) {
    executor.excludedInStages.add(stageId);
  }
  if (stage && !isOver(stage)) {
    const id = textOf(event.executorId, '');
    const ids = id !== '' ? [id] : executors.map(executor => executor.id);
    ids.forEach(executorId => stage.excludedExecutors.add(executorId));
  }
}

/** The part of `AppStatusListener.onStageCompleted` about it. */
export function includeAgain(
  app: Application,
  stageId: number,
  executorIds: Iterable<string>
): void {
  for (const id of executorIds) {
    const executor = app.executors.get(id);
    if (executor?.isActive) {
      executor.excludedInStages.delete(stageId);
    }
  }
}
