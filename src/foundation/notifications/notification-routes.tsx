import type { AppContext } from '../../platform/module.ts';
import { page, seeOther } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { messageMissing } from './notification-problems.ts';
import { manageNotifications } from './notification-permissions.ts';
import { findInboxMessage, listInbox, listOutbox, markInboxRead, type MessageRow } from './notification-queries.ts';
import { recipientOf } from './choice-routes.tsx';
import { cursorOf } from './list-position.ts';
import { resendMessage } from './resend-message.ts';
import { InboxPage } from './views/inbox-page.tsx';
import { findTrial } from './trial.ts';
import { OutboxPage } from './views/outbox-page.tsx';

const PAGE = 30;

function olderHref(request: WebRequest, rows: readonly MessageRow[]): string | null {
  const last = rows[PAGE - 1];
  if (!last || rows.length <= PAGE) return null;
  const query = new URLSearchParams(request.query);
  query.set('truoc', `${last.createdAt.getTime() + 1}_${last.id}`);
  return `${request.path}?${query}`;
}

const recipientPair = (request: WebRequest): [string, string] => {
  const { kind, id } = recipientOf(request);
  return [kind, id];
};

async function inbox(request: WebRequest) {
  const rows = await listInbox(request.reader, ...recipientPair(request), cursorOf(request, 'truoc'), PAGE + 1);
  const items = rows.slice(0, PAGE).map((row) => ({ ...row, isRead: row.readAt !== null }));
  return page(<InboxPage items={items} olderHref={olderHref(request, rows)} />);
}

async function outbox(request: WebRequest, isDemo: boolean) {
  const filter = {
    state: request.query.get('trang-thai') ?? '',
    channel: request.query.get('kenh') ?? '',
    address: (request.query.get('dia-chi') ?? '').slice(0, 100),
  };
  const states = filter.state ? [filter.state] : null;
  const rows = await listOutbox(request.reader, { ...filter, states }, cursorOf(request, 'truoc'), PAGE + 1);
  const items = rows.slice(0, PAGE).map((row) => ({ ...row, address: row.address ?? '' }));
  return page(
    <OutboxPage
      items={items}
      olderHref={olderHref(request, rows)}
      filter={filter}
      isDemo={isDemo}
      trialMode={(await findTrial(request.reader)).value.mode}
    />,
  );
}

/** Pages of notifications: a person's, an official's, and the outbox of the administrator (of everybody on a demo). */
export function notificationRoutes(web: Web, context: AppContext): void {
  web.get(paths.notifications, { access: 'signed-in' }, inbox);
  web.get(paths.workspaceNotifications, { access: 'official' }, inbox);
  web.post(paths.notificationRead, { access: 'signed-in' }, async (request) => {
    await request.form();
    const recipient = recipientPair(request);
    const id = request.params['id'] ?? '';
    if (id !== 'tat-ca' && !(isId(id) && (await findInboxMessage(request.reader, ...recipient, id))))
      throw problem(messageMissing);
    await request.command((tx) => markInboxRead(tx, ...recipient, id === 'tat-ca' ? null : id));
    return seeOther(
      request.href(request.actor.kind === 'official' ? paths.workspaceNotifications() : paths.notifications()),
    );
  });
  web.get(paths.adminOutbox, { access: { permission: manageNotifications } }, (request) => outbox(request, false));
  web.post(paths.adminOutboxResend, { access: { permission: manageNotifications } }, async (request) => {
    await request.form();
    const id = request.params['id'] ?? '';
    if (!isId(id)) throw problem(messageMissing);
    await request.command((tx) => resendMessage(tx, id));
    return seeOther(request.href(paths.adminOutbox()));
  });
  web.get(paths.demoOutbox, { access: 'public' }, (request) => {
    if (context.config.mode === 'production') throw problem(notFound);
    return outbox(request, true);
  });
}
