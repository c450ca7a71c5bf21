import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../platform/config.ts';
import type { LocalText } from '../../platform/problems.ts';

/** What has to be done at a turn of life, step by step: data of the province (`life-events.json`). */
export interface LifeEvent {
  key: string;
  title: LocalText;
  summary: LocalText;
  steps: readonly {
    title: LocalText;
    text: LocalText | null;
    /** Codes of procedures; one that the province does not offer (yet) is told at the counter. */
    procedures: readonly string[];
  }[];
}

const read = new Map<string, readonly LifeEvent[]>();

/** The province's events of life, in its order; none where it has no file. @throws Error that names the entry when the file is wrong */
export function lifeEventsOf({ provinceFolder }: Pick<Config, 'provinceFolder'>): readonly LifeEvent[] {
  const known = read.get(provinceFolder);
  if (known) return known;
  const file = join(provinceFolder, 'life-events.json');
  const events = existsSync(file) ? checkLifeEvents(JSON.parse(readFileSync(file, 'utf8'))) : [];
  read.set(provinceFolder, events);
  return events;
}

const textOf = (value: unknown): LocalText | null => {
  const { vi, en } = (value ?? {}) as Partial<LocalText>;
  return typeof vi === 'string' && vi.trim() !== '' && typeof en === 'string' && en.trim() !== '' ? { vi, en } : null;
};

/** Holds the list to its form: keys once, both languages, at least one step each. @throws Error that names the entry */
export function checkLifeEvents(list: unknown): readonly LifeEvent[] {
  if (!Array.isArray(list)) throw new Error('life-events.json: a list is expected');
  const seen = new Set<string>();
  return list.map((entry: unknown, at) => {
    const wrong = (what: string) => new Error(`life-events.json: entry ${at + 1}: ${what}`);
    const { key, title, summary, steps } = (entry ?? {}) as Record<string, unknown>;
    if (typeof key !== 'string' || !/^[a-z0-9-]{1,60}$/.test(key) || seen.has(key)) throw wrong('key');
    seen.add(key);
    const [titleText, summaryText] = [textOf(title), textOf(summary)];
    if (!titleText || !summaryText) throw wrong('title and summary in both languages');
    if (!Array.isArray(steps) || steps.length === 0) throw wrong('steps');
    return {
      key,
      title: titleText,
      summary: summaryText,
      steps: steps.map((step: unknown) => {
        const given = (step ?? {}) as Record<string, unknown>;
        const name = textOf(given['title']);
        const text = given['text'] === undefined ? null : textOf(given['text']);
        const codes = given['procedures'];
        if (!name || (given['text'] !== undefined && !text)) throw wrong('texts of a step in both languages');
        if (!Array.isArray(codes) || !codes.every((code) => typeof code === 'string' && /^\d\.\d{6}$/.test(code)))
          throw wrong('procedures of a step');
        return { title: name, text, procedures: codes as string[] };
      }),
    };
  });
}
