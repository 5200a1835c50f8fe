import { modelOf } from '../model/fixtures/models';
import { answersTo, linesOf, logs } from '../model/fixtures/read.cjs';
import { applicationScope } from './scope';
import { sortStageRows, stageRows, type IStageRow } from './stage-table';

function rowsOfLog(name: string): IStageRow[] {
  return stageRows(applicationScope(modelOf(name)));
}

/** REST writes `2026-11-24T10:42:36.463GMT`. */
function timeOf(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text.replace('GMT', 'Z'));
}

/** A stage that two jobs needed at once: Spark's own store forgets that it ran. */
function isForgotten(name: string, key: string): boolean {
  return name.startsWith('together-') && key === '1.0';
}

describe.each(logs)('the stage table of %s', name => {
  it('has the figures of Spark’s own', () => {
    const rows = rowsOfLog(name);
    const ours = rows.map(row => ({
      key: row.stage.key,
      tasks: row.tasks,
      done: row.tasksDone,
      failed: row.tasksFailed,
      killed: row.tasksKilled,
      duration: row.durationMs,
      input: [row.inputBytes, row.inputRecords],
      output: [row.outputBytes, row.outputRecords],
      read: [row.shuffleReadBytes, row.shuffleReadRecords],
      write: [row.shuffleWriteBytes, row.shuffleWriteRecords],
      wait: row.fetchWaitMs,
      spill: [row.memorySpillBytes, row.diskSpillBytes],
      run: row.runTimeMs,
      gc: row.gcTimeMs
    }));
    const theirs = answersTo(name)
      .stages.map(stage => {
        const from = timeOf(stage.firstTaskLaunchedTime);
        const to = timeOf(stage.completionTime);
        return {
          key: `${stage.stageId}.${stage.attemptId}`,
          order: stage.stageId * 1000 + stage.attemptId,
          tasks: stage.numTasks,
          done: stage.numCompleteTasks,
          failed: stage.numFailedTasks,
          killed: stage.numKilledTasks,
          duration: from === null || to === null ? null : to - from,
          input: [stage.inputBytes, stage.inputRecords],
          output: [stage.outputBytes, stage.outputRecords],
          read: [stage.shuffleReadBytes, stage.shuffleReadRecords],
          write: [stage.shuffleWriteBytes, stage.shuffleWriteRecords],
          wait: stage.shuffleFetchWaitTime,
          spill: [stage.memoryBytesSpilled, stage.diskBytesSpilled],
          run: stage.executorRunTime,
          gc: stage.jvmGcTime
        };
      })
      .sort((a, b) => a.order - b.order)
      .map(({ order, ...stage }) => stage);
    const shared = (row: { key: string }): boolean =>
      !isForgotten(name, row.key);
    expect(ours.filter(shared)).toEqual(theirs.filter(shared));
  });
});

describe('what a stage is for', () => {
  const rows = rowsOfLog('everyday-4.3');
  const of = (key: string): string => {
    const { role } = rows.find(row => row.stage.key === key)!;
    return `${role.format ?? role.from} → ${role.to}`;
  };

  it.each([
    ['0.0', 'rows → shuffle'],
    ['1.0', 'shuffle → result'],
    ['6.0', 'shuffles → shuffle'],
    ['8.0', 'cache → result'],
    // Adaptive execution: who reads it comes in a later job.
    ['14.0', 'rows → shuffle'],
    ['29.0', 'shuffle → files'],
    ['31.0', 'parquet → shuffle']
  ])('stage %s: %s', (key, role) => {
    expect(of(key)).toBe(role);
  });

  it('keeps the user’s own description', () => {
    const { title } = rows.find(row => row.stage.key === '4.0')!;
    expect(title.description).toBe('the weekly report – „Zażółć” <b>&</b>');
    expect(title.site).toMatchObject({ action: 'distinct', line: 20 });
  });
});

describe('what did not run', () => {
  it('tells skipped stages from those that a failed job never came to', () => {
    const never = (name: string): string[] =>
      rowsOfLog(name)
        .filter(row => row.neverRan)
        .map(row => row.stage.key);
    expect(never('failures-4.3')).toEqual(['4.0', '6.0']);
    expect(never('everyday-4.3')).toEqual([]);
  });

  it('knows a skipped stage as soon as a stage that would read it runs', () => {
    const lines = linesOf('everyday-4.3');
    const at = lines.findIndex(line =>
      line.startsWith(
        '{"Event":"SparkListenerStageSubmitted","Stage Info":{"Stage ID":6,'
      )
    );
    const application = modelOf(lines.slice(0, at + 1));
    const skipped = application.stages.get('5.0')!;
    expect(skipped.status).toBe('pending');
    const row = stageRows(applicationScope(application)).find(
      ({ stage }) => stage === skipped
    );
    expect(row).toMatchObject({ status: 'skipped', neverRan: false });
  });

  it('ends what ran when the driver ended', () => {
    const lines = linesOf('everyday-4.3');
    const end = lines.findIndex(line =>
      line.startsWith('{"Event":"SparkListenerApplicationEnd"')
    );
    const launch = lines.findIndex(line =>
      line.startsWith('{"Event":"SparkListenerTaskStart","Stage ID":6,')
    );
    const [row, later] = stageRows(
      applicationScope(modelOf([...lines.slice(0, launch + 1), lines[end]!]))
    ).filter(({ stage }) => stage.id >= 6);
    expect(row).toMatchObject({ status: 'failed', isCutOff: true });
    expect(row!.durationMs).toBeGreaterThan(0);
    expect(later).toMatchObject({ status: 'skipped', neverRan: true });
  });
});

describe('sorting', () => {
  const rows = rowsOfLog('everyday-4.3');

  it('puts the largest first and those without a value last, either way', () => {
    for (const isDescending of [true, false]) {
      const durations = sortStageRows(rows, 'durationMs', isDescending).map(
        row => row.durationMs
      );
      const known = durations.filter(ms => ms !== null);
      expect(durations.slice(known.length).every(ms => ms === null)).toBe(true);
      const sorted = [...known].sort((a, b) => a - b);
      expect(known).toEqual(isDescending ? sorted.reverse() : sorted);
    }
  });

  it('keeps equal rows in the order of their stages', () => {
    const ids = sortStageRows(rows, 'tasksFailed' as 'tasks', true).map(
      row => row.stage.id
    );
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
  });

  it('goes on counting the time of a stage that runs', () => {
    const lines = linesOf('everyday-4.3');
    const at = lines.findIndex(line =>
      line.startsWith('{"Event":"SparkListenerTaskStart","Stage ID":6,')
    );
    const application = modelOf(lines.slice(0, at + 1));
    const duration = (since: number): number =>
      stageRows(applicationScope(application), since).find(
        row => row.status === 'active'
      )!.durationMs!;
    expect(duration(2500)).toBe(duration(0) + 2500);
  });
});
