import { createHash } from 'node:crypto';
import { defineProblem, problem } from '../problems.ts';
import { json, type Reply } from './reply.ts';
import type { WebRequest } from './web.ts';

export const preconditionMissing = defineProblem({
  code: 'platform.precondition-required',
  status: 428,
  title: { vi: 'Thiếu tiêu đề If-Match', en: 'The If-Match header is missing' },
  advice: {
    vi: 'Đọc lại nội dung và gửi ETag vừa nhận trong If-Match.',
    en: 'Read what you are about to change, and send its ETag in If-Match.',
  },
});
/** Details: what stands now, where the operation knows it. */
export const preconditionFailed = defineProblem({
  code: 'platform.precondition-failed',
  status: 412,
  title: { vi: 'Nội dung đã thay đổi so với ETag đã gửi', en: 'It has changed since the ETag that was sent' },
  advice: { vi: 'Đọc lại rồi thử lại.', en: 'Read it again, then try again.' },
});

const known = (request: WebRequest): string[] =>
  (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));

/** The ETag of a version of something that is changed over the API. */
export const etagOf = (version: number): string => `"${version}"`;

/**
 * JSON with an ETag; 304 without a body when the caller has it already (RFC 9110 §13.1.2). The tag is the version where there is
 * one, else a digest of the content.
 */
export function conditional(
  request: WebRequest,
  value: unknown,
  options: { version?: number; isPublic?: boolean; headers?: Record<string, string> } = {},
): Reply {
  const answer = json(value);
  const body = answer.kind === 'data' ? answer.body : '';
  const etag =
    options.version === undefined
      ? `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
      : etagOf(options.version);
  const headers = {
    ...options.headers,
    etag,
    'cache-control': options.isPublic === false ? 'private, no-cache' : 'public, max-age=60',
  };
  const tags = known(request);
  if (tags.includes(etag) || tags.includes('*'))
    return { kind: 'data', status: 304, body: '', type: 'application/json; charset=utf-8', headers };
  return { ...answer, headers };
}

/**
 * The version that the caller saw, from `If-Match`; null for `*`, which takes whatever stands.
 * @throws preconditionMissing, preconditionFailed for a tag that was never ours
 */
export function versionSeen(request: WebRequest): number | null {
  const tag = request.headers['if-match']?.trim();
  if (!tag) throw problem(preconditionMissing);
  if (tag === '*') return null;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(tag)?.[1];
  if (version === undefined) throw problem(preconditionFailed);
  return Number(version);
}
