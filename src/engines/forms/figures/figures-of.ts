/** Figures of a form out of rows of measures: pure. */
import { timeClasses, type FigureRow } from './figure-queries.ts';
import { outlineOf } from '../outline.ts';
import type { FormDefinition, Text } from '../definition.ts';

export type PageFigures = {
  id: string;
  title: Text;
  passed: number;
  refused: number;
  left: number;
  idle: number;
  /** Seconds below which half of the people were; the upper end of the class it falls in. Null when nobody was measured. */
  medianSeconds: number | null;
};
export type QuestionFigures = { key: string; label: Text; page: Text; refused: number; left: number; idle: number };
export type FormFigures = {
  started: number;
  sent: number;
  left: number;
  idle: number;
  pages: PageFigures[];
  questions: QuestionFigures[];
};

type Idle = { page: string; question: string; amount: number };

/** Lays the measures out by page and question of the newest definition; pages and questions that it no longer has come last under their codes. */
export function figuresOf(definition: FormDefinition, rows: readonly FigureRow[], idle: readonly Idle[]): FormFigures {
  const sum = (page: string | null, question: string, measure: string): number =>
    rows
      .filter((row) => (page === null || row.page === page) && row.question === question && row.measure === measure)
      .reduce((total, row) => total + row.amount, 0);
  const outline = outlineOf(definition);
  const known = new Map(definition.ui.pages.map((page) => [page.id, page.title]));
  const others = [...new Set(rows.map((row) => row.page))].filter((id) => id !== '' && !known.has(id));
  const pages = [...known, ...others.map((id): [string, Text] => [id, { vi: id, en: id }])].map(
    ([id, title]): PageFigures => ({
      id,
      title,
      passed: sum(id, '', 'passed'),
      refused: sum(id, '', 'refused'),
      left: sum(id, '', 'left'),
      idle: idle.filter((each) => each.page === id).reduce((total, each) => total + each.amount, 0),
      medianSeconds: medianOf(timeClassCounts(rows, id)),
    }),
  );
  const asked = new Set([...rows.map((row) => row.question), ...idle.map((each) => each.question)]);
  asked.delete('');
  const order = [...outline.entries.map((entry) => entry.key), ...outline.lists.keys()];
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const questions = [...asked]
    .sort((a, b) => rank(a) - rank(b))
    .map((key): QuestionFigures => {
      const entry = outline.byKey.get(key);
      const list = outline.lists.get(key);
      return {
        key,
        label: entry?.field.label ?? list?.itemTitle ?? { vi: key, en: key },
        page: (entry ?? list)?.page.title ?? { vi: '–', en: '–' },
        refused: sum(null, key, 'refused'),
        left: sum(null, key, 'left'),
        idle: idle.filter((each) => each.question === key).reduce((total, each) => total + each.amount, 0),
      };
    });
  return {
    started: sum(null, '', 'started'),
    sent: sum(null, '', 'sent'),
    left: sum(null, '', 'left'),
    idle: idle.reduce((total, each) => total + each.amount, 0),
    pages,
    questions,
  };
}

function timeClassCounts(rows: readonly FigureRow[], page: string): number[] {
  const counts = Array.from({ length: timeClasses.length + 1 }, () => 0);
  for (const row of rows) {
    const number = /^time-(\d+)$/.exec(row.measure)?.[1];
    if (row.page === page && number !== undefined) counts[Number(number)] = (counts[Number(number)] ?? 0) + row.amount;
  }
  return counts;
}

/** The upper end of the class in which the middle one is; twice the last end for the open class. */
export function medianOf(counts: readonly number[]): number | null {
  const total = counts.reduce((all, count) => all + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (let number = 0; number < counts.length; number += 1) {
    seen += counts[number]!;
    if (seen * 2 >= total) return timeClasses[number] ?? timeClasses.at(-1)! * 2;
  }
  return null;
}
