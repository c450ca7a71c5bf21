import { useLocale, type Locale } from '../platform/http/page-context.ts';

/** Texts of a view in both languages; the English table must have every key of the Vietnamese one. */
export interface WordTable<T> {
  vi: T;
  en: { [K in keyof T]: T[K] extends string ? string : T[K] };
}

/** Declares the texts of a view: `const words = localWords({ vi: {…}, en: {…} })`, then `words.use()` inside a component. */
export function localWords<T extends object>(table: WordTable<T>): { use(): T; in(locale: Locale): T } {
  return {
    use: () => table[useLocale()] as T,
    in: (locale) => table[locale] as T,
  };
}
