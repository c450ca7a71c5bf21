import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Merger, MergerState } from './merger.ts';

const COLUMNS = `id, source_account_id as "sourceId", target_account_id as "targetId", identity_number as "identityNumber", proof, state,
  proposed_at as "proposedAt", proposed_by_id as "proposedById", proposed_by as "proposedBy", unit_id as "unitId", decided_at as "decidedAt", decided_by as "decidedBy",
  remark, moved, undo_until as "undoUntil", undone_at as "undoneAt", undone_by as "undoneBy"`;
const insert = statement(
  'people.insert_merger',
  `insert into people.merger (id, source_account_id, target_account_id, identity_number, proof, state, proposed_at, proposed_by_id, proposed_by, unit_id)
   values ($1, $2, $3, $4, $5, 'proposed', $6, $7, $8, $9)`,
);
const find = statement('people.find_merger', `select ${COLUMNS} from people.merger where id = $1`);
const lock = statement('people.lock_merger', `select ${COLUMNS} from people.merger where id = $1 for update`);
const list = statement(
  'people.list_mergers',
  `select ${COLUMNS} from people.merger where ($1::text is null or state = $1) and ($2::uuid is null or id < $2) and ($4::uuid[] is null or unit_id = any($4)) order by id desc limit $3`,
);
const open = statement(
  'people.find_open_merger',
  `select id from people.merger where state = 'proposed' and (source_account_id = any($1::uuid[]) or target_account_id = any($1::uuid[])) limit 1`,
);
const decide = statement(
  'people.decide_merger',
  `update people.merger set state = $2, decided_at = $3, decided_by = $4, remark = $5, moved = $6::jsonb, undo_until = $7, version = version + 1
   where id = $1 and state = 'proposed'`,
);
const undo = statement(
  'people.undo_merger',
  `update people.merger set state = 'undone', undone_at = $2, undone_by = $3, remark = $4, version = version + 1 where id = $1 and state = 'done'`,
);
const waiting = statement(
  'people.count_waiting_mergers',
  `select count(*)::int as n from (select from people.merger where state = 'proposed' and ($1::uuid[] is null or unit_id = any($1)) limit 1000) waiting`,
);
const requests = statement(
  'people.merge_requests',
  'update people.request set account_id = $2 where account_id = $1 returning id',
);
const requestsBack = statement(
  'people.unmerge_requests',
  'update people.request set account_id = $1 where account_id = $2 and id = any($3::uuid[])',
);
const countRequests = statement(
  'people.count_merge_requests',
  'select count(*)::int as n from people.request where account_id = $1',
);

type NewMerger = Pick<
  Merger,
  'id' | 'sourceId' | 'targetId' | 'identityNumber' | 'proof' | 'proposedById' | 'proposedBy' | 'unitId'
>;
export const insertMerger = (tx: Tx, m: NewMerger): Promise<object[]> =>
  tx.run(insert, [
    m.id,
    m.sourceId,
    m.targetId,
    m.identityNumber,
    m.proof,
    tx.now,
    m.proposedById,
    m.proposedBy,
    m.unitId,
  ]);
export const findMerger = async (reader: Reader, id: string): Promise<Merger | undefined> =>
  (await reader.run<Merger>(find, [id]))[0];
export const lockMerger = async (tx: Tx, id: string): Promise<Merger | undefined> =>
  (await tx.run<Merger>(lock, [id]))[0];
/** The newest first, from before `after` on; of some units, or of all. */
export const listMergers = (
  reader: Reader,
  filter: { state: MergerState | null; after: string | null; limit: number; unitIds: readonly string[] | null },
): Promise<Merger[]> => reader.run<Merger>(list, [filter.state, filter.after, filter.limit, filter.unitIds]);
/** Whether one of these accounts is named by a merger that waits for approval. */
export const hasOpenMerger = async (reader: Reader, accountIds: readonly string[]): Promise<boolean> =>
  (await reader.run(open, [accountIds])).length > 0;
export const updateDecided = (
  tx: Tx,
  id: string,
  given: {
    state: 'done' | 'refused';
    by: string;
    remark: string | null;
    moved: Merger['moved'];
    undoUntil: Date | null;
  },
): Promise<object[]> =>
  tx.run(decide, [
    id,
    given.state,
    tx.now,
    given.by,
    given.remark,
    given.moved && JSON.stringify(given.moved),
    given.undoUntil,
  ]);
export const updateUndone = (tx: Tx, id: string, by: string, reason: string): Promise<object[]> =>
  tx.run(undo, [id, tx.now, by, reason]);
export const countWaitingMergers = async (reader: Reader, unitIds: readonly string[] | null): Promise<number> =>
  (await reader.run<{ n: number }>(waiting, [unitIds]))[0]?.n ?? 0;

export const mergeRequestsOf = async (tx: Tx, from: string, to: string): Promise<string[]> =>
  (await tx.run<{ id: string }>(requests, [from, to])).map((row) => row.id);
export const unmergeRequestsOf = (tx: Tx, from: string, to: string, moved: readonly string[]): Promise<object[]> =>
  tx.run(requestsBack, [from, to, moved]);
export const countMergeRequests = async (reader: Reader, accountId: string): Promise<number> =>
  (await reader.run<{ n: number }>(countRequests, [accountId]))[0]?.n ?? 0;
