import type { IPhase, IPhaseMean } from '../../analysis/curve-phases';
import type { CurveLine } from '../../model';
import { exactWords, type ValueKind } from './curve-words';
import { isLearner, type IEstimated } from './estimated';
import type { IPhaseRow } from './phase-table';

/**
 * What each learner was in the parts of a curve, in words.
 *
 * @param meansOf - the mean losses of a line, one a part.
 * @param isAccuracy - whether the words are of 1 less the loss.
 */
export function phaseRows(
  lines: readonly IEstimated[],
  phases: readonly IPhase[],
  meansOf: (line: CurveLine) => readonly IPhaseMean[],
  isAccuracy: boolean,
  kind: ValueKind
): readonly IPhaseRow[] {
  if (phases.length === 0) {
    return [];
  }
  const rows = lines
    .filter(({ line, baseline }) => baseline === null && isLearner(line))
    .map(one => ({ one, means: meansOf(one.line) }));
  const counted = (mean: IPhaseMean | undefined): number =>
    !mean || mean.isInSample || Number.isNaN(mean.mean) ? Infinity : mean.mean;
  const best = phases.map((_, i) =>
    Math.min(...rows.map(({ means }) => counted(means[i])))
  );
  return rows.map(({ one: { key, name, look }, means }) => ({
    key,
    name,
    look,
    parts: means.map((mean, i) => ({
      words: exactWords(isAccuracy ? 1 - mean.mean : mean.mean, kind),
      examples: mean.examples,
      isInSample: mean.isInSample,
      isBest:
        rows.length > 1 &&
        counted(mean) === best[i] &&
        Number.isFinite(best[i]!)
    }))
  }));
}
