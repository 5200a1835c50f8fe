import type { ITitle } from '../analysis/stage-title';
import type { ITranslation } from '../draw/words';

/** What a job or stage was asked for: `reduceByKey (line 3)`. */
export function titleWords(title: ITitle, trans: ITranslation): string {
  const { description, site } = title;
  if (description) {
    return description;
  }
  const action = site.action ?? trans.__('part of a query');
  if (site.line === null) {
    return action;
  }
  return site.isCell || site.file === null
    ? trans.__('%1 (line %2)', action, site.line)
    : trans.__('%1 (%2, line %3)', action, site.file, site.line);
}
