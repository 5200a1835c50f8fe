import { setLanguage } from '../draw/format';
import { fill, type ITranslation } from '../draw/words';
import { isPolish } from './language';

/** Message id (with `context\u0004` before it where there is one) → its forms. */
type Catalogue = Readonly<Record<string, readonly string[]>>;

/**
 * Our words, from a catalogue that travels with the page.
 *
 * JupyterLab serves an extension's translations only when the language pack of that language is installed, and those of settings only when
 * they are part of that pack; Polish should need neither.
 */
export class Words implements ITranslation {
  /** @param language a BCP 47 tag; see `languageOf`. */
  constructor(private readonly language: string) {}

  /** Load what the language needs. Call before the first word is shown. */
  async load(): Promise<void> {
    if (isPolish(this.language)) {
      const { POLISH, POLISH_SETTINGS } = await import(
        /* webpackChunkName: "polish" */ './polish'
      );
      this.catalogue = POLISH;
      this.settings = POLISH_SETTINGS;
    }
    // Numbers follow the words: a decimal comma in an English sentence would be misread.
    setLanguage(this.catalogue ? 'pl' : 'en');
  }

  __(msgid: string, ...args: unknown[]): string {
    return fill(this.find(msgid)?.[0] ?? msgid, args);
  }

  _n(singular: string, plural: string, n: number, ...args: unknown[]): string {
    const forms = this.find(singular);
    const form = forms?.[polishForm(n)] ?? (n === 1 ? singular : plural);
    return fill(form, [n, ...args]);
  }

  _p(context: string, msgid: string, ...args: unknown[]): string {
    return fill(this.find(`${context}\u0004${msgid}`)?.[0] ?? msgid, args);
  }

  /** A settings schema with its titles and descriptions in our language. */
  schema<T>(schema: T): T {
    return this.settings ? (inWordsOf(this.settings, schema) as T) : schema;
  }

  private find(key: string): readonly string[] | undefined {
    return this.catalogue?.[key];
  }

  private catalogue: Catalogue | null = null;
  private settings: Readonly<Record<string, string>> | null = null;
}

/** Words in a language, ready to use. */
export async function wordsIn(language: string): Promise<Words> {
  const words = new Words(language);
  await words.load();
  return words;
}

/** The parts of a schema that people read. */
const READ_BY_PEOPLE = new Set([
  'title',
  'description',
  'jupyter.lab.setting-icon-label'
]);

function inWordsOf(
  words: Readonly<Record<string, string>>,
  value: unknown
): unknown {
  if (Array.isArray(value)) {
    return value.map(part => inWordsOf(words, part));
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, part]: [string, unknown]) => [
      key,
      typeof part === 'string' && READ_BY_PEOPLE.has(key)
        ? (words[part] ?? part)
        : inWordsOf(words, part)
    ])
  );
}

/** Which of the three Polish plural forms: 1 zadanie, 2 zadania, 5 zadań (CLDR, `pl`). */
export function polishForm(n: number): 0 | 1 | 2 {
  if (n === 1) {
    return 0;
  }
  const tens = n % 100;
  const ones = n % 10;
  return ones >= 2 && ones <= 4 && (tens < 12 || tens > 14) ? 1 : 2;
}
