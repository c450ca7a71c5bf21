import { notify } from '../../foundation/notifications/index.ts';
import { demand, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { canEnd, mayAnswer, sideOf } from './delegation.ts';
import {
  delegationAccepted,
  delegationConfirmed,
  delegationDeclined,
  delegationWithdrawn,
} from './delegation-events.ts';
import { answeredMessages } from './delegation-messages.ts';
import { mayConfirmDelegations } from './delegation-permissions.ts';
import { delegationNotFound, delegationSettled } from './delegation-problems.ts';
import { lockStored, updateAnswer, updateEnd, type StoredDelegation } from './delegation-queries.ts';
import { factsOf, until } from './propose-delegation.ts';
import { withNames } from './read-delegation.ts';

async function locked(tx: Tx, id: string): Promise<StoredDelegation> {
  const stored = isId(id) ? await lockStored(tx, id) : undefined;
  if (!stored) throw problem(delegationNotFound);
  return stored;
}

async function tell(
  tx: Tx,
  d: StoredDelegation,
  accountIds: readonly (string | null)[],
  what: keyof typeof answeredMessages,
  who: string,
): Promise<void> {
  for (const accountId of accountIds)
    if (accountId !== null)
      await notify(tx, {
        recipient: { kind: 'account', id: accountId },
        template: answeredMessages[what],
        values: { who, until: until(d) },
        about: { kind: 'delegation', id: d.id },
        link: paths.delegation({ id: d.id }),
        key: `delegations.${what}/${d.id}/${accountId}`,
      });
}

const otherSide = (d: StoredDelegation, accountId: string): string | null =>
  d.giverAccountId === accountId ? d.delegateAccountId : d.giverAccountId;

/** The other side says yes or no. @throws delegationNotFound for those it does not ask, delegationSettled */
export async function answerDelegation(tx: Tx, actor: Actor, id: string, isAccepted: boolean): Promise<void> {
  const d = await locked(tx, id);
  const accountId = actor.accountId ?? '';
  if (actor.kind === 'official' || sideOf(d, accountId) === null) throw problem(delegationNotFound);
  const [named] = await withNames(tx, [d]);
  if (!named || !mayAnswer(named, accountId)) throw problem(delegationSettled);
  if (d.validTo !== null && d.validTo < localDate(tx.now)) throw problem(delegationSettled);
  const state = isAccepted ? 'active' : 'declined';
  await updateAnswer(tx, d.id, { state, by: actor.label, unitId: null, basis: null });
  publish(tx, isAccepted ? delegationAccepted : delegationDeclined, {
    subject: { kind: 'delegation', id: d.id },
    payload: factsOf(d),
  });
  await tell(tx, d, [otherSide(d, accountId)], isAccepted ? 'accepted' : 'declined', actor.label);
}

/**
 * An official confirms a delegation after looking at the papers of both, or at the birth certificate of a child. `basis` says what was
 * seen. @throws forbidden, delegationNotFound, delegationSettled
 */
export async function confirmDelegation(tx: Tx, actor: Actor, id: string, basis: string): Promise<void> {
  demand(actor, mayConfirmDelegations);
  const d = await locked(tx, id);
  if (d.state !== 'proposed') throw problem(delegationSettled);
  await updateAnswer(tx, d.id, { state: 'active', by: actor.label, unitId: actor.unitId ?? null, basis });
  publish(tx, delegationConfirmed, { subject: { kind: 'delegation', id: d.id }, payload: factsOf(d) });
  await tell(tx, d, [d.giverAccountId, d.delegateAccountId], 'confirmed', actor.label);
}

/** An official refuses a proposal whose papers do not prove it; the reason is told. @throws forbidden, delegationSettled */
export async function refuseDelegation(tx: Tx, actor: Actor, id: string, reason: string): Promise<void> {
  demand(actor, mayConfirmDelegations);
  const d = await locked(tx, id);
  if (d.state !== 'proposed') throw problem(delegationSettled);
  await updateAnswer(tx, d.id, {
    state: 'declined',
    by: actor.label,
    unitId: actor.unitId ?? null,
    basis: reason,
  });
  publish(tx, delegationDeclined, { subject: { kind: 'delegation', id: d.id }, payload: factsOf(d) });
  await tell(tx, d, [d.giverAccountId, d.delegateAccountId], 'declined', actor.label);
}

/**
 * Ends a delegation at once, by either side, or by an official for a person who has come: from the commit on nothing can be seen or
 * handed in under it. @throws delegationNotFound, delegationSettled
 */
export async function withdrawDelegation(tx: Tx, actor: Actor, id: string, reason: string | null): Promise<void> {
  const d = await locked(tx, id);
  if (actor.kind === 'official') demand(actor, mayConfirmDelegations);
  else if (sideOf(d, actor.accountId) === null) throw problem(delegationNotFound);
  const [named] = await withNames(tx, [d]);
  if (!named || !canEnd(named, localDate(tx.now))) throw problem(delegationSettled);
  await updateEnd(tx, d.id, actor.label, reason);
  publish(tx, delegationWithdrawn, { subject: { kind: 'delegation', id: d.id }, payload: factsOf(d) });
  const told =
    actor.kind === 'official' ? [d.giverAccountId, d.delegateAccountId] : [otherSide(d, actor.accountId ?? '')];
  await tell(tx, d, told, 'withdrawn', actor.label);
}
