import { listProvable, proofCode, proofFile, proveEvent } from '../../foundation/ledger/index.ts';
import { eventTitle } from '../../platform/events.ts';
import { download, page, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import {
  dossierCompleted,
  dossierExtended,
  dossierReceived,
  dossierRefused,
  dossierSubmitted,
  openOwnDossier,
  resultReturned,
  supplementAnswered,
  supplementRequested,
  trackingNumberOf,
} from '../dossiers/index.ts';
import { accountOf } from './open-application.ts';
import { ProofsPage } from './views/proofs-page.tsx';

/** What a person may have to prove one day. */
const PROVABLE = [
  dossierSubmitted,
  dossierReceived,
  dossierRefused,
  supplementRequested,
  supplementAnswered,
  dossierExtended,
  dossierCompleted,
  resultReturned,
].map(({ name }) => name);

/** Proofs from the ledger for the person whose dossier it is. */
export function proofRoutes(web: Web): void {
  const person = { access: 'person' } as const;
  web.get(paths.myDossierProofs, person, proofs);
  web.get(paths.myDossierProof, person, proof);
}

const eventsOf = async (request: WebRequest) => {
  accountOf(request.actor);
  const dossier = await openOwnDossier(request.reader, request.actor, request.params['id'] ?? '', request.now);
  return { dossier, events: await listProvable(request.reader, 'dossier', dossier.id, PROVABLE) };
};

async function proofs(request: WebRequest): Promise<Reply> {
  const { dossier, events } = await eventsOf(request);
  const asked = events.find((event) => String(event.id) === request.query.get('ma-vuong')) ?? events[0];
  const shown = asked ? await proveEvent(request.reader, asked.id) : null;
  const address = `${request.config.publicUrl}${request.href(paths.ledgerVerify())}`;
  return page(
    <ProofsPage
      id={dossier.id}
      code={dossier.code ?? trackingNumberOf(dossier.id)}
      events={events.map((event) => ({ ...event, title: eventTitle(event.name, request.locale) }))}
      shown={asked ? { id: asked.id, address: shown ? `${address}?ma=${proofCode(shown)}` : null } : null}
    />,
  );
}

async function proof(request: WebRequest): Promise<Reply> {
  const { dossier, events } = await eventsOf(request);
  const event = events.find((each) => String(each.id) === request.params['eventId']);
  const found = event ? await proveEvent(request.reader, event.id) : null;
  if (!event || !found) throw problem(notFound);
  return download(proofFile(found), {
    fileName: `${dossier.code ?? trackingNumberOf(dossier.id)}-${event.name.split('.').at(-1)}.tlog-proof`,
    type: 'text/plain; charset=utf-8',
  });
}
