import type { ITranslation } from '../../draw/words';

/** How a partition's task stands, from the name of its state. */
export function statusOfTask(state: string, trans: ITranslation): string {
  switch (state) {
    case 'running':
      return trans.__('running');
    case 'succeeded':
      return trans.__('succeeded');
    case 'failed':
      return trans.__('failed');
    case 'killed':
      return trans.__('killed');
    default:
      return trans.__('waiting');
  }
}
