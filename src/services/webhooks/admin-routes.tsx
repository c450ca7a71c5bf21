import { can, reachOf } from '../../platform/access.ts';
import { listEvents } from '../../platform/event-log.ts';
import { eventTitle } from '../../platform/events.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, notFound, problem, type ProblemDefinition } from '../../platform/problems.ts';
import { appsManage, appsRequest, clientActors, findServiceByName } from '../../foundation/identity/index.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { paths } from '../../ui/paths.ts';
import {
  changeWebhook,
  createWebhook,
  keptWebhook,
  pingWebhook,
  removeWebhook,
  replay,
  rotateSecret,
} from './manage-webhook.ts';
import { listMessages, type MessageStatus } from './message-queries.ts';
import {
  NewWebhookPage,
  WebhookPage,
  WebhookSecretPage,
  WebhooksPage,
  type NewWebhookFault,
} from './views/webhook-pages.tsx';
import { webhookKinds } from './webhook-kinds.ts';
import { kindNotAllowed, tooManyWebhooks, urlRefused } from './webhook-problems.ts';
import { listSubscriptions, type Subscription, type SubscriptionStatus } from './webhook-queries.ts';

const PAGE = 50;
const STATUSES: readonly SubscriptionStatus[] = ['active', 'paused', 'disabled'];
const MESSAGE_STATUSES: readonly MessageStatus[] = ['waiting', 'delivered', 'dead'];

const clean = (text: string | null, max: number): string => (text ?? '').replaceAll('\u0000', '').trim().slice(0, max);
const afterOf = (request: WebRequest): string | null => {
  const after = request.query.get(listQuery.after);
  return isId(after) ? after : null;
};

async function list(request: WebRequest): Promise<Reply> {
  const { query, actor, reader } = request;
  const reach = can(actor, appsManage) ? 'all' : reachOf(actor, appsRequest);
  const text = clean(query.get('tim'), 100) || null;
  const status = STATUSES.find((one) => one === query.get('trangthai')) ?? null;
  const filter = { unitIds: reach === 'all' ? null : [...reach], status, text, after: afterOf(request) };
  const found = await listSubscriptions(reader, filter, PAGE + 1);
  const rows = found.slice(0, PAGE);
  return page(
    <WebhooksPage
      rows={rows}
      query={{ tim: text ?? undefined, trangthai: status ?? undefined }}
      nextCursor={found.length > PAGE ? (rows.at(-1)?.id ?? null) : null}
    />,
  );
}

const own = (request: WebRequest): Promise<Subscription> =>
  keptWebhook(request.reader, request.actor, request.params['id'] ?? '');

async function show(request: WebRequest): Promise<Reply> {
  const subscription = await own(request);
  const { reader, query } = request;
  const status = MESSAGE_STATUSES.find((one) => one === query.get('trangthai')) ?? null;
  const found = await listMessages(reader, subscription.id, { status, after: afterOf(request) }, PAGE + 1);
  const messages = found.slice(0, PAGE);
  const history = await listEvents(reader, { subjectKind: 'webhook', subjectId: subscription.id }, null, 20);
  return page(
    <WebhookPage
      subscription={subscription}
      messages={messages}
      status={status}
      nextCursor={found.length > PAGE ? (messages.at(-1)?.id ?? null) : null}
      history={history.map((event) => ({ ...event, title: eventTitle(event.name, request.locale) }))}
      done={query.get('xong')}
    />,
  );
}

const FAULTS: readonly (readonly [ProblemDefinition, NewWebhookFault])[] = [
  [urlRefused, 'badUrl'],
  [kindNotAllowed, 'noScope'],
  [tooManyWebhooks, 'tooMany'],
];

async function create(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const again = (fault: NewWebhookFault) => page(<NewWebhookPage values={form} fault={fault} />, { status: 422 });
  const app = await findServiceByName(request.reader, clean(form.get('app'), 200));
  const mayChoose = app && (can(request.actor, appsManage) || can(request.actor, appsRequest, { unitId: app.unitId }));
  if (!app || !mayChoose) return again('unknownApp');
  const kinds = form.getAll('kinds').filter((kind) => webhookKinds.has(kind));
  if (kinds.length === 0) return again('noKinds');
  const input = { url: clean(form.get('url'), 600), kinds, description: clean(form.get('description'), 300) || null };
  const owner = { id: app.id, name: app.nameVi, unitId: app.unitId, scopes: app.serviceScopes };
  try {
    const made = await request.command((tx) => createWebhook(tx, request.config, owner, input));
    return page(<WebhookSecretPage subscription={{ id: made.id, clientName: app.nameVi }} secret={made.secret} />);
  } catch (error) {
    const fault = FAULTS.find(([definition]) => isProblem(error, definition))?.[1];
    if (!fault) throw error;
    return again(fault);
  }
}

async function act(request: WebRequest): Promise<Reply> {
  const subscription = await own(request);
  const form = await request.form();
  const { id } = subscription;
  const back = (done: string) => seeOther(request.href(paths.adminWebhook({ id }, { xong: done })));
  switch (request.params['action'] ?? '') {
    case 'gui-thu':
      await request.command((tx) => pingWebhook(tx, subscription));
      return back('ping');
    case 'gui-lai': {
      const messageId = form.get('messageId');
      if (messageId !== null && !isId(messageId)) throw problem(notFound);
      const statuses: MessageStatus[] = messageId === null ? ['dead'] : ['dead', 'delivered'];
      await request.command((tx) => replay(tx, subscription, { id: messageId, since: null, statuses }));
      return back('replayed');
    }
    case 'tam-dung':
    case 'bat-lai': {
      const status = request.params['action'] === 'tam-dung' ? ('paused' as const) : ('active' as const);
      const actor = (await clientActors(request.reader, [subscription.clientId])).get(subscription.clientId);
      // Whatever it was allowed when it subscribed is asked again with every message.
      const owner = { scopes: actor?.scopes ?? ['dossiers.read'] };
      await request.command((tx) =>
        changeWebhook(tx, request.config, subscription, owner, null, { ...subscription, status }),
      );
      return back('saved');
    }
    case 'doi-khoa': {
      const secret = await request.command((tx) => rotateSecret(tx, request.config, subscription));
      return page(<WebhookSecretPage subscription={subscription} secret={secret} />);
    }
    case 'bo':
      if (form.get('sure') !== 'yes') return seeOther(request.href(paths.adminWebhook({ id })));
      await request.command((tx) => removeWebhook(tx, subscription));
      return seeOther(request.href(paths.adminWebhooks()));
    default:
      throw problem(notFound);
  }
}

const EXAMPLE = { id: '01900000-0000-7000-8000-000000000000' };

/** Webhooks for people: the province sees all, an agency those of its programs. */
export function webhookAdminRoutes(web: Web): void {
  const access = { anyOf: [appsManage, appsRequest] };
  web.get(paths.adminWebhooks, { access }, list);
  web.get(paths.adminWebhookNew, { access }, () =>
    page(<NewWebhookPage values={new URLSearchParams()} fault={null} />),
  );
  web.post(paths.adminWebhookNew, { access }, create);
  web.get(paths.adminWebhook, { access, example: EXAMPLE }, show);
  web.post(paths.adminWebhookAction, { access }, act);
}
