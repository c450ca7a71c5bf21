import { reachOf } from '../../platform/access.ts';
import { page, seeOther } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import {
  faultsOf,
  fillChannel,
  shippedTexts,
  textChannels,
  type ChannelTexts,
  type TextChannel,
} from './channel-text.ts';
import { demandTexts, publishTexts, saveTexts, withdrawTexts, type TextPlace } from './edit-texts.ts';
import { listContacts } from './contact-queries.ts';
import { recipientOf } from './choice-routes.tsx';
import { definedMessages, findMessage, titleOf, type MessageTemplate } from './message-template.ts';
import { sampleValues } from './message-words.ts';
import { editMessageTexts } from './notification-permissions.ts';
import { insertMessages } from './notification-queries.ts';
import { internationalNumber, planSms, withoutAccents } from './sms-text.ts';
import { listEdited, listVersions } from './template-queries.ts';
import { textsFor } from './texts-for.ts';
import { unitChoices } from './unit-choices.ts';
import { wakeSenders } from './wake-senders.ts';
import { TextListPage } from './views/text-list-page.tsx';
import { TextPage, type ChannelPreview } from './views/text-page.tsx';

const access = { permission: editMessageTexts };
const isTextChannel = (text: string | undefined): text is TextChannel =>
  (textChannels as readonly unknown[]).includes(text);

function placeOf(request: WebRequest, unit: string | null): TextPlace & { message: MessageTemplate<string> } {
  const message = findMessage(request.params['key'] ?? '');
  const channel = request.params['channel'];
  if (!message || !isTextChannel(channel)) throw problem(notFound);
  const reach = reachOf(request.actor, editMessageTexts);
  const unitId = isId(unit) ? unit : reach === 'all' ? null : (reach[0] ?? null);
  demandTexts(request.actor, unitId);
  return { template: message.key, channel, unitId, message };
}

/** The texts as the form has them; parameters of chat are lines `name = variable`. */
function textsIn(form: URLSearchParams, channel: TextChannel): ChannelTexts {
  const of = (name: string) => (form.get(name) ?? '').replaceAll('\r\n', '\n').slice(0, 6_000);
  const locale = (language: 'vi' | 'en') => ({
    subject: of(`${language}-subject`).trim(),
    body: of(`${language}-body`).trim(),
  });
  const texts: ChannelTexts = { vi: locale('vi'), en: locale('en') };
  if (channel === 'sms') texts.withoutAccents = form.get('khong-dau') === 'co';
  if (channel === 'chat') {
    texts.chatTemplate = of('chat-template').trim();
    texts.chatParameters = Object.fromEntries(
      of('chat-parameters')
        .split('\n')
        .map((line) => line.split('=').map((part) => part.trim()))
        .filter((pair) => pair.length === 2 && pair[0] !== '')
        .slice(0, 50) as [string, string][],
    );
  }
  return texts;
}

/** Values of a dossier that does not exist; a code of security is six digits. */
const samplesOf = (message: MessageTemplate<string>): Record<string, string> => ({
  ...Object.fromEntries(message.variables.map((name) => [name, sampleValues[name] ?? '…'])),
  ...(message.key.startsWith('identity.') && message.variables.includes('code') ? { code: '482913' } : {}),
});

/** What the edited texts become with a sample dossier. */
function previewsOf(texts: ChannelTexts, channel: TextChannel, message: MessageTemplate<string>): ChannelPreview[] {
  const values = samplesOf(message);
  return (['vi', 'en'] as const).map((locale) => {
    const { subject, body, extra } = fillChannel(texts, channel, locale, values);
    const plan = channel === 'sms' ? planSms(body) : null;
    return {
      locale,
      subject,
      body,
      sms: plan && { parts: plan.parts.length, length: plan.length, left: plan.left, alphabet: plan.alphabet },
      data: extra?.data ?? null,
    };
  });
}

async function textPage(
  request: WebRequest,
  place: TextPlace & { message: MessageTemplate<string> },
  sent?: { texts: ChannelTexts; note: string; errors: Record<string, { fault: string; names: string[] }> },
) {
  const versions = await listVersions(request.reader, place);
  const inForce = (
    await textsFor(Object.assign(request.reader, { now: request.now }), [
      { template: place.message, unitId: place.unitId },
    ])
  )(place.message, place.channel, place.unitId);
  const newest = versions[0]?.state === 'draft' ? versions[0].texts : null;
  const empty = { subject: '', body: '' };
  const texts = sent?.texts ?? newest ?? inForce ?? { vi: empty, en: empty, chatTemplate: '', chatParameters: {} };
  const { kind, id } = recipientOf(request);
  const contacts = place.channel === 'email' ? await listContacts(request.reader, kind, id) : [];
  return page(
    <TextPage
      message={{
        key: place.message.key,
        title: titleOf(place.message, request.locale),
        variables: place.message.variables,
        required: place.message.required,
      }}
      channel={place.channel}
      unitId={place.unitId}
      units={await unitChoices(request.reader, request.actor, editMessageTexts, request.now, request.locale)}
      mayProvince={reachOf(request.actor, editMessageTexts) === 'all'}
      texts={texts}
      note={sent?.note ?? ''}
      faults={sent?.errors ?? {}}
      previews={previewsOf(texts, place.channel, place.message)}
      versions={versions}
      hasShipped={shippedTexts(place.message, place.channel) !== null}
      testAddress={contacts[0]?.address ?? ''}
      notice={request.query.get('da') ?? ''}
    />,
    { status: sent && Object.keys(sent.errors).length > 0 ? 422 : 200 },
  );
}

const back = (request: WebRequest, place: TextPlace, done: string): string =>
  request.href(
    paths.adminMessageText({ key: place.template, channel: place.channel }, { 'don-vi': place.unitId, da: done }),
  );

/** Texts of messages, edited by officials: list, editor with preview, test, versions. */
export function textRoutes(web: Web): void {
  web.get(paths.adminMessageTexts, { access }, async (request) => {
    const edited = await listEdited(request.reader);
    const asked = (request.query.get('tim') ?? '').slice(0, 100);
    const rows = definedMessages().map((message) => ({
      key: message.key,
      title: titleOf(message, request.locale),
      body: message[request.locale].body,
      kind: message.kind,
      edited: edited
        .filter((each) => each.template === message.key && each.state === 'published')
        .map((each) => each.channel),
    }));
    return page(<TextListPage rows={rows} asked={asked} />);
  });
  web.get(paths.adminMessageText, { access, example: { key: 'identity.code', channel: 'sms' } }, (request) =>
    textPage(request, placeOf(request, request.query.get('don-vi'))),
  );
  web.post(paths.adminMessageText, { access, example: { key: 'identity.code', channel: 'sms' } }, async (request) => {
    const form = await request.form();
    const place = placeOf(request, form.get('don-vi'));
    const texts = textsIn(form, place.channel);
    const note = (form.get('ghi-chu') ?? '').trim().slice(0, 200);
    const errors = faultsOf(place.message, place.channel, texts);
    const act = form.get('viec');
    if (Object.keys(errors).length > 0 || act === 'xem') return textPage(request, place, { texts, note, errors });
    const { template, channel, unitId } = place;
    await request.command(async (tx) => {
      const version = await saveTexts(tx, request.actor, { template, channel, unitId, texts, note });
      if (act === 'cong-bo') await publishTexts(tx, request.actor, version.id);
    });
    return seeOther(back(request, place, act === 'cong-bo' ? 'cong-bo' : 'luu'));
  });
  web.post(paths.adminMessageTextVersion, { access }, async (request) => {
    const form = await request.form();
    const place = placeOf(request, form.get('don-vi'));
    const id = request.params['versionId'] ?? '';
    const isWithdrawal = request.params['action'] === 'tro-ve';
    if (!isWithdrawal && !isId(id)) throw problem(notFound);
    await request.command(async (tx) => {
      await (isWithdrawal ? withdrawTexts(tx, request.actor, place) : publishTexts(tx, request.actor, id));
    });
    return seeOther(back(request, place, isWithdrawal ? 'tro-ve' : 'cong-bo'));
  });
  web.post(
    paths.adminMessageTextTest,
    { access, rateLimit: { name: 'message-test', limit: 20, windowSeconds: 3600, by: 'account' } },
    (request) => sendTest(request),
  );
}

/** Sends what is in force, or the newest draft, with the sample values to one address that the official types. */
async function sendTest(request: WebRequest) {
  const form = await request.form();
  const place = placeOf(request, form.get('don-vi'));
  const { channel, message } = place;
  const address = (form.get('dia-chi') ?? '').trim().slice(0, 200);
  const isGood =
    channel === 'email' ? /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(address) : internationalNumber(address) !== null;
  const versions = await listVersions(request.reader, place);
  const texts = (versions[0]?.texts ?? shippedTexts(message, channel)) as ChannelTexts;
  if (!isGood || (channel !== 'email' && channel !== 'sms' && channel !== 'chat'))
    return textPage(request, place, { texts, note: '', errors: { 'dia-chi': { fault: 'address', names: [] } } });
  const values = samplesOf(message);
  const { subject, body, extra } = fillChannel(texts, channel, request.locale, values);
  const plainMark = request.locale === 'vi' ? '[Tin thử]' : '[Trial]';
  const mark = texts.withoutAccents ? withoutAccents(plainMark) : plainMark;
  const mode = form.get('cach-thu') === 'giu-lai' ? 'test' : 'live';
  await request.command(async (tx) => {
    const id = newId();
    const base = {
      id,
      effectKey: `notifications.text-test/${id}`,
      recipientKind: null,
      recipientId: null,
      channel,
      address,
      locale: request.locale,
    };
    const about = {
      template: message.key,
      kind: 'security',
      subject: `${plainMark} ${subject || message[request.locale].subject}`,
      body: channel === 'sms' ? `${mark} ${body}` : body,
      extra,
      link: null,
    };
    const rest = {
      subjectKind: 'message-text',
      subjectId: `${message.key}/${channel}`,
      unitId: place.unitId,
      isSensitive: false,
      isUrgent: true,
    };
    await insertMessages(tx, [{ ...base, ...about, ...rest, mode, state: 'queued', nextAttemptAt: tx.now }]);
    wakeSenders(tx, [{ channel, nextAttemptAt: null }]);
  });
  return seeOther(back(request, place, 'gui-thu'));
}
