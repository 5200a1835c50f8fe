import type { IScope } from '../../analysis/scope';
import type { IWeave } from '../../analysis/lineage-weave';
import type { ITranslation } from '../../draw/words';
import { cellsOf } from './lineage-cells';
import type { IChoice } from './lineage-data';
import type { IPlace } from './lineage-keys';
import type { LineageTerm } from './lineage-terms';
import { stepName } from './lineage-words';
import { slotName, slotPlace, slotSource } from './slot-words';

/** What the legend has to explain, threads first. */
export function termsOf(woven: IWeave): LineageTerm[] {
  const { links, steps } = woven.lineage;
  const found = new Set<LineageTerm>();
  for (const { kind } of links) {
    found.add(
      kind === 'shuffle'
        ? 'wide'
        : kind === 'group' || kind === 'unknown'
          ? kind
          : 'narrow'
    );
  }
  for (const { id } of steps) {
    for (const { state } of cellsOf(woven, id)) {
      if (state !== 'done' && state !== 'running' && state !== 'failed') {
        found.add(state);
      }
    }
  }
  return ORDER.filter(term => found.has(term));
}

const ORDER: readonly LineageTerm[] = [
  'narrow',
  'wide',
  'group',
  'unknown',
  'memory',
  'disk',
  'absent',
  'empty',
  'spared',
  'idle'
];

/** A cell in one sentence, for a screen reader. */
export function placeWords(
  woven: IWeave,
  { step, slot }: IPlace,
  trans: ITranslation
): string {
  const own = woven.lineage.steps[step]!;
  const slots = woven.slots[step]!;
  return [
    `${slotName(own, slots[slot]!, slots[slot + 1]!, trans)}, ${stepName(woven.lineage, own, trans)}`,
    slotSource(woven, own, slot, trans),
    slotPlace(woven, own, slot, trans)
  ]
    .filter(text => text !== '')
    .join('. ');
}

/** Why there is nothing to see, and what to do. */
export function emptyWords(
  scope: IScope,
  chosen: IChoice | null,
  trans: ITranslation
): string {
  if (!chosen) {
    return (scope.run?.dataFrames.length ?? 0) > 0
      ? trans.__(
          'This cell only described a plan; nothing ran yet. Spark works when an action such as count() asks.'
        )
      : trans.__(
          'No job has run yet. Run a cell with an action, such as count() or show(), and its partitions will appear here.'
        );
  }
  return chosen.application.source === 'log' || chosen.job.started
    ? trans.__(
        'The steps of this job are not known yet. They appear here as soon as Spark has planned its stages.'
      )
    : trans.__(
        'This job ran before Sparkglass listened, and Spark keeps no lineage of it. Run the cell again to see it.'
      );
}
