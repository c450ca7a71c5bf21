import type { Tx } from '../../platform/database.ts';
import type { Locale } from '../../platform/http/page-context.ts';
import { findChoice, listContacts, notify, type MessageTemplate } from '../notifications/index.ts';
import { findAccount, listLogins } from './account-queries.ts';

/**
 * Tells the owner of an account something about its safety: in the app and over every verified channel, those the account signs
 * in with included. The key keeps it to once. It is
 * written in the language the person chose for messages, else in `locale` (that of the page the person was on), else in Vietnamese.
 */
export async function tellPerson<Values extends string>(
  tx: Tx,
  accountId: string,
  message: {
    template: MessageTemplate<Values>;
    values: (locale: Locale) => Record<Values, string>;
    key: string;
    link?: string;
    locale?: Locale;
  },
): Promise<void> {
  const account = await findAccount(tx, accountId);
  if (!account) return;
  const recipient = account.officerId
    ? { kind: 'official', id: account.officerId }
    : { kind: 'account', id: accountId };
  const locale = (await findChoice(tx, recipient.kind, recipient.id))?.language ?? message.locale ?? 'vi';
  const known = (await listContacts(tx, recipient.kind, recipient.id)).filter((one) => one.verifiedAt !== null);
  const addresses = (await listLogins(tx, accountId)).flatMap(({ kind, value }) => {
    const channel = kind === 'email' ? ('email' as const) : kind === 'phone' ? ('sms' as const) : null;
    return channel && !known.some((one) => one.channel === channel) ? [{ channel, address: value }] : [];
  });
  await notify(tx, {
    recipient,
    addresses,
    template: message.template,
    values: message.values(locale),
    locale,
    about: { kind: 'account', id: accountId },
    link: message.link ?? null,
    key: message.key,
  });
}
