import { formatCount } from '../../draw/format';
import type { ITranslation } from '../../draw/words';
import type { ICurveMark } from '../../model';

/** What a policy did: the names of docs/protocol.md, section 7, in the words of the page; others as they are. */
export function policyWords(name: string, trans: ITranslation): string {
  switch (name) {
    case 'reset':
      return trans.__('reset');
    case 'background model begun':
      return trans.__('background model begun');
    case 'background model dropped':
      return trans.__('background model dropped');
    case 'background model swapped in':
      return trans.__('background model swapped in');
    case 'rollback':
      return trans.__('rollback');
    case 'quarantine':
      return trans.__('quarantine');
    case 'quarantine released':
      return trans.__('quarantine released');
    default:
      return name;
  }
}

/** What spoils a curve, by the names of docs/protocol.md; others as they are. */
export function mistakeWords(name: string, trans: ITranslation): string {
  switch (name) {
    case 'scored after learning':
      return trans.__('scored after learning');
    case 'new model in every batch':
      return trans.__('new model in every batch');
    case 'one class':
      return trans.__('one class');
    case 'batch delivered twice':
      return trans.__('batch delivered twice');
    case 'scored on its own training rows':
      return trans.__('scored on its own training rows');
    case 'unknown label':
      return trans.__('unknown label');
    case 'no labels':
      return trans.__('no labels');
    case 'rows let go':
      return trans.__('rows let go');
    case 'label of no row':
      return trans.__('label of no row');
    case 'key predicted twice':
      return trans.__('key predicted twice');
    case 'probe failed':
      return trans.__('probe failed');
    case 'callback failed':
      return trans.__('callback failed');
    case 'policy failed':
      return trans.__('policy failed');
    default:
      return name;
  }
}

/** What is told with a version; of any other mark its detail as it is. */
export function markDetail(
  { kind, detail }: Pick<ICurveMark, 'kind' | 'detail'>,
  trans: ITranslation
): string {
  const rows =
    kind === 'version' ? /^trained on (\d+) examples$/.exec(detail)?.[1] : null;
  return rows
    ? trans._n(
        'trained on %2 row',
        'trained on %2 rows',
        Number(rows),
        formatCount(Number(rows))
      )
    : detail;
}

/** The number of a version, whose name the kernel makes of it; any other name as it is. */
export function versionName(name: string): string {
  return /^version (\d+)$/.exec(name)?.[1] ?? name;
}
