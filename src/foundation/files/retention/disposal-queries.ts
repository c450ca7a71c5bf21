import { statement, type Reader, type Tx } from '../../../platform/database.ts';
import type { ItemState } from './disposal.ts';
import type { Before } from './retention-queries.ts';

export type DisposalState = 'drawing' | 'waiting' | 'refused' | 'cancelled' | 'running' | 'done';

/** One disposal: the list of files whose time of keeping is over on a day, its approval and its carrying out. */
export interface Disposal {
  id: string;
  number: string;
  cutOff: string;
  state: DisposalState;
  /** Where the drawing up stands, by class: the cursor to go on from; null: that class is through. */
  drawnThrough: Record<string, string | null>;
  drawnById: string;
  drawnBy: string;
  drawnAt: Date;
  readyAt: Date | null;
  decidedById: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  /** The decision's number and words. */
  decision: string | null;
  finishedAt: Date | null;
  failedAt: Date | null;
  failure: string | null;
}
const DISPOSAL = `id, number, cut_off as "cutOff", state, drawn_through as "drawnThrough", drawn_by_id as "drawnById", drawn_by as "drawnBy", drawn_at as "drawnAt",
  ready_at as "readyAt", decided_by_id as "decidedById", decided_by as "decidedBy", decided_at as "decidedAt", decision, finished_at as "finishedAt",
  failed_at as "failedAt", failure`;
const insert = statement(
  'files.insert_disposal',
  `insert into files.disposal (id, number, cut_off, state, drawn_by_id, drawn_by, drawn_at) values ($1, $2, $3, 'drawing', $4, $5, $6)`,
);
const find = statement('files.find_disposal', `select ${DISPOSAL} from files.disposal where id = $1`);
const lock = statement('files.lock_disposal', `select ${DISPOSAL} from files.disposal where id = $1 for update`);
const list = statement(
  'files.list_disposals',
  `select ${DISPOSAL} from files.disposal where (drawn_at, id) < ($1, $2::uuid) order by drawn_at desc, id desc limit $3`,
);
const open = statement(
  'files.list_open_disposals',
  `select ${DISPOSAL} from files.disposal where state in ('drawing', 'waiting', 'running') limit 1`,
);
const through = statement(
  'files.update_disposal_drawn',
  `update files.disposal set drawn_through = $2::jsonb, failed_at = null, failure = null where id = $1`,
);
const ready = statement(
  'files.update_disposal_ready',
  `update files.disposal set state = 'waiting', ready_at = $2, failed_at = null, failure = null where id = $1 and state = 'drawing'`,
);
const decide = statement(
  'files.update_disposal_decided',
  `update files.disposal set state = $2, decided_by_id = $3, decided_by = $4, decided_at = $5, decision = $6 where id = $1`,
);
const finish = statement(
  'files.update_disposal_done',
  `update files.disposal set state = 'done', finished_at = $2, failed_at = null, failure = null where id = $1 and state = 'running'`,
);
const fail = statement(
  'files.update_disposal_failed',
  `update files.disposal set failed_at = $2, failure = $3 where id = $1 and state in ('drawing', 'running') returning number`,
);
export const insertDisposal = (
  tx: Tx,
  d: Pick<Disposal, 'id' | 'number' | 'cutOff' | 'drawnById' | 'drawnBy'>,
): Promise<object[]> => tx.run(insert, [d.id, d.number, d.cutOff, d.drawnById, d.drawnBy, tx.now]);
export const findDisposal = async (reader: Reader, id: string): Promise<Disposal | undefined> =>
  (await reader.run<Disposal>(find, [id]))[0];
export const lockDisposal = async (tx: Tx, id: string): Promise<Disposal | undefined> =>
  (await tx.run<Disposal>(lock, [id]))[0];
export const findOpenDisposal = async (reader: Reader): Promise<Disposal | undefined> =>
  (await reader.run<Disposal>(open))[0];
export const listDisposals = (reader: Reader, before: Before, limit: number): Promise<Disposal[]> =>
  reader.run<Disposal>(list, [
    before?.at ?? new Date('9999-01-01T00:00:00Z'),
    before?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    limit,
  ]);
export const markDrawnThrough = (tx: Tx, id: string, at: Disposal['drawnThrough']): Promise<object[]> =>
  tx.run(through, [id, JSON.stringify(at)]);
export const markReady = (tx: Tx, id: string): Promise<object[]> => tx.run(ready, [id, tx.now]);
export const markDecided = (
  tx: Tx,
  id: string,
  state: 'running' | 'refused' | 'cancelled',
  by: { id: string; label: string },
  decision: string,
): Promise<object[]> => tx.run(decide, [id, state, by.id, by.label, tx.now, decision]);
export const markDone = (tx: Tx, id: string): Promise<object[]> => tx.run(finish, [id, tx.now]);
export const markFailed = async (tx: Tx, id: string, failure: string): Promise<string | undefined> =>
  (await tx.run<{ number: string }>(fail, [id, tx.now, failure]))[0]?.number;

export interface DisposalItem {
  fileId: string;
  class: string;
  ownerKind: string;
  ownerId: string;
  label: string | null;
  countedAt: Date;
  keepDays: number;
  basis: string;
  isSure: boolean;
  kind: string;
  sizeBytes: number;
  state: ItemState;
  erasureId: string | null;
  /** Number of the certificate. */
  certificate: string | null;
}
const ITEM = `i.file_id as "fileId", i.class, i.owner_kind as "ownerKind", i.owner_id as "ownerId", i.label, i.counted_at as "countedAt", i.keep_days as "keepDays",
  i.basis, i.is_sure as "isSure", i.kind, i.size_bytes as "sizeBytes", i.state, i.erasure_id as "erasureId", e.number as certificate`;
const items = statement(
  'files.list_disposal_items',
  `select ${ITEM} from files.disposal_item i left join files.erasure e on e.id = i.erasure_id
   where i.disposal_id = $1 and i.file_id > $2 and ($3::text is null or i.class = $3) and ($4::text is null or i.state = $4)
   order by i.file_id limit $5`,
);
const sums = statement(
  'files.sum_disposal_items',
  `select class, state, bool_and(is_sure) as "isSure", count(*)::bigint as files, sum(size_bytes)::bigint as bytes, min(counted_at) as oldest
   from files.disposal_item where disposal_id = $1 group by class, state order by class, state`,
);
const due = statement(
  'files.lock_due_items',
  `select i.file_id as "fileId", i.class, i.owner_kind as "ownerKind", i.owner_id as "ownerId", i.keep_days as "keepDays", i.basis
   from files.disposal_item i where i.disposal_id = $1 and i.state = 'due' order by i.file_id limit $2 for update`,
);
const settle = statement(
  'files.settle_disposal_items',
  `update files.disposal_item i set state = s.state, erasure_id = s."erasureId"
   from jsonb_to_recordset($2::jsonb) as s ("fileId" uuid, state text, "erasureId" uuid) where i.disposal_id = $1 and i.file_id = s."fileId"`,
);
export const listItems = (
  reader: Reader,
  disposalId: string,
  filter: { class: string | null; state: string | null },
  after: string | null,
  limit: number,
): Promise<DisposalItem[]> =>
  reader.run<DisposalItem>(items, [
    disposalId,
    after ?? '00000000-0000-0000-0000-000000000000',
    filter.class,
    filter.state,
    limit,
  ]);
export interface ItemSum {
  class: string;
  state: ItemState;
  isSure: boolean;
  files: number;
  bytes: number;
  oldest: Date;
}
/** Files and bytes of a disposal by class and state. */
export const sumItems = (reader: Reader, disposalId: string): Promise<ItemSum[]> =>
  reader.run<ItemSum>(sums, [disposalId]);
export type DueItem = Pick<DisposalItem, 'fileId' | 'class' | 'ownerKind' | 'ownerId' | 'keepDays' | 'basis'>;
export const lockDueItems = (tx: Tx, disposalId: string, limit: number): Promise<DueItem[]> =>
  tx.run<DueItem>(due, [disposalId, limit]);
export interface Settled {
  fileId: string;
  state: ItemState;
  erasureId: string | null;
}
export const settleItems = (tx: Tx, disposalId: string, settled: readonly Settled[]): Promise<object[]> =>
  tx.run(settle, [disposalId, JSON.stringify(settled)]);
