import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Act, Channel, Dossier, State } from './dossier.ts';
import type { AnswerChange } from './answer-supplement.ts';
import type { SupplementItem } from './supplement-queries.ts';

/* Everything that the pages and slips of one dossier show. */

export interface Paper {
  id: string;
  position: number;
  componentCode: string | null;
  name: string;
  fileId: string | null;
  originals: number;
  copies: number;
  isElectronic: boolean;
  isDigitised: boolean;
  isFromDataStore: boolean;
  /** 0 with the first submission, n with the n-th supplement: shown as new. */
  round: number;
  replacesPaperId: string | null;
  checkedAt: Date | null;
  checkedBy: string | null;
  isAccepted: boolean | null;
  remark: string | null;
}
export interface Supplement {
  number: number;
  items: SupplementItem[];
  reason: string;
  requestedAt: Date;
  requestedBy: string;
  answerBy: string | null;
  answeredAt: Date | null;
  answeredBy: string | null;
  formSubmissionId: string | null;
  changes: AnswerChange[] | null;
  remark: string | null;
  cancelledAt: Date | null;
}
export interface Fee {
  id: string;
  name: string;
  amountDong: number;
  moment: 1 | 2 | 4;
  requestedAt: Date;
  receiptNumber: string | null;
  method: 'cash' | 'transfer' | 'post' | 'online' | null;
  paidAt: Date | null;
  recordedBy: string | null;
}
export interface Result {
  number: number;
  code: string;
  outcome: 'granted' | 'refused';
  title: string;
  remark: string | null;
  fileId: string | null;
  decidedAt: Date;
  decidedBy: string;
}
export interface HistoryEntry {
  number: number;
  name: Act;
  at: Date;
  actorKind: string;
  actorLabel: string;
  postId: string | null;
  unitId: string | null;
  fromState: State;
  toState: State;
  remark: string | null;
  details: Record<string, unknown>;
  takenBackAt: Date | null;
}
export interface Note {
  id: string;
  text: string;
  at: Date;
  authorLabel: string;
}
/** Who asked, in full: read once, for somebody whose reading is recorded. */
export interface Applicant {
  identity: string | null;
  identityMasked: string | null;
  phone: string | null;
  email: string | null;
  address: string | null;
  submitterName: string | null;
  deliveryAddress: string | null;
  procedureVersionId: string;
  offerId: string | null;
  formSubmissionId: string | null;
  supportUnitId: string | null;
}
export interface DossierFile extends Dossier {
  applicant: Applicant;
  papers: Paper[];
  supplements: Supplement[];
  fees: Fee[];
  results: Result[];
  history: HistoryEntry[];
}

const applicant = statement(
  'dossiers.find_applicant',
  `select applicant_identity as identity, applicant_identity_masked as "identityMasked", applicant_phone as phone, applicant_email as email,
     applicant_address as address, submitter_name as "submitterName", delivery_address as "deliveryAddress",
     procedure_version_id as "procedureVersionId", offer_id as "offerId", form_submission_id as "formSubmissionId",
     support_unit_id as "supportUnitId"
   from dossiers.dossier where id = $1`,
);
const papers = statement(
  'dossiers.list_papers',
  `select id, position, component_code as "componentCode", name, file_id as "fileId", originals, copies, is_electronic as "isElectronic",
     is_digitised as "isDigitised", is_from_data_store as "isFromDataStore", round, replaces_paper_id as "replacesPaperId",
     checked_at as "checkedAt", checked_by as "checkedBy", is_accepted as "isAccepted", remark
   from dossiers.paper where dossier_id = $1 order by round, position`,
);
const supplements = statement(
  'dossiers.list_supplements',
  `select number, items, reason, requested_at as "requestedAt", requested_by as "requestedBy", answer_by as "answerBy",
     answered_at as "answeredAt", answered_by as "answeredBy", form_submission_id as "formSubmissionId", changes, remark, cancelled_at as "cancelledAt"
   from dossiers.supplement where dossier_id = $1 order by number`,
);
const fees = statement(
  'dossiers.list_fees',
  `select id, name, amount_dong as "amountDong", moment, requested_at as "requestedAt", receipt_number as "receiptNumber", method,
     paid_at as "paidAt", recorded_by as "recordedBy" from dossiers.fee where dossier_id = $1 order by requested_at, id`,
);
const results = statement(
  'dossiers.list_results',
  `select number, code, outcome, title, remark, file_id as "fileId", decided_at as "decidedAt", decided_by as "decidedBy"
   from dossiers.result where dossier_id = $1 order by number`,
);
const history = statement(
  'dossiers.list_history',
  `select number, name, at, actor_kind as "actorKind", actor_label as "actorLabel", post_id as "postId", unit_id as "unitId",
     from_state as "fromState", to_state as "toState", remark, details, taken_back_at as "takenBackAt"
   from dossiers.act where dossier_id = $1 order by number`,
);
const notes = statement(
  'dossiers.list_notes',
  `select id, text, at, author_label as "authorLabel" from dossiers.note where dossier_id = $1 order by at, id`,
);
const note = statement(
  'dossiers.insert_note',
  'insert into dossiers.note (id, dossier_id, text, at, author_id, author_label) values ($1, $2, $3, $4, $5, $6)',
);

/** The parts of a dossier's file, read one after the other. Ask the right before. */
export async function readDossierFile(reader: Reader, dossier: Dossier): Promise<DossierFile> {
  const [who] = await reader.run<Applicant>(applicant, [dossier.id]);
  return {
    ...dossier,
    applicant: who!,
    papers: await reader.run<Paper>(papers, [dossier.id]),
    supplements: await reader.run<Supplement>(supplements, [dossier.id]),
    fees: await reader.run<Fee>(fees, [dossier.id]),
    results: await reader.run<Result>(results, [dossier.id]),
    history: await reader.run<HistoryEntry>(history, [dossier.id]),
  };
}

const hash = statement(
  'dossiers.find_tracking_hash',
  'select tracking_hash as hash from dossiers.dossier where id = $1',
);
export const findTrackingHash = async (reader: Reader, dossierId: string): Promise<Buffer | undefined> =>
  (await reader.run<{ hash: Buffer }>(hash, [dossierId]))[0]?.hash;

export const listNotes = (reader: Reader, dossierId: string): Promise<Note[]> => reader.run<Note>(notes, [dossierId]);
export const insertNote = (
  tx: Tx,
  row: { id: string; dossierId: string; text: string; authorId: string | null; authorLabel: string },
): Promise<object[]> => tx.run(note, [row.id, row.dossierId, row.text, tx.now, row.authorId, row.authorLabel]);

export interface OwnDossierRow {
  id: string;
  code: string | null;
  state: State;
  procedureName: { vi: string; en: string };
  channel: Channel;
  submittedAt: Date;
  dueAt: Date | null;
  isOnTime: boolean | null;
  receivingUnitId: string;
  applicantName: string;
  applicantAccountId: string | null;
}
const own = statement(
  'dossiers.list_own',
  `select id, code, state, terms->'procedureName' as "procedureName", channel, submitted_at as "submittedAt", due_at as "dueAt",
     is_on_time as "isOnTime", receiving_unit_id as "receivingUnitId", applicant_name as "applicantName",
     applicant_account_id as "applicantAccountId"
   from dossiers.dossier where applicant_account_id = $1 and (submitted_at, id) < ($2::timestamptz, $3::uuid)
     and ($4::boolean is null or (stage = 6) = $4)
   order by submitted_at desc, id desc limit $5`,
);
const waiting = statement(
  'dossiers.list_waiting_for_applicant',
  `select id, code, state, terms->'procedureName' as "procedureName", channel, submitted_at as "submittedAt", due_at as "dueAt",
     is_on_time as "isOnTime", receiving_unit_id as "receivingUnitId", applicant_name as "applicantName",
     applicant_account_id as "applicantAccountId"
   from dossiers.dossier where applicant_account_id = $1 and state in (5, 6, 9) order by submitted_at desc, id desc limit $2`,
);
const agencies = statement(
  'dossiers.list_agencies_of_account',
  `select competent_unit_id as "unitId" from dossiers.dossier where applicant_account_id = $1
   group by competent_unit_id order by max(submitted_at) desc limit 20`,
);
/** The agencies competent for dossiers of an account, the latest first; at most twenty. */
export const listAgenciesOf = async (reader: Reader, accountId: string): Promise<string[]> =>
  (await reader.run<{ unitId: string }>(agencies, [accountId])).map((row) => row.unitId);

/** An account's dossiers that wait for the applicant: a supplement (5), a payment (6), a result to fetch (9). */
export const listWaitingForApplicant = (reader: Reader, accountId: string, limit: number): Promise<OwnDossierRow[]> =>
  reader.run<OwnDossierRow>(waiting, [accountId, limit]);

/** An account's own dossiers, newest first; `closed` true or false narrows them. */
export const listOwnDossiers = (
  reader: Reader,
  accountId: string,
  page: { after?: { at: Date; id: string } | null; closed?: boolean | null; limit?: number } = {},
): Promise<OwnDossierRow[]> =>
  reader.run<OwnDossierRow>(own, [
    accountId,
    page.after?.at ?? new Date('9999-01-01T00:00:00Z'),
    page.after?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    page.closed ?? null,
    page.limit ?? 20,
  ]);
