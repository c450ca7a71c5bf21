import { readFileSync } from 'node:fs';
import { ConfigError, type Config } from '../../platform/config.ts';
import { isPlainProvider } from '../../platform/plain-connections.ts';
import { isSendingChannel, providerKinds, type ProviderKind, type ProviderSettings } from './provider.ts';

const CHANNEL_OF: Record<ProviderKind, ProviderSettings['channel']> = {
  smtp: 'email',
  smpp: 'sms',
  'http-sms': 'sms',
  zalo: 'chat',
  'web-push': 'push',
};
const MAX_PROVIDERS = 20;
const read = new Map<string, readonly ProviderSettings[]>();

/**
 * The providers that messages go out by: the file `SEN_MESSAGE_PROVIDERS` (read once), the mail server `SEN_SMTP_URL`, and web push, which needs no
 * contract. Outside production only those on this machine itself are spoken to: a demonstration or a test never reaches a real provider.
 * @throws ConfigError naming the entry and what is wrong with it
 */
export function providersOf(config: Config): readonly ProviderSettings[] {
  const key = `${config.mode}|${config.plainConnections.join()}|${config.messageProvidersFile}|${config.smtpUrl}|${config.publicUrl}`;
  let found = read.get(key);
  if (!found) {
    const own = config.smtpUrl ? [entry({ key: 'smtp', kind: 'smtp', url: config.smtpUrl }, 0)] : [];
    const filed = config.messageProvidersFile ? fileOf(config.messageProvidersFile) : [];
    const push = entry({ key: 'web-push', kind: 'web-push', url: 'https://push.invalid' }, 0);
    const all = [...own, ...filed].filter((each) => config.mode === 'production' || isLocal(each.url));
    const plain = all.find(({ kind, url }) => isPlainProvider(url) && !config.plainConnections.includes(kind === 'smtp' ? 'mail' : 'sms')); // prettier-ignore
    if (plain && config.mode === 'production')
      throw new ConfigError(
        `SEN_MESSAGE_PROVIDERS: ${plain.key} crosses the network without TLS: use smpps:// or https://. If the way is encrypted below: SEN_PLAIN_CONNECTIONS=${plain.kind === 'smtp' ? 'mail' : 'sms'}`,
      );
    found = [...all, push];
    const doubled = found.find((each, index) => found?.findIndex((other) => other.key === each.key) !== index);
    if (doubled) throw new ConfigError(`SEN_MESSAGE_PROVIDERS: two providers are named ${doubled.key}`);
    read.set(key, found);
  }
  return found;
}

/** Whether an address is on this machine. */
export function isLocal(url: string): boolean {
  if (!URL.canParse(url)) return false;
  return /^(127(\.\d+){3}|localhost|\[::1\])$/.test(new URL(url).hostname);
}

function fileOf(path: string): ProviderSettings[] {
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigError(`SEN_MESSAGE_PROVIDERS names ${path}, which cannot be read: ${(error as Error).message}`);
  }
  if (!Array.isArray(list) || list.length > MAX_PROVIDERS)
    throw new ConfigError(`SEN_MESSAGE_PROVIDERS: ${path} must hold a list of at most ${MAX_PROVIDERS} providers`);
  return list.map((item, index) => entry(item as Record<string, unknown>, index));
}

function entry(raw: Record<string, unknown>, index: number): ProviderSettings {
  const refuse = (what: string): never => {
    throw new ConfigError(`SEN_MESSAGE_PROVIDERS: provider ${index + 1} (${JSON.stringify(raw['key'])}): ${what}`);
  };
  const text = (name: string, fallback = ''): string => {
    const value = raw[name] ?? fallback;
    return typeof value === 'string' ? value : refuse(`${name} must be a text`);
  };
  const number = (name: string, fallback: number, min: number, max: number): number => {
    const value = raw[name] ?? fallback;
    return typeof value === 'number' && value >= min && value <= max
      ? value
      : refuse(`${name} must be from ${min} to ${max}`);
  };
  const kind = text('kind') as ProviderKind;
  if (!providerKinds.includes(kind)) refuse(`kind must be one of ${providerKinds.join(', ')}`);
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(text('key'))) refuse('key must be small letters, digits and hyphens');
  if (!URL.canParse(text('url'))) refuse('url must be an address such as smpp://host:2775');
  const channel = text('channel', CHANNEL_OF[kind]);
  if (!isSendingChannel(channel) || channel !== CHANNEL_OF[kind])
    refuse(`${kind} is a provider of ${CHANNEL_OF[kind]}`);
  const options = raw['options'] ?? {};
  if (typeof options !== 'object' || Object.values(options as object).some((value) => typeof value !== 'string'))
    refuse('options must be texts by name');
  return {
    key: text('key'),
    channel: CHANNEL_OF[kind],
    kind,
    url: text('url'),
    sender: text('sender'),
    user: text('user'),
    secret: secretOf(raw, refuse),
    weight: number('weight', 1, 0, 100),
    window: number('window', kind === 'smtp' ? 3 : 10, 1, 500),
    perSecond: number('perSecond', 50, 0.1, 5_000),
    costDong: number('costDong', 0, 0, 1_000_000),
    enquireSeconds: number('enquireSeconds', 30, 1, 600),
    answerSeconds: number('answerSeconds', 15, 0.1, 120),
    slowSeconds: number('slowSeconds', 0, 0, 86_400),
    options: options as Record<string, string>,
  };
}

/** The secret itself, or the first line of `secretFile`. */
function secretOf(raw: Record<string, unknown>, refuse: (what: string) => never): string {
  const file = raw['secretFile'];
  if (typeof file !== 'string') return typeof raw['secret'] === 'string' ? raw['secret'] : '';
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return refuse(`secretFile names a file that cannot be read: ${file}`);
  }
}
