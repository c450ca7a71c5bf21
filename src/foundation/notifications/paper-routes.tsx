import { reachOf, type Reach } from '../../platform/access.ts';
import { publish } from '../../platform/events.ts';
import { page, seeOther } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { paths } from '../../ui/paths.ts';
import { cursorOf, cursorText } from './list-position.ts';
import { paperNoteHanded } from './notification-events.ts';
import { handPaperNotes } from './notification-permissions.ts';
import { messageMissing } from './notification-problems.ts';
import { handNote, listPaperNotes } from './paper-queries.ts';
import { PaperNotesPage } from './views/paper-notes-page.tsx';

const PAGE = 30;
const unitsOf = (reach: Reach): readonly string[] | null => (reach === 'all' ? null : reach);

async function notes(request: WebRequest) {
  const state = request.query.get('loai') === 'da-bao' ? 'handed' : 'to-hand';
  const units = unitsOf(reachOf(request.actor, handPaperNotes));
  const rows = await listPaperNotes(request.reader, state, units, cursorOf(request, listQuery.after), PAGE + 1);
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return page(
    <PaperNotesPage
      notes={rows.slice(0, PAGE)}
      state={state}
      nextCursor={last ? cursorText(last.createdAt, last.id) : null}
    />,
  );
}

/** Notes on paper, for children, old people and everybody without telephone or mail: printed at the counter, or told when they come. */
export function paperRoutes(web: Web): void {
  const access = { permission: handPaperNotes };
  web.get(paths.paperNotes, { access }, notes);
  web.post(paths.paperNoteHanding, { access }, async (request) => {
    await request.form();
    const id = request.params['id'] ?? '';
    if (!isId(id)) throw problem(messageMissing);
    await request.command(async (tx) => {
      const note = await handNote(tx, id, unitsOf(reachOf(request.actor, handPaperNotes)));
      if (!note) throw problem(messageMissing);
      publish(tx, paperNoteHanded, { subject: { kind: 'message', id }, unitId: note.unitId, payload: {} });
    });
    return seeOther(request.href(paths.paperNotes()));
  });
}
