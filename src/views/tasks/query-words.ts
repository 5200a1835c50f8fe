import { QUERY_NAMES, type QueryError } from '../../analysis/task-query';
import type { ITranslation } from '../../draw/words';

/** Why a filter can't be read, and what to write instead. */
export function queryErrorWords(
  error: QueryError,
  trans: ITranslation
): string {
  switch (error.kind) {
    case 'noColumn':
      return error.near
        ? trans.__(
            'There is no column “%1”. Did you mean “%2”?',
            error.name,
            error.near
          )
        : trans.__(
            'There is no column “%1”. To find these words, put them in quotes. Columns are: %2',
            error.name,
            [...QUERY_NAMES.keys()].join(', ')
          );
    case 'noValue':
      return trans.__(
        'What should “%1” be compared with? Write a value behind it.',
        error.name
      );
    case 'noNumber':
      return trans.__(
        '“%1” is not a number; “%2” needs one, such as 100.',
        error.text,
        error.name
      );
    case 'noUnit':
      return error.units.length > 0
        ? trans.__(
            '“%1” is not a unit of “%2”; use one of %3.',
            error.unit,
            error.name,
            error.units.join(', ')
          )
        : trans.__('“%1” is a plain number, without a unit.', error.name);
    case 'noOrder':
      return trans.__(
        '“%1” holds words, which are not larger or smaller; write %1:text.',
        error.name
      );
    case 'openQuote':
      return trans.__('A quote is opened and not closed.');
  }
}
