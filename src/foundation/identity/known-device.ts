import { createHash } from 'node:crypto';
import type { Tx } from '../../platform/database.ts';
import type { Locale, WebRequest } from '../../platform/http/web.ts';
import { newSecret } from '../../platform/ids.ts';
import { formatDateTime } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { deviceWords } from './device-words.ts';
import { seeDevice } from './device-queries.ts';
import { newDeviceMessage } from './factor-messages.ts';
import { tellPerson } from './tell-person.ts';

const DEVICE_COOKIE = 'sen_device';
/** Browsers keep a cookie for at most 400 days; each sign-in counts anew. */
const KEEP_SECONDS = 400 * 86_400;

/** The browser's own lasting mark, which says nothing but “the same browser as before”; `keep` sets it again. */
export function deviceOf(request: WebRequest): { hash: Buffer; keep(): void } {
  const known = request.cookie(DEVICE_COOKIE);
  const token = known && /^[\w-]{43}$/.test(known) ? known : newSecret();
  return {
    hash: createHash('sha256').update(token).digest(),
    keep: () => request.setCookie(DEVICE_COOKIE, token, { maxAgeSeconds: KEEP_SECONDS }),
  };
}

/** Notes from which browser an account is used. A new one is told to the person, except the very first of an account. */
export async function noteDevice(
  tx: Tx,
  device: { accountId: string; hash: Buffer; userAgent: string | null; address: string | null; locale: Locale },
): Promise<void> {
  const { isNew, isFirst } = await seeDevice(tx, device);
  if (!isNew || isFirst) return;
  await tellPerson(tx, device.accountId, {
    template: newDeviceMessage,
    locale: device.locale,
    values: (locale) => ({
      device: deviceWords(device.userAgent, locale),
      place: device.address ?? '—',
      time: formatDateTime(tx.now, locale),
    }),
    key: `identity/new-device/${device.accountId}/${device.hash.toString('hex').slice(0, 32)}`,
    link: paths.accountSecurity(),
  });
}
