import { statement, type Reader, type Tx } from '../../platform/database.ts';

const bySubject = statement(
  'identity.find_national_identity',
  'select account_id as "accountId", business_id as "businessId" from identity.national_identity where issuer = $1 and subject = $2',
);
const byAccount = statement(
  'identity.find_national_identity_of_account',
  'select subject, business_id as "businessId", level, linked_at as "linkedAt", last_at as "lastAt" from identity.national_identity where account_id = $1 and issuer = $2',
);
const save = statement(
  'identity.save_national_identity',
  `insert into identity.national_identity (account_id, issuer, subject, tech_id, level, business_id, linked_at, last_at) values ($1, $2, $3, $4, $5, $6, $7, $7)
   on conflict (account_id) do update set issuer = excluded.issuer, subject = excluded.subject, tech_id = excluded.tech_id, level = excluded.level,
     business_id = excluded.business_id, last_at = excluded.last_at`,
);
const rename = statement(
  'identity.rename_person',
  `with person as (update identity.person set full_name = $2 where account_id = $1)
   update identity.account set name = $2, updated_at = $3, version = version + 1 where id = $1`,
);
// The account was opened by somebody else under this person's number: nothing of theirs opens it any more.
const takeOver = statement(
  'identity.take_over_account',
  `with logins as (delete from identity.login where account_id = $1 and kind in ('email', 'phone', 'user-name'))
   update identity.account set password_hash = null, password_changed_at = null, must_change_password = false, updated_at = $2, version = version + 1 where id = $1`,
);
const businessByTax = statement(
  'identity.find_business_by_tax_code',
  `select b.account_id as id, a.status from identity.business b join identity.account a on a.id = b.account_id where b.tax_code = $1`,
);
const claimBusiness = statement(
  'identity.save_business_representative',
  `insert into identity.business_member (business_id, person_id, role, since) values ($1, $2, 'owner', $3)
   on conflict (business_id, person_id) do update set role = 'owner'`,
);

export interface NationalLink {
  accountId: string;
  businessId: string | null;
}
export async function findNationalLink(
  reader: Reader,
  issuer: string,
  subject: string,
): Promise<NationalLink | undefined> {
  return (await reader.run<NationalLink>(bySubject, [issuer, subject]))[0];
}
export async function findNationalOf(reader: Reader, accountId: string, issuer: string) {
  return (
    await reader.run<{ subject: string; businessId: string | null; level: number; linkedAt: Date; lastAt: Date }>(
      byAccount,
      [accountId, issuer],
    )
  )[0];
}
export const saveNationalLink = (
  tx: Tx,
  accountId: string,
  link: { issuer: string; subject: string; techId: string | null; level: number; businessId: string | null },
) => tx.run(save, [accountId, link.issuer, link.subject, link.techId, link.level, link.businessId, tx.now]);
export const renamePerson = (tx: Tx, accountId: string, name: string) => tx.run(rename, [accountId, name, tx.now]);
export const clearOtherWays = (tx: Tx, accountId: string) => tx.run(takeOver, [accountId, tx.now]);
export async function findBusinessByTaxCode(reader: Reader, taxCode: string) {
  return (await reader.run<{ id: string; status: string }>(businessByTax, [taxCode]))[0];
}
export const saveRepresentative = (tx: Tx, businessId: string, personId: string) =>
  tx.run(claimBusiness, [businessId, personId, tx.now]);
