import type { Locale } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';

/** A search, or a filtered list of procedures, that a person keeps under a name. */
export interface SavedSearch {
  id: string;
  accountId: string;
  name: string;
  place: 'search' | 'list';
  /** The question as it stands in the address, in one order, without a page. */
  query: string;
  /** Told when a procedure in it changes. */
  tells: boolean;
  locale: Locale;
  createdAt: Date;
}

/** Saved searches of one account. */
export const maxSavedSearches = 30;
export const maxSearchName = 80;

const KEYS = ['q', 'linh-vuc', 'cap', 'doi-tuong', 'cach-nop', 'co-quan'] as const;

/**
 * The part of an address that makes the question, in one order so that the same question is saved once; null when it asks nothing or is too
 * long. `field` is the field of a list's own address.
 */
export function questionOf(
  place: SavedSearch['place'],
  asked: URLSearchParams,
  field: string | null = null,
): string | null {
  const kept = new URLSearchParams();
  for (const key of KEYS) {
    if (key === 'q' && place === 'list') continue;
    if (key === 'co-quan' && place === 'search') continue;
    const value = (key === 'linh-vuc' && field ? field : (asked.get(key) ?? ''))
      .normalize('NFC')
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .trim()
      .slice(0, 200);
    if (value !== '') kept.set(key, value);
  }
  const text = kept.toString();
  return text === '' || text.length > 500 ? null : text;
}

/** Where a saved search opens; no language prefix. */
export const addressOfSearch = ({ place, query }: Pick<SavedSearch, 'place' | 'query'>): string =>
  `${place === 'search' ? paths.search() : paths.procedures()}?${query}`;

/** A name as people type it; null when it says nothing. */
export function searchName(text: string | null): string | null {
  const name = (text ?? '')
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return name === '' ? null : name;
}
