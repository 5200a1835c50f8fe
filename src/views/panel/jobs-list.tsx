import type { ComponentChild } from 'preact';
import { useState } from 'preact/hooks';
import { jobRows, type IJobRow } from '../../analysis/panel-figures';
import { isCancelled } from '../../analysis/run-summary';
import { jobTitle } from '../../analysis/stage-title';
import { readFailure } from '../../analysis/failure';
import { formatCount, formatDuration } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { Application, CellRun } from '../../model';
import { hover, hovered, select, selected } from '../selection';
import { JobUiLink } from '../spark-ui';
import { titleWords } from '../title-words';
import { CellLink } from './cell-link';
import { Heading } from './term';

/** What a list of jobs is drawn with. */
export interface IJobsListProps {
  readonly application: Application | null;
  /** Runs by id, to find the cell a job came from. */
  readonly runs: ReadonlyMap<string, CellRun>;
  /** Driver time in ms since 1970. */
  readonly now: number;
  readonly trans: ITranslation;
  /** How the cell of a run is called, such as `[3]`; without it, links say `to its cell`. */
  readonly cellName?: (run: CellRun) => string | null;
  /** Scroll to a cell; without it there are no links. */
  readonly onGoToCell?: (cellId: string) => void;
  /** Cancel a job that runs; without it there are no such buttons. */
  readonly onCancelJob?: (application: Application, jobId: number) => void;
}

/** So many jobs are shown at first, beside all that run, up to {@link STEP}. */
const FIRST = 10;
/** So many more are shown each time. */
const STEP = 50;

/** Running jobs, then recent ones. */
export function JobsList(props: IJobsListProps): ComponentChild {
  const { application, trans } = props;
  const [more, setMore] = useState(0);
  const rows = application ? jobRows(application, props.now) : [];
  const running = rows.filter(row => row.isRunning).length;
  const most = Math.min(Math.max(FIRST, running + FIRST / 2), STEP) + more;
  const rest = rows.length - most;
  return (
    <section aria-label={trans.__('Jobs')}>
      <Heading
        text={trans.__('Jobs')}
        more={
          running > 0
            ? trans.__(
                '%1 running, %2 in all',
                formatCount(running),
                formatCount(rows.length)
              )
            : rows.length > 0
              ? formatCount(rows.length)
              : ''
        }
      />
      {application && rows.length > 0 ? (
        <ul class="jp-Sparkglass-jobs" onMouseLeave={() => hover(null)}>
          {rows.slice(0, most).map(row => (
            <JobItem
              key={row.job.id}
              {...props}
              application={application}
              row={row}
            />
          ))}
        </ul>
      ) : (
        <p class="jp-Sparkglass-empty">
          {trans.__(
            'No job yet. A job starts when an action such as count(), show() or write asks for a result.'
          )}
        </p>
      )}
      {application && application.forgottenJobs > 0 && (
        <p class="jp-Sparkglass-empty">
          {trans._n(
            '%1 older job of a stream is no longer kept.',
            '%1 older jobs of streams are no longer kept.',
            application.forgottenJobs,
            formatCount(application.forgottenJobs)
          )}
        </p>
      )}
      {rest > 0 && (
        <button
          type="button"
          class="jp-Sparkglass-textButton"
          onClick={() => setMore(more + STEP)}
        >
          {trans._n('Show %1 more', 'Show %1 more', Math.min(rest, STEP))}
        </button>
      )}
    </section>
  );
}

function JobItem(
  props: IJobsListProps & { application: Application; row: IJobRow }
): ComponentChild {
  const { application, row, runs, trans, onCancelJob } = props;
  const { job } = row;
  const key = { application: application.ordinal, jobId: job.id };
  const is = (mark: typeof selected.value): boolean =>
    mark?.application === key.application && mark.jobId === key.jobId;
  const state = stateOf(row);
  const done = row.tasks > 0 ? Math.min(1, row.tasksDone / row.tasks) : 0;
  const run = job.cellRunId === null ? undefined : runs.get(job.cellRunId);
  const title = titleWords(jobTitle(application, job), trans);
  const progress = progressWords(row, trans);
  return (
    <li
      class={`jp-Sparkglass-job jp-mod-${state}${
        is(hovered.value) ? ' jp-mod-hovered' : ''
      }${is(selected.value) ? ' jp-mod-selected' : ''}`}
      style={{ '--jp-sparkglass-done': `${done * 100}%` }}
      onMouseEnter={() => hover(key)}
    >
      <button
        type="button"
        class="jp-Sparkglass-job-title"
        aria-pressed={is(selected.value)}
        title={title}
        onClick={() => select(is(selected.value) ? null : key)}
      >
        <b class={`jp-Sparkglass-status jp-mod-${state}`}>{job.id}</b> {title}
      </button>
      <span class="jp-Sparkglass-job-time">
        {row.durationMs === null ? '' : formatDuration(row.durationMs)}
      </span>
      <span class="jp-Sparkglass-job-progress" title={progress}>
        {progress}
      </span>
      <span>
        {run && props.onGoToCell && (
          <CellLink
            run={run}
            trans={trans}
            caption={trans.__('Scroll to the cell that started this job')}
            cellName={props.cellName}
            onGoToCell={props.onGoToCell}
          />
        )}
        <JobUiLink application={application} id={job.id} trans={trans} />
        {row.isRunning && onCancelJob && (
          <button
            type="button"
            class="jp-Sparkglass-textButton"
            aria-label={trans.__('Cancel job %1', job.id)}
            onClick={() => onCancelJob(application, job.id)}
          >
            {trans.__('Cancel')}
          </button>
        )}
      </span>
    </li>
  );
}

/** The classes of glyphs: those of tasks and stages. */
function stateOf({ job, isRunning }: IJobRow): string {
  if (isRunning) {
    return 'running';
  }
  return job.status === 'succeeded'
    ? 'succeeded'
    : isCancelled(job)
      ? 'killed'
      : 'failed';
}

function progressWords(row: IJobRow, trans: ITranslation): string {
  const { job } = row;
  if (!row.isRunning && job.status !== 'succeeded') {
    if (isCancelled(job)) {
      return trans.__('cancelled');
    }
    return job.error === null
      ? trans.__('Spark ended while it ran')
      : readFailure(job.error).headline;
  }
  const parts = [
    row.isRunning
      ? trans.__(
          '%1 of %2 tasks',
          formatCount(row.tasksDone),
          formatCount(row.tasks)
        )
      : trans._n('%2 task', '%2 tasks', row.tasks, formatCount(row.tasks)),
    job.numSkippedStages > 0
      ? trans._n('%1 stage skipped', '%1 stages skipped', job.numSkippedStages)
      : '',
    job.numFailedTasks > 0
      ? trans._n(
          '%2 failed',
          '%2 failed',
          job.numFailedTasks,
          formatCount(job.numFailedTasks)
        )
      : ''
  ];
  return parts.filter(text => text !== '').join(', ');
}
