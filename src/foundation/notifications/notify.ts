import type { Tx } from '../../platform/database.ts';
import type { Subject } from '../../platform/events.ts';
import type { Locale } from '../../platform/http/web.ts';
import { newId } from '../../platform/ids.ts';
import { enqueue } from '../../platform/jobs.ts';
import { fillTemplate, type MessageTemplate } from './message-template.ts';
import { insertMessages, listContacts, type NewMessage } from './notification-queries.ts';
import { sendMessage } from './notification-jobs.ts';

export interface Notice<Values extends string> {
  /** An account that the module above knows; in-app and its verified addresses. */
  recipient?: { kind: string; id: string } | null;
  /** Addresses given for this matter only (a dossier handed in at the counter). */
  addresses?: readonly { channel: 'email' | 'sms'; address: string }[];
  template: MessageTemplate<Values>;
  values: Record<Values, string>;
  locale?: Locale;
  /** What it is about, and a path to open. */
  about?: Subject | null;
  link?: string | null;
  /** The same key never tells anybody twice, however often the job is tried. */
  key: string;
  /** A code or a secret: not shown in the app, text dropped once sent. */
  isSensitive?: boolean;
}

/**
 * Tells somebody something, with the transaction: one in-app message and one per address, each sent by a job of its own.
 * Returns how many messages are new (0 when the key was used before).
 */
export async function notify<Values extends string>(tx: Tx, notice: Notice<Values>): Promise<number> {
  const locale = notice.locale ?? 'vi';
  const text = fillTemplate(notice.template, locale, notice.values);
  const recipient = notice.recipient ?? null;
  const known = recipient ? await listContacts(tx, recipient.kind, recipient.id) : [];
  const given = notice.addresses ?? [];
  const targets = [...given, ...known.filter((k) => k.verifiedAt && !given.some((g) => g.channel === k.channel))];
  const base = {
    recipientKind: recipient?.kind ?? null,
    recipientId: recipient?.id ?? null,
    locale,
    template: notice.template.key,
    ...text,
    link: notice.link ?? null,
    subjectKind: notice.about?.kind ?? null,
    subjectId: notice.about?.id ?? null,
    isSensitive: notice.isSensitive ?? false,
  };
  const messages: NewMessage[] = targets.map(({ channel, address }) => ({
    ...base,
    id: newId(),
    effectKey: `${notice.key}/${channel}`,
    channel,
    address,
    state: 'queued',
  }));
  if (recipient && !notice.isSensitive)
    messages.push({
      ...base,
      id: newId(),
      effectKey: `${notice.key}/in-app`,
      channel: 'in-app',
      address: null,
      state: 'sent',
    });
  if (messages.length === 0) return 0;
  const inserted = await insertMessages(tx, messages);
  for (const { id, channel } of inserted)
    if (channel !== 'in-app') enqueue(tx, sendMessage, { id }, { key: `message/${id}` });
  return inserted.length;
}
