import { isDate } from '../../platform/day.ts';

export const scopes = ['national', 'province', 'sector'] as const;
export type Scope = (typeof scopes)[number];

/** An attribute that items of a catalogue may have beside code and name: an abbreviation, a coefficient. */
export interface AttributeDefinition {
  key: string;
  vi: string;
  en: string;
}

/** What is said of a list as a whole. `code` is what forms, partners and addresses call it by, for ever. */
export interface CatalogueFacts {
  code: string;
  nameVi: string;
  nameEn: string;
  descriptionVi: string;
  descriptionEn: string;
  scope: Scope;
  /** Who answers for the content. */
  owner: string;
  /** The clause that the list follows. */
  legalBasis: string;
  /** The name by which the national catalogue service knows the list. */
  partnerCode: string | null;
  /** Not verified against an official paper: pages and machines say so. */
  isUnsure: boolean;
  unsureNote: string | null;
  attributes: readonly AttributeDefinition[];
}

/** One entry of a version. A code is never reused for another meaning; what is no longer chosen gets a last day. */
export interface Item {
  code: string;
  position: number;
  nameVi: string;
  nameEn: string | null;
  parentCode: string | null;
  /** First and last day on which it may be chosen, within the version's own time; null: no limit of its own. */
  validFrom: string | null;
  validTo: string | null;
  replacedBy: string | null;
  attributes: Readonly<Record<string, string>>;
  isUnsure: boolean;
}

export const MAX_ITEMS = 20_000;
export const CATALOGUE_CODE = /^[a-z0-9][a-z0-9.-]{0,79}$/;
export const ITEM_CODE = /^[A-Za-z0-9._-]{1,60}$/;

/** Whether an item may be chosen on a day, by its own period. */
export const isChoosable = (item: Pick<Item, 'validFrom' | 'validTo'>, on: string): boolean =>
  (item.validFrom === null || item.validFrom <= on) && (item.validTo === null || item.validTo >= on);

export type ItemFault =
  | 'code'
  | 'code-twice'
  | 'name'
  | 'name-en'
  | 'parent-unknown'
  | 'parent-circle'
  | 'day'
  | 'period'
  | 'replaced-unknown'
  | 'attributes';

const isText = (text: string, max: number) => text.trim() !== '' && text.length <= max;

/** What is wrong with one item by itself. */
export function itemFaults(item: Item): ItemFault[] {
  const faults: ItemFault[] = [];
  if (!ITEM_CODE.test(item.code)) faults.push('code');
  if (!isText(item.nameVi, 500)) faults.push('name');
  if (item.nameEn !== null && !isText(item.nameEn, 500)) faults.push('name-en');
  const days = [item.validFrom, item.validTo].filter((day) => day !== null);
  if (!days.every(isDate)) faults.push('day');
  else if (item.validFrom !== null && item.validTo !== null && item.validFrom > item.validTo) faults.push('period');
  if (Object.values(item.attributes).some((value) => value.length > 1_000)) faults.push('attributes');
  return faults;
}

/** What is wrong with each item of a whole list, by its place in the list: its own faults, repeated codes, parents that lead nowhere or round. */
export function listFaults(items: readonly Item[]): Map<number, ItemFault[]> {
  const byCode = new Map(items.map((item) => [item.code, item]));
  const seen = new Set<string>();
  const found = new Map<number, ItemFault[]>();
  items.forEach((item, at) => {
    const faults = itemFaults(item);
    if (seen.has(item.code)) faults.push('code-twice');
    seen.add(item.code);
    if (item.parentCode !== null && !byCode.has(item.parentCode)) faults.push('parent-unknown');
    else if (isInCircle(item, byCode)) faults.push('parent-circle');
    if (item.replacedBy !== null && !byCode.has(item.replacedBy)) faults.push('replaced-unknown');
    if (faults.length > 0) found.set(at, faults);
  });
  return found;
}

function isInCircle(item: Item, byCode: ReadonlyMap<string, Item>): boolean {
  const passed = new Set<string>();
  for (let code: string | null = item.parentCode; code !== null; code = byCode.get(code)?.parentCode ?? null) {
    if (code === item.code) return true;
    if (passed.has(code)) return false; // a circle further up: told at its own members
    passed.add(code);
  }
  return false;
}

export interface ItemChange {
  code: string;
  kind: 'added' | 'changed' | 'ended' | 'dropped';
  nameVi: string;
  nameEn: string | null;
  /** What differs, for `changed`: the part, what it said and what it says. */
  parts: readonly { part: string; before: string; after: string }[];
}

const partsOf = (item: Item): Record<string, string> => ({
  nameVi: item.nameVi,
  nameEn: item.nameEn ?? '',
  parent: item.parentCode ?? '',
  position: String(item.position),
  validFrom: item.validFrom ?? '',
  validTo: item.validTo ?? '',
  replacedBy: item.replacedBy ?? '',
  isUnsure: item.isUnsure ? '1' : '',
  ...Object.fromEntries(Object.entries(item.attributes).map(([key, value]) => [`attribute:${key}`, value])),
});

/** What is new, different, ended (has a last day now) and no longer there between two versions, in the order of the later one. */
export function compareItems(before: readonly Item[], after: readonly Item[]): ItemChange[] {
  const old = new Map(before.map((item) => [item.code, item]));
  const kept = new Set(after.map((item) => item.code));
  const changes: ItemChange[] = after.flatMap((item): ItemChange[] => {
    const { code, nameVi, nameEn } = item;
    const was = old.get(code);
    if (!was) return [{ code, nameVi, nameEn, kind: 'added', parts: [] }];
    const [a, b] = [partsOf(was), partsOf(item)];
    const parts = [...new Set([...Object.keys(a), ...Object.keys(b)])]
      .filter((part) => (a[part] ?? '') !== (b[part] ?? ''))
      .map((part) => ({ part, before: a[part] ?? '', after: b[part] ?? '' }));
    if (parts.length === 0) return [];
    const kind = was.validTo === null && item.validTo !== null ? 'ended' : 'changed';
    return [{ code, nameVi, nameEn, kind, parts }];
  });
  const dropped = before
    .filter((item) => !kept.has(item.code))
    .map(({ code, nameVi, nameEn }): ItemChange => ({ code, nameVi, nameEn, kind: 'dropped', parts: [] }));
  return [...changes, ...dropped];
}

/** Items in the order of a tree: each parent before its children, with how deep it lies. Items whose parent is absent stand at the top. */
export function inTreeOrder<T extends Pick<Item, 'code' | 'parentCode'>>(
  items: readonly T[],
): (T & { depth: number })[] {
  const codes = new Set(items.map((item) => item.code));
  const children = Map.groupBy(items, ({ parentCode }) =>
    parentCode !== null && codes.has(parentCode) ? parentCode : '',
  );
  const ordered: (T & { depth: number })[] = [];
  const visit = (parent: string, depth: number): void => {
    for (const item of children.get(parent) ?? []) {
      ordered.push({ ...item, depth });
      if (depth < 20) visit(item.code, depth + 1);
    }
  };
  visit('', 0);
  return ordered;
}
