import { parseDay } from '../../platform/day.ts';
import type { MappingEntry } from './mapping-queries.ts';
import { cellText, type Cells } from './sheet-cells.ts';

/* Sheets of pairs of codes, in pure functions: read, judged line by line, laid over what is there. */

/** Headings of sheets of pairs, in exports and imports; either language is read. */
export const pairHeadings = {
  vi: { fromCode: 'Mã nguồn', toCode: 'Mã tương ứng', validFrom: 'Từ ngày', validTo: 'Đến ngày', note: 'Ghi chú' },
  en: { fromCode: 'Code', toCode: 'Stands for', validFrom: 'From', validTo: 'To', note: 'Note' },
} as const;
type Column = keyof (typeof pairHeadings)['vi'];

export type SheetPair = Pick<MappingEntry, 'fromCode' | 'toCode' | 'validFrom' | 'validTo' | 'note'>;
export type PairFault =
  | 'from-missing'
  | 'to-missing'
  | 'from-unknown'
  | 'to-unknown'
  | 'day'
  | 'period'
  | 'note'
  | 'twice'
  | 'overlaps';
export interface PairRow {
  line: number;
  pair: SheetPair;
  faults: PairFault[];
}

/** Pairs of a sheet by the headings of its first line, in any order. Null when a heading for either code is missing. */
export function readPairSheet(cells: Cells): PairRow[] | null {
  const heading = (cells[0] ?? []).map((cell) =>
    cellText(cell)
      .replace(/^\uFEFF/, '')
      .toLowerCase(),
  );
  const at = (name: Column) =>
    heading.findIndex((text) =>
      [pairHeadings.vi[name], pairHeadings.en[name]].some((one) => one.toLowerCase() === text),
    );
  const places = {
    fromCode: at('fromCode'),
    toCode: at('toCode'),
    validFrom: at('validFrom'),
    validTo: at('validTo'),
    note: at('note'),
  };
  if (places.fromCode < 0 || places.toCode < 0) return null;
  return cells.slice(1).flatMap((row, index): PairRow[] => {
    if (row.every((one) => cellText(one) === '')) return [];
    const cell = (place: number) => (place < 0 ? '' : cellText(row[place]).slice(0, 2_000));
    const faults: PairFault[] = [];
    const day = (place: number): string | null => {
      const text = cell(place);
      const read = text === '' ? null : parseDay(text);
      if (text !== '' && read === null && !faults.includes('day')) faults.push('day');
      return text === '' ? null : (read ?? text.slice(0, 40));
    };
    const pair: SheetPair = {
      fromCode: cell(places.fromCode).slice(0, 200),
      toCode: cell(places.toCode).slice(0, 200),
      validFrom: day(places.validFrom),
      validTo: day(places.validTo),
      note: cell(places.note) || null,
    };
    if (pair.fromCode === '') faults.push('from-missing');
    if (pair.toCode === '') faults.push('to-missing');
    if ((pair.note?.length ?? 0) > 500) faults.push('note');
    if (!faults.includes('day') && pair.validFrom && pair.validTo && pair.validTo < pair.validFrom)
      faults.push('period');
    return [{ line: index + 2, pair, faults }];
  });
}

/** Two entries of the same two codes from the same day are one and the same. */
export const pairKey = ({ fromCode, toCode, validFrom }: SheetPair): string =>
  JSON.stringify([fromCode, toCode, validFrom ?? '']);
const overlap = (a: SheetPair, b: SheetPair): boolean =>
  (a.validFrom ?? '') <= (b.validTo ?? '9999') && (b.validFrom ?? '') <= (a.validTo ?? '9999');

/** Adds to each row what is wrong with it among the others and against both lists. */
export function judgePairs(
  rows: readonly PairRow[],
  known: { from: ReadonlySet<string>; to: ReadonlySet<string> },
  present: readonly SheetPair[],
  isWhole: boolean,
): PairRow[] {
  const seen = new Map<string, SheetPair[]>();
  const keys = new Set(rows.map((row) => pairKey(row.pair)));
  const codes = ({ fromCode, toCode }: SheetPair) => JSON.stringify([fromCode, toCode]);
  // What a part leaves as it is may not overlap with what it brings.
  if (!isWhole)
    for (const pair of present)
      if (!keys.has(pairKey(pair))) seen.set(codes(pair), [...(seen.get(codes(pair)) ?? []), pair]);
  return rows.map((row) => {
    const { pair } = row;
    const faults = [...row.faults];
    if (pair.fromCode !== '' && !known.from.has(pair.fromCode)) faults.push('from-unknown');
    if (pair.toCode !== '' && !known.to.has(pair.toCode)) faults.push('to-unknown');
    const others = seen.get(codes(pair)) ?? [];
    if (others.some((other) => pairKey(other) === pairKey(pair))) faults.push('twice');
    else if (faults.length === 0 && others.some((other) => overlap(other, pair))) faults.push('overlaps');
    if (faults.length === 0) seen.set(codes(pair), [...others, pair]);
    return { ...row, faults };
  });
}

export interface PairChange {
  kind: 'added' | 'changed' | 'ended';
  pair: SheetPair;
  /** As it was; null for what is added. */
  before: SheetPair | null;
}

/**
 * What laying the sound rows over the present entries changes. With a whole sheet, entries without an end that it does not name get `lastDay` (or
 * their own first day when that is later).
 */
export function comparePairs(
  present: readonly SheetPair[],
  rows: readonly PairRow[],
  isWhole: boolean,
  lastDay: string,
): PairChange[] {
  const known = new Map(present.map((pair) => [pairKey(pair), pair]));
  const named = new Set<string>();
  const changes: PairChange[] = [];
  for (const { pair, faults } of rows) {
    if (faults.length > 0) continue;
    const before = known.get(pairKey(pair)) ?? null;
    named.add(pairKey(pair));
    if (before === null) changes.push({ kind: 'added', pair, before });
    else if (before.validTo !== pair.validTo || (before.note ?? null) !== (pair.note ?? null))
      changes.push({ kind: before.validTo === null && pair.validTo !== null ? 'ended' : 'changed', pair, before });
  }
  // A row with a fault speaks of its entry all the same: that one is not ended.
  const spoken = new Set(rows.map((row) => pairKey(row.pair)));
  if (isWhole)
    for (const before of present) {
      if (before.validTo !== null || named.has(pairKey(before)) || spoken.has(pairKey(before))) continue;
      const end = before.validFrom !== null && before.validFrom > lastDay ? before.validFrom : lastDay;
      const { fromCode, toCode, validFrom, note } = before;
      changes.push({ kind: 'ended', pair: { fromCode, toCode, validFrom, note, validTo: end }, before });
    }
  return changes;
}
