import { statement, type Reader, type Tx } from '../../../platform/database.ts';
import type { EndedOwner } from './retention-source.ts';

/* Times of keeping, holds, and the lists by which files are disposed of. */

export interface KeepingRule {
  id: string;
  /** Key of a `RetentionClass`. */
  class: string;
  /** null: kept for good. */
  keepDays: number | null;
  basis: string;
  isSure: boolean;
  validFrom: string;
  validTo: string | null;
}
const RULE = `id, class, keep_days as "keepDays", basis, is_sure as "isSure", valid_from as "validFrom", valid_to as "validTo"`;
const rules = statement(
  'files.list_keeping_rules',
  `select ${RULE} from files.keeping_rule order by class, valid_from desc, id limit 300`,
);
const rulesOn = statement(
  'files.list_keeping_rules_on',
  `select ${RULE} from files.keeping_rule where valid_from <= $1::date and (valid_to is null or valid_to >= $1::date) order by class`,
);
const addRule = statement(
  'files.insert_keeping_rule',
  `insert into files.keeping_rule (id, class, keep_days, basis, is_sure, valid_from, valid_to, created_at, created_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const endRule = statement(
  'files.end_keeping_rule',
  `update files.keeping_rule set valid_to = greatest(valid_from, $2::date) where id = $1 and (valid_to is null or valid_to > $2::date)
   returning class, basis`,
);
/** All rules, past ones too. */
export const listKeepingRules = (reader: Reader): Promise<KeepingRule[]> => reader.run<KeepingRule>(rules);
/** Those in force on a day: at most one for each class. */
export const listKeepingRulesOn = (reader: Reader, day: string): Promise<KeepingRule[]> =>
  reader.run<KeepingRule>(rulesOn, [day]);
export const insertKeepingRule = (tx: Tx, r: KeepingRule): Promise<object[]> =>
  tx.run(addRule, [r.id, r.class, r.keepDays, r.basis, r.isSure, r.validFrom, r.validTo, tx.now, tx.actor.label]);
export const endKeepingRule = async (
  tx: Tx,
  id: string,
  lastDay: string,
): Promise<{ class: string; basis: string } | undefined> => (await tx.run<never>(endRule, [id, lastDay]))[0];

export interface Hold {
  id: string;
  ownerKind: string;
  ownerId: string;
  label: string;
  reason: string;
  placedAt: Date;
  placedBy: string;
  liftedAt: Date | null;
  liftedBy: string | null;
  liftReason: string | null;
}
const HOLD = `id, owner_kind as "ownerKind", owner_id as "ownerId", label, reason, placed_at as "placedAt", placed_by as "placedBy",
  lifted_at as "liftedAt", lifted_by as "liftedBy", lift_reason as "liftReason"`;
const holds = statement(
  'files.list_holds',
  `select ${HOLD} from files.hold where ($1 or lifted_at is null) and (placed_at, id) < ($2, $3::uuid) order by placed_at desc, id desc limit $4`,
);
const openHolds = statement(
  'files.list_open_holds',
  `select owner_kind as "ownerKind", owner_id as "ownerId" from files.hold where lifted_at is null and owner_id = any($1::text[])`,
);
const place = statement(
  'files.insert_hold',
  `insert into files.hold (id, owner_kind, owner_id, label, reason, placed_at, placed_by) values ($1, $2, $3, $4, $5, $6, $7)
   on conflict (owner_kind, owner_id) where lifted_at is null do nothing returning id`,
);
const lift = statement(
  'files.lift_hold',
  `update files.hold set lifted_at = $2, lifted_by = $3, lift_reason = $4 where id = $1 and lifted_at is null
   returning owner_kind as "ownerKind", owner_id as "ownerId"`,
);
const END = { at: new Date('9999-01-01T00:00:00Z'), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
export type Before = { at: Date; id: string } | null;
export const listHolds = (reader: Reader, withLifted: boolean, before: Before, limit: number): Promise<Hold[]> =>
  reader.run<Hold>(holds, [withLifted, (before ?? END).at, (before ?? END).id, limit]);
/** `kind/id` of those of these owners on whom a hold lies. */
export const heldOwners = async (reader: Reader, ownerIds: readonly string[]): Promise<Set<string>> =>
  new Set(
    (await reader.run<{ ownerKind: string; ownerId: string }>(openHolds, [ownerIds])).map(
      (row) => `${row.ownerKind}/${row.ownerId}`,
    ),
  );
/** False when a hold lies on it already. */
export const insertHold = async (
  tx: Tx,
  h: Pick<Hold, 'id' | 'ownerKind' | 'ownerId' | 'label' | 'reason'>,
): Promise<boolean> =>
  (await tx.run(place, [h.id, h.ownerKind, h.ownerId, h.label, h.reason, tx.now, tx.actor.label])).length > 0;
export const liftHoldRow = async (
  tx: Tx,
  id: string,
  reason: string,
): Promise<{ ownerKind: string; ownerId: string } | undefined> =>
  (await tx.run<never>(lift, [id, tx.now, tx.actor.label, reason]))[0];

const stored = statement(
  'files.list_stored_before',
  `select owner_id as id, max(created_at) as at from files.file where owner_kind = $1 and erased_at is null and owner_id > $3
   group by owner_id having max(created_at) < $2 order by owner_id limit $4`,
);
const stillStored = statement(
  'files.list_still_stored',
  `select owner_id as id from files.file where owner_kind = $1 and owner_id = any($2::text[]) group by owner_id having max(created_at) < $3`,
);
/** Owners of a kind whose last file came before that moment. */
export const listStoredBefore = (
  reader: Reader,
  ownerKind: string,
  before: Date,
  after: string,
  limit: number,
): Promise<{ id: string; at: Date }[]> => reader.run(stored, [ownerKind, before, after, limit]);
export const listStillStored = async (
  reader: Reader,
  ownerKind: string,
  ids: readonly string[],
  before: Date,
): Promise<Set<string>> =>
  new Set((await reader.run<{ id: string }>(stillStored, [ownerKind, ids, before])).map((row) => row.id));

const draw = statement(
  'files.insert_disposal_items',
  `insert into files.disposal_item (disposal_id, file_id, class, owner_kind, owner_id, label, counted_at, keep_days, basis, is_sure, kind, size_bytes, state)
   select $1, f.id, $2, f.owner_kind, f.owner_id, o.label, o.at, $3, $4, $5, f.kind, f.size_bytes,
     case when exists (select from files.hold h where h.owner_kind = f.owner_kind and h.owner_id = f.owner_id and h.lifted_at is null) then 'held' else 'due' end
   from jsonb_to_recordset($6::jsonb) as o (id text, at timestamptz, label text)
   join files.file f on f.owner_kind = $7 and f.owner_id = o.id and f.erased_at is null
   on conflict (disposal_id, file_id) do nothing`,
);
/** Puts the files of these owners on the list; those on hold are marked so. */
export const insertItems = (
  tx: Tx,
  disposalId: string,
  of: { class: string; ownerKind: string; keepDays: number; basis: string; isSure: boolean },
  owners: readonly EndedOwner[],
): Promise<object[]> =>
  tx.run(draw, [disposalId, of.class, of.keepDays, of.basis, of.isSure, JSON.stringify(owners), of.ownerKind]);
