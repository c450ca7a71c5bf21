import type { Actor } from '../../platform/access.ts';
import { notFound, problem } from '../../platform/problems.ts';

/** The account of a signed-in citizen or business. @throws notFound for anybody else */
export function accountIdOf(actor: Actor): string {
  if ((actor.kind !== 'citizen' && actor.kind !== 'business') || !actor.accountId) throw problem(notFound);
  return actor.accountId;
}
