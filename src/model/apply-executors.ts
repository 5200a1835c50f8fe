import {
  listOf,
  numberOf,
  numbersOf,
  textOf,
  type IBlockManagerAdded,
  type IExecutorAdded,
  type IExecutorMetricsUpdate,
  type IExecutorRemoved,
  type ISparkglassExecutorMetrics,
  type IStageExecutorMetrics
} from '../events';
import type { Application } from './application';
import { forgetBlocks } from './apply-storage';
import { Executor } from './executor';

/**
 * The executor that an event at `time` is about. One that was removed before that time is replaced, as Spark does: its successor
 * begins to count anew. Null when the event tells of a time before the removal, and so tells nothing new.
 */
function present(app: Application, id: string, time: number): Executor | null {
  const executor = app.executors.get(id);
  if (!executor) {
    return app.executor(id, time);
  }
  if (executor.isActive) {
    return executor;
  }
  if (time <= (executor.removeTime ?? time)) {
    return null;
  }
  const successor = new Executor(id, time);
  app.setExecutor(successor);
  return successor;
}

/** `AppStatusListener.onExecutorAdded` */
export function onExecutorAdded(app: Application, event: IExecutorAdded): void {
  const id = textOf(event['Executor ID'], '');
  const time = numberOf(event.Timestamp, 0);
  const executor = id === '' ? null : present(app, id, time);
  if (executor) {
    const info = event['Executor Info'];
    executor.host = textOf(info?.Host, executor.host);
    executor.cores = numberOf(info?.['Total Cores'], executor.cores);
    app.saw(time);
  }
}

/** `AppStatusListener.onBlockManagerAdded`: the only event that the driver gets. */
export function onBlockManagerAdded(
  app: Application,
  event: IBlockManagerAdded
): void {
  const manager = event['Block Manager ID'];
  const id = textOf(manager?.['Executor ID'], '');
  const time = numberOf(event.Timestamp, 0);
  const executor = id === '' ? null : present(app, id, time);
  if (executor) {
    executor.host = textOf(manager?.Host, executor.host);
    executor.maxMemoryBytes = numberOf(
      event['Maximum Memory'],
      executor.maxMemoryBytes
    );
    app.saw(time);
  }
}

/** `AppStatusListener.onExecutorRemoved` */
export function onExecutorRemoved(
  app: Application,
  event: IExecutorRemoved
): void {
  const id = textOf(event['Executor ID'], '');
  const executor = app.executors.get(id);
  const time = numberOf(event.Timestamp, 0);
  if (executor?.isActive && time >= executor.addTime) {
    executor.isActive = false;
    executor.removeTime = time;
    executor.removeReason = textOf(event['Removed Reason'], '');
    forgetBlocks(app, id);
    app.saw(time);
  }
}

function raisePeaks(app: Application, id: string, metrics: unknown): void {
  const peak = app.executors.get(id)?.peak;
  for (const [name, value] of peak ? numbersOf(metrics) : []) {
    if (value > (peak!.get(name) ?? 0)) {
      peak!.set(name, value);
    }
  }
}

/** `AppStatusListener.onStageExecutorMetrics`, without the stages' own peaks. */
export function onStageExecutorMetrics(
  app: Application,
  event: IStageExecutorMetrics
): void {
  raisePeaks(
    app,
    textOf(event['Executor ID'], ''),
    event['Executor Metrics'] ?? null
  );
}

/** `AppStatusListener.onExecutorMetricsUpdate`; a log has the driver's only, and metrics of tasks come as rows. */
export function onExecutorMetricsUpdate(
  app: Application,
  event: IExecutorMetricsUpdate
): void {
  for (const update of listOf(event['Executor Metrics Updated'])) {
    raisePeaks(
      app,
      textOf(event['Executor ID'], ''),
      update['Executor Metrics'] ?? null
    );
  }
}

/** The same from a heartbeat. */
export function onSparkglassExecutorMetrics(
  app: Application,
  event: ISparkglassExecutorMetrics
): void {
  raisePeaks(app, textOf(event['Executor ID'], ''), event.Metrics ?? null);
  app.saw(numberOf(event.Time, null));
}
