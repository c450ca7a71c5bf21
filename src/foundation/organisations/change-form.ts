import type { Reader } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { parseDay, shiftDay } from '../../platform/day.ts';
import { agencyScheme } from '../rules/index.ts';
import { findUnitsByText } from './find-units-queries.ts';
import type { Change, ChangeKind, FoundedUnit } from './reorganisation.ts';
import { changeKinds } from './reorganisation.ts';
import { englishPlaceName } from './territory.ts';
import { listUnitsByIds } from './unit-queries.ts';

/* What the forms of an operation say, read and checked. Errors are words for the page, by field name. */

type Errors = Record<
  string,
  'missing' | 'too-long' | 'wrong' | 'not-a-date' | 'unknown-unit' | 'several-units' | 'needs-two'
>;
const text = (fields: URLSearchParams, name: string): string =>
  (fields.get(name) ?? '')
    .normalize('NFC')
    .replaceAll(/[ \t]+/g, ' ')
    .trim();
const MAX_UNITS = 200;

export interface DecisionFacts {
  title: string;
  decisionNumber: string;
  issuingBody: string;
  effectiveOn: string;
}
/** The decision behind an operation: number, body, day of effect. */
export function readDecision(fields: URLSearchParams): { value: DecisionFacts; errors: Errors } {
  const errors: Errors = {};
  const value = {
    title: text(fields, 'title'),
    decisionNumber: text(fields, 'decisionNumber'),
    issuingBody: text(fields, 'issuingBody'),
    effectiveOn: parseDay(text(fields, 'effectiveOn')) ?? '',
  };
  for (const [name, limit] of Object.entries({ title: 300, decisionNumber: 100, issuingBody: 300 }))
    if (text(fields, name) === '') errors[name] = 'missing';
    else if (text(fields, name).length > limit) errors[name] = 'too-long';
  if (value.effectiveOn === '') errors['effectiveOn'] = 'not-a-date';
  return { value, errors };
}

export const kindOf = (given: string | null): ChangeKind | null => changeKinds.find((kind) => kind === given) ?? null;

/** Units of one field: codes or names, separated by commas, semicolons or lines. */
export const unitTexts = (typed: string): string[] =>
  typed
    .split(/[,;\n]/)
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .slice(0, MAX_UNITS);

interface Reading {
  reader: Reader;
  fields: URLSearchParams;
  effectiveOn: string;
  errors: Errors;
}

/** Finds the units of a field on a day; what is unknown or means several is an error of the field. */
async function unitsIn(reading: Reading, name: string, on: string, isNeeded = true): Promise<string[]> {
  const typed = unitTexts(reading.fields.get(name) ?? '');
  if (typed.length === 0) {
    if (isNeeded) reading.errors[name] = 'missing';
    return [];
  }
  const found = await findUnitsByText(reading.reader, typed, on);
  return typed.flatMap((each) => {
    const ids = found.get(each) ?? [];
    if (ids.length === 1) return ids;
    reading.errors[name] = ids.length === 0 ? 'unknown-unit' : 'several-units';
    return [];
  });
}

/** A new unit from `PREFIXNameVi` and its neighbours; kind and place are those of `like` when the form does not say. */
async function newUnit(reading: Reading, like: string | undefined): Promise<FoundedUnit | null> {
  const { fields, errors, reader, effectiveOn } = reading;
  const nameVi = text(fields, 'newNameVi');
  if (nameVi === '') return null;
  for (const [name, limit] of Object.entries({ newNameVi: 300, newNameEn: 300, newShortName: 100 }))
    if (text(fields, name).length > limit) errors[name] = 'too-long';
  const code = text(fields, 'newCode').toUpperCase();
  if (code !== '' && agencyScheme(code) === null) errors['newCode'] = 'wrong';
  const kind = text(fields, 'newKind');
  if (kind !== '' && !/^[a-z][a-z-]{1,39}$/.test(kind)) errors['newKind'] = 'wrong';
  const [model] = like === undefined ? [] : await listUnitsByIds(reader, [like], shiftDay(effectiveOn, -1));
  const [given] = await unitsIn(reading, 'newParent', effectiveOn, false);
  const parentId = given ?? model?.parentId ?? null;
  const [parent] = parentId === null ? [] : await listUnitsByIds(reader, [parentId], effectiveOn);
  return {
    id: newId(),
    nameVi,
    nameEn: text(fields, 'newNameEn') || englishPlaceName(nameVi),
    shortName: text(fields, 'newShortName') || nameVi.slice(0, 100),
    kind: kind || (model?.kind ?? 'department'),
    tier: model?.tier ?? (parent ? Math.min(9, parent.tier + 1) : 1),
    parentId,
    gsoCode: null,
    agencyCode: code || null,
  };
}

/** The changes that one form stands for; a merger of three units into a new one is four. Null when something is wrong. */
export async function readChanges(
  reader: Reader,
  kind: ChangeKind,
  fields: URLSearchParams,
  effectiveOn: string,
): Promise<{ changes: Change[]; errors: Errors }> {
  const reading: Reading = { reader, fields, effectiveOn, errors: {} };
  const changes = await READERS[kind](reading);
  return { changes, errors: reading.errors };
}

const READERS: Record<ChangeKind, (reading: Reading) => Promise<Change[]>> = {
  async merge(reading) {
    const from = await unitsIn(reading, 'fromUnits', shiftDay(reading.effectiveOn, -1));
    const unit = await newUnit(reading, from[0]);
    const [there] = await unitsIn(reading, 'toUnit', reading.effectiveOn, unit === null);
    const toUnitId = unit?.id ?? there;
    if (toUnitId === undefined) return [];
    const founding: Change[] = unit ? [{ kind: 'found', unit }] : [];
    return [
      ...founding,
      ...from.filter((id) => id !== toUnitId).map((fromUnitId): Change => ({ kind: 'merge', fromUnitId, toUnitId })),
    ];
  },
  async split(reading) {
    const [fromUnitId] = await unitsIn(reading, 'fromUnit', shiftDay(reading.effectiveOn, -1));
    const there = await unitsIn(reading, 'toUnits', reading.effectiveOn, false);
    const founds: FoundedUnit[] = [];
    for (const name of (reading.fields.get('newNames') ?? '').split('\n').slice(0, 20)) {
      if (name.trim() === '') continue;
      const own = new URLSearchParams({ newNameVi: name });
      const unit = await newUnit({ ...reading, fields: own }, fromUnitId);
      if (unit) founds.push(unit);
    }
    const ends = reading.fields.get('goesOn') !== '1';
    const toUnitIds = [...there, ...founds.map((unit) => unit.id)].filter((id) => id !== fromUnitId);
    if (toUnitIds.length < (ends ? 2 : 1)) reading.errors['toUnits'] ??= 'needs-two';
    if (fromUnitId === undefined) return [];
    return [
      ...founds.map((unit): Change => ({ kind: 'found', unit })),
      { kind: 'split', fromUnitId, toUnitIds, mainUnitId: ends ? null : fromUnitId, ends },
    ];
  },
  async rename(reading) {
    const [unitId] = await unitsIn(reading, 'unit', reading.effectiveOn);
    const nameVi = text(reading.fields, 'nameVi');
    if (nameVi === '') reading.errors['nameVi'] = 'missing';
    for (const [name, limit] of Object.entries({ nameVi: 300, nameEn: 300, shortName: 100 }))
      if (text(reading.fields, name).length > limit) reading.errors[name] = 'too-long';
    if (unitId === undefined) return [];
    const nameEn = text(reading.fields, 'nameEn') || nameVi;
    return [
      { kind: 'rename', unitId, nameVi, nameEn, shortName: text(reading.fields, 'shortName') || nameVi.slice(0, 100) },
    ];
  },
  async dissolve(reading) {
    const from = await unitsIn(reading, 'fromUnits', shiftDay(reading.effectiveOn, -1));
    const [toUnitId = null] = await unitsIn(reading, 'toUnit', reading.effectiveOn, false);
    return from.map((fromUnitId): Change => ({ kind: 'dissolve', fromUnitId, toUnitId }));
  },
  async move(reading) {
    const units = await unitsIn(reading, 'fromUnits', reading.effectiveOn);
    const [parentId] = await unitsIn(reading, 'parent', reading.effectiveOn);
    return parentId === undefined ? [] : units.map((unitId): Change => ({ kind: 'move', unitId, parentId }));
  },
  async found(reading) {
    const unit = await newUnit(reading, undefined);
    if (!unit) {
      reading.errors['newNameVi'] = 'missing';
      return [];
    }
    return [{ kind: 'found', unit }];
  },
};
