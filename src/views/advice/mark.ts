import { countAdvice } from '../../analysis/advice';
import type { IScope } from '../../analysis/scope';
import type { ITranslation } from '../../draw/words';
import { adviceOff } from './advice-off';
import { hintsWords } from './advice-words';

/** What the closed strip says of the advice for a scope: `2 hints`; an empty text for none. */
export function markOf(scope: IScope, trans: ITranslation): string {
  return hintsWords(countAdvice(scope, adviceOff.now), trans);
}
