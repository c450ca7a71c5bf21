import { defineProblem } from './problems.ts';

/**
 * Nobody knows whether what was sent is stored: the connection was lost, or the wait for the disk or the standby was given up, after the commit had
 * been asked for. Never answered as done, never as undone; sending again with the same key gives the answer.
 */
export const outcomeUnknown = defineProblem({
  code: 'platform.outcome-unknown',
  status: 503,
  title: {
    vi: 'Chưa biết lần gửi này đã được ghi nhận hay chưa',
    en: 'It is not known yet whether this was recorded',
  },
  advice: {
    vi: 'Máy chủ dữ liệu vừa bị gián đoạn đúng lúc bạn gửi. Hãy đợi một phút rồi xem lại trong danh sách của bạn; nếu chưa có thì gửi lại. Gửi lại bằng cùng một mã lần gửi không tạo hồ sơ thứ hai.',
    en: 'The database was interrupted just as you sent this. Wait a minute and look into your list; send it again if it is not there. Sending again with the same idempotency key makes no second dossier.',
  },
});

interface DriverError {
  code?: unknown;
  message?: unknown;
  errors?: unknown;
}
const AWAY_CODES =
  /^(08|57P0[1235]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|ENOENT_PG|SEN_)/;
const AWAY_WORDS =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|timeout expired|Client has encountered a connection error|Client was closed|Cannot use a pool after)/;
/** Codes of failures to connect: nothing has reached the server. */
const NOT_REACHED =
  /^(57P03|53300|ECONNREFUSED|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|SEN_STANDBY)$/;

const codesOf = (error: unknown): string[] => {
  const { code, errors } = (error ?? {}) as DriverError;
  return [...(typeof code === 'string' ? [code] : []), ...(Array.isArray(errors) ? errors.flatMap(codesOf) : [])];
};

/** True when the server was lost, cannot be reached or did not answer in time (not: when it answered with an error). */
export function isDatabaseAway(error: unknown): boolean {
  const { message } = (error ?? {}) as DriverError;
  return (
    codesOf(error).some((code) => AWAY_CODES.test(code)) || (typeof message === 'string' && AWAY_WORDS.test(message))
  );
}

/** True when the time for an answer, or for a free connection, has run out: who waited once does not wait again. */
export function isTooSlow(error: unknown): boolean {
  const { message } = (error ?? {}) as DriverError;
  return typeof message === 'string' && /^(Query read timeout|timeout exceeded when trying to connect)/.test(message);
}

/** True when the statement cannot have reached a server: it may be tried again, whatever it does. */
export const isNotReached = (error: unknown): boolean => codesOf(error).some((code) => NOT_REACHED.test(code));

/** True when the server takes no writes: a standby, or a primary that is frozen for a move. Nothing was done. */
export const isReadOnly = (error: unknown): boolean => codesOf(error).includes('25006');

/** True when a connection broke while it was at work: the server went away, or the work itself brought it down. */
export const isBroken = (error: unknown): boolean =>
  isDatabaseAway(error) && !isNotReached(error) && !codesOf(error).some((code) => code.startsWith('SEN_'));

/** The error of a connection that is given up because the primary is another server now. */
export const movedAway = (): Error =>
  Object.assign(new Error('The primary of the database is another server now'), { code: 'SEN_MOVED' });

/** The error of a connection that led to a standby. */
export const isStandby = (): Error =>
  Object.assign(new Error('This server of the database is a standby'), { code: 'SEN_STANDBY' });
