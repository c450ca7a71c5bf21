import { normaliseIdentityNumber, normaliseTaxCode } from '../../foundation/identity/index.ts';
import { localDate } from '../../platform/clock.ts';
import { delegationKinds, delegationScopes, type DelegationKind, type DelegationScope } from './delegation.ts';
import type { NewDelegation } from './propose-delegation.ts';

/** From which side the form is filled in: I give a mandate, I ask for one, I stand for a child or ward without an account. */
export const directions = ['giao', 'nhan', 'con'] as const;
export type Direction = (typeof directions)[number];

export type FormFault =
  | 'kind'
  | 'number'
  | 'name'
  | 'notFound'
  | 'self'
  | 'birthDate'
  | 'relation'
  | 'scope'
  | 'fields'
  | 'procedures'
  | 'dossier'
  | 'rights'
  | 'from'
  | 'to'
  | 'papers'
  | 'operator';
/** What is wrong, by the name of the control. */
export type FormFaults = Partial<Record<string, FormFault>>;

export const kindsOf: Record<Direction, readonly DelegationKind[]> = {
  giao: ['relative', 'agent', 'post'],
  nhan: ['relative', 'guardian', 'agent'],
  con: ['relative', 'guardian'],
};

const oneOf = <T extends string>(value: string | null, list: readonly T[]): T | null =>
  list.find((each) => each === value) ?? null;
const clean = (text: string | null, max: number): string =>
  (text ?? '')
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, max);

/** A day as a date control sends it; null when it is none. */
export function dayIn(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? null : text;
}

/** Codes that a person typed, one per line or with commas. */
const codesIn = (text: string | null): string[] => [
  ...new Set(
    (text ?? '')
      .split(/[\s,;]+/)
      .map((code) => code.trim().slice(0, 64))
      .filter(Boolean),
  ),
];

export interface ReadForm {
  input: Omit<NewDelegation, 'otherAccountId' | 'papers'>;
  /** Number and name of the other side, to be looked up; null for a ward. */
  other: { number: string; name: string } | null;
  faults: FormFaults;
}

/** Reads the form; `known` are the codes that exist. Everything is checked at once, so that all faults are told together. */
export function readDelegationForm(
  fields: URLSearchParams,
  direction: Direction,
  known: { fields: ReadonlySet<string>; procedures: ReadonlySet<string> },
  now: Date,
): ReadForm {
  const faults: FormFaults = {};
  const today = localDate(now);
  const kind = oneOf(fields.get('loai'), kindsOf[direction]) ?? oneOf(fields.get('loai'), delegationKinds);
  if (!kind || !kindsOf[direction].includes(kind)) faults['loai'] = 'kind';
  const name = clean(fields.get('ten'), 200);
  if (!/\p{L}/u.test(name)) faults['ten'] = 'name';
  const asked = clean(fields.get('so'), 30);
  const number = normaliseIdentityNumber(asked) ?? normaliseTaxCode(asked);
  const isWard = direction === 'con';
  if (isWard ? asked !== '' && normaliseIdentityNumber(asked) === null : number === null) faults['so'] = 'number';
  const birthDate = isWard ? dayIn(fields.get('ngay-sinh')) : null;
  if (isWard && (birthDate === null || birthDate > today || birthDate < '1900-01-01'))
    faults['ngay-sinh'] = 'birthDate';
  const relation = clean(fields.get('quan-he'), 100) || null;
  if (isWard && relation === null) faults['quan-he'] = 'relation';
  const scope: DelegationScope | null = oneOf(fields.get('pham-vi'), delegationScopes);
  if (!scope) faults['pham-vi'] = 'scope';
  const scopeValues = scope ? valuesOf(scope, fields, known, faults) : [];
  const chosen = fields.getAll('quyen');
  const rights = {
    submit: chosen.includes('submit'),
    // Whoever receives the result has to find the dossier.
    see: chosen.includes('see') || chosen.includes('receive'),
    receive: chosen.includes('receive'),
  };
  if (!rights.submit && !rights.see && !rights.receive) faults['quyen'] = 'rights';
  const validFrom = dayIn(fields.get('tu')) ?? '';
  if (validFrom === '' || validFrom < today) faults['tu'] = 'from';
  const end = fields.get('den') ?? '';
  const validTo = dayIn(end);
  if (end !== '' && (validTo === null || validTo < validFrom || validTo > '2100-01-01')) faults['den'] = 'to';
  return {
    input: {
      initiator: direction === 'giao' ? 'giver' : 'delegate',
      ward: isWard ? { name, identity: normaliseIdentityNumber(asked), birthDate: birthDate ?? '' } : null,
      kind: kind ?? 'relative',
      relation,
      scope: scope ?? 'all',
      scopeValues,
      rights,
      validFrom,
      validTo,
    },
    other: isWard ? null : { number: number ?? '', name },
    faults,
  };
}

function valuesOf(
  scope: DelegationScope,
  fields: URLSearchParams,
  known: { fields: ReadonlySet<string>; procedures: ReadonlySet<string> },
  faults: FormFaults,
): string[] {
  if (scope === 'field') {
    const chosen = [...new Set(fields.getAll('linh-vuc'))].filter((code) => known.fields.has(code)).slice(0, 50);
    if (chosen.length === 0) faults['linh-vuc'] = 'fields';
    return chosen;
  }
  if (scope === 'procedure') {
    const codes = codesIn(fields.get('thu-tuc'));
    if (codes.length === 0 || codes.length > 50 || codes.some((code) => !known.procedures.has(code)))
      faults['thu-tuc'] = 'procedures';
    return codes;
  }
  if (scope === 'dossier') {
    const codes = codesIn(fields.get('ho-so')).map((code) =>
      /^[0-9a-f-]{36}$/i.test(code) ? code.toLowerCase() : code.toUpperCase(),
    );
    if (codes.length === 0 || codes.length > 50) faults['ho-so'] = 'dossier';
    return codes;
  }
  return [];
}
