import { createHash } from 'node:crypto';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { restartNumber, stopNumber } from './addressee-queries.ts';
import { countTextsFrom, insertInbound } from './inbound-queries.ts';
import { defineMessage } from './message-template.ts';
import { textReceived } from './notification-events.ts';
import { notify } from './notify.ts';
import { internationalNumber, withoutAccents } from './sms-text.ts';
import type { IncomingText, SendContext } from './providers/provider-contract.ts';

/** A word that citizens may text, with what follows it; the module that knows the answer gives it. */
export interface TextService {
  /** Without accents, in capitals: `HS`. */
  keyword: string;
  /** One line for HELP, at most 60 characters: “HS ma ho so: xem tinh trang ho so”. */
  help: string;
  /** The answer, for anybody to read: it goes to whoever asks, so it names nobody. */
  answer(reader: Reader, argument: string, asked: { number: string; now: Date }): Promise<string>;
}

const services = new Map<string, TextService>();

/** Offers a service by text message: wired where both sides are known. */
export function provideTextService(service: TextService): void {
  services.set(service.keyword, service);
}

/** Answers that one number gets in an hour; beyond them a text is kept and not answered. */
export const TEXTS_PER_HOUR = 10;
/** Ten parts of a long text. */
const MAX_TEXT = 1_600;

const replyMessage = defineMessage<'text'>(
  'notifications.reply',
  { vi: { subject: 'Trả lời tin nhắn', body: '{text}' }, en: { subject: 'Reply to a text', body: '{text}' } },
  { kind: 'security', required: ['text'] },
);

/** The first word without accents in capitals, and the rest: “hs  000.00.16-…” → `HS`, `000.00.16-…`. “Trợ giúp” is two words. */
export function readCommand(body: string): { keyword: string; argument: string } {
  const text = withoutAccents(body.normalize('NFC')).replaceAll(/\s+/g, ' ').trim();
  const upper = text.toUpperCase();
  if (/^(TRO GIUP|TROGIUP|HELP|\?)\b|^\?$/.test(upper)) return { keyword: 'HELP', argument: '' };
  if (/^(DUNG|STOP|HUY)$/.test(upper)) return { keyword: 'DUNG', argument: '' };
  if (/^(TIEP TUC|TIEPTUC|START)$/.test(upper)) return { keyword: 'START', argument: '' };
  const [word = '', ...rest] = text.split(' ');
  return { keyword: word.toUpperCase().slice(0, 20), argument: rest.join(' ').slice(0, 100) };
}

/**
 * Takes a text from a telephone and has it answered: a service's word, HELP, DUNG (stop) or TIEP TUC (start again). The same id of a provider is taken
 * once. A number gets at most TEXTS_PER_HOUR answers an hour; a text from something that is no mobile number is kept and not answered.
 */
export const receiveText = (context: SendContext, text: IncomingText): Promise<void> =>
  inTransaction(context.db, { actor: systemActor('notifications'), clock: context.clock }, (tx) => takeText(tx, text));

/** The same within a transaction. */
export async function takeText(tx: Tx, text: IncomingText): Promise<void> {
  const number = internationalNumber(text.sender);
  const body = printable(text.body).slice(0, MAX_TEXT);
  const { keyword, argument } = readCommand(body);
  const known = ['HELP', 'DUNG', 'START'].includes(keyword) || services.has(keyword);
  const tooMany =
    number === null || (await countTextsFrom(tx, number, new Date(tx.now.getTime() - 3_600_000))) >= TEXTS_PER_HOUR;
  const answer = tooMany ? '' : await answerTo(tx, keyword, argument, number);
  const id = newId();
  const reference = text.reference ?? minuteHash(text, tx.now);
  const isNew = await insertInbound(tx, {
    id,
    provider: text.provider,
    reference: printable(reference).slice(0, 200),
    sender: number ?? printable(text.sender).slice(0, 40),
    body,
    keyword: known ? keyword : '',
    answer,
  });
  if (!isNew) return;
  publish(tx, textReceived, {
    subject: { kind: 'text', id },
    payload: { provider: text.provider, keyword: known ? keyword : '' },
  });
  if (number === null || answer === '') return;
  if (keyword === 'DUNG') await stopNumber(tx, number);
  if (keyword === 'START') await restartNumber(tx, number);
  await notify(tx, {
    addresses: [{ channel: 'sms', address: number }],
    template: replyMessage,
    values: { text: answer },
    about: { kind: 'text', id },
    key: `notifications.reply/${id}`,
  });
}

/** Without characters that no telephone types and no database holds. */
const printable = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F]/g, '');

const minuteHash = ({ sender, body }: IncomingText, now: Date): string =>
  createHash('sha256')
    .update(`${sender}\n${body}\n${Math.floor(now.getTime() / 60_000)}`)
    .digest('hex');

async function answerTo(tx: Tx, keyword: string, argument: string, number: string): Promise<string> {
  if (keyword === 'DUNG')
    return 'Chung toi se khong nhan tin cho so nay nua, tru ma xac minh va canh bao an toan. Nhan TIEP TUC de nhan lai.';
  if (keyword === 'START') return 'So nay se nhan lai tin nhan cua cong dich vu cong. Nhan DUNG de thoi nhan.';
  const service = services.get(keyword);
  if (service) return service.answer(tx, argument, { number, now: tx.now });
  const lines = [...services.values()].map((each) => each.help);
  return [
    ...(keyword === 'HELP' ? [] : ['Tin nhan chua dung mau.']),
    'Soan:',
    ...lines,
    'DUNG: thoi nhan tin',
    'TRO GIUP: huong dan',
  ].join('\n');
}
