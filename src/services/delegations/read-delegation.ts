import { listAccountNames } from '../../foundation/identity/index.ts';
import type { Reader } from '../../platform/database.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { sideOf, type Delegation } from './delegation.ts';
import { delegationNotFound } from './delegation-problems.ts';
import { findStored, type StoredDelegation } from './delegation-queries.ts';

/** Puts the names of both sides to delegations, in one read. */
export async function withNames(reader: Reader, rows: readonly StoredDelegation[]): Promise<Delegation[]> {
  const ids = rows.flatMap((row) => [...(row.giverAccountId ? [row.giverAccountId] : []), row.delegateAccountId]);
  const names = await listAccountNames(reader, ids);
  return rows.map((row) => {
    const giver = names.get(row.giverAccountId ?? '');
    return {
      ...row,
      giverName: row.ward?.name ?? giver?.name ?? '',
      giverKind: giver?.kind === 'business' ? 'business' : 'citizen',
      delegateName: names.get(row.delegateAccountId)?.name ?? '',
    };
  });
}

/** A delegation for one of its two sides. @throws delegationNotFound for everybody else, as for one that does not exist */
export async function openDelegation(reader: Reader, accountId: string, id: string): Promise<Delegation> {
  const stored = isId(id) ? await findStored(reader, id) : undefined;
  if (!stored || sideOf(stored, accountId) === null) throw problem(delegationNotFound);
  return (await withNames(reader, [stored]))[0]!;
}
