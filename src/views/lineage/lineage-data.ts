import { lineageOf, type ILineage } from '../../analysis/lineage';
import { stepTasks, type IStepTasks } from '../../analysis/lineage-tasks';
import {
  judgeLineage,
  type LineageVerdict
} from '../../analysis/lineage-verdict';
import { weave, type IWeave } from '../../analysis/lineage-weave';
import type { IScope } from '../../analysis/scope';
import type { Application, Job } from '../../model';

/** A job that can be chosen. */
export interface IChoice {
  readonly application: Application;
  readonly job: Job;
}

/** What a lineage view shows. */
export interface ILineageData {
  readonly lineage: ILineage;
  readonly tasks: readonly IStepTasks[];
  readonly verdict: LineageVerdict;
}

/** The jobs of a scope, oldest first. */
export function choicesOf(scope: IScope): IChoice[] {
  return scope
    .parts()
    .flatMap(({ application, jobs }) =>
      jobs.map(job => ({ application, job }))
    );
}

/**
 * Derives what is shown of a job: the steps anew only when something about them has changed, their tasks once a batch, the threads when the
 * room for them is another one too. Pointing at things derives nothing.
 */
export class LineageData {
  private key = '';
  private lineage: ILineage | null = null;
  private data: ILineageData | null = null;
  private woven: { of: ILineageData; most: number; weave: IWeave } | null =
    null;

  /** The model changed. */
  heard(): void {
    this.data = null;
  }

  of({ application, job }: IChoice): ILineageData {
    if (this.data?.lineage.job === job) {
      return this.data;
    }
    const key = keyOf(application, job);
    if (key !== this.key || this.lineage?.job !== job) {
      this.key = key;
      this.lineage = lineageOf(application, job);
    }
    const { lineage } = this;
    const tasks = stepTasks(lineage);
    this.data = { lineage, tasks, verdict: judgeLineage(lineage, tasks) };
    return this.data;
  }

  /**
   * The threads of what {@link of} gave.
   *
   * @param most - slots a step.
   */
  weave(data: ILineageData, most: number): IWeave {
    if (this.woven?.of !== data || this.woven.most !== most) {
      this.woven = {
        of: data,
        most,
        weave: weave(data.lineage, data.tasks, most)
      };
    }
    return this.woven.weave;
  }
}

/** Everything that the steps of a job depend on, in a word. */
function keyOf(application: Application, job: Job): string {
  const stages = job.stages.map(
    ({ key, status, rddInfos, relisted }) =>
      `${key}${status}${rddInfos.length}${relisted ? 'r' : ''}`
  );
  const kept = [...application.rdds.values()].map(
    rdd =>
      `${rdd.id}:${rdd.partitions.size}:${rdd.memoryUsedBytes}:${rdd.diskUsedBytes}`
  );
  const plans =
    application.sql.get(job.sqlExecutionId ?? -1)?.plans.length ?? 0;
  return [
    job.id,
    application.shuffles.size,
    application.stages.size,
    plans,
    ...stages,
    ...kept
  ].join(' ');
}
