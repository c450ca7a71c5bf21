import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { PaperSource } from './stored-paper.ts';

/* Where papers were used, leave given to officials, and what a person has chosen. */

export interface PaperUse {
  id: string;
  paperId: string;
  accountId: string;
  place: 'application' | 'intake';
  placeId: string;
  /** The procedure, in Vietnamese. */
  about: string;
  usedBy: string;
  usedAt: Date;
}
/** What a stored paper was when it was taken. */
export interface TakenPaper {
  /** The file that it became in the application or the intake. */
  fileId: string;
  keptAt: Date;
  source: PaperSource;
  isVerified: boolean;
}
const insertUse_ = statement(
  'paperstore.insert_use',
  `insert into paperstore.use (id, paper_id, account_id, place, place_id, about, used_by, used_at, file_id, kept_at, source, was_verified)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);
const uses = statement(
  'paperstore.list_uses',
  `select id, paper_id as "paperId", account_id as "accountId", place, place_id as "placeId", about, used_by as "usedBy", used_at as "usedAt"
   from paperstore.use where paper_id = $1 order by used_at desc, id limit 50`,
);
const taken = statement(
  'paperstore.list_taken',
  `select file_id as "fileId", kept_at as "keptAt", source, was_verified as "isVerified" from paperstore.use where file_id = any($1::uuid[])`,
);
export const insertUse = (tx: Tx, use: Omit<PaperUse, 'usedAt'>, as: TakenPaper): Promise<object[]> =>
  tx.run(insertUse_, [
    use.id,
    use.paperId,
    use.accountId,
    use.place,
    use.placeId,
    use.about,
    use.usedBy,
    tx.now,
    as.fileId,
    as.keptAt,
    as.source,
    as.isVerified,
  ]);
/** Of these files those that were taken from a store. */
export const listTaken = (reader: Reader, fileIds: readonly string[]): Promise<TakenPaper[]> =>
  reader.run<TakenPaper>(taken, [fileIds]);
export const listUses = (reader: Reader, paperId: string): Promise<PaperUse[]> => reader.run<PaperUse>(uses, [paperId]);

export interface Consent {
  id: string;
  accountId: string;
  paperIds: string[];
  madeAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
  officerLabel: string | null;
  unitId: string | null;
  withdrawnAt: Date | null;
}
const CONSENT = `id, account_id as "accountId", paper_ids as "paperIds", made_at as "madeAt", expires_at as "expiresAt", used_at as "usedAt",
  officer_label as "officerLabel", unit_id as "unitId", withdrawn_at as "withdrawnAt"`;
const insertConsent_ = statement(
  'paperstore.insert_consent',
  `insert into paperstore.consent (id, account_id, code_hash, paper_ids, made_at, expires_at) values ($1, $2, $3, $4, $5, $6)
   on conflict (code_hash) where used_at is null and withdrawn_at is null do nothing returning id`,
);
const withdrawOpen = statement(
  'paperstore.withdraw_open_consents',
  `update paperstore.consent set withdrawn_at = $2 where account_id = $1 and used_at is null and withdrawn_at is null and ($3::uuid is null or id = $3) returning id`,
);
const useConsent_ = statement(
  'paperstore.use_consent',
  `update paperstore.consent set used_at = $2, used_for = $3, officer_id = $4, officer_label = $5, unit_id = $6
   where code_hash = $1 and used_at is null and withdrawn_at is null and expires_at > $2 returning ${CONSENT}`,
);
const forIntake = statement(
  'paperstore.list_consents_for',
  `select ${CONSENT} from paperstore.consent where used_for = $1 and officer_id = $2 and used_at > $3 and withdrawn_at is null order by used_at limit 20`,
);
const consents = statement(
  'paperstore.list_consents',
  `select ${CONSENT} from paperstore.consent where account_id = $1 order by made_at desc, id limit 30`,
);
/** False in the rare case that the code is somebody else's at this moment. */
export const insertConsent = async (
  tx: Tx,
  c: { id: string; accountId: string; hash: Buffer; paperIds: readonly string[]; expiresAt: Date },
): Promise<boolean> =>
  (await tx.run(insertConsent_, [c.id, c.accountId, c.hash, c.paperIds, tx.now, c.expiresAt])).length > 0;
/** Ends the codes of an account that nobody has used yet: one of them, or all. */
export const withdrawConsents = async (tx: Tx, accountId: string, id: string | null): Promise<string[]> =>
  (await tx.run<{ id: string }>(withdrawOpen, [accountId, tx.now, id])).map((row) => row.id);
export const useConsent = async (
  tx: Tx,
  hash: Buffer,
  by: { intakeId: string; officerId: string; label: string; unitId: string | null },
): Promise<Consent | undefined> =>
  (await tx.run<Consent>(useConsent_, [hash, tx.now, by.intakeId, by.officerId, by.label, by.unitId]))[0];
export const listConsentsFor = (reader: Reader, intakeId: string, officerId: string, since: Date): Promise<Consent[]> =>
  reader.run<Consent>(forIntake, [intakeId, officerId, since]);
export const listConsents = (reader: Reader, accountId: string): Promise<Consent[]> =>
  reader.run<Consent>(consents, [accountId]);

export interface StoreChoice {
  /** Days before the end of validity; null: no reminder. */
  remindDays: number | null;
  /** Results are put into the store by themselves. */
  keepResults: boolean;
}
const choice = statement(
  'paperstore.find_choice',
  `select remind_days as "remindDays", keep_results as "keepResults" from paperstore.choice where account_id = $1`,
);
const putChoice_ = statement(
  'paperstore.put_choice',
  `insert into paperstore.choice (account_id, remind_days, keep_results) values ($1, $2, $3)
   on conflict (account_id) do update set remind_days = excluded.remind_days, keep_results = excluded.keep_results`,
);
export const findStoreChoice = async (reader: Reader, accountId: string): Promise<StoreChoice | undefined> =>
  (await reader.run<StoreChoice>(choice, [accountId]))[0];
export const putChoice = (tx: Tx, accountId: string, given: StoreChoice): Promise<object[]> =>
  tx.run(putChoice_, [accountId, given.remindDays, given.keepResults]);
