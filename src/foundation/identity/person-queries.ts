import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { AccountKind, AccountStatus } from './account.ts';

const fields = {
  fullName: statement(
    'identity.correct_full_name',
    `with named as (update identity.account set name = $2, updated_at = $3, version = version + 1 where id = $1)
     update identity.person set full_name = $2 where account_id = $1`,
  ),
  birthDate: statement(
    'identity.correct_birth_date',
    'update identity.person set birth_date = $2::date where account_id = $1 and $3::timestamptz is not null',
  ),
  gender: statement(
    'identity.correct_gender',
    'update identity.person set gender = $2 where account_id = $1 and $3::timestamptz is not null',
  ),
  addressLine: statement(
    'identity.correct_address_line',
    'update identity.person set address_line = $2 where account_id = $1 and $3::timestamptz is not null',
  ),
} as const;

/** A fact of a person that can be corrected. */
export type PersonField = keyof typeof fields;
export const updatePersonField = (tx: Tx, accountId: string, field: PersonField, value: string): Promise<object[]> =>
  tx.run(fields[field], [accountId, value, tx.now]);

const reopen = statement(
  'identity.reopen_account',
  `update identity.account set status = 'active', status_reason = null, updated_at = $2, version = version + 1
   where id = $1 and status = 'closed' and kind <> 'official' returning id`,
);
export const updateReopened = async (tx: Tx, accountId: string): Promise<boolean> =>
  (await tx.run(reopen, [accountId, tx.now])).length > 0;

const byNumber = statement(
  'identity.find_account_by_number',
  `select a.id, a.kind, a.status, a.name, a.status_reason as "statusReason" from identity.account a join identity.login l on l.account_id = a.id
   where l.value = $1 and a.kind <> 'official'`,
);
/** An account by its number in any state, for officials who close, reopen and merge; never for signing in. */
export const findAccountByNumber = async (
  reader: Reader,
  number: string,
): Promise<
  { id: string; kind: AccountKind; status: AccountStatus; name: string; statusReason: string | null } | undefined
> =>
  (
    await reader.run<{
      id: string;
      kind: AccountKind;
      status: AccountStatus;
      name: string;
      statusReason: string | null;
    }>(byNumber, [number])
  )[0];

const closedBefore = statement(
  'identity.list_closed_accounts',
  `select id, updated_at as "closedAt" from identity.account where status = 'closed' and kind <> 'official' and updated_at < $1 and id > $2 order by id limit $3`,
);
const closedStill = statement(
  'identity.list_still_closed',
  `select id from identity.account where status = 'closed' and updated_at < $1 and id = any($2::uuid[])`,
);
/** Accounts of citizens and businesses that were closed before that moment (and not touched since), by id. */
export const listClosedAccounts = (
  reader: Reader,
  before: Date,
  after: string | null,
  limit: number,
): Promise<{ id: string; closedAt: Date }[]> =>
  reader.run(closedBefore, [before, after ?? '00000000-0000-0000-0000-000000000000', limit]);
export const stillClosed = async (reader: Reader, ids: readonly string[], before: Date): Promise<Set<string>> =>
  new Set((await reader.run<{ id: string }>(closedStill, [before, ids])).map((row) => row.id));
