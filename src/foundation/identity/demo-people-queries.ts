import { statement, type Reader, type Tx } from '../../platform/database.ts';

/** An invented citizen with an account that nobody can sign in to: it has no password. */
export interface DemoPerson {
  id: string;
  name: string;
  gender: 'male' | 'female';
  birthDate: string;
  identityNumber: string;
  addressLine: string;
}

const insert = statement(
  'identity.insert_demo_people',
  `with sent as (
     select * from jsonb_to_recordset($1::jsonb) as s (id uuid, name text, gender text, "birthDate" date, "identityNumber" text, "addressLine" text)
   ), account as (
     insert into identity.account (id, kind, status, name, must_change_password, is_demo, created_at, updated_at)
     select id, 'citizen', 'active', name, false, true, $2, $2 from sent
   ), person as (
     insert into identity.person (account_id, identity_number, full_name, birth_date, gender, address_line)
     select id, "identityNumber", name, "birthDate", gender, "addressLine" from sent
   )
   insert into identity.login (value, account_id, kind, verified_at) select "identityNumber", id, 'identity-number', $2 from sent`,
);
const list = statement(
  'identity.list_demo_people',
  `select p.account_id as id, p.identity_number as "identityNumber" from identity.person p join identity.account a on a.id = p.account_id where a.is_demo`,
);

/** Makes many at once. */
export const insertDemoPeople = (tx: Tx, people: readonly DemoPerson[]): Promise<object[]> =>
  tx.run(insert, [JSON.stringify(people), tx.now]);

/** Account ids of the demonstration's citizens by identity number. */
export const listDemoAccounts = async (reader: Reader): Promise<Map<string, string>> =>
  new Map((await reader.run<{ id: string; identityNumber: string }>(list)).map((row) => [row.identityNumber, row.id]));
