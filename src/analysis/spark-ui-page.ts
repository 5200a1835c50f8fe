/** A page of the Spark UI: that of all jobs or of DStreams, or what one job, stage, SQL execution or streaming query has. */
export type SparkUiPage =
  | { readonly kind: 'jobs' | 'dstreams' }
  | { readonly kind: 'job' | 'execution'; readonly id: number }
  | {
      readonly kind: 'stage';
      readonly id: number;
      readonly attempt: number;
    }
  | { readonly kind: 'query'; readonly runId: string };

/** Where a page is below the UI's root (`SparkUI.initialize`, `SQLTab`, `StreamingQueryTab`, `StreamingTab`); no `/` before it. */
export function sparkUiPath(page: SparkUiPage): string {
  switch (page.kind) {
    case 'jobs':
      return 'jobs/';
    case 'dstreams':
      return 'streaming/';
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
