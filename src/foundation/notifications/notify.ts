import type { Tx } from '../../platform/database.ts';
import { publish, type Subject } from '../../platform/events.ts';
import type { Locale } from '../../platform/http/web.ts';
import { newId } from '../../platform/ids.ts';
import { listAddressees, type Addressee } from './addressee-queries.ts';
import { fillChannel, type ChannelTexts, type TextChannel } from './channel-text.ts';
import { afterQuietHours, channelsFor, isGathered, type ChosenChannel } from './choice.ts';
import { kindOf } from './message-kind.ts';
import type { MessageTemplate } from './message-template.ts';
import { paperNoteMade } from './notification-events.ts';
import { insertMessages, type Channel, type NewMessage } from './notification-queries.ts';
import { wakeSenders } from './wake-senders.ts';
import { textsFor, type TextLookup } from './texts-for.ts';
import { internationalNumber } from './sms-text.ts';
import type { MessageMode } from './trial.ts';

export interface Notice<Values extends string> {
  /** An account that the module above knows; in-app, its verified addresses and its browsers. */
  recipient?: { kind: string; id: string } | null;
  /** Addresses given for this matter only (a dossier handed in at the counter). */
  addresses?: readonly { channel: 'email' | 'sms'; address: string }[];
  template: MessageTemplate<Values>;
  values: Record<Values, string>;
  /** The person's own language, if they chose one, otherwise this; Vietnamese when nothing says otherwise. */
  locale?: Locale;
  /** What it is about, and a path to open. */
  about?: Subject | null;
  link?: string | null;
  /** The unit in whose name it is sent: its texts, its budget, its figures. */
  unitId?: string | null;
  /** The same key never tells anybody twice, however often the job is tried. */
  key: string;
  /** A code or a secret: not shown in the app, text dropped once sent. */
  isSensitive?: boolean;
  /** Goes out in quiet hours too. */
  isUrgent?: boolean;
  /** Whoever cannot be reached at all gets a note on paper at the counter of the unit. */
  onPaper?: boolean;
  /** `test`: kept in the outbox, never sent. `team`: sent only to addresses of the trial. */
  mode?: MessageMode;
}

interface Target {
  channel: ChosenChannel | 'paper';
  address: string | null;
  suffix: string;
}

/**
 * Tells somebody something, with the transaction: one in-app message and one per address, sent by jobs of their own.
 * Returns how many messages are new (0 when the key was used before).
 */
export const notify = <Values extends string>(tx: Tx, notice: Notice<Values>): Promise<number> =>
  notifyMany(tx, [notice]);

/**
 * Tells many people at once: whoever is concerned by one event is looked up in one statement and their messages are written in one, however many
 * they are. Returns how many messages are new.
 */
export async function notifyMany<Values extends string>(tx: Tx, notices: readonly Notice<Values>[]): Promise<number> {
  if (notices.length === 0) return 0;
  const recipients = notices.flatMap(({ recipient }) => recipient ?? []);
  const [addressees, lookUp] = [
    recipients.length > 0 ? await listAddressees(tx, recipients) : new Map<string, Addressee>(),
    await textsFor(tx, notices as readonly Notice<string>[]),
  ];
  const messages = notices.flatMap((notice) =>
    messagesOf(
      tx.now,
      notice as Notice<string>,
      addressees.get(`${notice.recipient?.kind}/${notice.recipient?.id}`),
      lookUp,
    ),
  );
  if (messages.length === 0) return 0;
  const inserted = await insertMessages(tx, messages);
  for (const { id, channel, unitId } of inserted)
    if (channel === 'paper') publish(tx, paperNoteMade, { subject: { kind: 'message', id }, unitId, payload: {} });
  const created = new Set(inserted.map((each) => each.id));
  wakeSenders(
    tx,
    messages.filter((each) => each.state === 'queued' && created.has(each.id)),
  );
  return inserted.length;
}

/** Where one notice goes. */
function targetsOf(notice: Notice<string>, addressee: Addressee | undefined): Target[] {
  const given = notice.addresses ?? [];
  const { kind } = notice.template;
  const contacts = addressee?.contacts ?? [];
  const outside = [...given, ...contacts.filter((k) => !given.some((g) => g.channel === k.channel))];
  const pushes = notice.isSensitive ? [] : (addressee?.pushes ?? []);
  const phone = contacts.find((each) => each.channel === 'sms')?.address;
  const reachable: ChosenChannel[] = [
    ...(notice.recipient && !notice.isSensitive ? (['in-app'] as const) : []),
    ...outside.map((each) => each.channel),
    ...(pushes.length > 0 ? (['push'] as const) : []),
    ...(phone && !notice.isSensitive ? (['chat'] as const) : []),
  ];
  const on = new Set(channelsFor(addressee?.choice ?? null, kind, reachable));
  for (const { channel } of given) on.add(channel); // given for this matter: no general choice takes it away
  const targets: Target[] = outside
    .filter(({ channel }) => on.has(channel))
    .map(({ channel, address }) => ({ channel, address, suffix: channel }));
  if (on.has('push'))
    targets.push(...pushes.map((key) => ({ channel: 'push' as const, address: key, suffix: `push/${key}` })));
  if (on.has('chat') && phone) targets.push({ channel: 'chat', address: phone, suffix: 'chat' });
  if (on.has('in-app')) targets.push({ channel: 'in-app', address: null, suffix: 'in-app' });
  if (targets.length === 0 && notice.onPaper && !notice.isSensitive)
    targets.push({ channel: 'paper', address: null, suffix: 'paper' });
  return targets;
}

function messagesOf(
  now: Date,
  notice: Notice<string>,
  addressee: Addressee | undefined,
  lookUp: TextLookup,
): NewMessage[] {
  const { template } = notice;
  const choice = addressee?.choice ?? null;
  const locale = choice?.language ?? notice.locale ?? 'vi';
  const isUrgent = (notice.isUrgent ?? false) || kindOf(template.kind).isUrgent;
  return targetsOf(notice, addressee).flatMap(({ channel, address, suffix }): NewMessage[] => {
    const texts: ChannelTexts | null = lookUp(template, textChannelOf(channel), notice.unitId ?? null);
    if (!texts) return [];
    const { subject, body, extra } = fillChannel(texts, textChannelOf(channel), locale, notice.values);
    const disturbs = channel === 'sms' || channel === 'push' || channel === 'chat';
    return [
      {
        id: newId(),
        effectKey: `${notice.key}/${suffix}`,
        recipientKind: notice.recipient?.kind ?? null,
        recipientId: notice.recipient?.id ?? null,
        channel: channel as Channel,
        address,
        number: channel === 'sms' && address ? (internationalNumber(address) ?? address) : null,
        locale,
        template: template.key,
        kind: template.kind,
        subject: subject || template[locale].subject.replaceAll(/\{\w+\}/g, '…').trim(),
        body,
        extra,
        link: notice.link ?? null,
        subjectKind: notice.about?.kind ?? null,
        subjectId: notice.about?.id ?? null,
        unitId: notice.unitId ?? null,
        isSensitive: notice.isSensitive ?? false,
        isUrgent,
        mode: notice.mode ?? 'live',
        state: stateOf(channel, channel === 'email' && isGathered(choice, template.kind, isUrgent)),
        nextAttemptAt: disturbs ? afterQuietHours(choice, template.kind, now, isUrgent) : now,
      },
    ];
  });
}

/** Paper carries what a letter would. */
const textChannelOf = (channel: Target['channel']): TextChannel => (channel === 'paper' ? 'email' : channel);

function stateOf(channel: Target['channel'], gathers: boolean): NewMessage['state'] {
  if (channel === 'in-app') return 'sent';
  if (channel === 'paper') return 'to-hand';
  return gathers ? 'gathered' : 'queued';
}
