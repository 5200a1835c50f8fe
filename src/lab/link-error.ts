import type { ITranslation } from '../draw/words';

/**
 * Why something that was asked of a kernel was not done: `noKernel` · `silent` no answer came · otherwise the code of an error reply
 * (docs/protocol.md, section 4).
 */
export class LinkError extends Error {
  constructor(
    readonly code: string,
    message: string
  ) {
    super(message);
  }
}

/** The reason in words; the kernel's own, in English, where nobody has foreseen it. */
export function linkErrorWords(error: unknown, trans: ITranslation): string {
  switch (error instanceof LinkError ? error.code : '') {
    case 'noKernel':
      return trans.__('there is no kernel');
    case 'silent':
      return trans.__('the kernel did not answer');
    case 'gone':
      return trans.__('this Spark session has ended');
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
