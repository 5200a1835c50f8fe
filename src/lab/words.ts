import { setLanguage } from '../draw/format';
import { fill, type ITranslation } from '../draw/words';

/** Message id (with `context\u0004` before it where there is one) → its forms. */
export type Catalogue = Readonly<Record<string, readonly string[]>>;

/**
 * Our words, from a catalogue that travels with the page.
 *
 * JupyterLab serves an extension's translations only when the language pack of that language is installed; Polish should not need one. Menus
 * and settings, which JupyterLab itself translates, still do.
 */
export class Words implements ITranslation {
  /**
   * @param lab JupyterLab's language, as it writes it: `default`, `pl-PL`.
   * @param chosen the setting.
   */
  constructor(
    private readonly lab: string,
    private readonly chosen: 'auto' | 'en' | 'pl'
  ) {}

  /** Load what the chosen language needs. Call before the first word is shown. */
  async load(): Promise<void> {
    const language = this.chosen === 'auto' ? this.lab : this.chosen;
    setLanguage(language === 'default' ? 'en' : language);
    if (/^pl\b|^pl_/.test(language)) {
      this.catalogue = (
        await import(/* webpackChunkName: "polish" */ './polish')
      ).POLISH;
    } else {
      this.catalogue = null;
    }
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

  private find(key: string): readonly string[] | undefined {
    return this.catalogue?.[key];
  }

  private catalogue: Catalogue | null = null;
}

/** Words for a place that has no settings: a MIME renderer. */
export async function wordsOf(
  translator: { readonly languageCode?: string } | null
): Promise<Words> {
  const words = new Words(translator?.languageCode ?? 'en', 'auto');
  await words.load();
  return words;
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
