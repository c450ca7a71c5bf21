import { findBusiness, findPerson, listLogins } from '../../foundation/identity/index.ts';
import { listUnitsByIds, provinceOf } from '../../foundation/organisations/index.ts';
import type { Applicant } from './on-behalf.ts';
import type { AddressBook, FormDefinition, Prefilled, PrefillSource, Values } from '../../engines/forms/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader } from '../../platform/database.ts';

/** What the account knows of the person, for filling in and for the dossier. */
export interface KnownFacts {
  name: string;
  identity: string | null;
  phone: string | null;
  email: string | null;
  prefilled: Prefilled;
}

const OWN = { vi: 'Tài khoản của bạn', en: 'Your account' };
const COUNTRY = { vi: 'Việt Nam', en: 'Việt Nam' };

/** Reads the account once: documents and facts given before are not asked again. */
export async function knownFacts(
  reader: Reader,
  config: Config,
  account: Pick<Applicant, 'accountId' | 'kind' | 'name' | 'ward' | 'delegationId'>,
  now: Date,
): Promise<KnownFacts> {
  if (account.accountId === null) return wardFacts(account);
  const { accountId } = account;
  const FROM =
    account.delegationId === null ? OWN : { vi: `Tài khoản của ${account.name}`, en: `Account of ${account.name}` };
  const logins = await listLogins(reader, accountId);
  const person = account.kind === 'citizen' ? await findPerson(reader, accountId) : undefined;
  const business = account.kind === 'business' ? await findBusiness(reader, accountId) : undefined;
  const login = (kind: string) => logins.find((each) => each.kind === kind)?.value ?? null;
  const [phone, email] = [login('phone'), login('email')];
  const home = person ?? business;
  const [unit] = home?.addressUnitId ? await listUnitsByIds(reader, [home.addressUnitId], localDate(now)) : [];
  const address = unit?.gsoCode
    ? {
        province: provinceOf(config).gsoCode,
        commune: unit.gsoCode,
        ...(home?.addressLine ? { detail: home.addressLine } : {}),
      }
    : null;
  const told: [PrefillSource, string | typeof address | null | undefined][] = [
    ['person.fullName', person?.fullName],
    ['person.identityNumber', person?.identityNumber],
    ['person.dateOfBirth', person?.birthDate],
    ['person.gender', person?.gender],
    ['person.nationality', person ? COUNTRY.vi : null],
    ['person.currentAddress', person ? address : null],
    ['person.permanentAddress', person ? address : null],
    [person ? 'person.phone' : 'business.phone', phone],
    [person ? 'person.email' : 'business.email', email],
    ['business.name', business?.name],
    ['business.taxCode', business?.taxCode],
    ['business.businessNumber', business?.taxCode],
    ['business.representative', business?.representativeName],
    ['business.address', business ? address : null],
  ];
  const prefilled: Prefilled = {};
  for (const [source, value] of told) if (value) prefilled[source] = { value, from: FROM };
  return {
    name: person?.fullName ?? business?.name ?? account.name,
    identity: person?.identityNumber ?? business?.taxCode ?? null,
    phone,
    email,
    prefilled,
  };
}

/** Somebody without an account: what the delegation says of them. */
function wardFacts({ name, ward }: Pick<Applicant, 'name' | 'ward'>): KnownFacts {
  const from = { vi: 'Giấy ủy quyền', en: 'The mandate' };
  const prefilled: Prefilled = { 'person.fullName': { value: name, from } };
  if (ward?.identity) prefilled['person.identityNumber'] = { value: ward.identity, from };
  if (ward) prefilled['person.dateOfBirth'] = { value: ward.birthDate, from };
  return { name, identity: ward?.identity ?? null, phone: null, email: null, prefilled };
}

/** The answer a person gave to the field that asks for something the account may know too: what they wrote goes before what we knew. */
export function answerTo(
  definition: FormDefinition | null,
  values: Values,
  sources: readonly PrefillSource[],
): string | null {
  const fields = definition?.ui.pages.flatMap((page) => page.groups.flatMap((group) => group.fields)) ?? [];
  for (const field of fields) {
    const source = 'prefill' in field ? field.prefill?.source : undefined;
    const value = source && sources.includes(source) ? values[field.name] : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** The address a person gave where the account's own is asked, as one line: street, commune, province. Null when none was asked. */
export function addressIn(
  definition: FormDefinition | null,
  values: Values,
  addresses: AddressBook | undefined,
  today: string,
): string | null {
  const fields = definition?.ui.pages.flatMap((page) => page.groups.flatMap((group) => group.fields)) ?? [];
  const sources: readonly string[] = ['person.currentAddress', 'person.permanentAddress', 'business.address'];
  const field = fields.find((each) => each.type === 'address' && sources.includes(each.prefill?.source ?? ''));
  const value = field && values[field.name];
  if (!addresses || typeof value !== 'object' || Array.isArray(value)) return null;
  const units = addresses.unitsOn(today);
  const province = units.provinces().find((unit) => unit.code === value.province)?.name;
  const commune = units.children(value.district ?? value.province).find((unit) => unit.code === value.commune)?.name;
  return [value.detail, commune, province].filter(Boolean).join(', ') || null;
}
