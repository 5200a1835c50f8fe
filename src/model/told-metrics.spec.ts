import type { ISparkEvent } from '../events';
import { Session } from './session';

const SQL = 'org.apache.spark.sql.execution.ui.SparkListenerSQL';
const start = {
  Event: `${SQL}ExecutionStart`,
  executionId: 3,
  time: 1,
  sparkPlanInfo: {
    nodeName: 'Sort',
    metrics: [
      { name: 'sort time', accumulatorId: 7, metricType: 'timing' },
      { name: 'rows', accumulatorId: 8, metricType: 'sum' }
    ]
  }
};
const told = (Final: boolean, Metrics: unknown, more = {}): ISparkEvent =>
  ({
    Event: 'SparkglassSqlMetrics',
    'Execution ID': 3,
    Final,
    Metrics,
    ...more
  }) as ISparkEvent;

function metricsAfter(...events: ISparkEvent[]) {
  const session = new Session();
  session.apply({ application: 1, backfill: false, events, rows: null });
  const app = session.latest!;
  return app.sqlMetrics.metricsOf(app.sqlExecution(3));
}

it('answers what the listener has added up, in whatever order it comes', () => {
  const line = told(true, [
    [7, 3, 60, 10, 20, 30, 5, 0, 91],
    [8, 3, 6, 1, 2, 3],
    [9, 1, 1, 1, 1, 1],
    [7],
    'x'
  ]);
  for (const events of [
    [start, line],
    [line, start]
  ]) {
    const metrics = metricsAfter(...events);
    expect([...metrics.keys()]).toEqual([7, 8]);
    expect(metrics.get(7)).toEqual({
      type: 'timing',
      count: 3,
      total: 60,
      min: 10,
      median: 20,
      max: 30,
      maxAt: { stageId: 5, attempt: 0, taskId: 91 }
    });
    expect(metrics.get(8)!.maxAt).toBeNull();
  }
});

it('lets nothing come after the end', () => {
  const metrics = metricsAfter(
    start,
    told(true, [[8, 1, 9, 9, 9, 9]]),
    told(false, [[8, 1, 2, 2, 2, 2]])
  );
  expect(metrics.get(8)!.total).toBe(9);
});

it('knows no median where values were let go', () => {
  const metrics = metricsAfter(
    start,
    told(true, [[7, 3, 60, 10, null, 30]], { Complete: false })
  );
  expect(metrics.get(7)!.median).toBeNull();
});
