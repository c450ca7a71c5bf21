import { keepWhileLocked, leadToProof } from './foundation/identity/index.ts';
import { outcomeUnknown } from './platform/database-failures.ts';
import type { Problem } from './platform/problems.ts';
import { page, seeOther, type Reply } from './platform/http/reply.ts';
import { outOfSpace } from './platform/space.ts';
import { localisedPath } from './platform/http/page-context.ts';
import type { WebRequest } from './platform/http/web.ts';
import { Form } from './ui/form.tsx';
import { Button } from './ui/govuk/button.tsx';
import { ErrorPage, type ErrorStatus } from './ui/layouts/error-page.tsx';
import { paths } from './ui/paths.ts';

/** An expected failure as a page: what happened, what to do, and the reference to read out. Missing sign-in leads to signing in; what was sent to a locked screen is kept. */
export async function renderProblem(request: WebRequest, failure: Problem): Promise<Reply> {
  const { definition, details } = failure;
  if (details['locked'] === true && request.method === 'POST') return keepWhileLocked(request);
  if (definition.code === 'platform.step-up-required') return leadToProof(request, details);
  if (definition.code === 'platform.sign-in-required' && request.method === 'GET') {
    const target = details['locked'] === true ? paths.unlock() : paths.signIn();
    return seeOther(`${request.href(target)}?ve=${encodeURIComponent(localisedPath(request.locale, request.url))}`);
  }
  const hasOwnWords = definition.status < 500 || [outOfSpace, outcomeUnknown].includes(definition);
  const expected = definition.code !== 'platform.not-found' && hasOwnWords;
  return page(
    <ErrorPage
      status={shownStatus(definition.status)}
      reference={request.requestId}
      {...(expected ? { title: definition.title[request.locale] } : {})}
      {...(expected && definition.advice ? { advice: definition.advice[request.locale] } : {})}
    >
      {definition.code === outOfSpace.code && request.method === 'POST' && (
        <SendAgain action={request.url} fields={await sentFields(request)} locale={request.locale} />
      )}
    </ErrorPage>,
    { status: definition.status },
  );
}

const MAX_KEPT_BYTES = 200_000;

/** What the refused form held, so that it can be sent again; nothing for a form with files, or a very long one. */
async function sentFields(request: WebRequest): Promise<[string, string][]> {
  if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) return [];
  const fields = [...(await request.form())];
  const bytes = fields.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return bytes > MAX_KEPT_BYTES || fields.some(([name]) => /mat-khau|password/.test(name)) ? [] : fields;
}

/** Sends the same form once more: nothing that was typed is lost. */
function SendAgain(props: { action: string; fields: readonly [string, string][]; locale: 'vi' | 'en' }) {
  if (props.fields.length === 0) return null;
  return (
    <Form action={props.action}>
      {props.fields.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <Button>{props.locale === 'vi' ? 'Gửi lại những gì đã điền' : 'Send what you filled in again'}</Button>
    </Form>
  );
}

const SHOWN: readonly ErrorStatus[] = [400, 401, 403, 404, 409, 410, 413, 422, 429, 500, 503];
const shownStatus = (status: number): ErrorStatus =>
  SHOWN.find((known) => known === status) ?? (status < 500 ? 400 : 500);
