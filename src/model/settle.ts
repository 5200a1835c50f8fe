import { COLUMN_COUNT, Column, FIRST_METRIC } from '../events';
import type { Application } from './application';
import { countActive } from './counting';
import type { StageAttempt } from './stage-attempt';
import { TaskFlag, TaskState } from './task-table';

/**
 * Close the rows of tasks whose end was dropped: when a stage has completed, none of its tasks can still be running, but for copies
 * that are about to be killed. Where rows were dropped it is not known which task an end was of, so how many are active is then not
 * exact either, and is set right here. At the end of a batch, when all that its rows say has been written.
 */
export function settle(app: Application): void {
  for (const stage of app.unsettled) {
    close(app, stage);
  }
  app.unsettled.clear();
}

function close(app: Application, stage: StageAttempt): void {
  if (
    stage.droppedRows === 0 ||
    (stage.status !== 'complete' && stage.status !== 'failed')
  ) {
    return;
  }
  stage.endsOwed += stage.numActiveTasks;
  countActive(stage, -stage.numActiveTasks);
  stage.droppedActive = 0;
  const { tasks } = app;
  const duration = tasks.column(Column.durationMs);
  const end = stage.completionTime ?? app.now;
  for (const row of stage.rows.view()) {
    if (tasks.state[row] !== TaskState.running) {
      continue;
    }
    const durationMs = Math.max(0, end - tasks.launchTime[row]!);
    duration.fit(0, durationMs);
    duration.values[row] = durationMs;
    tasks.flags[row]! |= TaskFlag.endUnknown;
    tasks.state[row] =
      stage.status === 'complete' ? TaskState.succeeded : TaskState.killed;
    forgetMetrics(app, stage, row);
    const executor = app.executorAt(
      tasks.executor[row]!,
      tasks.launchTime[row]!
    );
    if (executor && executor.activeTasks > 0) {
      executor.activeTasks--;
    }
  }
}

/** The sums of dropped rows hold a task's final metrics; what its heartbeats had said must not count twice. */
function forgetMetrics(
  app: Application,
  stage: StageAttempt,
  row: number
): void {
  if ((app.tasks.flags[row]! & TaskFlag.metrics) === 0) {
    return;
  }
  for (let column = FIRST_METRIC; column < COLUMN_COUNT; column++) {
    stage.sums[column]! -= app.tasks.column(column).values[row]!;
  }
}
