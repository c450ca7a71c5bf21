import type { Tx } from '../../../platform/database.ts';
import { etagOf, preconditionFailed, versionSeen } from '../../../platform/http/conditional.ts';
import { once } from '../../../platform/http/idempotency.ts';
import { json, type Reply } from '../../../platform/http/reply.ts';
import type { WebRequest } from '../../../platform/http/web.ts';
import { isProblem, problem, staleVersion } from '../../../platform/problems.ts';
import { isClientDossier } from '../client-queries.ts';
import type { Dossier } from '../dossier.ts';
import type { DossierReference } from '../perform-act.ts';
import { getDossier } from '../read-dossier.ts';
import { stateView } from './views.ts';

/**
 * The frame of every change that a program makes: once per key, over the version it saw. The act itself asks for the right, and answers
 * “not found” to those who may not know of the dossier. 412 with what stands now where somebody was faster.
 */
export async function changeDossier(
  request: WebRequest,
  act: (tx: Tx, reference: DossierReference, dossier: Dossier) => Promise<Dossier>,
): Promise<Reply> {
  const version = versionSeen(request);
  const { actor } = request;
  try {
    return await once(request, async (tx) => {
      const before = await getDossier(tx, request.params['code'] ?? '');
      const after = await act(tx, { dossierId: before.id, version }, before);
      const isOwn = actor.id !== null && (await isClientDossier(tx, after.id, actor.id));
      return json(stateView(actor, after, isOwn), { headers: { etag: etagOf(after.version) } });
    });
  } catch (error) {
    throw isProblem(error, staleVersion) ? problem(preconditionFailed, error.details) : error;
  }
}
