import { statement, type Reader } from '../../platform/database.ts';
import type { AccountKind, AccountStatus } from './account.ts';

const byIds = statement(
  'identity.list_account_names',
  'select id, kind, status, name from identity.account where id = any($1::uuid[])',
);

export interface AccountName {
  id: string;
  kind: AccountKind;
  status: AccountStatus;
  name: string;
}
/** Names of accounts by their ids, for lists of other modules. */
export async function listAccountNames(reader: Reader, ids: readonly string[]): Promise<Map<string, AccountName>> {
  const rows = ids.length === 0 ? [] : await reader.run<AccountName>(byIds, [[...new Set(ids)]]);
  return new Map(rows.map((row) => [row.id, row]));
}
