import { randomInt, timingSafeEqual } from 'node:crypto';
import type { Config } from '../../platform/config.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import type { Locale } from '../../platform/http/web.ts';
import { isId, newId } from '../../platform/ids.ts';
import { defineMessage, notify } from '../notifications/index.ts';
import { codeRequested } from './identity-events.ts';
import { policy } from './identity-policy.ts';
import { derive } from '../../platform/seal.ts';
import {
  claimVerification,
  countRecentCodes,
  insertVerification,
  useVerification,
  type CodeChannel,
  type Purpose,
  type VerificationRow,
} from './verification-queries.ts';

const codeMessage = defineMessage<'code' | 'minutes'>(
  'identity.code',
  {
    vi: {
      subject: 'Mã xác minh của bạn',
      body: 'Mã xác minh: {code}. Mã có hiệu lực trong {minutes} phút. Không đưa mã này cho bất kỳ ai, kể cả cán bộ. Nếu bạn không yêu cầu mã, hãy bỏ qua tin này.',
      sms: 'Mã xác minh: {code}, dùng trong {minutes} phút. Không đưa mã cho ai.',
    },
    en: {
      subject: 'Your verification code',
      body: 'Verification code: {code}. It is valid for {minutes} minutes. Give it to nobody, officials included. If you did not ask for it, ignore this message.',
      sms: '{code} is your verification code for {minutes} minutes. Give it to nobody.',
    },
  },
  { kind: 'security', required: ['code'] },
);
const knownMessage = defineMessage<'code' | 'minutes'>(
  'identity.already-registered',
  {
    vi: {
      subject: 'Bạn đã có tài khoản',
      body: 'Có người vừa đăng ký bằng địa chỉ này, nhưng địa chỉ đã thuộc về một tài khoản. Nếu là bạn, hãy đăng nhập hoặc dùng chức năng quên mật khẩu.',
    },
    en: {
      subject: 'You already have an account',
      body: 'Somebody has just registered with this address, but it belongs to an account already. If it was you, sign in or use the forgotten password page.',
    },
  },
  { kind: 'safety' },
);

/** Codes one address may be sent in an hour; beyond it nothing is sent and nobody is told. */
const CODES_PER_HOUR = 5;

const hashOf = (config: Config, id: string, code: string): Buffer =>
  derive(config.secret, 'verification-code', `${id}/${code}`);

export interface CodeRequest {
  purpose: Purpose;
  accountId: string | null;
  /** `none`: there is nobody to send to, but the page must look the same. */
  channel: CodeChannel | 'none';
  address: string;
  draft?: object | null;
  locale: Locale;
  /** Tells the address that it has an account already, instead of a code. */
  isKnown?: boolean;
}

/**
 * Makes a six-digit code (10 minutes, 5 tries) and has it sent. The event names neither code nor address: the code's text
 * goes to notifications as a sensitive message, erased once sent, and identity keeps a keyed hash. Returns the id of the request.
 */
export async function requestCode(tx: Tx, config: Config, request: CodeRequest): Promise<string> {
  const id = newId();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  const tooMany =
    (await countRecentCodes(tx, request.address, new Date(tx.now.getTime() - 3_600_000))) >= CODES_PER_HOUR;
  const isReal = request.channel !== 'none' && !request.isKnown && !tooMany;
  await insertVerification(tx, {
    id,
    purpose: request.purpose,
    accountId: request.accountId,
    channel: isReal ? request.channel : 'none',
    address: request.address,
    codeHash: hashOf(config, id, code),
    draft: isReal ? (request.draft ?? null) : null,
    locale: request.locale,
    expiresAt: new Date(tx.now.getTime() + policy.codeMinutes * 60_000),
  });
  if (request.channel === 'none' || tooMany) return id;
  await notify(tx, {
    addresses: [{ channel: request.channel === 'phone' ? 'sms' : 'email', address: request.address }],
    template: request.isKnown ? knownMessage : codeMessage,
    values: { code, minutes: String(policy.codeMinutes) },
    locale: request.locale,
    key: `identity/verification/${id}`,
    isSensitive: true,
  });
  publish(tx, codeRequested, {
    subject: { kind: 'verification', id },
    payload: { verificationId: id, purpose: request.purpose, channel: request.channel },
  });
  return id;
}

/**
 * Uses up one try. The verification when the code is right (it is then used and works no second time), else null. Commit the
 * transaction in either case: the try counts.
 */
export async function proveCode(
  tx: Tx,
  config: Config,
  id: string,
  purpose: Purpose,
  code: string,
): Promise<VerificationRow | null> {
  if (!isId(id)) return null;
  const row = await claimVerification(tx, id, purpose, policy.codeAttempts);
  if (!row || row.channel === 'none') return null;
  const given = hashOf(config, id, code.replaceAll(/\s/g, ''));
  if (!timingSafeEqual(given, row.codeHash)) return null;
  return (await useVerification(tx, id)) ? row : null;
}
