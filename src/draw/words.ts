/**
 * The translator a view is given. JupyterLab's `TranslationBundle` has this
 * shape; a page without JupyterLab passes {@link plainWords}.
 */
export interface ITranslation {
  /** Translate a string; `%1`, `%2` … stand for the arguments. */
  __(msgid: string, ...args: unknown[]): string;
  /** Translate with a plural form; `%1` stands for `n`. */
  _n(singular: string, plural: string, n: number, ...args: unknown[]): string;
  /** Translate a string whose meaning needs a context. */
  _p(context: string, msgid: string, ...args: unknown[]): string;
}

/** Put the arguments into the places `%1`, `%2` … of a string. */
export function fill(msgid: string, args: readonly unknown[]): string {
  return msgid.replace(/%(\d+)/g, (place, digits: string) => {
    const index = Number(digits) - 1;
    return index < args.length ? String(args[index]) : place;
  });
}

/** English as it stands in the code: for tests, and where there is no catalogue. */
export const plainWords: ITranslation = {
  __: (msgid, ...args) => fill(msgid, args),
  _n: (singular, plural, n, ...args) =>
    fill(n === 1 ? singular : plural, [n, ...args]),
  _p: (_context, msgid, ...args) => fill(msgid, args)
};
