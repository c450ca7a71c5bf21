import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { PairChange, PairRow, SheetPair } from './mapping-sheet.ts';

export type MappingChangeState = 'checked' | 'waiting' | 'approved' | 'refused' | 'withdrawn' | 'discarded';

/** A sheet of pairs on its way into a mapping, or what came of it. */
export interface MappingChange {
  id: string;
  number: number;
  fromId: string;
  toId: string;
  fileName: string;
  isWhole: boolean;
  rows: PairRow[];
  validCount: number;
  invalidCount: number;
  state: MappingChangeState;
  reason: string | null;
  changes: PairChange[] | null;
  proposedById: string;
  proposedBy: string;
  madeAt: Date;
  proposedAt: Date | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  decisionReason: string | null;
}
const FACTS = `id, number, from_catalogue_id as "fromId", to_catalogue_id as "toId", file_name as "fileName", is_whole as "isWhole", valid_count as "validCount",
  invalid_count as "invalidCount", state, reason, proposed_by_id as "proposedById", proposed_by as "proposedBy", made_at as "madeAt", proposed_at as "proposedAt",
  decided_by as "decidedBy", decided_at as "decidedAt", decision_reason as "decisionReason"`;
const find = statement(
  'catalogues.find_mapping_change',
  `select ${FACTS}, rows, changes from catalogues.mapping_change where id = $1 and from_catalogue_id = $2 and to_catalogue_id = $3`,
);
const lock = statement(
  'catalogues.lock_mapping_change',
  `select ${FACTS}, rows, changes from catalogues.mapping_change where id = $1 for update`,
);
const history = statement(
  'catalogues.list_mapping_changes',
  `select ${FACTS} from catalogues.mapping_change where from_catalogue_id = $1 and to_catalogue_id = $2 and state not in ('checked', 'discarded')
   order by number desc limit 50`,
);
const insert = statement(
  'catalogues.insert_mapping_change',
  `insert into catalogues.mapping_change (id, from_catalogue_id, to_catalogue_id, file_name, is_whole, rows, valid_count, invalid_count, state, unit_id,
     proposed_by_id, proposed_by, made_at) values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, 'checked', $9, $10, $11, $12)`,
);
const propose = statement(
  'catalogues.propose_mapping_change',
  `update catalogues.mapping_change set state = 'waiting', reason = $2, proposed_at = $3 where id = $1 and state = 'checked' returning id`,
);
const end = statement(
  'catalogues.end_mapping_change',
  `update catalogues.mapping_change set state = $2, decided_by = $3, decided_at = $4, decision_reason = $5, changes = $6::jsonb where id = $1`,
);
const present = statement(
  'catalogues.list_all_pairs',
  `select id, from_code as "fromCode", to_code as "toCode", valid_from as "validFrom", valid_to as "validTo", note from catalogues.mapping
   where from_catalogue_id = $1 and to_catalogue_id = $2 order by from_code, to_code, valid_from nulls first limit $3`,
);
const update = statement(
  'catalogues.update_pairs',
  `update catalogues.mapping m set valid_to = n."validTo", note = n.note
   from jsonb_to_recordset($3::jsonb) as n ("fromCode" text, "toCode" text, "validFrom" date, "validTo" date, note text)
   where m.from_catalogue_id = $1 and m.to_catalogue_id = $2 and m.from_code = n."fromCode" and m.to_code = n."toCode" and m.valid_from is not distinct from n."validFrom"`,
);
const lockLists = statement(
  'catalogues.lock_lists',
  'select id from catalogues.catalogue where id = any($1::uuid[]) order by id for update',
);
const waiting = statement(
  'catalogues.list_waiting_mapping_changes',
  `select m.id, m.number, f.code, t.code as target, f.name_vi as "nameVi", f.name_en as "nameEn", t.name_vi as "targetNameVi", t.name_en as "targetNameEn", m.proposed_by as "proposedBy"
   from catalogues.mapping_change m join catalogues.catalogue f on f.id = m.from_catalogue_id join catalogues.catalogue t on t.id = m.to_catalogue_id
   where m.state = 'waiting' order by m.number desc limit 50`,
);

/** Pairs of codes that a mapping may have. */
export const MAX_PAIRS = 100_000;
export const findMappingChange = async (
  reader: Reader,
  id: string,
  fromId: string,
  toId: string,
): Promise<MappingChange | undefined> => (await reader.run<MappingChange>(find, [id, fromId, toId]))[0];
export const lockMappingChange = async (tx: Tx, id: string): Promise<MappingChange | undefined> =>
  (await tx.run<MappingChange>(lock, [id]))[0];
export type PastMappingChange = Omit<MappingChange, 'rows' | 'changes'>;
/** The last fifty that were proposed, the newest first. */
export const listMappingChanges = (reader: Reader, fromId: string, toId: string): Promise<PastMappingChange[]> =>
  reader.run<PastMappingChange>(history, [fromId, toId]);
export const insertMappingChange = (
  tx: Tx,
  c: Pick<MappingChange, 'id' | 'fromId' | 'toId' | 'fileName' | 'isWhole' | 'rows' | 'validCount' | 'invalidCount'>,
): Promise<object[]> =>
  tx.run(insert, [
    c.id,
    c.fromId,
    c.toId,
    c.fileName,
    c.isWhole,
    JSON.stringify(c.rows),
    c.validCount,
    c.invalidCount,
    tx.actor.unitId ?? null,
    tx.actor.id ?? '',
    tx.actor.label,
    tx.now,
  ]);
export const markProposed = async (tx: Tx, id: string, reason: string): Promise<boolean> =>
  (await tx.run(propose, [id, reason, tx.now])).length > 0;
export const endMappingChange = (
  tx: Tx,
  id: string,
  state: Exclude<MappingChangeState, 'checked' | 'waiting'>,
  reason: string | null,
  changes: readonly PairChange[] | null,
): Promise<object[]> =>
  tx.run(end, [id, state, tx.actor.label, tx.now, reason, changes === null ? null : JSON.stringify(changes)]);
/** Every pair of a mapping, past ones too. */
export const listAllPairs = (reader: Reader, fromId: string, toId: string): Promise<(SheetPair & { id: string })[]> =>
  reader.run(present, [fromId, toId, MAX_PAIRS]);
export const updatePairs = (tx: Tx, fromId: string, toId: string, pairs: readonly SheetPair[]): Promise<object[]> =>
  tx.run(update, [fromId, toId, JSON.stringify(pairs)]);
/** Two changes of one mapping are carried out one after the other. */
export const lockCatalogues = (tx: Tx, ids: readonly string[]): Promise<object[]> => tx.run(lockLists, [ids]);
export interface WaitingMappingChange {
  id: string;
  number: number;
  code: string;
  target: string;
  nameVi: string;
  nameEn: string;
  targetNameVi: string;
  targetNameEn: string;
  proposedBy: string;
}
export const listWaitingMappingChanges = (reader: Reader): Promise<WaitingMappingChange[]> =>
  reader.run<WaitingMappingChange>(waiting);
