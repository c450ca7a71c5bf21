import type { FastifyRequest } from 'fastify';
import { madeTwice, staleForm, type Problem } from '../problems.ts';
import type { WebRequest } from './web.ts';

/** What an operator should see in the log: faults with their cause, and whoever was refused a thing that needs a right, a fresh form or patience. */
export function tellOperator(error: unknown, failure: Problem, request: FastifyRequest, web: WebRequest): void {
  const { status, code } = failure.definition;
  // The pattern, not the address: addresses carry tokens of invitations and of new passwords.
  const route = `${request.method} ${request.routeOptions.url ?? 'none'}`;
  if (status >= 500) return web.log.error({ err: error, route }, 'request failed');
  // Harmless to whoever pressed twice, but the module should have found it before the database did.
  if (code === madeTwice.code) return web.log.warn({ err: error, route }, 'made twice at once');
  if (status !== 403 && status !== 429 && code !== staleForm.code) return;
  const { kind, id } = web.actor;
  web.log.warn({ route, code, actor: { kind, id }, address: web.address }, 'request refused');
}
