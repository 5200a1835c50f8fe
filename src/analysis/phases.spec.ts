import { batchesOfLog } from '../events';
import { answersTo, linesOf, logs } from '../model/fixtures/read.cjs';
import { Session, TaskFlag } from '../model';
import {
  fitPhases,
  PHASE_COUNT,
  PhaseIndex,
  PHASES,
  splitPhases
} from './phases';

/** What the History Server said about a task. */
interface ISparkTask {
  taskId: number;
  status: string;
  duration?: number;
  schedulerDelay: number;
  gettingResultTime: number;
  taskMetrics?: {
    executorDeserializeTime: number;
    resultSerializationTime: number;
    shuffleReadMetrics: { fetchWaitTime: number };
    shuffleWriteMetrics: { writeTime: number };
  };
}

describe.each(logs)('the tasks of %s', name => {
  const session = new Session();
  for (const batch of batchesOfLog(linesOf(name))) {
    session.apply(batch);
  }
  const app = session.latest!;
  const spark: ISparkTask[] = answersTo(name).stages.flatMap(stage =>
    Object.values<ISparkTask>(stage.tasks ?? {})
  );
  const ended = spark.filter(task => task.status !== 'RUNNING');

  it('are split as Spark’s stage page splits them', () => {
    expect(ended.length).toBeGreaterThan(20);
    for (const task of ended) {
      const row = app.tasks.rowOf(task.taskId);
      const phases = new Float64Array(PHASE_COUNT);
      const total = splitPhases(app.tasks, row, app.now, phases);
      const m = task.taskMetrics;
      // A log has no metrics for a lost task; the History Server reads zeros
      // and calls all of it scheduler delay, which the live pages do not.
      const isMeasured = (app.tasks.flags[row]! & TaskFlag.metrics) !== 0;
      const others = [
        isMeasured ? task.schedulerDelay : 0,
        m?.executorDeserializeTime ?? 0,
        m?.shuffleReadMetrics.fetchWaitTime ?? 0,
        Math.trunc((m?.shuffleWriteMetrics.writeTime ?? 0) / 1e6),
        m?.resultSerializationTime ?? 0,
        task.gettingResultTime
      ];
      const rest = total - others.reduce((sum, ms) => sum + ms, 0);
      others.splice(PhaseIndex.compute, 0, Math.max(0, rest));
      expect([task.taskId, total, ...phases]).toEqual([
        task.taskId,
        task.duration,
        ...others
      ]);
    }
  });

  it('keep adding up when they are made to fit', () => {
    for (let row = 0; row < app.tasks.length; row++) {
      const phases = new Float64Array(PHASE_COUNT);
      const total = splitPhases(app.tasks, row, app.now, phases);
      for (const part of [total, Math.floor(total / 3), 0]) {
        const fitted = phases.slice();
        fitPhases(fitted, part);
        expect(fitted.reduce((sum, ms) => sum + ms, 0)).toBe(part);
        expect(Math.min(...fitted)).toBeGreaterThanOrEqual(0);
      }
    }
  });
});

it('takes what a shorter bar lacks from the driver’s share of the time first', () => {
  const phases = Float64Array.of(10, 5, 5, 50, 5, 5, 20);
  fitPhases(phases, 75);
  expect([...phases]).toEqual([0, 5, 5, 50, 5, 5, 5]);
  fitPhases(phases, 40);
  expect([...phases]).toEqual([0, 0, 0, 40, 0, 0, 0]);
});

it('has its phases in Spark’s order', () => {
  expect(PHASES.map(phase => PhaseIndex[phase])).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
