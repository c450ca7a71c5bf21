import { createHash } from 'node:crypto';
import type { SuccessionsFile, UnitsFile } from './province-file.ts';
import { englishPlaceName, placeInSentence, type Place } from './territory.ts';

/** A unit as the province's data gives it, with one period. Keys are stable; the id follows from the key. */
export interface PlannedUnit {
  id: string;
  key: string;
  parentKey: string | null;
  nameVi: string;
  nameEn: string;
  shortName: string;
  kind: string;
  tier: number;
  gsoCode: string | null;
  address: string | null;
  sortOrder: number;
  isExample: boolean;
  decisionNumber: string | null;
  validFrom: string;
  validTo: string | null;
  codes: { scheme: 'qcvn102' | 'qd20'; code: string; validFrom: string; validTo: string | null; isExample: boolean }[];
}
export interface PlannedSuccession {
  fromKey: string;
  toKey: string;
  effectiveOn: string;
  decisionNumber: string | null;
  isPartial: boolean;
  note: string | null;
}
export interface TerritoryOfProvince {
  districts: readonly Place[];
  communes2018: readonly Place[];
  communes2025: readonly Place[];
}

/** The id of a unit of province data (UUID version 8 of its key): two installations and two starts agree on it. */
export function idOfKey(kind: 'unit' | 'post' | 'officer' | 'role', key: string): string {
  const hex = createHash('sha256').update(`sen:${kind}:${key}`).digest('hex');
  const variant = ((Number.parseInt(hex[16]!, 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

type Draft = Omit<PlannedUnit, 'id' | 'codes' | 'address' | 'gsoCode' | 'decisionNumber' | 'isExample'> &
  Partial<Pick<PlannedUnit, 'address' | 'gsoCode' | 'isExample' | 'codes' | 'decisionNumber'>>;

const planned = (draft: Draft): PlannedUnit => ({
  address: null,
  gsoCode: null,
  isExample: false,
  decisionNumber: null,
  codes: [],
  ...draft,
  id: idOfKey('unit', draft.key),
});

/** All units of a province: agencies from its file, districts and communes from the administrative lists. Parents come before children. */
export function planUnits(file: UnitsFile, territory: TerritoryOfProvince): PlannedUnit[] {
  const agencies = planAgencies(file);
  const communes2025 = file.territory.communes2025 ? planCommunes2025(file, territory.communes2025) : [];
  return [
    ...agencies,
    ...planDivisions(
      file,
      agencies.filter((unit) => unit.kind === 'department'),
      'department',
    ),
    ...(file.territory.districtsAndCommunes2018
      ? planThreeTiers(file, territory, file.territory.districtsAndCommunes2018.lastDay)
      : []),
    ...communes2025,
    ...planDivisions(file, communes2025, 'commune-2025'),
  ];
}

function planAgencies(file: UnitsFile): PlannedUnit[] {
  const root = planned({
    ...file.root,
    parentKey: null,
    sortOrder: 0,
    validFrom: file.recordsFrom,
    validTo: null,
    codes: codesOf(file, '00.00', '', { validFrom: file.recordsFrom, validTo: null }, false),
  });
  return [
    root,
    ...file.units.map(({ parent, number, validFrom = file.recordsFrom, validTo = null, ...unit }) =>
      planned({
        ...unit,
        parentKey: parent,
        tier: file.root.tier,
        validFrom,
        validTo,
        codes: number ? numberedCodes(file, number, { validFrom, validTo }) : [],
      }),
    ),
  ];
}

type Period = { validFrom: string; validTo: string | null };
const earlier = (a: string | null, b: string): string => (a !== null && a < b ? a : b);
const later = (a: string, b: string): string => (a > b ? a : b);

/** Both shapes of an identifier, each within the period in which its scheme was used. `middle` is `Z1Z2.Y1Y2`, `tail` follows the level-1 code. */
function codesOf(
  file: UnitsFile,
  middle: string | null,
  tail: string,
  { validFrom, validTo }: Period,
  isExample = true,
) {
  const { level1, qcvn102LastDay, qd20From } = file.identifiers;
  const codes: PlannedUnit['codes'] = [];
  const lastOld = earlier(validTo, qcvn102LastDay);
  if (middle !== null && validFrom <= lastOld)
    codes.push({ scheme: 'qcvn102', code: `000.${middle}.${level1}`, validFrom, validTo: lastOld, isExample });
  const firstNew = later(validFrom, qd20From);
  if (validTo === null || firstNew <= validTo)
    codes.push({ scheme: 'qd20', code: `${level1}${tail}`, validFrom: firstNew, validTo, isExample });
  return codes;
}

function numberedCodes(file: UnitsFile, number: string, period: Period) {
  const [second = '00', third = '00'] = number.split('.');
  return codesOf(file, `${third}.${second}`, `.${number}`, period);
}

function planDivisions(
  file: UnitsFile,
  owners: readonly PlannedUnit[],
  of: 'department' | 'commune-2025',
): PlannedUnit[] {
  const templates = file.divisions.filter((division) => division.of === of);
  return owners.flatMap((owner) =>
    templates.flatMap((template) => {
      const validFrom = later(template.validFrom ?? owner.validFrom, owner.validFrom);
      const validTo = template.validTo ? earlier(owner.validTo, template.validTo) : owner.validTo;
      if (validTo !== null && validTo < validFrom) return [];
      const fill = (text: string) =>
        text
          .replace('{territory}', placeInSentence(owner.shortName))
          .replace('{territoryEn}', englishPlaceName(owner.shortName));
      const ownTail = owner.codes.find((code) => code.scheme === 'qd20')?.code.slice(file.identifiers.level1.length);
      return planned({
        key: `${owner.key}/${template.key}`,
        parentKey: owner.key,
        nameVi: fill(template.nameVi),
        nameEn: fill(template.nameEn),
        shortName: template.shortName,
        kind: template.kind,
        tier: owner.tier,
        sortOrder: template.sortOrder,
        isExample: template.kind === 'division',
        validFrom,
        validTo,
        codes:
          template.number && ownTail
            ? codesOf(file, null, `${ownTail}.${template.number}`, { validFrom, validTo })
            : [],
      });
    }),
  );
}

const committee = (place: Place) => ({
  nameVi: `Ủy ban nhân dân ${placeInSentence(place.name)}`,
  nameEn: `People's Committee of ${englishPlaceName(place.name)}`,
  shortName: place.name,
  gsoCode: place.code,
});

function planThreeTiers(file: UnitsFile, territory: TerritoryOfProvince, lastDay: string): PlannedUnit[] {
  const period = { validFrom: file.recordsFrom, validTo: lastDay };
  const two = (n: number) => String(n).padStart(2, '0');
  return territory.districts.flatMap((district, i) => {
    const number = String(31 + i); // below it: agencies of the province
    const districtKey = `gso-2018:${district.code}`;
    const communes = territory.communes2018.filter((commune) => commune.above === district.code);
    return [
      planned({
        ...committee(district),
        key: districtKey,
        parentKey: file.root.key,
        kind: 'district',
        tier: file.root.tier + 1,
        sortOrder: 100 + i,
        ...period,
        codes: numberedCodes(file, number, period),
      }),
      ...communes.map((commune, j) =>
        planned({
          ...committee(commune),
          key: `gso-2018:${commune.code}`,
          parentKey: districtKey,
          kind: 'commune',
          tier: file.root.tier + 2,
          sortOrder: 100 + j,
          ...period,
          codes: numberedCodes(file, `${number}.${two(j + 1)}`, period),
        }),
      ),
    ];
  });
}

function planCommunes2025(file: UnitsFile, communes: readonly Place[]): PlannedUnit[] {
  const validFrom = file.territory.communes2025?.firstDay ?? file.recordsFrom;
  const period = { validFrom, validTo: null };
  return communes.map((commune, i) =>
    planned({
      ...committee(commune),
      key: `gso:${commune.code}`,
      parentKey: file.root.key,
      kind: 'commune',
      tier: file.root.tier + 1,
      sortOrder: 100 + i,
      ...period,
      codes: codesOf(file, null, `.${commune.code}`, period),
    }),
  );
}

/** Who took over from whom: agencies from the units file, communes from the table of the National Assembly's resolution. */
export function planSuccessions(file: UnitsFile, communes: SuccessionsFile | null): PlannedSuccession[] {
  const links: PlannedSuccession[] = file.successions.flatMap(
    ({ from, to, effectiveOn, decisionNumber, isPartial = false, note = null }) =>
      from.map((fromKey) => ({ fromKey, toKey: to, effectiveOn, decisionNumber, isPartial, note })),
  );
  if (!communes) return links;
  const { effectiveOn, decisionNumber } = communes;
  const link = (from: string, to: string, isPartial: boolean): PlannedSuccession => ({
    fromKey: `gso-2018:${from}`,
    toKey: `gso:${to}`,
    effectiveOn,
    decisionNumber,
    isPartial,
    note: null,
  });
  for (const [to, from] of Object.entries(communes.whole))
    links.push(...from.split(' ').map((code) => link(code, to, false)));
  links.push(...communes.partial.map(({ from, to }) => link(from, to, true)));
  return links;
}
