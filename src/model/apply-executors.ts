import {
  idOf,
  listOf,
  numberOf,
  propertiesOf,
  textOf,
  type IBlockManagerAdded,
  type IExecutorAdded,
  type IExecutorMetricsUpdate,
  type IExecutorRemoved,
  type IMiscellaneousProcessAdded,
  type IResourceProfileAdded,
  type ISparkglassExecutorMetrics,
  type ISparkglassTaskPeaks,
  type IStageExecutorMetrics
} from '../events';
import type { Application } from './application';
import { forgetBlocks, hearAgain } from './apply-storage';
import { isOver } from './counting';
import { Executor } from './executor';
import { PeakMetrics } from './peak-metrics';

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
    executor.logs = propertiesOf(info?.['Log Urls']);
    executor.attributes = propertiesOf(info?.Attributes);
    executor.resources = info?.Resources ?? {};
    executor.resourceProfileId = numberOf(info?.['Resource Profile Id'], 0);
    executor.maxTasks = Math.trunc(
      executor.cores / cpusPerTask(app, executor.resourceProfileId)
    );
    app.saw(time);
  }
}

/** Cores that a task takes, by the executor's resource profile or `spark.task.cpus`. */
function cpusPerTask(app: Application, profileId: number): number {
  const tasks = app.resourceProfiles.get(profileId)?.['Task Resource Requests'];
  const asked = Math.trunc(numberOf(tasks?.cpus?.Amount, 0));
  return (
    asked || Math.trunc(Number(app.properties.get('spark.task.cpus'))) || 1
  );
}

/** `AppStatusListener.onResourceProfileAdded` */
export function onResourceProfileAdded(
  app: Application,
  event: IResourceProfileAdded
): void {
  const id = idOf(event['Resource Profile Id']);
  if (id >= 0) {
    app.resourceProfiles.set(id, event);
  }
}

/** `AppStatusListener.onMiscellaneousProcessAdded` */
export function onMiscellaneousProcessAdded(
  app: Application,
  event: IMiscellaneousProcessAdded
): void {
  const id = textOf(event.processId, '');
  app.processes.set(id, {
    id,
    hostPort: textOf(event.info?.hostPort, ''),
    cores: numberOf(event.info?.cores, 0),
    addTime: app.processes.get(id)?.addTime ?? numberOf(event.time, 0),
    logs: propertiesOf(event.info?.logUrlInfo)
  });
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
    if (executor.hostPort !== null && app.source === 'log') {
      hearAgain(app, id);
    }
    executor.hostPort = `${executor.host}:${numberOf(manager?.Port, 0)}`;
    executor.maxMemoryBytes = numberOf(
      event['Maximum Memory'],
      executor.maxMemoryBytes
    );
    const onHeap = numberOf(event['Maximum Onheap Memory'], null);
    if (onHeap !== null) {
      // What its blocks use is told again (SPARK-30594).
      executor.storageMemory = {
        totalOnHeapBytes: onHeap,
        totalOffHeapBytes: numberOf(event['Maximum Offheap Memory'], 0),
        usedOnHeapBytes: 0,
        usedOffHeapBytes: 0
      };
    }
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
  app.executors.get(id)?.peak.raise(metrics);
}

/** `AppStatusListener.updateStageLevelPeakExecutorMetrics` */
function raiseStagePeaks(
  app: Application,
  event: { 'Stage ID'?: number; 'Stage Attempt ID'?: number },
  executorId: string,
  metrics: unknown
): void {
  const known = app.stages.get(
    `${idOf(event['Stage ID'])}.${Math.max(0, idOf(event['Stage Attempt ID']))}`
  );
  const stage = known?.relisted ?? known;
  if (stage && !isOver(stage)) {
    stage.peak.raise(metrics);
    const peak = stage.executorPeaks.get(executorId) ?? new PeakMetrics();
    stage.executorPeaks.set(executorId, peak);
    peak.raise(metrics);
  }
}

/** `AppStatusListener.onStageExecutorMetrics`, and the part of `onTaskEnd` about `Task Executor Metrics`. */
export function onStageExecutorMetrics(
  app: Application,
  event: IStageExecutorMetrics | ISparkglassTaskPeaks
): void {
  const id = textOf(event['Executor ID'], '');
  raisePeaks(app, id, event['Executor Metrics']);
  raiseStagePeaks(app, event, id, event['Executor Metrics']);
}

/** `AppStatusListener.onExecutorMetricsUpdate`; a log has the driver's only, and metrics of tasks come as rows, from a log too. */
export function onExecutorMetricsUpdate(
  app: Application,
  event: IExecutorMetricsUpdate
): void {
  const id = textOf(event['Executor ID'], '');
  for (const update of listOf(event['Executor Metrics Updated'])) {
    raisePeaks(app, id, update['Executor Metrics']);
    raiseStagePeaks(app, update, id, update['Executor Metrics']);
  }
}

/** The same from a heartbeat. */
export function onSparkglassExecutorMetrics(
  app: Application,
  event: ISparkglassExecutorMetrics
): void {
  raisePeaks(app, textOf(event['Executor ID'], ''), event.Metrics);
  app.saw(numberOf(event.Time, null));
}
