import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { publish } from '../../platform/events.ts';
import { page, seeOther, text } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import type { AppContext } from '../../platform/module.ts';
import { invalidInput, notFound, problem } from '../../platform/problems.ts';
import type { FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { deleteOwnPush, findChoice, insertPush, listPushes } from './addressee-queries.ts';
import { shippedChoice, type Choice } from './choice.ts';
import { listContacts } from './contact-queries.ts';
import { kindOf } from './message-kind.ts';
import { browserAdded, browserRemoved } from './notification-events.ts';
import { linkNotValid, messageMissing, tooManyBrowsers } from './notification-problems.ts';
import { isPushSubscription, pushKeys } from './providers/web-push.ts';
import { muteChannel, readChoice, saveChoice } from './save-choice.ts';
import { readUnsubscribeToken } from './unsubscribe-token.ts';
import { ChoicesPage, UnsubscribePage } from './views/choices-page.tsx';

/** Whose notifications these are: an official's own, or those of the account. */
export const recipientOf = ({ actor }: WebRequest): { kind: string; id: string } =>
  actor.kind === 'official' ? { kind: 'official', id: actor.id ?? '' } : { kind: 'account', id: actor.accountId ?? '' };

const formOf = (choice: Choice): FormState => ({
  values: {
    'yen-tinh': choice.quietFrom === null ? 'khong' : 'co',
    tu: choice.quietFrom ?? '22:00',
    den: choice.quietUntil ?? '06:00',
  },
  errors: {},
});

async function choicesPage(request: WebRequest, sent?: { choice: Choice; form: FormState }) {
  const { kind, id } = recipientOf(request);
  const [kept, contacts, browsers] = await Promise.all([
    findChoice(request.reader, kind, id),
    listContacts(request.reader, kind, id),
    listPushes(request.reader, kind, id),
  ]);
  const choice = sent?.choice ?? kept ?? { ...shippedChoice, language: request.locale };
  return page(
    <ChoicesPage
      choice={choice}
      form={sent?.form ?? formOf(choice)}
      contacts={contacts.filter((each) => each.verifiedAt !== null)}
      browsers={browsers}
      publicKey={pushKeys(request.config.secret).publicKey.toString('base64url')}
      isSaved={sent === undefined && request.query.get('da-luu') === '1'}
    />,
    { status: sent ? 422 : 200 },
  );
}

/** “Chrome trên Android”: enough for a person to tell devices apart. */
function labelOf(agent: string): string {
  const browser = /Edg/.test(agent)
    ? 'Edge'
    : /Firefox/.test(agent)
      ? 'Firefox'
      : /Chrome/.test(agent)
        ? 'Chrome'
        : /Safari/.test(agent)
          ? 'Safari'
          : 'Web';
  const system = /Android/.test(agent)
    ? 'Android'
    : /iPhone|iPad/.test(agent)
      ? 'iOS'
      : /Windows/.test(agent)
        ? 'Windows'
        : /Mac OS/.test(agent)
          ? 'macOS'
          : 'Linux';
  return `${browser} · ${system}`;
}

/** The page of choices, browsers that are told, and the link in mails that stops them. */
export function choiceRoutes(web: Web, context: AppContext): void {
  web.get(paths.notificationChoices, { access: 'signed-in' }, (request) => choicesPage(request));
  web.post(paths.notificationChoices, { access: 'signed-in' }, async (request) => {
    const form = await request.form();
    const { kind, id } = recipientOf(request);
    const { choice, errors } = readChoice(form, await findChoice(request.reader, kind, id));
    if (Object.keys(errors).length > 0) {
      const values = { 'yen-tinh': 'co', tu: form.get('tu') ?? '', den: form.get('den') ?? '' };
      return choicesPage(request, { choice, form: { values, errors } });
    }
    await request.command((tx) => saveChoice(tx, recipientOf(request), choice));
    return seeOther(request.href(paths.notificationChoices({ 'da-luu': '1' })));
  });
  web.post(paths.notificationBrowsers, { access: 'signed-in' }, async (request) => {
    const form = await request.form();
    const push = {
      endpoint: form.get('endpoint') ?? '',
      p256dh: form.get('p256dh') ?? '',
      auth: form.get('auth') ?? '',
    };
    if (!isPushSubscription(push, context.config.mode !== 'production')) throw problem(invalidInput);
    const { kind, id } = recipientOf(request);
    const key = createHash('sha256').update(push.endpoint).digest('base64url');
    await request.command(async (tx) => {
      const isKept = await insertPush(tx, kind, id, {
        ...push,
        key,
        label: labelOf(request.headers['user-agent'] ?? ''),
      });
      if (!isKept) throw problem(tooManyBrowsers);
      publish(tx, browserAdded, { subject: { kind, id }, payload: {} });
    });
    return seeOther(request.href(paths.notificationChoices()));
  });
  web.post(paths.notificationBrowserRemoval, { access: 'signed-in' }, async (request) => {
    await request.form();
    const { kind, id } = recipientOf(request);
    await request.command(async (tx) => {
      if (!(await deleteOwnPush(tx, kind, id, request.params['key'] ?? ''))) throw problem(messageMissing);
      publish(tx, browserRemoved, { subject: { kind, id }, payload: { by: 'person' } });
    });
    return seeOther(request.href(paths.notificationChoices()));
  });
  unsubscribeRoutes(web);
  const worker = workerFile();
  web.get(paths.serviceWorker, { access: 'public' }, () => {
    if (worker === null) throw problem(notFound);
    const reply = text(worker, 'text/javascript; charset=utf-8');
    reply.headers['cache-control'] = 'no-cache';
    return reply;
  });
}

/** The built service worker; it must be served from the root for its scope to be the whole site. Null without a build. */
function workerFile(): string | null {
  const manifest = join('dist/client', '.vite/manifest.json');
  if (!existsSync(manifest)) return null;
  const entries = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, { file: string }>;
  const file = entries['src/browser/service-worker.ts']?.file;
  if (!file) return null;
  // Another build is another worker, also when its own code is the same: browsers compare the bytes.
  const build = createHash('sha256').update(JSON.stringify(entries)).digest('hex').slice(0, 12);
  return readFileSync(join('dist/client', file), 'utf8').replaceAll('__SEN_BUILD__', build);
}

/** RFC 8058: a mailbox's own button posts without a form token, so the token in the address is the proof. */
function unsubscribeRoutes(web: Web): void {
  const read = (request: WebRequest) => {
    const about = readUnsubscribeToken(request.config.secret, request.params['token'] ?? '');
    if (!about) throw problem(linkNotValid);
    return about;
  };
  const example = { token: 'none' };
  web.get(paths.unsubscribe, { access: 'public', example }, (request) => {
    const about = read(request);
    const kind = kindOf(about.kind);
    return page(<UnsubscribePage kind={kind.title[request.locale]} state={kind.isMandatory ? 'kept' : 'ask'} />);
  });
  web.post(paths.unsubscribe, { access: 'public', machine: true, example }, async (request) => {
    const about = read(request);
    const isDone = await request.command((tx) => muteChannel(tx, about));
    return page(<UnsubscribePage kind={kindOf(about.kind).title[request.locale]} state={isDone ? 'done' : 'kept'} />);
  });
}
