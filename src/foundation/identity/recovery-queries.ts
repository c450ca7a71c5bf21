import { statement, type Reader, type Tx } from '../../platform/database.ts';

export interface RecoveryRequest {
  id: string;
  accountId: string;
  accountName: string;
  reason: string;
  state: 'asked' | 'approved';
  requestedBy: string;
  requestedByName: string;
  requestedAt: Date;
  approvedBy: string | null;
  effectiveAt: Date | null;
}
const COLUMNS = `r.id, r.account_id as "accountId", a.name as "accountName", r.reason, r.state, r.requested_by as "requestedBy",
  q.name as "requestedByName", r.requested_at as "requestedAt", r.approved_by as "approvedBy", r.effective_at as "effectiveAt"
  from identity.recovery_request r join identity.account a on a.id = r.account_id join identity.account q on q.id = r.requested_by
  where r.state in ('asked', 'approved')`;
const ofAccount = statement('identity.find_recovery_request', `select ${COLUMNS} and r.account_id = $1`);
const open = statement(
  'identity.list_recovery_requests',
  `select ${COLUMNS} and ($1::uuid[] is null or exists (
     select from identity.official o where o.account_id = r.account_id and o.officer_id = any((select organisations.officers_within($1, $2::date))::uuid[])))
   order by r.requested_at limit 100`,
);
const insert = statement(
  'identity.insert_recovery_request',
  `insert into identity.recovery_request (id, account_id, reason, state, requested_by, requested_at) values ($1, $2, $3, 'asked', $4, $5)
   on conflict (account_id) where state in ('asked', 'approved') do nothing returning id`,
);
const approve = statement(
  'identity.approve_recovery_request',
  `update identity.recovery_request set state = 'approved', approved_by = $2, approved_at = $3, effective_at = $4
   where id = $1 and state = 'asked' and requested_by <> $2 and account_id <> $2 returning id`,
);
const end = statement(
  'identity.end_recovery_request',
  `update identity.recovery_request set state = $2, ended_at = $3, ended_by = $4 where id = $1 and state in ('asked', 'approved') returning id`,
);
const due = statement(
  'identity.take_due_recoveries',
  `update identity.recovery_request set state = 'done', ended_at = $1 where id in (
     select id from identity.recovery_request where state = 'approved' and effective_at <= $1 order by effective_at limit 200 for update skip locked)
   returning account_id as "accountId"`,
);
const removeAll = statement(
  'identity.delete_factors',
  'delete from identity.factor where account_id = $1 returning id',
);
const mustChange = statement(
  'identity.ask_new_password',
  `update identity.account set must_change_password = true where id = $1 and kind = 'official'`,
);

export async function findRecovery(reader: Reader, accountId: string): Promise<RecoveryRequest | undefined> {
  return (await reader.run<RecoveryRequest>(ofAccount, [accountId]))[0];
}
/** Requests that are open, the oldest first: of every account, or of officials of some units on a day. */
export const listRecoveries = (reader: Reader, unitIds: readonly string[] | null, day: string) =>
  reader.run<RecoveryRequest>(open, [unitIds, day]);
export const insertRecovery = async (
  tx: Tx,
  r: { id: string; accountId: string; reason: string; by: string },
): Promise<boolean> => (await tx.run(insert, [r.id, r.accountId, r.reason, r.by, tx.now])).length === 1;
export const markApproved = async (tx: Tx, id: string, by: string, effectiveAt: Date): Promise<boolean> =>
  (await tx.run(approve, [id, by, tx.now, effectiveAt])).length === 1;
export const endRecovery = async (tx: Tx, id: string, state: 'refused' | 'cancelled', by: string): Promise<boolean> =>
  (await tx.run(end, [id, state, tx.now, by])).length === 1;
export const takeDueRecoveries = (tx: Tx) => tx.run<{ accountId: string }>(due, [tx.now]);
export const deleteFactors = async (tx: Tx, accountId: string): Promise<number> =>
  (await tx.run(removeAll, [accountId])).length;
/** An official without a factor needs the longer password again (TCVN 14423). */
export const askNewPassword = (tx: Tx, accountId: string) => tx.run(mustChange, [accountId]);
