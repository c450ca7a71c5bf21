import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { problem, staleForm } from '../problems.ts';

export const CSRF_FIELD = '_csrf';

/**
 * Refuses writes that another site makes a browser send. Browsers of the last years state where a request comes from
 * (Sec-Fetch-Site, Origin); a signed-in form also carries the session's token.
 */
export function checkOrigin(headers: IncomingMessage['headers'], publicUrl: string): void {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw problem(staleForm);
  const origin = headers.origin;
  if (origin !== undefined && origin !== 'null' && !sameOrigin(origin, publicUrl, headers.host))
    throw problem(staleForm);
  if (origin === 'null') throw problem(staleForm);
}

function sameOrigin(origin: string, publicUrl: string, host: string | undefined): boolean {
  if (origin === new URL(publicUrl).origin) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}

export function checkToken(sent: string | null | undefined, expected: string): void {
  const a = Buffer.from(sent ?? '');
  const b = Buffer.from(expected);
  if (a.length !== b.length || !timingSafeEqual(a, b)) throw problem(staleForm);
}
