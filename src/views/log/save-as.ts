import { applicationScope, rowsOf } from '../../analysis/scope';
import { TASK_COLUMN_NAMES } from '../../analysis/task-columns';
import { csvPieces } from '../../analysis/task-csv';
import { traceText } from '../../analysis/trace-events';
import type { Application } from '../../model';
import { saveFile } from '../save-file';
import type { LogExport } from './log-head';

/** Have the browser save an application as a file. */
export function saveAs(kind: LogExport, application: Application): void {
  const name = application.id || 'application';
  if (kind === 'trace') {
    // Pieces, not one string: a million tasks would be longer than a string can be.
    const pieces = [...traceText(application, application.now)];
    saveFile(
      `${name}.trace.json`,
      new Blob(pieces, { type: 'application/json' })
    );
    return;
  }
  const scope = applicationScope(application);
  // An application is one part.
  const rows = scope.parts().map(part => rowsOf(part, scope))[0];
  const pieces = [
    ...csvPieces(
      application,
      rows ?? new Int32Array(0),
      TASK_COLUMN_NAMES,
      application.now
    )
  ];
  saveFile(`${name}.tasks.csv`, new Blob(pieces, { type: 'text/csv' }));
}
