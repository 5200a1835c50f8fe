import { Reason } from '../events';
import { PeakMetrics, TaskFlag, TaskState, type StageAttempt } from '../model';
import { peakDistributions, peakMetrics } from './executor-metrics';
import { resubmittedMs } from './executors';
import { Double, type Json } from './json';
import { quantilesOf } from './quantiles';
import type { IServed } from './served';

/** The figures of `ExecutorStageSummary`, in its order. Times in ms, sizes in bytes. */
const FIGURES = [
  'taskTime',
  'failedTasks',
  'succeededTasks',
  'killedTasks',
  'inputBytes',
  'inputRecords',
  'outputBytes',
  'outputRecords',
  'shuffleRead',
  'shuffleReadRecords',
  'shuffleWrite',
  'shuffleWriteRecords',
  'memoryBytesSpilled',
  'diskBytesSpilled'
] as const;

type Figures = Record<(typeof FIGURES)[number], number>;

/** What an executor did for a stage attempt. */
interface ISummary {
  readonly figures: Figures;
  readonly peak: PeakMetrics;
  readonly isExcluded: boolean;
}

function zeros(): Figures {
  return Object.fromEntries(FIGURES.map(name => [name, 0])) as Figures;
}

/** `StageData.executorSummary` */
export function executorSummary(served: IServed, stage: StageAttempt): Json {
  const entries = [...summaries(served, stage)].map(
    ([id, summary]): [string, Json] => [
      id,
      {
        ...summary.figures,
        isBlacklistedForStage: summary.isExcluded,
        peakMemoryMetrics: peakMetrics(served.application, summary.peak),
        isExcludedForStage: summary.isExcluded
      }
    ]
  );
  return Object.fromEntries(entries);
}

/**
 * `ExecutorMetricsDistributions`, or null when no executor did anything for it.
 *
 * @param quantiles - sorted.
 */
export function executorDistributions(
  served: IServed,
  stage: StageAttempt,
  quantiles: readonly number[]
): Json {
  const all = [...summaries(served, stage).values()];
  if (all.length === 0) {
    return null;
  }
  const entries = FIGURES.map((name): [string, Json] => [
    name,
    quantilesOf(
      all.map(summary => summary.figures[name]),
      quantiles
    ).map(value => new Double(value))
  ]);
  return {
    quantiles: quantiles.map(q => new Double(q)),
    ...Object.fromEntries(entries),
    peakMemoryMetrics: peakDistributions(
      served.application,
      all.map(summary => summary.peak),
      quantiles
    )
  };
}

/** By executor id. */
function summaries(
  served: IServed,
  stage: StageAttempt
): Map<string, ISummary> {
  const found = new Map<string, ISummary>();
  const { tasks, strings } = served.application;
  const figuresOf = (id: string): Figures => {
    const known = found.get(id);
    if (known) {
      return known.figures;
    }
    const figures = zeros();
    found.set(id, {
      figures,
      peak: stage.executorPeaks.get(id) ?? new PeakMetrics(),
      isExcluded: stage.excludedExecutors.has(id)
    });
    return figures;
  };
  for (const row of stage.rows.view()) {
    const flags = tasks.flags[row]!;
    const running = tasks.state[row] === TaskState.running;
    if (
      (flags & TaskFlag.late) === 0 &&
      (!running || (flags & TaskFlag.metrics) !== 0)
    ) {
      add(served, row, figuresOf(strings[tasks.executor[row]!] ?? ''));
    }
  }
  [...stage.executorPeaks.keys(), ...stage.excludedExecutors].forEach(
    figuresOf
  );
  // Where Spark has begun the stage anew, what it hears since then takes the place of what the executor did before.
  for (const [id, peak] of stage.relisted?.executorPeaks ?? []) {
    found.set(id, { figures: zeros(), peak, isExcluded: false });
  }
  return found;
}

/** Add a task's row (`AppStatusListener.onTaskEnd`). */
function add(served: IServed, row: number, figures: Figures): void {
  const { tasks } = served.application;
  if (tasks.state[row] !== TaskState.running) {
    const reason = tasks.reason[row];
    const killed =
      reason === Reason.taskKilled || reason === Reason.taskCommitDenied;
    figures.taskTime += tasks.durationMs[row]!;
    figures.succeededTasks += reason === Reason.success ? 1 : 0;
    figures.killedTasks += killed ? 1 : 0;
    figures.failedTasks += reason !== Reason.success && !killed ? 1 : 0;
    const again = TaskFlag.resubmitted | TaskFlag.resubmittedLate;
    if ((tasks.flags[row]! & again) === TaskFlag.resubmitted) {
      figures.failedTasks++;
      figures.taskTime += resubmittedMs(
        served.application,
        tasks.durationMs[row]!
      );
    }
  }
  figures.inputBytes += tasks.inputBytes[row]!;
  figures.inputRecords += tasks.inputRecords[row]!;
  figures.outputBytes += tasks.outputBytes[row]!;
  figures.outputRecords += tasks.outputRecords[row]!;
  figures.shuffleRead +=
    tasks.shuffleRemoteBytesRead[row]! + tasks.shuffleLocalBytesRead[row]!;
  figures.shuffleReadRecords += tasks.shuffleRecordsRead[row]!;
  figures.shuffleWrite += tasks.shuffleBytesWritten[row]!;
  figures.shuffleWriteRecords += tasks.shuffleRecordsWritten[row]!;
  figures.memoryBytesSpilled += tasks.memoryBytesSpilled[row]!;
  figures.diskBytesSpilled += tasks.diskBytesSpilled[row]!;
}
