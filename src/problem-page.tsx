import { keepWhileLocked, leadToProof } from './foundation/identity/index.ts';
import type { Problem } from './platform/problems.ts';
import { page, seeOther, type Reply } from './platform/http/reply.ts';
import { localisedPath } from './platform/http/page-context.ts';
import type { WebRequest } from './platform/http/web.ts';
import { ErrorPage, type ErrorStatus } from './ui/layouts/error-page.tsx';
import { paths } from './ui/paths.ts';

/** An expected failure as a page: what happened, what to do, and the reference to read out. Missing sign-in leads to signing in; what was sent to a locked screen is kept. */
export function renderProblem(request: WebRequest, failure: Problem): Reply | Promise<Reply> {
  const { definition, details } = failure;
  if (details['locked'] === true && request.method === 'POST') return keepWhileLocked(request);
  if (definition.code === 'platform.step-up-required') return leadToProof(request, details);
  if (definition.code === 'platform.sign-in-required' && request.method === 'GET') {
    const target = details['locked'] === true ? paths.unlock() : paths.signIn();
    return seeOther(`${request.href(target)}?ve=${encodeURIComponent(localisedPath(request.locale, request.url))}`);
  }
  const expected = definition.code !== 'platform.not-found' && definition.status < 500;
  return page(
    <ErrorPage
      status={shownStatus(definition.status)}
      reference={request.requestId}
      {...(expected ? { title: definition.title[request.locale] } : {})}
      {...(expected && definition.advice ? { advice: definition.advice[request.locale] } : {})}
    />,
    { status: definition.status },
  );
}

const SHOWN: readonly ErrorStatus[] = [400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503];
const shownStatus = (status: number): ErrorStatus =>
  SHOWN.find((known) => known === status) ?? (status < 500 ? 400 : 500);
