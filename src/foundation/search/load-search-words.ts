import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppContext } from '../../platform/module.ts';
import { checkSearchWords } from './word-list.ts';
import { useSearchWords } from './word-store.ts';

/** Reads the province's words for searching; a province without the file searches with none. */
export function loadSearchWords({ config, log }: Pick<AppContext, 'config' | 'log'>): void {
  const file = join(config.provinceFolder, 'search-words.json');
  if (!existsSync(file)) return;
  try {
    useSearchWords(checkSearchWords(JSON.parse(readFileSync(file, 'utf8'))));
  } catch (error) {
    log.warn({ file, reason: String(error) }, 'search words are left out');
  }
}
