import { originOf } from '../../platform/http/doors.ts';
import type { WebRequest } from '../../platform/http/web.ts';
import { isProblem, tooLarge } from '../../platform/problems.ts';
import { safeReturnAddress } from './relying-party.ts';
import { seal, unseal } from '../../platform/seal.ts';

/** What a person sent while the screen was locked: kept sealed in the unlock page, and sent again when they say so. */
export interface CarriedPost {
  /** Address with its language, on this site. */
  action: string;
  fields: [string, string][];
  /** Names of files that came with it and are not kept. */
  files: string[];
}

const PURPOSE = 'carried-post';
/** Longer posts are not kept: the unlock page is sent back with them inside. */
export const CARRY_LIMIT_BYTES = 1_000_000;
/** Secrets are typed again rather than kept. */
const SECRET = /password|mat-?khau|secret/i;

/**
 * Reads the fields of a post that the lock has stopped. Files are read past and named. Null when it is too long to keep. Throws
 * `stale-form` when the form is not one of this session.
 */
export async function readStoppedPost(request: WebRequest): Promise<CarriedPost | null> {
  const files: string[] = [];
  let fields: URLSearchParams;
  try {
    fields = await request.form((file) => {
      files.push(file.fileName);
      file.stream.resume();
      return Promise.resolve(null);
    });
  } catch (error) {
    if (isProblem(error, tooLarge)) return null;
    throw error;
  }
  const kept = [...fields].filter(([name]) => !SECRET.test(name));
  return { action: request.href(request.url), fields: kept, files: files.slice(0, 40) };
}

/**
 * Seals a post for the session that sent it: whoever looks at the locked page's source reads nothing, and no other session
 * can open it. Null when it is too long.
 */
export function sealPost(request: WebRequest, post: CarriedPost): string | null {
  const text = JSON.stringify({ session: sessionOf(request), ...post });
  if (Buffer.byteLength(text) > CARRY_LIMIT_BYTES) return null;
  return seal(request.config.secret, PURPOSE, text).toString('base64url');
}

/** Opens what `sealPost` made for this session; null for everything else. */
export function unsealPost(request: WebRequest, sealed: string | null): CarriedPost | null {
  if (!sealed || sealed.length > CARRY_LIMIT_BYTES * 1.4) return null;
  const text = unseal(request.config.secret, PURPOSE, Buffer.from(sealed, 'base64url'));
  if (text === null) return null;
  const { session, ...post } = JSON.parse(text) as CarriedPost & { session: string };
  if (session !== sessionOf(request) || safeReturnAddress(post.action, '') === '') return null;
  return post;
}

const sessionOf = (request: WebRequest): string => request.session?.tokenHash.toString('hex') ?? '';

/** The page the form stood on, when the browser tells; the fallback otherwise. */
export function returnAddressOf(request: WebRequest, fallback: string): string {
  const from = request.headers.referer;
  if (!from || !URL.canParse(from)) return fallback;
  const url = new URL(from);
  if (url.origin !== new URL(originOf(request.config, request.door)).origin && url.host !== request.headers.host)
    return fallback;
  return safeReturnAddress(url.pathname + url.search, fallback);
}
