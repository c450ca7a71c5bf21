import pino, { type DestinationStream, type Logger as PinoLogger } from 'pino';

export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error' | 'debug'> & { child(bindings: object): Logger };

/**
 * Structured log lines on standard output. Never put names, identity numbers, form answers or secrets in one: log ids
 * and the request reference, and look the rest up.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: [...HIDDEN, ...HIDDEN.map((name) => `*.${name}`), ...HIDDEN.map((name) => `*.*.${name}`)],
    hooks: { streamWrite: withoutSecrets },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** Fields that are never written, wherever they stand in a line. */
const HIDDEN = [
  'password',
  'secret',
  'token',
  'cookie',
  'authorization',
  'databaseUrl',
  'smtpUrl',
  'secretKey',
  'accessKey',
  'formerSecrets',
  'identityNumber',
  'answers',
  '["set-cookie"]',
];

/** What gives a secret away in the text of an error: passwords in addresses, tokens, the numbers of citizens (12 digits that begin with 0). */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/(:\/\/[^:/@\s"]*):[^@\s"]+@/g, '$1:[Redacted]@'],
  [/\bBearer +[\w.~+/-]+=*/gi, 'Bearer [Redacted]'],
  [/\bsen_[\w-]{20,}/g, '[Redacted]'],
  [/\bAGE-SECRET-KEY-\w+/gi, '[Redacted]'],
  [/(?<![\w-])0\d{11}(?![\w-])/g, '[Redacted]'],
];

/** The last look at a line of the log. */
const withoutSecrets = (line: string): string =>
  SECRETS.reduce((text, [pattern, instead]) => text.replace(pattern, instead), line);
