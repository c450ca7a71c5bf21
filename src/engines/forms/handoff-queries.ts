import { statement, type Reader, type Tx } from '../../platform/database.ts';

type Handoff = {
  id: string;
  draftId: string;
  subject: Record<string, string>;
  attempts: number;
  expiresAt: Date;
  usedAt: Date | null;
};

const replaceSql = statement('forms.end_handoffs', 'delete from forms.handoff where draft_id = $1 and used_at is null');
const insertSql = statement(
  'forms.insert_handoff',
  `insert into forms.handoff (id, token_hash, code_hash, draft_id, subject, created_at, expires_at) values ($1, $2, $3, $4, $5, $6, $7)`,
);
/** A new way; the older ones of this draft end. */
export async function insertHandoff(
  tx: Tx,
  handoff: {
    id: string;
    tokenHash: string;
    codeHash: string;
    draftId: string;
    subject: Record<string, string>;
    expiresAt: Date;
  },
): Promise<void> {
  await tx.run(replaceSql, [handoff.draftId]);
  await tx.run(insertSql, [
    handoff.id,
    handoff.tokenHash,
    handoff.codeHash,
    handoff.draftId,
    JSON.stringify(handoff.subject),
    tx.now,
    handoff.expiresAt,
  ]);
}

const findSql = statement(
  'forms.find_handoff',
  `select id, draft_id as "draftId", subject, attempts, expires_at as "expiresAt", used_at as "usedAt" from forms.handoff where token_hash = $1`,
);
export const findHandoff = async (reader: Reader, tokenHash: string): Promise<Handoff | undefined> =>
  (await reader.run<Handoff>(findSql, [tokenHash]))[0];

const useSql = statement(
  'forms.use_handoff',
  `update forms.handoff set used_at = $3 where id = $1 and code_hash = $2 and used_at is null and expires_at > $3 and attempts < $4 returning id`,
);
/** True for the right code, once. */
export const useHandoff = async (tx: Tx, id: string, codeHash: string, mostAttempts: number): Promise<boolean> =>
  (await tx.run(useSql, [id, codeHash, tx.now, mostAttempts])).length > 0;

const attemptsSql = statement(
  'forms.raise_handoff_attempts',
  'update forms.handoff set attempts = attempts + 1 where id = $1',
);
export async function raiseAttempts(tx: Tx, id: string): Promise<void> {
  await tx.run(attemptsSql, [id]);
}

const expiredSql = statement('forms.delete_expired_handoffs', 'delete from forms.handoff where expires_at <= $1');
export async function deleteExpiredHandoffs(tx: Tx): Promise<void> {
  await tx.run(expiredSql, [tx.now]);
}
