import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Application, Delivery } from './application.ts';

const COLUMNS = `id, purpose, account_id as "accountId", owner_kind as "ownerKind", procedure_version_id as "procedureVersionId",
  offer_id as "offerId", draft_id as "draftId", dossier_id as "dossierId", delegation_id as "delegationId", delivery, delivery_address as "deliveryAddress", remark,
  created_at as "createdAt", expires_at as "expiresAt", submitted_at as "submittedAt"`;

const find = statement(
  'portal.find_application',
  `select ${COLUMNS} from portal.application where id = $1 and account_id = $2`,
);
const lock = statement(
  'portal.lock_application',
  `select ${COLUMNS} from portal.application where id = $1 and account_id = $2 for update`,
);
const open = statement(
  'portal.list_open_applications',
  `select ${COLUMNS} from portal.application where account_id = $1 and submitted_at is null and expires_at > $2
   order by created_at desc, id desc limit 100`,
);
const openSupplement = statement(
  'portal.find_open_supplement',
  `select ${COLUMNS} from portal.application where dossier_id = $1 and purpose = 'supplement' and submitted_at is null`,
);
const lockSupplement_ = statement(
  'portal.lock_supplement',
  `select pg_advisory_xact_lock(hashtextextended('portal.supplement:' || $1, 0))`,
);
const insert = statement(
  'portal.insert_application',
  `insert into portal.application (id, purpose, account_id, owner_kind, procedure_version_id, offer_id, draft_id, dossier_id, created_at, expires_at, delegation_id)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
const keep = statement(
  'portal.update_application_expiry',
  'update portal.application set expires_at = $2 where id = $1 and submitted_at is null',
);
const deliver = statement(
  'portal.update_application_delivery',
  'update portal.application set delivery = $2, delivery_address = $3, expires_at = $4 where id = $1 and submitted_at is null',
);
const remark = statement(
  'portal.update_application_remark',
  'update portal.application set remark = $2, expires_at = $3 where id = $1 and submitted_at is null',
);
const submit = statement(
  'portal.update_application_submitted',
  'update portal.application set dossier_id = $2, submitted_at = $3, draft_id = null where id = $1',
);
const remove = statement('portal.delete_application', 'delete from portal.application where id = $1');
const expired = statement(
  'portal.list_expired_applications',
  `select ${COLUMNS} from portal.application where submitted_at is null and expires_at <= $1 order by expires_at limit $2 for update skip locked`,
);

export const findApplication = async (
  reader: Reader,
  id: string,
  accountId: string,
): Promise<Application | undefined> => (await reader.run<Application>(find, [id, accountId]))[0];
export const lockApplication = async (tx: Tx, id: string, accountId: string): Promise<Application | undefined> =>
  (await tx.run<Application>(lock, [id, accountId]))[0];
/** Applications of an account that are not sent yet, the newest first; at most 100. */
export const listOpenApplications = (reader: Reader, accountId: string, now: Date): Promise<Application[]> =>
  reader.run<Application>(open, [accountId, now]);
/** The answer to a request for a supplement that is being made; two starts at once wait for each other, so that the second finds it. */
export async function findOpenSupplement(tx: Tx, dossierId: string): Promise<Application | undefined> {
  await tx.run(lockSupplement_, [dossierId]);
  return (await tx.run<Application>(openSupplement, [dossierId]))[0];
}

export type NewApplication = Pick<
  Application,
  | 'id'
  | 'purpose'
  | 'accountId'
  | 'ownerKind'
  | 'procedureVersionId'
  | 'offerId'
  | 'draftId'
  | 'dossierId'
  | 'delegationId'
  | 'expiresAt'
>;
export const insertApplication = (tx: Tx, a: NewApplication): Promise<object[]> =>
  tx.run(insert, [
    a.id,
    a.purpose,
    a.accountId,
    a.ownerKind,
    a.procedureVersionId,
    a.offerId,
    a.draftId,
    a.dossierId,
    tx.now,
    a.expiresAt,
    a.delegationId,
  ]);
export const updateExpiry = (tx: Tx, id: string, expiresAt: Date): Promise<object[]> => tx.run(keep, [id, expiresAt]);
export const updateDelivery = (
  tx: Tx,
  id: string,
  delivery: Delivery,
  address: string | null,
  expiresAt: Date,
): Promise<object[]> => tx.run(deliver, [id, delivery, address, expiresAt]);
export const updateRemark = (tx: Tx, id: string, text: string | null, expiresAt: Date): Promise<object[]> =>
  tx.run(remark, [id, text, expiresAt]);
export const updateSubmitted = (tx: Tx, id: string, dossierId: string): Promise<object[]> =>
  tx.run(submit, [id, dossierId, tx.now]);
export const deleteApplication = (tx: Tx, id: string): Promise<object[]> => tx.run(remove, [id]);
const idle = statement(
  'portal.list_idle_applications',
  `select id, expires_at as "expiresAt" from portal.application where submitted_at is null and expires_at < $1 and id > $2 order by id limit $3`,
);
const stillIdle = statement(
  'portal.list_still_idle',
  'select id from portal.application where submitted_at is null and expires_at < $1 and id = any($2::uuid[])',
);
/** Applications not sent that run out before that moment, by id. */
export const listIdleApplications = (
  reader: Reader,
  expiryBefore: Date,
  after: string | null,
  limit: number,
): Promise<{ id: string; expiresAt: Date }[]> =>
  reader.run(idle, [expiryBefore, after ?? '00000000-0000-0000-0000-000000000000', limit]);
export const listStillIdle = async (reader: Reader, ids: readonly string[], expiryBefore: Date): Promise<Set<string>> =>
  new Set((await reader.run<{ id: string }>(stillIdle, [expiryBefore, ids])).map((row) => row.id));
export const listExpired = (tx: Tx, limit: number): Promise<Application[]> =>
  tx.run<Application>(expired, [tx.now, limit]);

/** A file put to a paper, by the ids of both. */
export interface PaperRow {
  id: string;
  paperKey: string;
  fileId: string;
  /** Taken from the person's store of papers. */
  isFromStore: boolean;
}
const papers = statement(
  'portal.list_papers',
  `select id, paper_key as "paperKey", file_id as "fileId", is_from_store as "isFromStore" from portal.application_paper where application_id = $1 order by created_at, id`,
);
const addPaper = statement(
  'portal.insert_paper',
  'insert into portal.application_paper (id, application_id, paper_key, file_id, created_at, is_from_store) values ($1, $2, $3, $4, $5, $6)',
);
const removePapers = statement(
  'portal.delete_papers',
  'delete from portal.application_paper where application_id = $1 and id = any($2::uuid[]) returning file_id as "fileId"',
);
const removeAll = statement(
  'portal.delete_all_papers',
  'delete from portal.application_paper where application_id = $1 returning file_id as "fileId"',
);

export const listPapers = (reader: Reader, applicationId: string): Promise<PaperRow[]> =>
  reader.run<PaperRow>(papers, [applicationId]);
export const insertPaper = (tx: Tx, applicationId: string, row: PaperRow): Promise<object[]> =>
  tx.run(addPaper, [row.id, applicationId, row.paperKey, row.fileId, tx.now, row.isFromStore]);
/** Takes papers away; returns the files they named. */
export const deletePapers = async (tx: Tx, applicationId: string, ids: readonly string[]): Promise<string[]> =>
  (await tx.run<{ fileId: string }>(removePapers, [applicationId, ids])).map((row) => row.fileId);
export const deleteAllPapers = async (tx: Tx, applicationId: string): Promise<string[]> =>
  (await tx.run<{ fileId: string }>(removeAll, [applicationId])).map((row) => row.fileId);
