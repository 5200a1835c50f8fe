import { Token } from '@lumino/coreutils';
import type { ITranslation } from '../draw/words';
import type { Sparkglass } from './sparkglass';

/**
 * Our service, loaded with the first notebook: what JupyterLab loads at start stays small.
 */
export interface ISparkglass {
  /** Resolves when a notebook has been opened; never rejects. */
  readonly loaded: Promise<Sparkglass>;
  /** Words in the language of the settings; null when JupyterLab's own will do. Never rejects. */
  readonly words: Promise<ITranslation | null>;
}

export const ISparkglass = new Token<ISparkglass>(
  'sparkglass:ISparkglass',
  'Spark in the open notebooks.'
);
