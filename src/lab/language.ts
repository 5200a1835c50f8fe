import { nullTranslator, type ITranslator } from '@jupyterlab/translation';

/** What the setting `language` may say. */
export type ChosenLanguage = 'auto' | 'en' | 'pl';

/**
 * The language Sparkglass speaks.
 *
 * @param chosen the setting; anything else counts as `auto`.
 * @param lab JupyterLab's language, a BCP 47 tag such as `pl-PL`.
 */
export function languageOf(chosen: unknown, lab: string): string {
  return chosen === 'en' || chosen === 'pl' ? chosen : lab;
}

/**
 * The language that JupyterLab speaks, a BCP 47 tag or a locale such as `pl_PL`.
 *
 * Its translator says so since 4.3; before, only the bundles it loads know.
 */
export function labLanguage(translator: ITranslator | null): string {
  const asked = translator ?? nullTranslator;
  const tag = (asked as Partial<ITranslator>).languageCode;
  if (tag !== undefined) {
    return tag;
  }
  const bundle = asked.load('jupyterlab') as { getLocale?: () => string };
  return bundle.getLocale?.() ?? 'en';
}

/** Whether a language is one that our own catalogue has. */
export function isPolish(language: string): boolean {
  return /^pl\b/i.test(language.replace('_', '-'));
}

let ofPage: Promise<string> | null = null;

/** Tell what the settings say, for those who cannot read them: a MIME renderer gets no settings. */
export function setPageLanguage(language: Promise<string>): void {
  ofPage = language;
}

/** The page's language, or the one given when nobody has told it. */
export async function pageLanguage(otherwise: string): Promise<string> {
  return ofPage ?? otherwise;
}
