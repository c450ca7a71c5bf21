import { statement, type Reader, type Tx } from '../../../platform/database.ts';
import type { Values } from '../definition.ts';
import type { Owner } from '../form-queries.ts';

export type SigningState = 'open' | 'complete' | 'void' | 'sent';
/** Answers frozen for several people. */
export type Signing = {
  id: string;
  formVersionId: string;
  draftId: string;
  subject: { kind: string; id: string };
  owner: Owner;
  answers: Values;
  digest: string;
  /** What a person says at a counter. */
  code: string;
  state: SigningState;
  createdAt: Date;
  expiresAt: Date;
};
/** One person's part. */
export type Signature = {
  id: string;
  signingId: string;
  signer: string;
  invitedTo: string | null;
  confirmedAt: Date | null;
  method: 'account' | 'counter' | null;
  accountId: string | null;
  confirmedBy: string | null;
  note: string | null;
};

const columns = `s.id, s.form_version_id as "formVersionId", s.draft_id as "draftId",
  jsonb_build_object('kind', s.subject_kind, 'id', s.subject_id) as subject,
  jsonb_build_object('kind', s.owner_kind, 'id', s.owner_id) as owner,
  s.answers, s.digest, s.code, s.state, s.created_at as "createdAt", s.expires_at as "expiresAt"`;
const signatureColumns = `g.id, g.signing_id as "signingId", g.signer, g.invited_to as "invitedTo", g.confirmed_at as "confirmedAt", g.method,
  g.account_id as "accountId", g.confirmed_by as "confirmedBy", g.note`;

const insertSql = statement(
  'forms.insert_signing',
  `insert into forms.signing (id, form_version_id, draft_id, subject_kind, subject_id, owner_kind, owner_id, answers, digest, code, state,
     created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open', $11, $12)`,
);
export async function insertSigning(tx: Tx, signing: Omit<Signing, 'state' | 'createdAt'>): Promise<void> {
  await tx.run(insertSql, [
    signing.id,
    signing.formVersionId,
    signing.draftId,
    signing.subject.kind,
    signing.subject.id,
    signing.owner.kind,
    signing.owner.id,
    JSON.stringify(signing.answers),
    signing.digest,
    signing.code,
    tx.now,
    signing.expiresAt,
  ]);
}

const insertSignatureSql = statement(
  'forms.insert_signature',
  'insert into forms.signature (id, signing_id, signer, invited_to) values ($1, $2, $3, $4)',
);
export async function insertSignature(
  tx: Tx,
  signature: { id: string; signingId: string; signer: string; invitedTo: string | null },
): Promise<void> {
  await tx.run(insertSignatureSql, [signature.id, signature.signingId, signature.signer, signature.invitedTo]);
}

const liveSql = statement(
  'forms.find_live_signing',
  `select ${columns} from forms.signing s where s.draft_id = $1 and s.state in ('open', 'complete')`,
);
export const findLiveSigning = async (reader: Reader, draftId: string): Promise<Signing | undefined> =>
  (await reader.run<Signing>(liveSql, [draftId]))[0];

const lockSql = statement('forms.lock_signing', `select ${columns} from forms.signing s where s.id = $1 for update`);
export const lockSigning = async (tx: Tx, id: string): Promise<Signing | undefined> =>
  (await tx.run<Signing>(lockSql, [id]))[0];

const byCodeSql = statement('forms.signing_by_code', `select ${columns} from forms.signing s where s.code = $1`);
export const findSigningByCode = async (reader: Reader, code: string): Promise<Signing | undefined> =>
  (await reader.run<Signing>(byCodeSql, [code]))[0];

const bySignatureSql = statement(
  'forms.signing_of_signature',
  `select ${columns} from forms.signature g join forms.signing s on s.id = g.signing_id where g.id = $1`,
);
export const findSigningOfSignature = async (reader: Reader, signatureId: string): Promise<Signing | undefined> =>
  (await reader.run<Signing>(bySignatureSql, [signatureId]))[0];

const byIdSql = statement('forms.signing_by_id', `select ${columns} from forms.signing s where s.id = $1`);
export const findSigningById = async (reader: Reader, id: string): Promise<Signing | undefined> =>
  (await reader.run<Signing>(byIdSql, [id]))[0];

const signaturesSql = statement(
  'forms.list_signatures',
  `select ${signatureColumns} from forms.signature g where g.signing_id = $1 order by g.id`,
);
export const listSignatures = (reader: Reader, signingId: string): Promise<Signature[]> =>
  reader.run<Signature>(signaturesSql, [signingId]);

const confirmSql = statement(
  'forms.confirm_signature',
  `update forms.signature set confirmed_at = $2, method = $3, account_id = $4, confirmed_by = $5, official_id = $6, note = $7, digest = $8
   where id = $1 and confirmed_at is null returning id`,
);
export async function updateConfirmed(
  tx: Tx,
  id: string,
  by: {
    method: 'account' | 'counter';
    accountId: string | null;
    name: string;
    officialId: string | null;
    note: string | null;
    digest: string;
  },
): Promise<boolean> {
  const values = [id, tx.now, by.method, by.accountId, by.name, by.officialId, by.note, by.digest];
  return (await tx.run(confirmSql, values)).length > 0;
}

const stateSql = statement(
  'forms.set_signing_state',
  `update forms.signing set state = $2, closed_at = case when $2 in ('void', 'sent') then $3::timestamptz end, submission_id = $4
   where id = $1`,
);
export async function updateSigningState(
  tx: Tx,
  id: string,
  state: SigningState,
  submissionId: string | null = null,
): Promise<void> {
  await tx.run(stateSql, [id, state, tx.now, submissionId]);
}

const dueSql = statement(
  'forms.take_due_reminders',
  `update forms.signature set reminded_at = $1 where id in (
     select g.id from forms.signature g join forms.signing s on s.id = g.signing_id
     where s.state = 'open' and s.expires_at > $1 and s.created_at <= $2 and g.confirmed_at is null
       and (g.reminded_at is null or g.reminded_at <= $2)
     order by g.id limit $3 for update of g skip locked)
   returning id, signing_id as "signingId", signer, invited_to as "invitedTo"`,
);
/** Signatures that have waited since before `waitingSince` without a reminder; they count as reminded from now on. */
export const takeDueReminders = (
  tx: Tx,
  waitingSince: Date,
  limit: number,
): Promise<Pick<Signature, 'id' | 'signingId' | 'signer' | 'invitedTo'>[]> =>
  tx.run(dueSql, [tx.now, waitingSince, limit]);

const expiredSql = statement(
  'forms.take_expired_signings',
  `update forms.signing set state = 'void', closed_at = $1 where id in (
     select id from forms.signing where state in ('open', 'complete') and expires_at <= $1 limit $2 for update skip locked) returning id`,
);
export const voidExpiredSignings = async (tx: Tx, limit: number): Promise<string[]> =>
  (await tx.run<{ id: string }>(expiredSql, [tx.now, limit])).map((row) => row.id);

const awaitedSql = statement(
  'forms.list_awaited_signatures',
  `select g.id, g.signer, s.subject_kind as "subjectKind", s.subject_id as "subjectId", s.expires_at as "expiresAt"
   from forms.signature g join forms.signing s on s.id = g.signing_id
   where g.invited_to = any($1::text[]) and g.confirmed_at is null and s.state = 'open' and s.expires_at > $2 order by s.expires_at, g.id limit 20`,
);
export interface AwaitedSignature {
  id: string;
  signer: string;
  subjectKind: string;
  subjectId: string;
  expiresAt: Date;
}
/** Answers that wait for whoever was invited at one of these addresses; the caller knows that they are the person's own. */
export const listAwaitedSignatures = (
  reader: Reader,
  addresses: readonly string[],
  now: Date,
): Promise<AwaitedSignature[]> =>
  addresses.length === 0 ? Promise.resolve([]) : reader.run<AwaitedSignature>(awaitedSql, [addresses, now]);
