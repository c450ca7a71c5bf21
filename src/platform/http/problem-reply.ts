import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { isDatabaseAway, isReadOnly } from '../database-failures.ts';
import {
  forbidden,
  internalError,
  madeTwice,
  isProblem,
  malformedRequest,
  notFound,
  problem,
  problemPath,
  tooLarge,
  tooManyRequests,
  unavailable,
  type Problem,
} from '../problems.ts';
import { isOutOfSpace, outOfSpace } from '../space.ts';
import { json, type Reply } from './reply.ts';
import type { WebRequest } from './web.ts';

/* Failures as machines get them. */

/** Addresses of the public API: programs say their language in Accept-Language. */
export const MACHINE = /^\/api\/v1(?=\/|\?|$)/;

/** What an error of any kind is as a problem. */
export function asProblem(error: unknown): Problem {
  if (isProblem(error)) return error;
  const { code, statusCode } = (error ?? {}) as { code?: unknown; statusCode?: unknown };
  if (isOutOfSpace(error)) return problem(outOfSpace);
  if (isReadOnly(error) || isDatabaseAway(error)) return problem(unavailable); // for a moment: a standby, or a move to another server
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return problem(tooLarge);
  if (typeof code === 'string' && /^(57P|53)/.test(code)) return problem(unavailable); // PostgreSQL: shutting down, out of resources
  if (code === '23505') return problem(madeTwice);
  if (code === '22P02' || code === '22021' || code === '22P05') return problem(notFound); // an id or text the database cannot hold
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return problem(statusCode === 404 ? notFound : statusCode === 403 ? forbidden : malformedRequest);
  return problem(internalError);
}

/** A failure as `application/problem+json` (RFC 9457). */
export function problemJson(failure: Problem, request: WebRequest): Reply {
  const { code, status, title, advice } = failure.definition;
  const reply = json(
    {
      type: `${request.config.publicUrl}${problemPath(code)}`,
      title: title[request.locale],
      status,
      ...(advice ? { detail: advice[request.locale] } : {}),
      code,
      reference: request.requestId,
      ...(status < 500 ? failure.details : {}),
    },
    {
      status,
      headers: {
        'content-language': request.locale,
        ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
        ...(status === 403 && typeof failure.details['scope'] === 'string'
          ? { 'www-authenticate': `Bearer error="insufficient_scope", scope="${failure.details['scope']}"` }
          : {}),
      },
    },
  );
  return { ...reply, type: 'application/problem+json; charset=utf-8' } as Reply;
}

/** An address sends too much: answered before anything is read, so that it costs nothing. */
export function refuseAddress(
  config: Config,
  headers: Record<string, string>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const isApi = MACHINE.test(request.url ?? '');
  const type = isApi ? 'application/problem+json' : 'text/plain';
  response.writeHead(429, { ...headers, 'retry-after': '10', 'content-type': `${type}; charset=utf-8` });
  const { code, status, title } = tooManyRequests;
  response.end(
    isApi
      ? JSON.stringify({
          type: `${config.publicUrl}${problemPath(code)}`,
          title: title.vi,
          status,
          code,
          reference: '-',
        })
      : 'Quá nhiều yêu cầu. Hãy đợi 10 giây. / Too many requests.',
  );
}

/** Whether a failure is told as JSON. */
export const wantsJson = (request: FastifyRequest): boolean =>
  /^\/api\/(?!docs|problems|changes)/.test(request.url) || (request.headers.accept ?? '').includes('application/json');
