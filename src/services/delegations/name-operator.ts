import { demand, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { operatorNamed } from './delegation-events.ts';
import { mayNameOperators } from './delegation-permissions.ts';
import { endOperatorOn, insertOperator } from './delegation-queries.ts';

/** Names a business as the public post (bưu chính công ích, QĐ 45/2016/QĐ-TTg): its staff may then be given mandates of kind `post`. */
export async function nameOperator(tx: Tx, actor: Actor, accountId: string): Promise<void> {
  demand(actor, mayNameOperators);
  await insertOperator(tx, accountId, localDate(tx.now), actor.label);
  publish(tx, operatorNamed, { subject: { kind: 'account', id: accountId }, payload: { isNamed: true } });
}

/** Ends it with yesterday: no new mandates; those given stay until they end. */
export async function endOperator(tx: Tx, actor: Actor, accountId: string): Promise<void> {
  demand(actor, mayNameOperators);
  if (await endOperatorOn(tx, accountId, localDate(tx.now)))
    publish(tx, operatorNamed, { subject: { kind: 'account', id: accountId }, payload: { isNamed: false } });
}
