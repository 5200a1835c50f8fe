import {
  PARTITION_METRICS,
  usedMetrics,
  type PartitionMetric
} from '../../analysis/partitions';
import {
  measure,
  StageSearch,
  tellingMetric,
  type ChoiceReason,
  type IMeasured,
  type IStageChoice
} from '../../analysis/partitions-verdict';
import type { IScope } from '../../analysis/scope';
import { sortByValues } from '../../analysis/task-order';

/** What is shown of a scope: the stage, the measure and the order that were chosen, or what says most. */
export interface IShown {
  readonly choices: readonly IStageChoice[];
  readonly measured: IMeasured;
  readonly metrics: readonly PartitionMetric[];
  readonly order: Int32Array | null;
  readonly executors: readonly number[];
  /** Driver time, ms since 1970. */
  readonly now: number;
  readonly isRunning: boolean;
  /** Why this stage; null when a person chose it. */
  readonly reason: ChoiceReason | null;
}

/** Keeps what was chosen, and works out what is shown once a batch. */
export class PartitionsData {
  /** `${application}:${StageAttempt.key}`; null for the one that says most. */
  stage: string | null = null;
  metric: PartitionMetric | null = null;
  isSorted = false;

  private readonly search = new StageSearch();

  /**
   * What is shown now; null while no task has been started.
   *
   * @param sinceMs - how far the driver's clock has gone on since the newest event.
   */
  shown(scope: IScope, sinceMs: number): IShown | null {
    const choices = this.search.stages(scope);
    const chosen = choices.find(choice => keyOf(choice) === this.stage);
    const first = chosen ? null : this.search.first(choices);
    const choice = chosen ?? first;
    if (!choice) {
      return null;
    }
    const { application, stage } = choice;
    const isRunning = stage.status === 'active' && application.endTime === null;
    const now = Math.floor(application.now + (isRunning ? sinceMs : 0));
    const metrics = usedMetrics(stage);
    const metric =
      this.metric && metrics.includes(this.metric)
        ? this.metric
        : tellingMetric(application, stage, now);
    const measured = measure(application, stage, metric, now);
    return {
      choices,
      measured,
      metrics,
      order: this.isSorted ? orderOf(measured.values) : null,
      executors: executorsOf(measured),
      now,
      isRunning,
      reason: first?.reason ?? null
    };
  }
}

/** How a stage is told from the others of a scope. */
export function keyOf({ application, stage }: IStageChoice): string {
  return `${application.ordinal}:${stage.key}`;
}

/** The name of a measure, from what a page says. */
export function metricNamed(name: string): PartitionMetric | null {
  return PARTITION_METRICS.find(metric => metric === name) ?? null;
}

function orderOf(values: Float64Array): Int32Array {
  return sortByValues(
    Int32Array.from(values, (_, i) => i),
    values,
    true
  );
}

/** Executors that ran partitions, in the order of their numbers. */
function executorsOf({ application, partitions }: IMeasured): number[] {
  const seen = new Set<number>();
  const { executor } = application.tasks;
  for (let i = 0; i < partitions.count; i++) {
    const row = partitions.rows[i]!;
    if (row >= 0) {
      seen.add(executor[row]!);
    }
  }
  const name = (string: number): string => application.strings[string] ?? '';
  return [...seen].sort((a, b) =>
    name(a).localeCompare(name(b), 'en', { numeric: true })
  );
}
