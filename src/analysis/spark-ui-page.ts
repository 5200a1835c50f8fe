/** A page of the Spark UI: one of its tabs, or what one job, stage, SQL execution or streaming query has. */
export type SparkUiPage =
  | { readonly kind: 'jobs' | 'sql' | 'streaming' }
  | { readonly kind: 'job' | 'execution'; readonly id: number }
  | {
      readonly kind: 'stage';
      readonly id: number;
      readonly attempt: number;
    }
  | { readonly kind: 'query'; readonly runId: string };

/** Where a page is below the UI's root (`SparkUI.initialize`, `SQLTab`, `StreamingQueryTab`); no `/` before it. */
export function sparkUiPath(page: SparkUiPage): string {
  switch (page.kind) {
    case 'jobs':
      return 'jobs/';
    case 'sql':
      return 'SQL/';
    case 'streaming':
      return 'StreamingQuery/';
    case 'job':
      return `jobs/job/?id=${page.id}`;
    case 'stage':
      return `stages/stage/?id=${page.id}&attempt=${page.attempt}`;
    case 'execution':
      return `SQL/execution/?id=${page.id}`;
    case 'query':
      return `StreamingQuery/statistics/?id=${encodeURIComponent(page.runId)}`;
  }
}
