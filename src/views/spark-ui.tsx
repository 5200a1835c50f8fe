import { signal } from '@preact/signals';
import type { ComponentChild } from 'preact';
import { isRunning } from '../analysis/run-summary';
import type { SparkUiPage } from '../analysis/spark-ui-page';
import { stageName } from '../analysis/task-columns';
import type { ITranslation } from '../draw/words';
import type { Application, IRunQuery, StageAttempt } from '../model';
import { ToolButton } from './tool-button';

/** Opens Spark's own pages. */
export interface ISparkUi {
  /** Whether this application runs and has pages now. */
  has(application: Application): boolean;
  open(application: Application, page: SparkUiPage): void;
}

/** The way to Spark's own pages, for every view of the page; null where there is none. */
export const sparkUi = signal<ISparkUi | null>(null);

/** Out of its frame, to the upper right. */
const SIGN =
  'M3 3h4v1.5H4.5v7h7V9H13v4H3zM9 3h4v4h-1.5V5.6L7.6 9.5 6.5 8.4l3.9-3.9H9z';

interface ILinkProps {
  readonly application: Application;
  readonly page: SparkUiPage;
  /** What it opens, in words. */
  readonly label: string;
}

function Link({ application, page, label }: ILinkProps): ComponentChild {
  const ui = sparkUi.value;
  return ui?.has(application) ? (
    <ToolButton
      label={label}
      path={SIGN}
      onClick={() => ui.open(application, page)}
    />
  ) : null;
}

interface IOfApplication {
  readonly application: Application;
  readonly trans: ITranslation;
}

/** A small button that opens a job in the Spark UI; nothing where there is no such page. */
export function JobUiLink(props: IOfApplication & { id: number }) {
  const { application, id, trans } = props;
  return (
    <Link
      application={application}
      page={{ kind: 'job', id }}
      label={trans.__('Open job %1 in the Spark UI', id)}
    />
  );
}

/** The same for a stage attempt. */
export function StageUiLink(props: IOfApplication & { stage: StageAttempt }) {
  const { application, stage, trans } = props;
  return (
    <Link
      application={application}
      page={{ kind: 'stage', id: stage.id, attempt: stage.attempt }}
      label={trans.__('Open stage %1 in the Spark UI', stageName(stage))}
    />
  );
}

/** The same for a SQL execution. */
export function ExecutionUiLink(props: IOfApplication & { id: number }) {
  const { application, id, trans } = props;
  return (
    <Link
      application={application}
      page={{ kind: 'execution', id }}
      label={trans.__('Open SQL query %1 in the Spark UI', id)}
    />
  );
}

/** The same for a streaming query; DStreams have a page as long as they run (`StreamingContext.stop` takes it away). */
export function QueryUiLink(props: {
  readonly entry: IRunQuery;
  readonly trans: ITranslation;
}) {
  const { entry, trans } = props;
  const { application, query } = entry;
  const { isDStreams, label, runId } = query;
  return isDStreams && !isRunning(entry) ? null : (
    <Link
      application={application}
      page={isDStreams ? { kind: 'dstreams' } : { kind: 'query', runId }}
      label={
        isDStreams
          ? trans.__('Open DStreams in the Spark UI')
          : trans.__('Open the query %1 in the Spark UI', label)
      }
    />
  );
}
