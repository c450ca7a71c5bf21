import { findSigning, invitationToken, signersOf, startSigning } from '../../engines/forms/index.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { factsOf, openOf, perAccount } from './application-way.ts';
import type { OpenApplication } from './open-application.ts';
import { SignersPage } from './views/signers-page.tsx';

/** Who has to confirm the answers as they stand; empty for a form of one person. */
export const neededSigners = (open: OpenApplication) =>
  open.form && open.journey ? signersOf(open.form.definition, open.journey.values, open.circumstances) : [];

/** How far the confirmations are, for the page before sending; null for a form of one person. */
export async function signingState(request: WebRequest, open: OpenApplication) {
  const needed = neededSigners(open);
  if (needed.length === 0 || !open.draft) return null;
  const signing = await findSigning(request.reader, open.draft.id);
  const confirmed = signing?.signers.filter((each) => each.confirmedAt !== null).length ?? 0;
  return { needed: needed.length, confirmed, isComplete: signing?.signing.state === 'complete' };
}

async function signersPage(request: WebRequest, status = 200): Promise<Reply> {
  const open = await openOf(request);
  const needed = neededSigners(open);
  if (needed.length === 0 || !open.draft || !open.journey) throw problem(notFound);
  const signing = await findSigning(request.reader, open.draft.id);
  const linkOf = (id: string): string =>
    request.config.publicUrl + paths.signingInvitation({ token: invitationToken(request.config.secret, id) });
  return page(
    <SignersPage
      facts={factsOf(open)}
      needed={needed}
      isReady={open.journey.isComplete}
      ownIdentity={open.known.identity}
      signing={signing ?? null}
      linkOf={linkOf}
    />,
    { status },
  );
}

/** Inviting the people who have to confirm the same answers. */
export function signerRoutes(web: Web): void {
  web.get(paths.applicationSigners, { access: 'person' }, (request) => signersPage(request));
  web.post(paths.applicationSigners, perAccount('signers', 60), async (request) => {
    await request.form();
    const open = await openOf(request);
    const { draft, journey, form } = open;
    if (!draft || !form || !journey || neededSigners(open).length === 0) throw problem(notFound);
    // What is not complete cannot be frozen: the page says what is missing.
    if (!journey.isComplete) return signersPage(request, 422);
    await request.command((tx) =>
      startSigning(tx, { draft, values: journey.values, surroundings: open.circumstances }),
    );
    return seeOther(request.href(paths.applicationSigners({ draftId: open.application.id })));
  });
}
