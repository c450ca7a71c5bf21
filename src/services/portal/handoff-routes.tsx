import { getFormVersion, offerHandoff, openHandoff, takeHandoff } from '../../engines/forms/index.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { factsOf, openOf, perAccount, placeOf } from './application-way.ts';
import { accountOf } from './open-application.ts';
import { startApplication } from './start-application.ts';
import { OtherDevicePage, TakeOverPage, handoffWords } from './views/handoff-pages.tsx';

/** A draft on its way to another device: shown as link, QR code and code here, taken over there. */
export function handoffRoutes(web: Web): void {
  web.get(paths.applicationHandoff, { access: 'person' }, async (request) => {
    const open = await openOf(request);
    return page(<OtherDevicePage facts={factsOf(open)} backPath={placeOf(open)} ticket={null} />);
  });
  web.post(paths.applicationHandoff, perAccount('handoff', 30), async (request) => {
    await request.form();
    const open = await openOf(request);
    const { draft } = open;
    if (!draft) throw problem(notFound);
    const ticket = await request.command((tx) =>
      offerHandoff(tx, { draft, subject: { application: open.application.id, account: accountOf(request.actor).id } }),
    );
    const link = request.config.publicUrl + request.href(paths.handoff({ token: ticket.token }));
    // The code is told once: this page is the answer, and a reload asks for a new one.
    return page(
      <OtherDevicePage
        facts={factsOf(open)}
        backPath={placeOf(open)}
        ticket={{ link, code: ticket.code, expiresAt: ticket.expiresAt }}
      />,
    );
  });
  const limited = {
    access: 'person',
    rateLimit: { name: 'portal.take-over', limit: 30, windowSeconds: 600, by: 'account' },
  } as const;
  web.get(paths.handoff, limited, async (request) => {
    const open = await openHandoff(request.reader, request.params['token'] ?? '', request.now);
    // The same account is proof enough: the QR code only leads to the place.
    const { application, account } = open.subject;
    if (application && account === accountOf(request.actor).id)
      return seeOther(request.href(paths.application({ draftId: application })));
    return takeOverPage(request, freshForm());
  });
  web.post(paths.handoff, limited, async (request) => {
    const fields = await request.form();
    const own = handoffWords.in(request.locale);
    const code = (fields.get('code') ?? '').slice(0, 20);
    if (code.trim() === '') return takeOverPage(request, { values: {}, errors: { code: own.codeMissing } }, 422);
    const id = await request.command(async (tx) => {
      const taken = await takeHandoff(tx, request.params['token'] ?? '', code);
      if (!taken) return null;
      const { procedureCode = '', offerId = '' } = taken.subject;
      return startApplication(tx, request.actor, { code: procedureCode, offerId, begun: taken });
    });
    if (id === null) return takeOverPage(request, { values: { code }, errors: { code: own.codeWrong } }, 422);
    return seeOther(request.href(paths.application({ draftId: id })));
  });
}

async function takeOverPage(request: WebRequest, form: FormState, status = 200): Promise<Reply> {
  const token = request.params['token'] ?? '';
  const open = await openHandoff(request.reader, token, request.now);
  // A draft of a signed-in person is theirs alone: only a clerk's is meant for somebody else.
  if (open.subject['account'] !== undefined) throw problem(notFound);
  const { definition } = await getFormVersion(request.reader, open.draft.formVersionId);
  return page(<TakeOverPage token={token} title={definition.title} form={form} />, { status });
}
