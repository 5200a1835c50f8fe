import { Column } from '../../events';
import type { Job } from '../../model';
import { jobTitle } from '../stage-title';
import type { Advice } from './advice';
import { aboutStage, type IEvidence, type IRule } from './evidence';
import { planTree } from './plan-tree';
import { total } from './stage-load';

/** A thirty-second part of what the driver takes of one job by default (`spark.driver.maxResultSize`, 1 GiB); in Python it is several times as much. */
const BYTES = 32 * 1024 * 1024;

const BRINGS_ALL = /^(?:collect|toPandas|collectAsMap)$/;

/** `collect()` or `toPandas()` of much data. */
export const bigCollect: IRule = {
  id: 'bigCollect',
  needs: [],
  judge({ application, jobs, loads }: IEvidence): readonly Advice[] {
    const advice: Advice[] = [];
    for (const job of lastOfExecutions(jobs)) {
      const { action } = jobTitle(application, job).site;
      const load = loads.find(
        ({ stage }) =>
          stage.id === Math.max(...job.stageIds) && stage.status === 'complete'
      );
      const bytes = load ? total(load, Column.resultSizeBytes) : 0;
      if (!load || !action || !BRINGS_ALL.test(action) || bytes < BYTES) {
        continue;
      }
      const execution = application.sql.get(job.sqlExecutionId ?? -1);
      const tree = execution ? planTree(application, execution) : null;
      const root = tree?.nodes[0];
      const isPandas = action === 'toPandas';
      advice.push({
        rule: 'bigCollect',
        certainty: 'likely',
        about: aboutStage(load),
        gainMs: null,
        action,
        bytes,
        rows: tree && root ? tree.rowsOf(root) : null,
        tryThis: {
          kind: 'code',
          before: [isPandas ? 'df.toPandas()' : 'df.collect()'],
          after: [
            isPandas ? 'df.limit(1000).toPandas()' : 'df.take(20)',
            'df.write.parquet("result")'
          ]
        }
      });
    }
    return advice;
  }
};

/** Jobs that bring a result: of a query only the last does, the others make what it needs. */
function lastOfExecutions(jobs: readonly Job[]): readonly Job[] {
  const last = new Map<string, Job>();
  for (const job of jobs) {
    last.set(
      job.sqlExecutionId === null
        ? `job ${job.id}`
        : `execution ${job.sqlExecutionId}`,
      job
    );
  }
  return [...last.values()];
}
