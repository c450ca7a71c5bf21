import { localDate } from '../../platform/clock.ts';
import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { MemberRole } from './member-queries.ts';
import type { AccountKind, AccountStatus, BusinessFacts, Gender, LoginKind, PersonFacts } from './account.ts';

/** What signing in and the account pages need of an account. */
export interface AccountRow {
  id: string;
  kind: AccountKind;
  status: AccountStatus;
  name: string;
  passwordHash: string | null;
  passwordChangedAt: Date | null;
  mustChangePassword: boolean;
  lockedUntil: Date | null;
  lastSignInAt: Date | null;
  version: number;
  officerId: string | null;
}

const COLUMNS = `a.id, a.kind, a.status, a.name, a.password_hash as "passwordHash", a.password_changed_at as "passwordChangedAt",
  a.must_change_password as "mustChangePassword", a.locked_until as "lockedUntil", a.last_sign_in_at as "lastSignInAt", a.version,
  o.officer_id as "officerId"`;
const FROM = 'from identity.account a left join identity.official o on o.account_id = a.id';

const byLogin = statement(
  'identity.find_account_by_login',
  `select ${COLUMNS} ${FROM} join identity.login l on l.account_id = a.id where l.value = $1`,
);
const byId = statement('identity.find_account', `select ${COLUMNS} ${FROM} where a.id = $1`);
const byOfficer = statement('identity.find_account_of_officer', `select ${COLUMNS} ${FROM} where o.officer_id = $1`);
const loginsOf = statement(
  'identity.list_logins',
  'select kind, value, verified_at as "verifiedAt" from identity.login where account_id = $1 order by kind',
);
const personOf = statement(
  'identity.find_person',
  `select account_id as "accountId", identity_number as "identityNumber", full_name as "fullName", birth_date as "birthDate", gender,
     address_unit_id as "addressUnitId", address_line as "addressLine" from identity.person where account_id = $1`,
);
const businessOf = statement(
  'identity.find_business',
  `select account_id as "accountId", tax_code as "taxCode", name, representative_name as "representativeName",
     address_unit_id as "addressUnitId", address_line as "addressLine" from identity.business where account_id = $1`,
);
const businessesOf = statement(
  'identity.list_businesses_of_person',
  `select b.account_id as id, b.name, b.tax_code as "taxCode", m.role from identity.business_member m
   join identity.business b on b.account_id = m.business_id join identity.account a on a.id = b.account_id and a.status = 'active'
   where m.person_id = $1 and m.valid_from <= $2::date and (m.valid_to is null or m.valid_to >= $2::date) order by b.name, b.account_id limit 50`,
);

export async function findAccountByLogin(reader: Reader, login: string): Promise<AccountRow | undefined> {
  return (await reader.run<AccountRow>(byLogin, [login]))[0];
}
/** Whose account a login belongs to, for the counter: never with what signing in knows. Officials are nobody's applicants. */
export async function findApplicantAccount(
  reader: Reader,
  login: string,
): Promise<Pick<AccountRow, 'id' | 'kind' | 'name'> | undefined> {
  const row = await findAccountByLogin(reader, login);
  return row && row.kind !== 'official' && row.status === 'active'
    ? { id: row.id, kind: row.kind, name: row.name }
    : undefined;
}
export async function findAccount(reader: Reader, id: string): Promise<AccountRow | undefined> {
  return (await reader.run<AccountRow>(byId, [id]))[0];
}
export async function findAccountOfOfficer(reader: Reader, officerId: string): Promise<AccountRow | undefined> {
  return (await reader.run<AccountRow>(byOfficer, [officerId]))[0];
}
export interface LoginRow {
  kind: LoginKind;
  value: string;
  verifiedAt: Date;
}
export const listLogins = (reader: Reader, accountId: string) => reader.run<LoginRow>(loginsOf, [accountId]);
export interface PersonRow extends PersonFacts {
  accountId: string;
  gender: Gender;
}
export async function findPerson(reader: Reader, accountId: string): Promise<PersonRow | undefined> {
  return (await reader.run<PersonRow>(personOf, [accountId]))[0];
}
export interface BusinessRow extends BusinessFacts {
  accountId: string;
}
export async function findBusiness(reader: Reader, accountId: string): Promise<BusinessRow | undefined> {
  return (await reader.run<BusinessRow>(businessOf, [accountId]))[0];
}
export interface BusinessOption {
  id: string;
  name: string;
  taxCode: string;
  role: MemberRole;
}
/** Businesses for which a person may act on the day of `now`. */
export const listBusinessesOf = (reader: Reader, personId: string, now: Date) =>
  reader.run<BusinessOption>(businessesOf, [personId, localDate(now)]);

const insertAccount_ = statement(
  'identity.insert_account',
  `insert into identity.account (id, kind, status, name, password_hash, password_changed_at, must_change_password, is_demo, created_at, updated_at)
   values ($1, $2, 'active', $3, $4, case when $4::text is null then null else $5::timestamptz end, $6, $7, $5, $5)`,
);
const insertLogin_ = statement(
  'identity.insert_login',
  'insert into identity.login (value, account_id, kind, verified_at) values ($1, $2, $3, $4)',
);
const removeLogin_ = statement(
  'identity.delete_login',
  'delete from identity.login where account_id = $1 and kind = $2',
);
const insertPerson_ = statement(
  'identity.insert_person',
  `insert into identity.person (account_id, identity_number, full_name, birth_date, gender, address_unit_id, address_line)
   values ($1, $2, $3, $4, $5, $6, $7)`,
);
const insertBusiness_ = statement(
  'identity.insert_business',
  `insert into identity.business (account_id, tax_code, name, representative_name, address_unit_id, address_line) values ($1, $2, $3, $4, $5, $6)`,
);
const insertMember_ = statement(
  'identity.insert_business_member',
  'insert into identity.business_member (business_id, person_id, role, since) values ($1, $2, $3, $4)',
);
const insertOfficial_ = statement(
  'identity.insert_official',
  'insert into identity.official (account_id, officer_id) values ($1, $2)',
);
const insertNotice_ = statement(
  'identity.insert_notice',
  'insert into identity.notice (account_id, version, shown_at) values ($1, $2, $3) on conflict do nothing',
);

export interface NewAccount {
  id: string;
  kind: AccountKind;
  name: string;
  passwordHash: string | null;
  mustChangePassword?: boolean;
  isDemo?: boolean;
}
export const insertAccount = (tx: Tx, a: NewAccount) =>
  tx.run(insertAccount_, [
    a.id,
    a.kind,
    a.name,
    a.passwordHash,
    tx.now,
    a.mustChangePassword ?? false,
    a.isDemo ?? false,
  ]);
export const insertLogin = (tx: Tx, accountId: string, kind: LoginKind, value: string) =>
  tx.run(insertLogin_, [value, accountId, kind, tx.now]);
export const deleteLogin = (tx: Tx, accountId: string, kind: LoginKind) => tx.run(removeLogin_, [accountId, kind]);
export const insertPerson = (tx: Tx, id: string, p: PersonFacts) =>
  tx.run(insertPerson_, [id, p.identityNumber, p.fullName, p.birthDate, p.gender, p.addressUnitId, p.addressLine]);
export const insertBusiness = (tx: Tx, id: string, b: BusinessFacts) =>
  tx.run(insertBusiness_, [id, b.taxCode, b.name, b.representativeName, b.addressUnitId, b.addressLine]);
export const insertMember = (tx: Tx, businessId: string, personId: string, role: 'owner' | 'agent') =>
  tx.run(insertMember_, [businessId, personId, role, tx.now]);
export const insertOfficial = (tx: Tx, accountId: string, officerId: string) =>
  tx.run(insertOfficial_, [accountId, officerId]);
export const insertNotice = (tx: Tx, accountId: string, version: string) =>
  tx.run(insertNotice_, [accountId, version, tx.now]);

// An attempt is counted before the password is checked, so that fifty at once get no more tries than five in a row.
const claimAttempt_ = statement(
  'identity.claim_attempt',
  `update identity.account set
     failed_attempts = case when locked_until is not null then 1 else failed_attempts + 1 end,
     locked_until = case when (case when locked_until is not null then 1 else failed_attempts + 1 end) >= $3
       then $2::timestamptz + make_interval(mins => least(1440, $4::int * (2 ^ least(lock_level, 10))::int)) end,
     lock_level = case when (case when locked_until is not null then 1 else failed_attempts + 1 end) >= $3 then lock_level + 1 else lock_level end
   where id = $1 and (locked_until is null or locked_until <= $2) returning failed_attempts as attempts, locked_until as "lockedUntil"`,
);
const passwordProven_ = statement(
  'identity.note_password_proven',
  `with cleared as (
     update identity.account set failed_attempts = 0, lock_level = 0, locked_until = null, last_sign_in_at = $3,
       password_hash = coalesce($8, password_hash) where id = $2 returning id
   )
   insert into identity.sign_in (id, account_id, occurred_at, outcome, client_id, address, user_agent)
   select $1, id, $3, $4, $5, $6, $7 from cleared`,
);
const noteSignIn_ = statement(
  'identity.note_sign_in',
  'update identity.account set last_sign_in_at = $2 where id = $1',
);
const insertSignIn_ = statement(
  'identity.insert_sign_in',
  `insert into identity.sign_in (id, account_id, occurred_at, outcome, client_id, address, user_agent) values ($1, $2, $3, $4, $5, $6, $7)`,
);
const signIns = statement(
  'identity.list_sign_ins',
  `select occurred_at as "occurredAt", outcome, client_id as "clientId", address, user_agent as "userAgent"
   from identity.sign_in where account_id = $1 and occurred_at < $2 order by occurred_at desc limit $3`,
);
const setPassword_ = statement(
  'identity.set_password',
  `with remembered as (
     insert into identity.password_history (account_id, changed_at, password_hash)
     select id, $3, password_hash from identity.account where id = $1 and password_hash is not null and kind = 'official')
   update identity.account set password_hash = $2, password_changed_at = $3, must_change_password = $4, failed_attempts = 0, lock_level = 0,
     locked_until = null, updated_at = $3, version = version + 1 where id = $1`,
);
const passwordHistory = statement(
  'identity.list_password_history',
  'select password_hash as hash from identity.password_history where account_id = $1 order by changed_at desc limit $2',
);

export async function claimAttempt(tx: Tx, accountId: string, failures: number, lockMinutes: number) {
  return (
    await tx.run<{ attempts: number; lockedUntil: Date | null }>(claimAttempt_, [
      accountId,
      tx.now,
      failures,
      lockMinutes,
    ])
  )[0];
}
/** An account was used, without its password. */
export const noteSignIn = (tx: Tx, accountId: string) => tx.run(noteSignIn_, [accountId, tx.now]);
export type SignInOutcome =
  | 'succeeded'
  | 'wrong-password'
  | 'refused-locked'
  | 'single-sign-on'
  | 'unlocked'
  | 'second-factor'
  | 'wrong-code'
  | 'passkey'
  | 'recovery-code'
  | 'stepped-up';
export interface SignInRecord {
  accountId: string;
  outcome: SignInOutcome;
  clientId: string;
  address: string | null;
  userAgent: string | null;
}
export const insertSignIn = (tx: Tx, id: string, record: SignInRecord) =>
  tx.run(insertSignIn_, signInValues(tx, id, record));
/** The password was right: nothing is counted against the account any more, and its log has a line. One statement. */
export const notePasswordProven = (tx: Tx, id: string, record: SignInRecord, rehash: string | null) =>
  tx.run(passwordProven_, [...signInValues(tx, id, record), rehash]);
const signInValues = (tx: Tx, id: string, r: SignInRecord): unknown[] => [
  id,
  r.accountId,
  tx.now,
  r.outcome,
  r.clientId,
  r.address,
  r.userAgent?.slice(0, 300) ?? null,
];
export interface SignInLine {
  occurredAt: Date;
  outcome: SignInOutcome;
  clientId: string;
  address: string | null;
  userAgent: string | null;
}
export const listSignIns = (reader: Reader, accountId: string, before: Date, limit: number) =>
  reader.run<SignInLine>(signIns, [accountId, before, limit]);
export const updatePassword = (tx: Tx, accountId: string, hash: string, mustChange: boolean) =>
  tx.run(setPassword_, [accountId, hash, tx.now, mustChange]);
export async function listPasswordHistory(reader: Reader, accountId: string, limit: number): Promise<string[]> {
  return (await reader.run<{ hash: string }>(passwordHistory, [accountId, limit])).map((row) => row.hash);
}
