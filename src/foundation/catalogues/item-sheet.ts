import { parseDay } from '../../platform/day.ts';
import { cellText } from './sheet-cells.ts';
import { itemFaults, listFaults, type AttributeDefinition, type Item, type ItemFault } from './catalogue.ts';

/** Headings of sheets of items, in exports and imports; either language is read. */
export const sheetHeadings = {
  vi: {
    code: 'Mã',
    nameVi: 'Tên',
    nameEn: 'Tên tiếng Anh',
    parent: 'Mã cấp trên',
    validFrom: 'Từ ngày',
    validTo: 'Đến ngày',
    replacedBy: 'Thay bằng mã',
  },
  en: {
    code: 'Code',
    nameVi: 'Name',
    nameEn: 'English name',
    parent: 'Parent code',
    validFrom: 'From',
    validTo: 'To',
    replacedBy: 'Replaced by',
  },
} as const;
type Column = keyof (typeof sheetHeadings)['vi'];

/** A row of a sheet, judged. */
export interface SheetRow {
  line: number;
  item: Item;
  faults: ItemFault[];
}

/** Rows of a sheet as items, by the headings of its first line in any order. Null when a heading for code or name is missing. */
export function readItemSheet(
  cells: readonly (readonly unknown[])[],
  attributes: readonly AttributeDefinition[],
): SheetRow[] | null {
  const heading = (cells[0] ?? []).map((cell) =>
    cellText(cell)
      .replace(/^\uFEFF/, '')
      .toLowerCase(),
  );
  const find = (...names: string[]) => heading.findIndex((text) => names.some((name) => name.toLowerCase() === text));
  const at = (name: Column) => find(sheetHeadings.vi[name], sheetHeadings.en[name]);
  const places = { code: at('code'), nameVi: at('nameVi'), nameEn: at('nameEn'), parent: at('parent') };
  const days = { validFrom: at('validFrom'), validTo: at('validTo') };
  const replaced = at('replacedBy');
  if (places.code < 0 || places.nameVi < 0) return null;
  const own = attributes.map((attribute) => ({ key: attribute.key, at: find(attribute.vi, attribute.en) }));
  return cells.slice(1).flatMap((row, index): SheetRow[] => {
    const cell = (place: number) => (place < 0 ? '' : cellText(row[place]));
    if (row.every((one) => cellText(one) === '')) return [];
    const day = (place: number) => (cell(place) === '' ? null : (parseDay(cell(place)) ?? cell(place)));
    const item: Item = {
      code: cell(places.code),
      position: (index + 1) * 10,
      nameVi: cell(places.nameVi),
      nameEn: cell(places.nameEn) || null,
      parentCode: cell(places.parent) || null,
      validFrom: day(days.validFrom),
      validTo: day(days.validTo),
      replacedBy: cell(replaced) || null,
      attributes: Object.fromEntries(own.map(({ key, at: place }) => [key, cell(place)]).filter(([, value]) => value)),
      isUnsure: false,
    };
    return [{ line: index + 2, item, faults: itemFaults(item) }];
  });
}

/**
 * What the list would be with the rows of a sheet: `isWhole`, the sheet is the list; else its rows are added or put in place, and what it
 * does not name stays. Positions follow the sheet, new rows of a part come last.
 */
export function mergeRows(items: readonly Item[], rows: readonly SheetRow[], isWhole: boolean): Item[] {
  const sound = rows.filter((row) => row.faults.length === 0).map((row) => row.item);
  if (isWhole) return sound;
  const news = new Map(sound.map((item) => [item.code, item]));
  const known = new Set(items.map((item) => item.code));
  const last = Math.max(0, ...items.map((item) => item.position));
  return [
    ...items.map((item) => {
      const row = news.get(item.code);
      return row ? { ...row, position: item.position } : item;
    }),
    ...sound.filter((item) => !known.has(item.code)).map((item, at) => ({ ...item, position: last + (at + 1) * 10 })),
  ];
}

/** Adds to each row what is wrong with it among the others: repeats, parents and successors that are nowhere. Pure. */
export function judgeRows(items: readonly Item[], rows: readonly SheetRow[], isWhole: boolean): SheetRow[] {
  const seen = new Set<string>();
  const once = rows.map((row): SheetRow => {
    const isTwice = seen.has(row.item.code);
    seen.add(row.item.code);
    return isTwice ? { ...row, faults: [...row.faults, 'code-twice'] } : row;
  });
  let judged = once;
  // A row refused may be the parent of another: again until nothing more falls, at most as often as a tree is deep.
  for (let round = 0; round < 20; round += 1) {
    const merged = mergeRows(items, judged, isWhole);
    const faults = listFaults(merged);
    const byCode = new Map([...faults].map(([at, found]) => [merged[at]!.code, found]));
    const next = judged.map((row) => {
      const found = row.faults.length === 0 ? byCode.get(row.item.code) : undefined;
      return found ? { ...row, faults: [...found] } : row;
    });
    const isStable = next.every((row, at) => row.faults.length === judged[at]!.faults.length);
    judged = next;
    if (isStable) break;
  }
  return judged;
}
