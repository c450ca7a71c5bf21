import type { Reader } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { shiftDay } from '../../platform/day.ts';
import { agencyScheme } from '../rules/index.ts';
import type { ChangeFile, ChangeRow } from './change-file.ts';
import { findUnitsByText } from './find-units-queries.ts';
import type { ImportReport, UnresolvedRow } from './operation-queries.ts';
import type { Change, FoundedUnit, ReorganisationPlan } from './reorganisation.ts';
import { idOfKey } from './province-units.ts';
import { listUnitsByIds } from './unit-queries.ts';
import type { Unit } from './unit.ts';
import { englishPlaceName } from './territory.ts';

type Row = ChangeRow & { line: number };
const FAULTS = {
  from: { vi: 'Không tìm thấy đơn vị "Từ đơn vị" vào ngày trước ngày hiệu lực', en: 'The unit before is unknown' },
  to: {
    vi: 'Không tìm thấy đơn vị "Đến đơn vị" và dòng không có tên mới',
    en: 'The unit after is unknown and has no name',
  },
  several: { vi: 'Tên này chỉ nhiều đơn vị: ghi mã', en: 'The text means several units: give a code' },
  parent: { vi: 'Không tìm thấy đơn vị cấp trên', en: 'The unit above is unknown' },
  name: { vi: 'Thiếu tên mới', en: 'The new name is missing' },
  code: { vi: 'Mã định danh không đúng cấu trúc', en: 'This is not an agency identifier' },
  open: {
    vi: 'Không nguồn nào cho biết đơn vị nhận: người có thẩm quyền quyết định',
    en: 'No source says who takes over: a person decides',
  },
} as const;
type Fault = keyof typeof FAULTS;

/**
 * Makes a plan of an imported file. Units are known by agency identifier, GSO code, key or name; what the file names as new and gives a
 * name to is founded. A row that cannot be resolved is left out and reported; a unit whose successor no row tells ends "to be decided".
 */
export async function planFromFile(
  reader: Reader,
  file: ChangeFile,
  effectiveOn: string,
): Promise<{ plan: ReorganisationPlan; report: (fileName: string) => ImportReport }> {
  const lastDay = shiftDay(effectiveOn, -1);
  const texts = (pick: (row: Row) => string | undefined) => file.rows.flatMap((row) => pick(row) ?? []);
  const before = await findUnitsByText(
    reader,
    texts((row) => row.from),
    lastDay,
  );
  const after = await findUnitsByText(reader, [...texts((row) => row.to), ...texts((row) => row.parent)], effectiveOn);
  const fromIds = [...before.values()].flat();
  const units = [
    ...(await listUnitsByIds(reader, fromIds, lastDay)),
    ...(await listUnitsByIds(reader, [...after.values()].flat(), effectiveOn)),
  ];
  const known = new Map(units.map((unit) => [unit.id, unit]));
  const ending = new Set(
    file.rows.flatMap((row) =>
      row.change === 'rename' || row.change === 'move' ? [] : (before.get(row.from?.trim() ?? '') ?? []),
    ),
  );
  const draft: Draft = {
    before,
    after,
    known,
    ending,
    founded: new Map(),
    changes: [],
    splits: new Map(),
    unresolved: [],
  };
  for (const row of file.rows) addRow(draft, row);
  const changes = changesOf(draft);
  const { unresolved } = draft;
  return {
    plan: { changes, decisions: {}, rules: [] },
    report: (fileName) => ({
      fileName,
      rows: file.rows.length,
      unresolved,
      notes: file.notes,
    }),
  };
}

/** What rows have been gathered into: several partial rows of one unit are one split, several rows to one new unit found it once. */
interface Draft {
  before: ReadonlyMap<string, string[]>;
  after: ReadonlyMap<string, string[]>;
  known: ReadonlyMap<string, Unit>;
  /** Units of before that the file ends: a successor of the same code is another unit. */
  ending: ReadonlySet<string>;
  founded: Map<string, FoundedUnit>;
  changes: Change[];
  splits: Map<string, string[]>;
  unresolved: UnresolvedRow[];
}

function failRow(draft: Draft, row: Row, fault: Fault): void {
  const text = [row.change, row.from, row.to, row.nameVi].filter(Boolean).join(' · ');
  draft.unresolved.push({ line: row.line, text: text.slice(0, 300), fault: FAULTS[fault].vi });
}

function oneOf(draft: Draft, found: string[] | undefined, row: Row, missing: Fault): string | null {
  if (found?.length === 1) return found[0]!;
  failRow(draft, row, found === undefined ? missing : 'several');
  return null;
}

/** The unit after: one that is there, or a new one that this or an earlier row gives a name to. */
function targetOf(draft: Draft, row: Row, from: Unit | undefined): string | null {
  const text = row.to?.trim() ?? row.nameVi ?? '';
  const there = draft.after.get(text)?.filter((id) => !draft.ending.has(id));
  if (there?.length === 1) return there[0]!;
  const founded = draft.founded.get(text);
  if (founded) return founded.id;
  if (there !== undefined && there.length > 1) {
    failRow(draft, row, 'several');
    return null;
  }
  if (row.nameVi === undefined) {
    failRow(draft, row, 'to');
    return null;
  }
  return foundUnit(draft, row, text, from);
}

function foundUnit(draft: Draft, row: Row, text: string, from: Unit | undefined): string | null {
  const parent =
    row.parent === undefined ? (from?.parentId ?? null) : oneOf(draft, draft.after.get(row.parent), row, 'parent');
  if (row.parent !== undefined && parent === null) return null;
  if (row.code !== undefined && agencyScheme(row.code.toUpperCase()) === null) {
    failRow(draft, row, 'code');
    return null;
  }
  const nameVi = row.nameVi ?? text;
  const key = text.startsWith('gso:') ? text : null;
  const unit: FoundedUnit = {
    id: key === null ? newId() : idOfKey('unit', key), // the same id as the province's data would give it
    key,
    nameVi,
    nameEn: row.nameEn ?? englishPlaceName(nameVi),
    shortName: row.shortName ?? nameVi.slice(0, 100),
    kind: row.kind ?? from?.kind ?? 'commune',
    tier: parent === null ? (from?.tier ?? 1) : (draft.known.get(parent)?.tier ?? 1) + 1,
    parentId: parent,
    gsoCode: /^(?:gso:)?(\d{5})$/.exec(text)?.[1] ?? null,
    agencyCode: row.code?.toUpperCase() ?? null,
  };
  draft.founded.set(text, unit);
  return unit.id;
}

function addRow(draft: Draft, row: Row): void {
  if (row.change === 'found') {
    if (row.nameVi === undefined) failRow(draft, row, 'name');
    else foundUnit(draft, row, row.to?.trim() ?? row.nameVi, undefined);
    return;
  }
  const fromUnitId = oneOf(draft, draft.before.get(row.from?.trim() ?? ''), row, 'from');
  if (fromUnitId === null) return;
  const from = draft.known.get(fromUnitId);
  if (row.change === 'rename') return addRename(draft, row, fromUnitId, from);
  if (row.change === 'move') {
    const parentId = oneOf(draft, draft.after.get(row.parent?.trim() ?? row.to?.trim() ?? ''), row, 'parent');
    if (parentId !== null) draft.changes.push({ kind: 'move', unitId: fromUnitId, parentId });
    return;
  }
  if (row.to === undefined && row.nameVi === undefined) {
    draft.changes.push({ kind: 'dissolve', fromUnitId, toUnitId: null });
    failRow(draft, row, 'open');
    return;
  }
  const toUnitId = targetOf(draft, row, from);
  if (toUnitId === null) return;
  if (row.change === 'split' || row.partial)
    draft.splits.set(fromUnitId, [...(draft.splits.get(fromUnitId) ?? []), toUnitId]);
  else if (row.change === 'dissolve') draft.changes.push({ kind: 'dissolve', fromUnitId, toUnitId });
  else draft.changes.push({ kind: 'merge', fromUnitId, toUnitId });
}

function addRename(draft: Draft, row: Row, unitId: string, from: Unit | undefined): void {
  if (row.nameVi === undefined) return failRow(draft, row, 'name');
  draft.changes.push({
    kind: 'rename',
    unitId,
    nameVi: row.nameVi,
    nameEn: row.nameEn ?? (from && from.nameEn !== from.nameVi ? englishPlaceName(row.nameVi) : row.nameVi),
    shortName: row.shortName ?? row.nameVi.slice(0, 100),
  });
}

function changesOf(draft: Draft): Change[] {
  const founds = [...draft.founded.values()].map((unit): Change => ({ kind: 'found', unit }));
  const splits = [...draft.splits].map(([fromUnitId, toUnitIds]): Change =>
    toUnitIds.length === 1
      ? { kind: 'merge', fromUnitId, toUnitId: toUnitIds[0]! }
      : { kind: 'split', fromUnitId, toUnitIds, mainUnitId: null, ends: true },
  );
  return [...founds, ...draft.changes, ...splits];
}
