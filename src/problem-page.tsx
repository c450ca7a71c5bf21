import type { Problem } from './platform/problems.ts';
import { page, seeOther, type Reply } from './platform/http/reply.ts';
import { localisedPath } from './platform/http/page-context.ts';
import type { WebRequest } from './platform/http/web.ts';
import { paths } from './ui/paths.ts';

/** An expected failure as a page: what happened, what to do, and the reference to read out. Missing sign-in leads to signing in. */
export function renderProblem(request: WebRequest, failure: Problem): Reply {
  const { definition, details } = failure;
  if (definition.code === 'platform.sign-in-required' && request.method === 'GET') {
    const target = details['locked'] === true ? paths.unlock() : paths.signIn();
    return seeOther(`${request.href(target)}?ve=${encodeURIComponent(localisedPath(request.locale, request.url))}`);
  }
  return page(
    <html lang={request.locale}>
      <head>
        <meta charset="utf-8" />
        <title>{definition.title[request.locale]}</title>
      </head>
      <body>
        <h1>{definition.title[request.locale]}</h1>
        <p>{definition.advice?.[request.locale]}</p>
        <p>{request.requestId}</p>
      </body>
    </html>,
    { status: definition.status },
  );
}
