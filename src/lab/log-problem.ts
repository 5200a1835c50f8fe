import type { ITranslation } from '../draw/words';
import type { LogProblem } from '../sources/eventlog';

/** What could not be read of a log, in words: which file, where, why. */
export function logProblemWords(
  code: string,
  detail: string,
  trans: ITranslation
): string {
  switch (code as LogProblem) {
    case 'unreadable':
      return trans.__('A file could not be read: %1', detail);
    case 'missingFile':
      return trans.__(
        'A file of this log is missing; what the others hold is shown: %1',
        detail
      );
    case 'wrongCodec':
      return trans.__(
        'A file is packed in another way than its name says (name, content); it was read as what it is: %1',
        detail
      );
    case 'corrupt':
      return trans.__(
        'A file is damaged; what came before is shown: %1',
        detail
      );
    case 'cut':
      return trans.__(
        'A file ends too early; what came before is shown: %1',
        detail
      );
    case 'badLine':
      return trans.__('A line is no event and was left out: %1', detail);
    case 'longLine':
      return trans.__('A line is too long and was left out: %1', detail);
    case 'empty':
      return trans.__('There is nothing in this log: %1', detail);
    default:
      return `${code}: ${detail}`;
  }
}
