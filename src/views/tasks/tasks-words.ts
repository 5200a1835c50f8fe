import { stageName } from '../../analysis/task-columns';
import type { ITasksVerdict } from '../../analysis/tasks-verdict';
import { formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Application } from '../../model';

/** Words for the states of a task, by `TaskState`. */
export function stateWords(trans: ITranslation): readonly string[] {
  return [
    trans.__('running'),
    trans.__('succeeded'),
    trans.__('failed'),
    trans.__('killed')
  ];
}

/** Some tasks in one plain line. */
export function verdictWords(
  verdict: ITasksVerdict,
  application: Application,
  trans: ITranslation
): string {
  const count = (n: number): string => formatCount(n);
  const parts = [
    trans._n('%2 task', '%2 tasks', verdict.tasks, count(verdict.tasks))
  ];
  if (verdict.running > 0) {
    parts.push(trans.__('%1 running', count(verdict.running)));
  }
  if (verdict.failed > 0) {
    parts.push(trans.__('%1 failed', count(verdict.failed)));
  }
  if (verdict.killed > 0) {
    parts.push(trans.__('%1 killed', count(verdict.killed)));
  }
  const { medianMs, longest } = verdict;
  if (medianMs === null || !longest) {
    return parts.join(', ');
  }
  const { tasks, stageList } = application;
  const stage = stageList[tasks.stage[longest.row]!];
  return trans.__(
    '%1; half took up to %2, the longest %3 (task %4 of stage %5)',
    parts.join(', '),
    formatDuration(medianMs),
    formatDuration(longest.ms),
    tasks.index[longest.row]!,
    stageName(stage)
  );
}
