import { formatBytes, formatShare } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import { PictureButtons } from '../picture';

/** How far reading has come. */
export interface IReading {
  readonly state: 'reading' | 'following' | 'done' | 'cancelled' | 'failed';
  readonly bytesRead: number;
  /** Null when not known. */
  readonly bytesTotal: number | null;
  /** What could not be read, each in a line; the first is the gravest. */
  readonly problems: readonly string[];
}

interface IHeadProps {
  readonly name: string;
  readonly reading: IReading;
  readonly trans: ITranslation;
  readonly onCancel: () => void;
  /** Save the application as a file for other tools; null while there is none. */
  readonly onExport: ((kind: LogExport) => void) | null;
  /** The view that is shown, to be saved as a picture. */
  readonly view: () => HTMLElement | null;
  /** What a picture of it is called. */
  readonly viewName: string;
}

/** What an application can be saved as: a trace for Perfetto, or its tasks as CSV. */
export type LogExport = 'trace' | 'csv';

/** So many problems are shown; the rest is counted. */
const MOST_PROBLEMS = 5;

/** What is read, how far, and what went wrong. */
export function LogHead({
  name,
  reading,
  trans,
  onCancel,
  onExport,
  view,
  viewName
}: IHeadProps) {
  const { state, bytesRead, bytesTotal, problems } = reading;
  const share =
    bytesTotal === null || bytesTotal === 0
      ? null
      : Math.min(1, bytesRead / bytesTotal);
  return (
    <>
      <div class="jp-Sparkglass-log-line">
        <span class="jp-Sparkglass-log-name">{name}</span>
        <span role="status">{readingWords(reading, share, trans)}</span>
        {state === 'reading' && (
          <>
            <progress max={1} value={share ?? undefined} />
            <button
              type="button"
              class="jp-Sparkglass-button"
              title={trans.__('Stop reading; what was read stays')}
              onClick={onCancel}
            >
              {trans.__('Stop')}
            </button>
          </>
        )}
        {onExport && (
          <span class="jp-Sparkglass-log-export">
            <PictureButtons view={view} name={viewName} trans={trans} />
            <button
              type="button"
              class="jp-Sparkglass-button"
              title={trans.__(
                'Save jobs, stages and tasks as a trace that ui.perfetto.dev and chrome://tracing open'
              )}
              onClick={() => onExport('trace')}
            >
              {trans.__('Export trace')}
            </button>
            <button
              type="button"
              class="jp-Sparkglass-button"
              title={trans.__('Save all tasks with all their numbers as CSV')}
              onClick={() => onExport('csv')}
            >
              {trans.__('Export tasks')}
            </button>
          </span>
        )}
      </div>
      {problems.length > 0 && (
        <div class="jp-Sparkglass-stripMessage" role="alert">
          <ul class="jp-Sparkglass-log-problems">
            {problems.slice(0, MOST_PROBLEMS).map(problem => (
              <li key={problem}>{problem}</li>
            ))}
            {problems.length > MOST_PROBLEMS && (
              <li>
                {trans._n(
                  '%1 more',
                  '%1 more',
                  problems.length - MOST_PROBLEMS
                )}
              </li>
            )}
          </ul>
        </div>
      )}
    </>
  );
}

function readingWords(
  { state, bytesRead }: IReading,
  share: number | null,
  trans: ITranslation
): string {
  const size = formatBytes(bytesRead);
  switch (state) {
    case 'reading':
      return share === null
        ? trans.__('Reading: %1', size)
        : trans.__('Reading: %1, %2', size, formatShare(share));
    case 'following':
      return trans.__('%1 read; the log still grows and is followed', size);
    case 'done':
      return trans.__('%1 read', size);
    case 'cancelled':
      return trans.__('Stopped after %1; what was read is shown', size);
    case 'failed':
      return trans.__('Could not be read');
  }
}
