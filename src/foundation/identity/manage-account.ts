import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { formatDate } from '../../ui/format.ts';
import { defineMessage } from '../notifications/index.ts';
import { findOfficer } from '../organisations/index.ts';
import { insertAccount, insertLogin, insertOfficial } from './account-queries.ts';
import { listSoonInactive, lockInactive, updateStatus } from './admin-queries.ts';
import { accountCreated, accountLocked, accountUnlocked, sessionsEnded } from './identity-events.ts';
import { identityManage } from './identity-permissions.ts';
import { accountNotFound, ownAccount } from './identity-problems.ts';
import { policy } from './identity-policy.ts';
import { endSignOnsOf } from './oidc-logout.ts';
import { demandOverAccount, demandOverNewcomer } from './over-account.ts';
import { tellPerson } from './tell-person.ts';
import { deleteSessionsOf } from './session-queries.ts';
import { issuePasswordLink } from './set-password.ts';

/**
 * Makes the account of an officer and the link with which its owner sets the first password. Nobody else ever knows one.
 * @throws officerHasAccount, loginTaken, accountNotFound when there is no such officer
 */
export async function createOfficialAccount(
  tx: Tx,
  actor: Actor,
  input: { officerId: string; userName: string },
): Promise<{ accountId: string; token: string }> {
  demand(actor, identityManage);
  const officer = await findOfficer(tx, input.officerId);
  if (!officer || officer.leftOn !== null) throw problem(accountNotFound);
  await demandOverNewcomer(tx, actor, officer.id);
  const accountId = newId();
  await insertAccount(tx, { id: accountId, kind: 'official', name: officer.fullName, passwordHash: null });
  await insertOfficial(tx, accountId, officer.id);
  await insertLogin(tx, accountId, 'user-name', input.userName);
  publish(tx, accountCreated, {
    subject: { kind: 'account', id: accountId },
    payload: { accountKind: 'official', officerId: officer.id },
  });
  return { accountId, token: await issuePasswordLink(tx, accountId) };
}

/** Ends every session of an account, here and at the provider. Returns how many platform sessions there were. */
export async function endAllSessions(tx: Tx, actor: Actor, accountId: string): Promise<number> {
  await demandOverAccount(tx, actor, accountId);
  const sessions = (await deleteSessionsOf(tx, accountId, null)).length;
  await endSignOnsOf(tx, accountId);
  publish(tx, sessionsEnded, { subject: { kind: 'account', id: accountId }, payload: { sessions } });
  return sessions;
}

/** Locks an account until somebody unlocks it, and ends its sessions. @throws ownAccount, accountNotFound */
export async function lockAccount(tx: Tx, actor: Actor, accountId: string, reason: string): Promise<void> {
  demand(actor, identityManage);
  if (accountId === actor.accountId) throw problem(ownAccount);
  await demandOverAccount(tx, actor, accountId);
  if (!(await updateStatus(tx, accountId, 'locked', reason))) return;
  publish(tx, accountLocked, { subject: { kind: 'account', id: accountId }, payload: { reason } });
  await endAllSessions(tx, actor, accountId);
}

/** Opens a locked account; its days without use count from now. @throws accountNotFound */
export async function unlockAccount(tx: Tx, actor: Actor, accountId: string): Promise<void> {
  await demandOverAccount(tx, actor, accountId);
  if (await updateStatus(tx, accountId, 'active', null))
    publish(tx, accountUnlocked, { subject: { kind: 'account', id: accountId }, payload: {} });
}

/** A one-time link for the owner to set a new password; all sessions end. Returns the link's token. */
export async function resetByAdministrator(tx: Tx, actor: Actor, accountId: string): Promise<string> {
  const account = await demandOverAccount(tx, actor, accountId);
  if (account.status === 'closed') throw problem(accountNotFound);
  await endAllSessions(tx, actor, accountId);
  return issuePasswordLink(tx, accountId);
}

/** Locks officials' accounts that nobody used for 45 days (TCVN 14423). Returns how many. */
export async function lockInactiveAccounts(tx: Tx): Promise<number> {
  const locked = await lockInactive(tx, new Date(tx.now.getTime() - policy.inactiveDays * 86_400_000));
  for (const { id } of locked) {
    await deleteSessionsOf(tx, id, null);
    await endSignOnsOf(tx, id);
    publish(tx, accountLocked, { subject: { kind: 'account', id }, payload: { reason: 'inactive' } });
  }
  return locked.length;
}

const inactiveMessage = defineMessage<'day'>('identity.inactive-soon', {
  vi: {
    subject: 'Tài khoản sắp bị khóa vì lâu không dùng',
    body: 'Tài khoản cán bộ của bạn sẽ bị khóa ngày {day} vì lâu không đăng nhập. Hãy đăng nhập trước ngày đó; sau đó chỉ quản trị viên mở lại được.',
  },
  en: {
    subject: 'Your account will be locked because it is not used',
    body: 'Your account is locked on {day} because nobody signed in for long. Sign in before that day; afterwards only an administrator can open it.',
  },
});

/** Warns officials whose account will soon be locked for not being used, once. Returns how many are near. */
export async function warnInactiveAccounts(tx: Tx): Promise<number> {
  const daysAgo = (days: number): Date => new Date(tx.now.getTime() - days * 86_400_000);
  const near = await listSoonInactive(
    tx,
    daysAgo(policy.inactiveDays),
    daysAgo(policy.inactiveDays - policy.inactiveWarningDays),
  );
  for (const { id, usedAt } of near)
    await tellPerson(tx, id, {
      template: inactiveMessage,
      values: () => ({ day: formatDate(new Date(usedAt.getTime() + policy.inactiveDays * 86_400_000)) }),
      key: `identity/inactive-soon/${id}/${usedAt.getTime()}`,
    });
  return near.length;
}
