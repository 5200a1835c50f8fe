import type { CodeCell } from '@jupyterlab/cells';
import type { ITranslation } from '../draw/words';
import type { CellRun } from '../model';
import type { ICurvePicture } from '../views/curve';
import { runSvg } from '../views/pinned/run-svg';
import { summarise } from '../analysis/run-summary';
import { plannedSentence, runSentence } from '../views/strip/sentence';
import { saveRun } from './saved-runs';

/** Our MIME type: a saved run. */
export const RUN_MIME = 'application/vnd.sparkglass.run.v1+json';

/**
 * Add a run to its cell as a normal output: our own data for JupyterLab, a picture for GitHub and exported notebooks, and a sentence for everything else.
 */
export async function pinRun(
  cell: CodeCell,
  run: CellRun,
  trans: ITranslation
): Promise<void> {
  const saved = await saveRun(run);
  const summary = summarise(run);
  const drawn = await drawCurve(run, trans);
  const sentence =
    drawn?.text ??
    (summary.state === 'planned'
      ? plannedSentence(run.dataFrames, trans)
      : runSentence(summary, trans));
  cell.model.outputs.add({
    output_type: 'display_data',
    metadata: {},
    data: {
      [RUN_MIME]: saved as never,
      'image/svg+xml': drawn?.svg ?? runSvg(run, sentence, trans),
      'text/plain': trans.__('Spark: %1', sentence)
    }
  });
}

/** The newest curve of a run as a picture; null when there is none with points. */
async function drawCurve(
  run: CellRun,
  trans: ITranslation
): Promise<ICurvePicture | null> {
  const curve = run.curves.filter(({ hasPoints }) => hasPoints).pop();
  if (!curve) {
    return null;
  }
  const { curvePicture } = await import(
    /* webpackChunkName: "curve" */ '../views/curve'
  );
  const applications = run.jobs.map(({ application }) => application);
  return curvePicture(curve, new Set(applications), trans);
}
