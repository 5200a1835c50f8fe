import polish from './polish.json';
import settings from './polish-settings.json';

/** Every word that a user sees, in Polish. */
export const POLISH: Readonly<Record<string, readonly string[]>> = polish;

/** The words of `schema/`, in Polish. */
export const POLISH_SETTINGS: Readonly<Record<string, string>> = settings;
