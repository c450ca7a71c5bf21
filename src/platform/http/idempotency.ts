import { createHash } from 'node:crypto';
import { statement, type Tx } from '../database.ts';
import { defineProblem, problem } from '../problems.ts';
import type { Reply } from './reply.ts';
import type { WebRequest } from './web.ts';

/* Idempotency keys of the public API (draft-ietf-httpapi-idempotency-key-header): one key, one effect, one answer. */

export const keyMissing = defineProblem({
  code: 'platform.idempotency-key-missing',
  status: 400,
  title: {
    vi: 'Thiếu tiêu đề Idempotency-Key (8 đến 200 ký tự)',
    en: 'The Idempotency-Key header (8 to 200 characters) is missing',
  },
});
export const keyReused = defineProblem({
  code: 'platform.idempotency-key-reused',
  status: 422,
  title: {
    vi: 'Idempotency-Key này đã dùng cho một yêu cầu khác',
    en: 'This Idempotency-Key was used for another request',
  },
  advice: { vi: 'Mỗi việc một khóa mới.', en: 'Use a new key for every piece of work.' },
});

const claim = statement(
  'platform.claim_request_key',
  `insert into platform.request_key (owner, key, fingerprint, created_at) values ($1, $2, $3, $4)
   on conflict (owner, key) do nothing returning key`,
);
const find = statement(
  'platform.find_request_key',
  `select fingerprint, status, headers, body from platform.request_key where owner = $1 and key = $2`,
);
const settle = statement(
  'platform.settle_request_key',
  `update platform.request_key set status = $3, headers = $4::jsonb, body = $5 where owner = $1 and key = $2`,
);

interface Kept {
  fingerprint: Buffer;
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The key of a request. @throws keyMissing */
export function requestKey(request: WebRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 200) throw problem(keyMissing);
  return key;
}

/**
 * Does `work` once for the request's key, and keeps its answer with it in the same transaction: sent again within 7 days the same
 * request gets the same answer. One that comes while the first is still at work waits for it. What failed was not done, and may be
 * tried again under the same key.
 * @throws keyMissing, keyReused
 */
export async function once(request: WebRequest, work: (tx: Tx) => Promise<Reply>): Promise<Reply> {
  const key = requestKey(request);
  const { actor } = request;
  const owner = `${actor.kind}/${actor.id ?? request.address}`;
  const fingerprint = createHash('sha256')
    .update(`${request.method} ${request.path}\n${JSON.stringify(request.json ?? null)}`)
    .digest();
  return request.command(async (tx) => {
    const [claimed] = await tx.run(claim, [owner, key, fingerprint, tx.now]);
    if (!claimed) {
      const [kept] = await tx.run<Kept>(find, [owner, key]);
      if (!kept || !kept.fingerprint.equals(fingerprint)) throw problem(keyReused);
      const headers = { ...kept.headers, 'idempotent-replayed': 'true' };
      return { kind: 'data', status: kept.status, body: kept.body, type: 'application/json; charset=utf-8', headers };
    }
    const reply = await work(tx);
    const body = reply.kind === 'data' ? reply.body.toString() : '';
    await tx.run(settle, [owner, key, reply.status, JSON.stringify(reply.headers), body]);
    return reply;
  });
}
