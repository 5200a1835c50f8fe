// Derived (2) from the plans of a query's batches and from what a cell's variables hold.
import type { Application, CellRun, StreamingQuery } from '../model';

/** Steps after which rows are no longer those that the sources gave. */
const CHANGES = /Aggregate|Deduplicate|Join|FlatMapGroups|TransformWithState/;

/**
 * The column of event times that a plan has a watermark on, as `EventTimeWatermarkExec` names it; null where there is none.
 *
 * @param plan - a physical plan in the form `formatted`.
 */
export function watermarkColumn(plan: string): string | null {
  return (
    /EventTimeWatermark\b.*\n(?:Input.*\n)?Arguments: (?:[0-9a-f-]{36}, )?(.+?)#\d+\S*: timestamp/.exec(
      plan
    )?.[1] ?? null
  );
}

/** The column of event times of a query: from the plan of its newest batch that has one. */
export function watermarkColumnOf(
  application: Application,
  query: StreamingQuery
): string | null {
  const newest = [...query.executionIds.values()].slice(-2).flat();
  for (const id of newest.reverse()) {
    const column = watermarkColumn(
      application.sql.get(id)?.plans[0]?.physicalPlanDescription ?? ''
    );
    if (column !== null) {
      return column;
    }
  }
  return null;
}

/** The streaming DataFrames of a run that hold rows as they came in, by the names of their variables, the newest last. */
export function inputFrames(run: CellRun | null): readonly string[] {
  return (run?.dataFrames ?? [])
    .filter(
      note =>
        note.streaming &&
        /^[A-Za-z_]\w*$/.test(note.name) &&
        !note.operations.some(operation => CHANGES.test(operation))
    )
    .map(note => note.name);
}
