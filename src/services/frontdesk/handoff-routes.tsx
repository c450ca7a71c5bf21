import { offerHandoff } from '../../engines/forms/index.ts';
import { page, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { mayReceive } from '../dossiers/index.ts';
import { draftOf, openIntake } from './take-in.ts';
import { HandoffPage } from './views/handoff-page.tsx';

/** A clerk hands a form begun at the counter to the person, who goes on with it at home: link, QR code, and a code that is said apart. */
export function handoffRoutes(web: Web): void {
  const access = { permission: mayReceive };
  web.get(paths.counterHandoff, { access }, async (request) => {
    const { intake } = await stageOf(request);
    return page(<HandoffPage intakeId={intake.id} name={intake.facts.name} ticket={null} />);
  });
  web.post(paths.counterHandoff, { access }, async (request): Promise<Reply> => {
    await request.form();
    const { intake, draft } = await stageOf(request);
    const subject = { procedureCode: intake.procedure.code, offerId: intake.offer.id };
    const ticket = await request.command((tx) => offerHandoff(tx, { draft, subject }));
    const link = request.config.publicUrl + paths.handoff({ token: ticket.token });
    return page(<HandoffPage intakeId={intake.id} name={intake.facts.name} ticket={{ ...ticket, link }} />);
  });
}

async function stageOf(request: WebRequest) {
  const intake = await openIntake(request.reader, request.actor, request.params['intakeId'] ?? '', request.now);
  const draft = await draftOf(request.reader, request.actor, intake, request.now);
  if (intake.dossierId !== null || !draft) throw problem(notFound);
  return { intake, draft };
}
