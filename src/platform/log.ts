import pino, { type Logger as PinoLogger } from 'pino';

export type Logger = Pick<PinoLogger, 'info' | 'warn' | 'error' | 'debug'> & { child(bindings: object): Logger };

/**
 * Structured log lines on standard output. Never put names, identity numbers, form answers or secrets in one: log ids
 * and the request reference, and look the rest up.
 */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: ['password', 'secret', 'token', 'cookie', 'authorization', '*.password', '*.secret', '*.token'],
  });
}
