/* A small program against the public API of Sen: it takes a token, submits a dossier, follows it, and checks a webhook. */
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';

/** The answers used here. `npx openapi-typescript ADDRESS/api/openapi.json -o sen.d.ts` writes the types of all. */
export interface Acknowledgement {
  id: string;
  state: number;
  trackingNumber: string;
  trackingSecret: string;
  isNew: boolean;
}
export interface DossierLine {
  id: string;
  code: string | null;
  state: number;
  changedAt: string;
}
export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface Sen {
  address: string;
  token: string;
}

/** OAuth 2.0 client credentials; a token lasts ten minutes. */
export async function signIn(address: string, clientId: string, secret: string, scope: string): Promise<Sen> {
  const answer = await fetch(`${address}/oidc/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${clientId}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope }),
  });
  if (!answer.ok) throw new Error(`no token: ${answer.status}`);
  const { access_token: token } = (await answer.json()) as { access_token: string };
  return { address, token };
}

async function call<Answer>(sen: Sen, path: string, init: RequestInit = {}): Promise<Answer> {
  const headers = new Headers({ authorization: `Bearer ${sen.token}`, 'content-type': 'application/json' });
  new Headers(init.headers).forEach((value, name) => headers.set(name, value));
  const answer = await fetch(`${sen.address}/api/v1${path}`, { ...init, headers });
  const body = (await answer.json()) as Answer & { title?: string; code?: string; errors?: unknown };
  // RFC 9457: a permanent code to decide by, and the fields at fault by JSON Pointer.
  if (!answer.ok) throw new Error(`${body.code}: ${body.title} ${JSON.stringify(body.errors ?? [])}`);
  return body;
}

/** Keep the key with your own record: sent again after a broken line it submits nothing twice. */
export const submit = (sen: Sen, dossier: object, key: string = randomUUID()): Promise<Acknowledgement> =>
  call(sen, '/dossiers', { method: 'POST', body: JSON.stringify(dossier), headers: { 'idempotency-key': key } });

/** Everything that changed since an instant, the oldest change first. */
export async function* changedSince(sen: Sen, since: string): AsyncGenerator<DossierLine> {
  let cursor: string | null = '';
  while (cursor !== null) {
    const query = new URLSearchParams({ updatedSince: since, ...(cursor ? { cursor } : {}) });
    const page: Page<DossierLine> = await call(sen, `/dossiers?${query}`);
    yield* page.items;
    cursor = page.next;
  }
}

/** Whether a webhook is from Sen: Standard Webhooks, not older than five minutes. `body` is the text as it came. */
export function isGenuine(secret: string, headers: Record<string, string | undefined>, body: string): boolean {
  const { 'webhook-id': id = '', 'webhook-timestamp': at = '', 'webhook-signature': signatures = '' } = headers;
  if (Math.abs(Date.now() / 1000 - Number(at)) > 300) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${at}.${body}`).digest();
  return signatures.split(' ').some((one) => {
    const given = Buffer.from(one.replace('v1,', ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
