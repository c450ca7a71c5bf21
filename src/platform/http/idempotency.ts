import { defineProblem, problem } from '../problems.ts';
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

/** The key of a request. @throws keyMissing */
export function requestKey(request: WebRequest): string {
  const key = request.headers['idempotency-key'];
  if (typeof key !== 'string' || key.length < 8 || key.length > 200) throw problem(keyMissing);
  return key;
}
