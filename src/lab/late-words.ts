import { nullTranslator, type ITranslator } from '@jupyterlab/translation';
import type { ITranslation } from '../draw/words';
import type { ISparkglass } from './tokens';

/**
 * Words for what JupyterLab draws at start (commands, the side bar): its own translator's until ours are loaded, where they are another
 * language's.
 */
export function lateWords(
  translator: ITranslator | null,
  sparkglass: ISparkglass
): ITranslation {
  const lab = (translator ?? nullTranslator).load('sparkglass');
  let ours: ITranslation | null = null;
  void sparkglass.words.then(words => {
    ours = words;
  });
  return {
    __: (msgid, ...args) =>
      ours ? ours.__(msgid, ...args) : lab.__(msgid, ...args),
    _n: (singular, plural, n, ...args) =>
      ours
        ? ours._n(singular, plural, n, ...args)
        : lab._n(singular, plural, n, ...args),
    _p: (context, msgid, ...args) =>
      ours ? ours._p(context, msgid, ...args) : lab._p(context, msgid, ...args)
  };
}
