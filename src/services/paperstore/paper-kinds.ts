import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../platform/config.ts';
import type { PaperKind } from './stored-paper.ts';

/** What a province without a list of its own has. */
const OTHER: PaperKind = { key: 'khac', name: { vi: 'Giấy tờ khác', en: 'Another paper' }, words: [] };
const read = new Map<string, readonly PaperKind[]>();

/** The province's kinds of papers (`paper-kinds.json`), in its order; `khac` is always one of them. @throws when the file is wrong */
export function paperKindsOf({ provinceFolder }: Pick<Config, 'provinceFolder'>): readonly PaperKind[] {
  const known = read.get(provinceFolder);
  if (known) return known;
  const file = join(provinceFolder, 'paper-kinds.json');
  const kinds = existsSync(file) ? checkPaperKinds(JSON.parse(readFileSync(file, 'utf8'))) : [OTHER];
  read.set(provinceFolder, kinds);
  return kinds;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';

/** Holds a list of kinds to its form: keys once, both languages, phrases as texts. @throws Error that names the entry */
export function checkPaperKinds(list: unknown): readonly PaperKind[] {
  if (!Array.isArray(list)) throw new Error('paper-kinds.json: a list is expected');
  const seen = new Set<string>();
  const kinds = list.map((entry: unknown, at): PaperKind => {
    const { key, name, words } = (entry ?? {}) as Partial<PaperKind>;
    const isRight =
      isText(key) &&
      /^[a-z0-9-]{1,60}$/.test(key) &&
      !seen.has(key) &&
      isText(name?.vi) &&
      isText(name.en) &&
      Array.isArray(words) &&
      words.every(isText);
    if (!isRight) throw new Error(`paper-kinds.json: entry ${at + 1} (${String(key)}) is not right`);
    seen.add(key);
    return { key, name, words };
  });
  return seen.has(OTHER.key) ? kinds : [...kinds, OTHER];
}
