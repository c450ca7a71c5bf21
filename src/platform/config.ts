import { isIP } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { ConfigError, settingOf as value, type Environment } from './environment.ts';
import { isAllowance } from './http/outbound-address.ts';
import { demandEncrypted, readPlainConnections, type PlainConnection } from './plain-connections.ts';

export { ConfigError };

export interface Config {
  /** `production` refuses demo accounts and default secrets. */
  mode: 'demo' | 'production' | 'test';
  role: 'web' | 'worker' | 'all';
  /** How long, before it ends, a web process says at `/health/ready` that it will: time for a load balancer to notice. */
  drainSeconds: number;
  databaseUrl: string;
  port: number;
  host: string;
  metricsPort: number | null;
  publicUrl: string;
  /** Pages of administration on a port of their own; null: the same port serves them. */
  admin: AdminDoor | null;
  trustedProxies: string[];
  /** Signs cookies and tokens; at least 32 characters. */
  secret: string;
  /** Secrets of before: what was sealed with them (factors of sign-in) still opens. */
  formerSecrets: string[];
  /** `required`: administrators, and officials from outside the province's networks, need a second factor. `offered`: nobody has to. */
  secondFactor: 'offered' | 'required';
  /** Networks of the province (CIDR); none named: every address counts as outside. */
  provinceNetworks: string[];
  provinceFolder: string;
  filesFolder: string;
  /** Folder in which this machine keeps the last checkpoint of the ledger, outside of the database. */
  ledgerFolder: string;
  /** Witnesses of the ledger: `https://address`, or `KEY@https://address` where the operator knows the key. */
  ledgerWitnesses: string[];
  /** Folder of automatic back-ups; null: none are made. */
  backupsFolder: string | null;
  /** How many days back a restore reaches. */
  backupDays: number;
  /** Second place for sealed copies: a folder, or `command:PROGRAM`; null: none. */
  backupCopy: string | null;
  /** Public keys (age1…) for which copies are sealed; the private ones are not on this machine. */
  backupRecipients: string[];
  /** Data folder of the embedded PostgreSQL, when that is the database. */
  embeddedData: string | null;
  /** Megabytes free below which administrators are warned, and below which nothing is written any more. */
  spaceWarnMb: number;
  spaceStopMb: number;
  /** Where bytes are kept for good; the folder stays the place of uploads under way and of the journal. */
  filesStore: 'folder' | 's3';
  s3: S3Settings | null;
  /** Connections that may cross a network without encryption of their own; see `plain-connections.ts`. */
  plainConnections: PlainConnection[];
  /** The virus scanner: `tcp://host:port` or `unix:/path/to/socket`; null: files are not looked through. */
  clamd: string | null;
  smtpUrl: string | null;
  /** JSON file with the providers of text messages, chat and mail: docs/guides/run-in-production.md. */
  messageProvidersFile: string | null;
  mailFrom: string;
  logLevel: string;
  /** Hosts, addresses and networks outside the public Internet that the program may call; see `http/outbound.ts`. */
  outboundAllow: string[];
  /** Null: people sign in with the province's own accounts only. */
  national: NationalSettings | null;
  /** Business date of the demo (`YYYY-MM-DDTHH:mm:ss+07:00`); null: the real clock. */
  fixedNow: string | null;
}

/** Where pages of administration answer when they have a port of their own. */
interface AdminDoor {
  port: number;
  host: string;
  /** Start of the address administrators use; no slash at the end. */
  url: string;
}

/** The national identity provider (OpenID Connect) through which people sign in. */
export interface NationalSettings {
  issuer: string;
  clientId: string;
  secret: string | null;
  /** File with a private JWK: the program proves itself by `private_key_jwt` instead of the secret. */
  keyFile: string | null;
  /** File with the provider's addresses as JSON, where it publishes none itself. */
  metadataFile: string | null;
  acrValues: string | null;
  /** Lowest level of an electronic identity account (`loAs`) that is let in. */
  minimumLevel: number;
  /** First day (`YYYY-MM-DD`) on which people may sign in no other way; null: they may. */
  compulsoryFrom: string | null;
}

/** A bucket of an S3 service. `endpoint` includes the bucket: `https://s3.example.vn/sen`. */
export interface S3Settings {
  endpoint: string;
  region: string;
  accessKey: string;
  secretKey: string;
  /** Put before every key; ends with a slash unless empty. */
  prefix: string;
}

const DEFAULT_SECRET = 'demo-secret-demo-secret-demo-secret-demo';

/**
 * Reads and checks every setting at start, so that a wrong one is one clear sentence and not a failure at noon. A name
 * with `_FILE` behind it reads the value from that file (secrets from files).
 * @throws ConfigError naming the variable and what it must look like
 */
export function readConfig(env: Environment = process.env): Config {
  const mode = oneOf(env, 'SEN_MODE', ['demo', 'production', 'test'] as const, 'demo');
  const port = portOf(env, 'PORT', 8080);
  const config: Config = {
    mode,
    role: oneOf(env, 'SEN_ROLE', ['web', 'worker', 'all'] as const, 'all'),
    drainSeconds: numberOf(env, 'SEN_DRAIN_SECONDS', 0, 0, 300),
    databaseUrl: required(env, 'DATABASE_URL', /^postgres(ql)?:\/\//, 'postgres://user:password@host/database'),
    port,
    host: value(env, 'HOST') ?? '127.0.0.1',
    metricsPort: value(env, 'SEN_METRICS_PORT') === 'off' ? null : portOf(env, 'SEN_METRICS_PORT', port + 1000),
    publicUrl: (value(env, 'SEN_PUBLIC_URL') ?? `http://localhost:${port}`).replace(/\/$/, ''),
    admin: null,
    trustedProxies: (value(env, 'SEN_TRUSTED_PROXIES') ?? '').split(',').filter(Boolean),
    secret: value(env, 'SEN_SECRET') ?? DEFAULT_SECRET,
    formerSecrets: (value(env, 'SEN_FORMER_SECRETS') ?? '').split(',').filter(Boolean),
    secondFactor: oneOf(
      env,
      'SEN_SECOND_FACTOR',
      ['offered', 'required'] as const,
      mode === 'production' ? 'required' : 'offered',
    ),
    provinceNetworks: networksOf(env, 'SEN_PROVINCE_NETWORKS'),
    provinceFolder: value(env, 'SEN_PROVINCE') ?? 'province/nghe-an',
    filesFolder: value(env, 'SEN_FILES') ?? '.sen/files',
    ledgerFolder: value(env, 'SEN_LEDGER') ?? ledgerBeside(value(env, 'SEN_FILES') ?? '.sen/files'),
    ledgerWitnesses: witnessesOf(env),
    backupsFolder: value(env, 'SEN_BACKUPS') ?? null,
    backupDays: numberOf(env, 'SEN_BACKUP_DAYS', 14, 1, 3_650),
    backupCopy: value(env, 'SEN_BACKUP_COPY') ?? null,
    backupRecipients: (value(env, 'SEN_BACKUP_RECIPIENTS') ?? '').split(/[\s,]+/).filter(Boolean),
    embeddedData: value(env, 'SEN_EMBEDDED') ?? null,
    spaceWarnMb: numberOf(env, 'SEN_SPACE_WARN_MB', 5_000, 0, 100_000_000),
    spaceStopMb: numberOf(env, 'SEN_SPACE_STOP_MB', 300, 0, 100_000_000),
    filesStore: oneOf(env, 'SEN_FILES_STORE', ['folder', 's3'] as const, 'folder'),
    s3: s3Of(env),
    plainConnections: readPlainConnections(value(env, 'SEN_PLAIN_CONNECTIONS')),
    clamd: value(env, 'SEN_CLAMD') ?? null,
    smtpUrl: value(env, 'SEN_SMTP_URL') ?? null,
    messageProvidersFile: value(env, 'SEN_MESSAGE_PROVIDERS') ?? null,
    mailFrom: value(env, 'SEN_MAIL_FROM') ?? 'Cổng dịch vụ công <no-reply@example.vn>',
    logLevel: value(env, 'SEN_LOG_LEVEL') ?? (mode === 'test' ? 'silent' : 'info'),
    // The demonstration's stand-ins of other systems run on this machine.
    outboundAllow: listOf(value(env, 'SEN_OUTBOUND_ALLOW') ?? (mode === 'demo' ? '127.0.0.0/8,::1' : '')),
    national: nationalOf(env, mode),
    fixedNow: value(env, 'SEN_NOW') ?? null,
  };
  const unreadable = config.outboundAllow.find((entry) => !isAllowance(entry));
  if (unreadable !== undefined)
    throw new ConfigError(
      `SEN_OUTBOUND_ALLOW names hosts, addresses or networks such as lgsp.local,10.20.0.0/16; this is none: ${unreadable}`,
    );
  if (!URL.canParse(config.publicUrl))
    throw new ConfigError('SEN_PUBLIC_URL must be an address such as https://dichvucong.example.vn');
  config.admin = adminOf(env, config);
  if (config.fixedNow !== null && Number.isNaN(Date.parse(config.fixedNow)))
    throw new ConfigError('SEN_NOW must be a time such as 2026-11-22T08:00:00+07:00');
  if (config.filesStore === 's3' && config.s3 === null)
    throw new ConfigError(
      'SEN_S3_ENDPOINT, SEN_S3_ACCESS_KEY and SEN_S3_SECRET_KEY must be set when SEN_FILES_STORE is s3',
    );
  if (config.clamd !== null && !/^(tcp:\/\/[^\s/:]+:\d{1,5}|unix:\/\S+)$/.test(config.clamd))
    throw new ConfigError('SEN_CLAMD must look like tcp://127.0.0.1:3310 or unix:/run/clamav/clamd.ctl');
  if (config.secret.length < 32) throw new ConfigError('SEN_SECRET must have at least 32 characters');
  checkBackups(config);
  if (mode === 'production') {
    if (config.secret === DEFAULT_SECRET)
      throw new ConfigError('SEN_SECRET must be set in production: a random text of 32 characters or more');
    if (config.fixedNow !== null) throw new ConfigError('SEN_NOW is for demonstrations only: unset it in production');
    if (!config.publicUrl.startsWith('https://'))
      throw new ConfigError('SEN_PUBLIC_URL must start with https:// in production');
    demandEncrypted(config);
  }
  return config;
}

/**
 * The port of administration and its address. Cookies and passkeys hold for a host name and what lies below it, so the address has to
 * be there, with the same scheme.
 */
function adminOf(env: Environment, config: Config): AdminDoor | null {
  if ((value(env, 'SEN_ADMIN_PORT') ?? 'off') === 'off') {
    const lonely = ['SEN_ADMIN_URL', 'SEN_ADMIN_HOST'].find((name) => value(env, name) !== undefined);
    if (lonely) throw new ConfigError(`${lonely} needs SEN_ADMIN_PORT: the port on which administration answers`);
    return null;
  }
  const port = portOf(env, 'SEN_ADMIN_PORT', 0);
  if (port !== 0 && (port === config.port || port === config.metricsPort))
    throw new ConfigError('SEN_ADMIN_PORT must differ from PORT and SEN_METRICS_PORT');
  const service = new URL(config.publicUrl);
  const given = value(env, 'SEN_ADMIN_URL');
  if (given === undefined && config.mode === 'production')
    throw new ConfigError(
      'SEN_ADMIN_URL must be set with SEN_ADMIN_PORT: such as https://quantri.dichvucong.example.vn',
    );
  const text = given ?? `${service.protocol}//${service.hostname}:${port}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || url.username || url.password || url.pathname !== '/' || url.search || url.hash)
    throw new ConfigError(
      'SEN_ADMIN_URL must be an address without a path, such as https://quantri.dichvucong.example.vn',
    );
  if (url.protocol !== service.protocol) throw new ConfigError('SEN_ADMIN_URL must start like SEN_PUBLIC_URL does');
  if (url.origin === service.origin) throw new ConfigError('SEN_ADMIN_URL must differ from SEN_PUBLIC_URL');
  if (url.hostname !== service.hostname && !url.hostname.endsWith(`.${service.hostname}`))
    throw new ConfigError(
      'SEN_ADMIN_URL must have the host name of SEN_PUBLIC_URL, or one below it: passkeys hold for both',
    );
  return { port, host: value(env, 'SEN_ADMIN_HOST') ?? config.host, url: url.origin };
}

function nationalOf(env: Environment, mode: Config['mode']): NationalSettings | null {
  const issuer = value(env, 'SEN_NATIONAL_ISSUER') ?? (mode === 'demo' ? 'http://127.0.0.1:8090' : 'off');
  if (issuer === 'off') return null;
  const isFit = URL.canParse(issuer) && (issuer.startsWith('https://') || mode !== 'production');
  if (!isFit) throw new ConfigError('SEN_NATIONAL_ISSUER must be an address that starts with https://, or off');
  const keyFile = value(env, 'SEN_NATIONAL_KEY_FILE_PATH') ?? null;
  const secret = value(env, 'SEN_NATIONAL_SECRET') ?? (mode === 'production' ? null : 'sandbox-secret');
  if (secret === null && keyFile === null)
    throw new ConfigError('SEN_NATIONAL_SECRET or SEN_NATIONAL_KEY_FILE_PATH must be set with SEN_NATIONAL_ISSUER');
  const from = value(env, 'SEN_NATIONAL_COMPULSORY_FROM') ?? (mode === 'production' ? '2026-07-20' : 'never');
  if (from !== 'never' && !/^\d{4}-\d{2}-\d{2}$/.test(from))
    throw new ConfigError('SEN_NATIONAL_COMPULSORY_FROM must be a day such as 2026-07-20, or never');
  const minimumLevel = Number(value(env, 'SEN_NATIONAL_LEVEL') ?? 2);
  if (!Number.isInteger(minimumLevel) || minimumLevel < 0 || minimumLevel > 4)
    throw new ConfigError('SEN_NATIONAL_LEVEL must be a number from 0 to 4');
  return {
    issuer: issuer.replace(/\/$/, ''),
    clientId: value(env, 'SEN_NATIONAL_CLIENT_ID') ?? 'sen',
    secret,
    keyFile,
    metadataFile: value(env, 'SEN_NATIONAL_METADATA') ?? null,
    acrValues: value(env, 'SEN_NATIONAL_ACR') ?? null,
    minimumLevel,
    compulsoryFrom: from === 'never' ? null : from,
  };
}

/** `/var/lib/sen/ledger` beside `/var/lib/sen/files`; beside a folder of another name one that shows whose it is. */
const ledgerBeside = (filesFolder: string): string =>
  basename(filesFolder) === 'files'
    ? join(dirname(filesFolder), 'ledger')
    : `${filesFolder.replace(/\/+$/, '')}-ledger`;

function witnessesOf(env: Environment): string[] {
  const entries = (value(env, 'SEN_LEDGER_WITNESSES') ?? '').split(/[\s,]+/).filter(Boolean);
  const wrong = entries.find(
    (entry) => !/^([^@\s]+@)?https?:\/\/[^\s@]+$/.test(entry) || !URL.canParse(entry.slice(entry.search(/https?:/))),
  );
  if (wrong !== undefined)
    throw new ConfigError(
      `SEN_LEDGER_WITNESSES must list addresses such as https://nhan-chung.example.vn; ${wrong} is none`,
    );
  return entries;
}

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);

function checkBackups({ backupCopy, backupsFolder, backupRecipients, spaceStopMb, spaceWarnMb }: Config): void {
  if (backupCopy !== null && backupsFolder === null)
    throw new ConfigError('SEN_BACKUP_COPY needs SEN_BACKUPS: the folder of the back-ups that are copied');
  if (backupCopy !== null && backupRecipients.length === 0)
    throw new ConfigError('SEN_BACKUP_COPY needs SEN_BACKUP_RECIPIENTS: a public key (age1…), see npx sen backup keys');
  const wrong = backupRecipients.find((key) => !/^age1[a-z0-9]{58,}$/.test(key));
  if (wrong !== undefined)
    throw new ConfigError(
      /^AGE-SECRET-KEY/i.test(wrong)
        ? 'SEN_BACKUP_RECIPIENTS holds a private key: put the public one (age1…) there and keep the private one off this machine'
        : 'SEN_BACKUP_RECIPIENTS must hold public keys such as age1…, see npx sen backup keys',
    );
  if (spaceStopMb > spaceWarnMb) throw new ConfigError('SEN_SPACE_STOP_MB must not be larger than SEN_SPACE_WARN_MB');
}

function numberOf(env: Environment, name: string, fallback: number, min: number, max: number): number {
  const text = value(env, name);
  const number = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(number) || number < min || number > max)
    throw new ConfigError(`${name} must be a whole number between ${min} and ${max}`);
  return number;
}

function s3Of(env: Environment): S3Settings | null {
  const endpoint = value(env, 'SEN_S3_ENDPOINT');
  const accessKey = value(env, 'SEN_S3_ACCESS_KEY');
  const secretKey = value(env, 'SEN_S3_SECRET_KEY');
  if (!endpoint || !accessKey || !secretKey) return null;
  if (!URL.canParse(endpoint) || new URL(endpoint).pathname.length < 2)
    throw new ConfigError('SEN_S3_ENDPOINT must be an address with its bucket, such as https://s3.example.vn/sen');
  const prefix = (value(env, 'SEN_S3_PREFIX') ?? '').replace(/^\/+|\/+$/g, '');
  const region = value(env, 'SEN_S3_REGION') ?? 'us-east-1';
  return { endpoint, accessKey, secretKey, region, prefix: prefix === '' ? '' : `${prefix}/` };
}

function required(env: Environment, name: string, shape: RegExp, example: string): string {
  const text = value(env, name);
  if (text === undefined) throw new ConfigError(`${name} is not set; it looks like ${example}`);
  if (!shape.test(text)) throw new ConfigError(`${name} is not valid; it looks like ${example}`);
  return text;
}

function oneOf<const T extends string>(env: Environment, name: string, allowed: readonly T[], fallback: T): T {
  const text = value(env, name) ?? fallback;
  if (!(allowed as readonly string[]).includes(text))
    throw new ConfigError(`${name} must be one of ${allowed.join(', ')}`);
  return text as T;
}

/** Reads networks in CIDR notation with commas between; an address alone is a network of one. */
function networksOf(env: Environment, name: string): string[] {
  const networks = (value(env, name) ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  for (const network of networks) {
    const [address = '', bits, more] = network.split('/');
    const family = isIP(address);
    const isWhole = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32));
    if (family === 0 || !isWhole || more !== undefined)
      throw new ConfigError(`${name} must list networks such as 10.0.0.0/8,2001:db8::/32; ${network} is none`);
  }
  return networks;
}

function portOf(env: Environment, name: string, fallback: number): number {
  const text = value(env, name);
  const port = text === undefined ? fallback : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new ConfigError(`${name} must be a port number between 0 and 65535`);
  return port;
}
