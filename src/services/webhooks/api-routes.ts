import { Type } from 'typebox';
import { oneOf, pageQuery, said } from '../../platform/http/api-schema.ts';
import { conditional, etagOf, preconditionFailed, versionSeen } from '../../platform/http/conditional.ts';
import { once } from '../../platform/http/idempotency.ts';
import { cursorOf, cursorWrong, cut, limitOf, linksOf } from '../../platform/http/paging.ts';
import { json, type Reply } from '../../platform/http/reply.ts';
import type { Tx } from '../../platform/database.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, problem, staleVersion } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { ChangeBody, CreateBody, ReplayBody, webhookDocs } from './api-doc.ts';
import {
  changeWebhook,
  createWebhook,
  keptWebhook,
  pingWebhook,
  removeWebhook,
  replay,
  rotateSecret,
} from './manage-webhook.ts';
import { findMessage, listAttempts, listMessages, type Message, type MessageStatus } from './message-queries.ts';
import { secretOf } from './signature.ts';
import { messageNotFound } from './webhook-problems.ts';
import { findSubscription, listOfClient, type Subscription } from './webhook-queries.ts';
import { webhookScope } from './webhook-permissions.ts';

const webhookView = (row: Subscription) => ({
  id: row.id,
  url: row.url,
  kinds: row.kinds,
  description: row.description,
  status: row.status,
  statusReason: row.statusReason,
  failingSince: row.failingSince,
  lastSuccessAt: row.lastSuccessAt,
  createdAt: row.createdAt,
  version: row.version,
});
const messageView = (row: Message) => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  attempts: row.attempts,
  createdAt: row.createdAt,
  nextAt: row.nextAt,
  settledAt: row.settledAt,
  lastStatus: row.lastStatus,
  lastFault: row.lastFault,
});

const ownerOf = ({ actor }: WebRequest) => ({
  id: actor.id ?? '',
  name: actor.label,
  unitId: actor.unitId ?? null,
  scopes: actor.scopes,
});
const own = (request: WebRequest, reader: Tx | WebRequest['reader'] = request.reader): Promise<Subscription> =>
  keptWebhook(reader, request.actor, request.params['id'] ?? '');

/** The key of the last row before this page. @throws cursorWrong */
function afterOf(request: WebRequest): string | null {
  const after = cursorOf(request, 1)?.[0] ?? null;
  if (after !== null && !isId(after)) throw problem(cursorWrong);
  return after;
}

/**
 * Adds the secret to an answer that was kept without it: answers lie in the database with their keys, secrets nowhere. It is made anew
 * from the webhook and its generation, so that the same key shows the same secret.
 */
function revealing(request: WebRequest, reply: Reply, id: string): Reply {
  if (reply.kind !== 'data') return reply;
  const { generation, ...body } = JSON.parse(reply.body.toString()) as { generation: number };
  return { ...reply, body: JSON.stringify({ ...body, secret: secretOf(request.config.secret, id, generation) }) };
}

async function create(request: WebRequest): Promise<Reply> {
  const { url, kinds, description } = request.json as CreateBody;
  const reply = await once(request, async (tx) => {
    const input = { url, kinds, description: description ?? null };
    const { id } = await createWebhook(tx, request.config, ownerOf(request), input);
    const made = (await findSubscription(tx, id))!;
    return json(
      { ...webhookView(made), generation: made.secretGeneration },
      { status: 201, headers: { location: paths.apiWebhook({ id }), etag: etagOf(made.version) } },
    );
  });
  const { id } = JSON.parse(reply.kind === 'data' ? reply.body.toString() : '{}') as { id: string };
  return revealing(request, reply, id);
}

async function change(request: WebRequest): Promise<Reply> {
  const before = await own(request);
  const version = versionSeen(request);
  const asked = request.json as ChangeBody;
  const input = {
    url: asked.url ?? before.url,
    kinds: asked.kinds ?? before.kinds,
    description: asked.description === undefined ? before.description : asked.description,
    status: asked.status ?? (before.status === 'active' ? ('active' as const) : ('paused' as const)),
  };
  try {
    await request.command((tx) => changeWebhook(tx, request.config, before, ownerOf(request), version, input));
  } catch (error) {
    throw isProblem(error, staleVersion) ? problem(preconditionFailed, { version: before.version }) : error;
  }
  const after = await own(request);
  return json(webhookView(after), { headers: { etag: etagOf(after.version) } });
}

async function messages(request: WebRequest): Promise<Reply> {
  const subscription = await own(request);
  const size = limitOf(request, 50);
  const status = request.query.get('status') as MessageStatus | null;
  const rows = await listMessages(request.reader, subscription.id, { status, after: afterOf(request) }, size + 1);
  const page = cut(rows, size, ({ id }) => [id]);
  return json({ items: page.rows.map(messageView), next: page.next }, { headers: linksOf(request, page.next) });
}

const EMPTY = Type.Object({}, { additionalProperties: false });
const example = { id: '01998a52-0000-7000-8000-000000000001' };

/** Webhooks over the API: a program sees and changes its own only. */
export function webhookApiRoutes(web: Web): void {
  const common = { access: { scope: webhookScope }, machine: true } as const;
  const keyed = (
    path: { readonly pattern: string },
    options: { api: (typeof webhookDocs)[keyof typeof webhookDocs]; body?: typeof EMPTY | typeof ReplayBody },
    work: (request: WebRequest, tx: Tx, subscription: Subscription) => Promise<Reply>,
  ): void =>
    web.post(path, { ...common, body: options.body ?? EMPTY, api: options.api, example }, (request) =>
      once(request, async (tx) => work(request, tx, await own(request, tx))),
    );
  web.get(
    paths.apiWebhooks,
    { ...common, query: Type.Object(pageQuery(20, 20)), api: webhookDocs.list },
    async (request) => {
      const size = limitOf(request, 20);
      const rows = await listOfClient(request.reader, request.actor.id ?? '', afterOf(request), size + 1);
      const page = cut(rows, size, ({ id }) => [id]);
      return json({ items: page.rows.map(webhookView), next: page.next }, { headers: linksOf(request, page.next) });
    },
  );
  web.post(paths.apiWebhooks, { ...common, body: CreateBody, api: webhookDocs.create }, create);
  web.get(paths.apiWebhook, { ...common, api: webhookDocs.get, example }, async (request) => {
    const found = await own(request);
    return conditional(request, webhookView(found), { version: found.version, isPublic: false });
  });
  web.patch(paths.apiWebhook, { ...common, body: ChangeBody, api: webhookDocs.change, example }, change);
  web.delete(paths.apiWebhook, { ...common, api: webhookDocs.remove, example }, async (request) => {
    await request.command(async (tx) => removeWebhook(tx, await own(request, tx)));
    return { kind: 'data', status: 204, body: '', type: 'application/json; charset=utf-8', headers: {} };
  });
  web.post(paths.apiWebhookSecret, { ...common, body: EMPTY, api: webhookDocs.rotate, example }, async (request) => {
    const reply = await once(request, async (tx) => {
      const subscription = await own(request, tx);
      await rotateSecret(tx, request.config, subscription);
      return json({ generation: subscription.secretGeneration + 1 });
    });
    return revealing(request, reply, request.params['id'] ?? '');
  });
  keyed(paths.apiWebhookTest, { api: webhookDocs.ping }, async (_request, tx, subscription) =>
    json({ messageId: await pingWebhook(tx, subscription) }, { status: 202 }),
  );
  web.get(
    paths.apiWebhookMessages,
    {
      ...common,
      query: Type.Object({
        status: Type.Optional(oneOf(['waiting', 'delivered', 'dead'], said('Chỉ trạng thái này', 'Only these'))),
        ...pageQuery(200, 50),
      }),
      api: webhookDocs.messages,
      example,
    },
    messages,
  );
  const messageExample = { ...example, messageId: '01998a52-0000-7000-8000-000000000002' };
  web.get(
    paths.apiWebhookMessage,
    { ...common, api: webhookDocs.message, example: messageExample },
    async (request) => {
      const subscription = await own(request);
      const { messageId = '' } = request.params;
      const message = isId(messageId) ? await findMessage(request.reader, subscription.id, messageId) : undefined;
      if (!message) throw problem(messageNotFound);
      const tries = await listAttempts(request.reader, message.id);
      return json({ ...messageView(message), body: message.body, tries });
    },
  );
  keyed(paths.apiWebhookReplay, { api: webhookDocs.replayOne }, async (request, tx, subscription) => {
    const { messageId = '' } = request.params;
    if (!isId(messageId)) throw problem(messageNotFound);
    const which = { id: messageId, since: null, statuses: ['dead', 'delivered'] as const };
    return json({ messages: await replay(tx, subscription, which) }, { status: 202 });
  });
  keyed(
    paths.apiWebhookReplays,
    { api: webhookDocs.replayAll, body: ReplayBody },
    async (request, tx, subscription) => {
      const { since } = request.json as { since?: string };
      const statuses: MessageStatus[] = since ? ['dead', 'delivered'] : ['dead'];
      const which = { id: null, since: since ? new Date(since) : null, statuses };
      return json({ messages: await replay(tx, subscription, which) }, { status: 202 });
    },
  );
}
