import { Token } from '@lumino/coreutils';
import type { Sparkglass } from './sparkglass';

/**
 * Our service, loaded with the first notebook: what JupyterLab loads at start stays small.
 */
export interface ISparkglass {
  /** Resolves when a notebook has been opened; never rejects. */
  readonly loaded: Promise<Sparkglass>;
}

export const ISparkglass = new Token<ISparkglass>(
  'sparkglass:ISparkglass',
  'What Spark does in the notebooks that are open.'
);
