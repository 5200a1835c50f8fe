import type { Application } from '../model';
import { modelOf } from '../model/fixtures/models';
import { linesOf } from '../model/fixtures/read.cjs';
import {
  partitionNumber,
  partitionsOf,
  usedMetrics,
  valuesOf,
  type PartitionMetric
} from './partitions';
import {
  judgePartitions,
  measure,
  StageSearch,
  tellingMetric
} from './partitions-verdict';
import { applicationScope } from './scope';

function judge(application: Application, key: string, metric: PartitionMetric) {
  const stage = application.stages.get(key)!;
  const { now } = application;
  return judgePartitions(measure(application, stage, metric, now), now);
}

describe.each(['3.5', '4.3'])('joins that Spark %s ran', version => {
  const application = modelOf(`skewed-${version}`);

  it('names the partition that holds most, and how long it took', () => {
    const verdict = judge(application, '2.0', 'rowsIn');
    expect(verdict).toMatchObject({
      kind: 'skewed',
      metric: 'rowsIn',
      partition: 5
    });
    // Seven rows in ten have one key, and some others share its partition.
    const { share, timeMs, stageMs } = verdict as never as Record<
      'share' | 'timeMs' | 'stageMs',
      number
    >;
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.75);
    expect(timeMs).toBeGreaterThan(0);
    expect(stageMs).toBeGreaterThanOrEqual(timeMs);
  });

  it('counts all rows once', () => {
    const stage = application.stages.get('2.0')!;
    const partitions = partitionsOf(application, stage);
    const rows = valuesOf(application, partitions, 'rowsIn', application.now);
    // 60,000 events and 97 names.
    expect(rows.reduce((sum, n) => sum + n, 0)).toBe(60_097);
    expect(usedMetrics(stage)).toEqual(
      expect.arrayContaining(['rowsIn', 'timeMs', 'shuffleReadBytes'])
    );
  });

  it('says nothing of a stage whose tasks had a row each', () => {
    expect(judge(application, '3.0', 'rowsIn').kind).toBe('single');
    expect(judge(application, '0.0', 'rowsOut')).toMatchObject({
      kind: 'even',
      count: 2
    });
  });

  it('counts bytes, not rows, where rows are batches of Python objects', () => {
    const stage = application.stages.get('31.0')!;
    expect(tellingMetric(application, stage, application.now)).toBe(
      'shuffleReadBytes'
    );
    expect(judge(application, '31.0', 'shuffleReadBytes')).toMatchObject({
      kind: 'skewed',
      partition: 0
    });
  });

  it('shows the longest uneven stage first', () => {
    const search = new StageSearch();
    const choices = search.stages(applicationScope(application));
    expect(choices.every(({ stage }) => stage.status !== 'skipped')).toBe(true);
    expect(search.first(choices)).toMatchObject({ reason: 'skewed' });
    expect(search.first(choices.slice(0, 1))).toMatchObject({ reason: 'only' });
    expect(search.first([])).toBeNull();
  });
});

describe('tasks that were tried again', () => {
  const application = modelOf('failures-4.3');

  it('takes the attempt that succeeded, and counts those that did not', () => {
    const stage = application.stageList.find(
      each => each.status === 'complete' && each.numFailedTasks > 0
    )!;
    const partitions = partitionsOf(application, stage);
    expect(partitions.count).toBe(stage.numTasks);
    for (const row of partitions.rows) {
      expect(application.tasks.state[row]).toBe(1);
    }
    const failures = partitions.failures.reduce((sum, n) => sum + n, 0);
    expect(failures).toBe(stage.numFailedTasks + stage.numKilledTasks);
  });

  it('calls partitions by Spark’s numbers where a stage runs for some only', () => {
    const retries = modelOf('retries-4.3');
    const again = retries.stageList.find(stage => stage.attempt > 0)!;
    const partitions = partitionsOf(retries, again);
    for (let i = 0; i < partitions.count; i++) {
      const row = partitions.rows[i]!;
      expect(partitionNumber(retries.tasks, partitions, i)).toBe(
        retries.tasks.partitionId[row]
      );
    }
  });
});

describe('while it runs', () => {
  const lines = linesOf('everyday-4.3');
  const ends = lines.flatMap((line, i) =>
    line.startsWith('{"Event":"SparkListenerTaskEnd","Stage ID":6,') ? [i] : []
  );
  const running = modelOf(lines.slice(0, ends[1]! + 1));

  it('counts what is done, by time: rows come at a task’s end', () => {
    const stage = running.stages.get('6.0')!;
    expect(tellingMetric(running, stage, running.now)).toBe('timeMs');
    expect(judge(running, '6.0', 'timeMs')).toEqual({
      kind: 'running',
      done: 2,
      count: 5
    });
    const choices = new StageSearch().stages(applicationScope(running));
    expect(new StageSearch().first(choices)).toMatchObject({
      reason: 'running',
      stage
    });
  });

  it('names the one that the others wait for', () => {
    const most = modelOf(lines.slice(0, ends[3]! + 1));
    const stage = most.stages.get('6.0')!;
    const later = most.now + 60_000;
    expect(
      judgePartitions(measure(most, stage, 'timeMs', later), later)
    ).toMatchObject({ kind: 'slow' });
  });
});
