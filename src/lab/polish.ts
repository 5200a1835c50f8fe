import type { Catalogue } from './words';
import polish from './polish.json';

/** Every word that a user sees, in Polish. */
export const POLISH: Catalogue = polish;
