import { clearCarried, moveDraft, previewMove, staleDraft } from '../../engines/forms/index.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isProblem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { factsOf, openOf, perAccount, placeOf } from './application-way.ts';
import { draftOwner } from './open-application.ts';
import { NewVersionPage } from './views/new-version-page.tsx';

/** A draft whose form has a newer version: what moving would keep and change, and what it did. */
export function newVersionRoutes(web: Web): void {
  web.get(paths.applicationNewVersion, { access: 'person' }, (request) => newVersionPage(request));
  web.post(paths.applicationNewVersion, perAccount('new-version', 60), async (request) => {
    const fields = await request.form();
    const open = await openOf(request);
    const { draft, newer } = open;
    const owner = draftOwner(request.actor);
    const id = { draftId: open.application.id };
    if (draft && fields.get('do') === 'seen') {
      await request.command((tx) => clearCarried(tx, draft.id, owner));
      return seeOther(request.href(placeOf({ ...open, draft: { ...draft, carried: null } })));
    }
    if (!draft || !newer || fields.get('do') !== 'move') return seeOther(request.href(placeOf(open)));
    try {
      await request.command((tx) =>
        moveDraft(tx, {
          id: draft.id,
          owner,
          expectedVersion: Number(fields.get('version')) || draft.version,
          formVersionId: newer.form.id,
          books: open.circumstances.books,
        }),
      );
    } catch (error) {
      if (!isProblem(error, staleDraft)) throw error;
      // Somebody (the same person on another device) saved meanwhile: look again at what would be carried.
      return newVersionPage(request, 409);
    }
    return seeOther(request.href(paths.applicationNewVersion(id)));
  });
}

async function newVersionPage(request: WebRequest, status = 200): Promise<Reply> {
  const open = await openOf(request);
  const { draft, newer } = open;
  if (!draft || (!newer && !draft.carried)) return seeOther(request.href(placeOf(open)));
  const preview = newer
    ? await previewMove(request.reader, {
        draft,
        formVersionId: newer.form.id,
        today: open.circumstances.today,
        books: open.circumstances.books,
      })
    : null;
  return page(
    <NewVersionPage
      facts={factsOf(open)}
      version={draft.version}
      newer={newer && preview ? { ...newer, validFrom: newer.form.validFrom, report: preview } : null}
      carried={draft.carried}
      continuePath={placeOf(open)}
    />,
    { status },
  );
}
