import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { IntakeFacts } from './intake.ts';

export const phrasePurposes = ['any', 'supplement', 'refusal', 'extension', 'step', 'note'] as const;
export type PhrasePurpose = (typeof phrasePurposes)[number];
export interface Phrase {
  id: string;
  officerId: string | null;
  unitId: string | null;
  purpose: PhrasePurpose;
  title: string;
  body: string;
  version: number;
  updatedAt: Date;
  updatedBy: string;
}
const PHRASE = `id, officer_id as "officerId", unit_id as "unitId", purpose, title, body, version, updated_at as "updatedAt", updated_by as "updatedBy"`;

const phrases = statement(
  'frontdesk.list_phrases',
  `select ${PHRASE} from frontdesk.phrase where officer_id = $1 or unit_id = $2 order by purpose, title collate "vi-x-icu", id limit 500`,
);
const onePhrase = statement(
  'frontdesk.find_phrase',
  `select ${PHRASE} from frontdesk.phrase where id = $1 and (officer_id = $2 or unit_id = $3)`,
);
const insertOne = statement(
  'frontdesk.insert_phrase',
  `insert into frontdesk.phrase (id, officer_id, unit_id, purpose, title, body, updated_at, updated_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const updateOne = statement(
  'frontdesk.update_phrase',
  `update frontdesk.phrase set purpose = $3, title = $4, body = $5, updated_at = $6, updated_by = $7, version = version + 1
   where id = $1 and version = $2 returning id`,
);
const deleteOne = statement('frontdesk.delete_phrase', 'delete from frontdesk.phrase where id = $1 returning id');

/** Phrases of an officer and of the unit they work at. */
export const listPhrases = (reader: Reader, officerId: string | null, unitId: string | null): Promise<Phrase[]> =>
  reader.run<Phrase>(phrases, [officerId, unitId]);
/** A phrase that the officer may use: their own or their unit's. */
export const findPhrase = async (
  reader: Reader,
  id: string,
  officerId: string | null,
  unitId: string | null,
): Promise<Phrase | undefined> => (await reader.run<Phrase>(onePhrase, [id, officerId, unitId]))[0];
export const insertPhrase = (tx: Tx, row: Omit<Phrase, 'version' | 'updatedAt'>): Promise<object[]> =>
  tx.run(insertOne, [row.id, row.officerId, row.unitId, row.purpose, row.title, row.body, tx.now, row.updatedBy]);
/** False when somebody changed it since `version`. */
export const updatePhrase = async (
  tx: Tx,
  row: Pick<Phrase, 'id' | 'version' | 'purpose' | 'title' | 'body' | 'updatedBy'>,
): Promise<boolean> =>
  (await tx.run(updateOne, [row.id, row.version, row.purpose, row.title, row.body, tx.now, row.updatedBy])).length ===
  1;
export const deletePhrase = (tx: Tx, id: string): Promise<object[]> => tx.run(deleteOne, [id]);

export interface SavedView {
  id: string;
  name: string;
  /** The list's query, without its question mark and cursor. */
  query: string;
}
const views = statement(
  'frontdesk.list_saved_views',
  'select id, name, query from frontdesk.saved_view where officer_id = $1 order by created_at, id limit 20',
);
const putView = statement(
  'frontdesk.put_saved_view',
  `insert into frontdesk.saved_view (id, officer_id, name, query, created_at) select $1, $2, $3, $4, $5
   where (select count(*) from frontdesk.saved_view where officer_id = $2) < 20 or exists (select 1 from frontdesk.saved_view where officer_id = $2 and name = $3)
   on conflict (officer_id, name) do update set query = excluded.query returning id`,
);
const dropView = statement(
  'frontdesk.delete_saved_view',
  'delete from frontdesk.saved_view where id = $1 and officer_id = $2',
);
export const listSavedViews = (reader: Reader, officerId: string): Promise<SavedView[]> =>
  reader.run<SavedView>(views, [officerId]);
/** Saves or replaces by name; false when the officer has 20 already. */
export const putSavedView = async (tx: Tx, row: SavedView & { officerId: string }): Promise<boolean> =>
  (await tx.run(putView, [row.id, row.officerId, row.name, row.query, tx.now])).length === 1;
export const deleteSavedView = (tx: Tx, id: string, officerId: string): Promise<object[]> =>
  tx.run(dropView, [id, officerId]);

export interface Intake {
  id: string;
  officerId: string;
  procedureVersionId: string;
  offerId: string;
  draftId: string | null;
  facts: IntakeFacts;
  dossierId: string | null;
  version: number;
}
const INTAKE = `id, officer_id as "officerId", procedure_version_id as "procedureVersionId", offer_id as "offerId", draft_id as "draftId", facts,
  dossier_id as "dossierId", version`;
const insertIntake_ = statement(
  'frontdesk.insert_intake',
  `insert into frontdesk.intake (id, officer_id, procedure_version_id, offer_id, draft_id, facts, updated_at) values ($1, $2, $3, $4, $5, $6::jsonb, $7)`,
);
const oneIntake = statement(
  'frontdesk.find_intake',
  `select ${INTAKE} from frontdesk.intake where id = $1 and officer_id = $2`,
);
const lockIntake_ = statement(
  'frontdesk.lock_intake',
  `select ${INTAKE} from frontdesk.intake where id = $1 and officer_id = $2 for update`,
);
const updateIntake_ = statement(
  'frontdesk.update_intake',
  'update frontdesk.intake set facts = $2::jsonb, dossier_id = $3, updated_at = $4, version = version + 1 where id = $1',
);
const forget = statement(
  'frontdesk.delete_old_intakes',
  `delete from frontdesk.intake where dossier_id is null and updated_at < $1 returning id`,
);
export const insertIntake = (tx: Tx, row: Omit<Intake, 'version' | 'dossierId'>): Promise<object[]> =>
  tx.run(insertIntake_, [
    row.id,
    row.officerId,
    row.procedureVersionId,
    row.offerId,
    row.draftId,
    JSON.stringify(row.facts),
    tx.now,
  ]);
export const findIntake = async (reader: Reader, id: string, officerId: string): Promise<Intake | undefined> =>
  (await reader.run<Intake>(oneIntake, [id, officerId]))[0];
export const lockIntake = async (tx: Tx, id: string, officerId: string): Promise<Intake | undefined> =>
  (await tx.run<Intake>(lockIntake_, [id, officerId]))[0];
export const updateIntake = (
  tx: Tx,
  id: string,
  facts: IntakeFacts | object,
  dossierId: string | null,
): Promise<object[]> => tx.run(updateIntake_, [id, JSON.stringify(facts), dossierId, tx.now]);
/** Forgets what was begun before the instant and never became a dossier; returns the ids. */
export const deleteOldIntakes = async (tx: Tx, before: Date): Promise<string[]> =>
  (await tx.run<{ id: string }>(forget, [before])).map((row) => row.id);
