import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { formatDateTime } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { defineMessage, type MessageTemplate } from '../notifications/index.ts';
import { findAccount } from './account-queries.ts';
import { clearFactorTries, replaceRecoveryCodes } from './factor-queries.ts';
import { factorRemoved, recoveryMoved, recoveredAtCounter } from './identity-events.ts';
import { identityManage, recoverAtCounter } from './identity-permissions.ts';
import { demandOverAccount } from './over-account.ts';
import { policy } from './identity-policy.ts';
import { accountNotFound, recoveryNotYours, recoveryOpen } from './identity-problems.ts';
import { endProviderSessionsOf } from './oidc-queries.ts';
import {
  askNewPassword,
  deleteFactors,
  endRecovery,
  findRecovery,
  insertRecovery,
  markApproved,
  takeDueRecoveries,
} from './recovery-queries.ts';
import { deleteSessionsOf } from './session-queries.ts';
import { tellPerson } from './tell-person.ts';

const STOP = {
  vi: 'Nếu không phải bạn yêu cầu, hãy đăng nhập, mở trang Bảo mật và đăng nhập và bấm “Dừng lại”, hoặc gọi tổng đài hỗ trợ.',
  en: 'If you did not ask for it, sign in, open Security and sign-in and press “Stop it”, or call support.',
};
const message = (key: string, vi: [string, string], en: [string, string]) =>
  defineMessage<'time'>(
    `identity.recovery-${key}`,
    {
      vi: { subject: vi[0], body: vi[1] },
      en: { subject: en[0], body: en[1] },
    },
    { kind: 'safety' },
  );
const askedMessage = message(
  'asked',
  [
    'Có yêu cầu gỡ cách xác minh của bạn',
    `Lúc {time}, quản trị viên ghi nhận yêu cầu gỡ mọi cách xác minh hai bước của tài khoản bạn; cần một quản trị viên thứ hai đồng ý. ${STOP.vi}`,
  ],
  [
    'Removing your second factors was asked for',
    `At {time} an administrator noted the request to remove all second factors of your account; a second administrator has to agree. ${STOP.en}`,
  ],
);
const approvedMessage = message(
  'approved',
  [
    'Sắp gỡ cách xác minh của bạn',
    `Yêu cầu đã được quản trị viên thứ hai đồng ý. Các cách xác minh hai bước của bạn được gỡ lúc {time}. ${STOP.vi}`,
  ],
  [
    'Your second factors will be removed',
    `A second administrator agreed. Your second factors are removed at {time}. ${STOP.en}`,
  ],
);
const stoppedMessage = message(
  'stopped',
  [
    'Đã dừng việc gỡ cách xác minh',
    'Lúc {time}, yêu cầu gỡ các cách xác minh hai bước của bạn đã dừng. Không có gì thay đổi.',
  ],
  [
    'Removing your second factors was stopped',
    'At {time} the request to remove your second factors was stopped. Nothing has changed.',
  ],
);
const doneMessage = message(
  'done',
  [
    'Đã gỡ các cách xác minh',
    'Lúc {time}, mọi cách xác minh hai bước của bạn đã được gỡ và mọi phiên đăng nhập đã kết thúc. Hãy đăng nhập bằng mật khẩu rồi thiết lập lại xác minh hai bước.',
  ],
  [
    'Your second factors were removed',
    'At {time} all your second factors were removed and all sessions ended. Sign in with your password and set up a second factor again.',
  ],
);

const tell = (tx: Tx, accountId: string, template: MessageTemplate<'time'>, at: Date = tx.now): Promise<void> =>
  tellPerson(tx, accountId, {
    template,
    values: (locale) => ({ time: formatDateTime(at, locale) }),
    key: `${template.key}/${accountId}/${newId()}`,
    link: paths.accountSecurity(),
  });
const moved = (tx: Tx, accountId: string, step: 'asked' | 'approved' | 'refused' | 'cancelled' | 'done'): void =>
  publish(tx, recoveryMoved, { subject: { kind: 'account', id: accountId }, payload: { step } });

/** Takes every factor of an account away, ends its sessions and tells the owner. */
async function clearFactors(tx: Tx, accountId: string, how: 'administrators' | 'counter'): Promise<void> {
  await deleteFactors(tx, accountId);
  await replaceRecoveryCodes(tx, accountId, []);
  await clearFactorTries(tx, accountId);
  await askNewPassword(tx, accountId);
  await deleteSessionsOf(tx, accountId, null);
  await endProviderSessionsOf(tx, accountId);
  publish(tx, factorRemoved, { subject: { kind: 'account', id: accountId }, payload: { kind: 'all', how } });
  await tell(tx, accountId, doneMessage);
}

/** First step: an administrator notes that a person lost their factors. @throws recoveryOpen when one is under way */
export async function askRecovery(tx: Tx, actor: Actor, accountId: string, reason: string): Promise<void> {
  demand(actor, identityManage);
  if (!actor.accountId || actor.accountId === accountId) throw problem(recoveryNotYours);
  await demandOverAccount(tx, actor, accountId);
  const request = { id: newId(), accountId, reason, by: actor.accountId };
  if (!(await insertRecovery(tx, request))) throw problem(recoveryOpen);
  moved(tx, accountId, 'asked');
  await tell(tx, accountId, askedMessage);
}

/** Second step: another administrator agrees; the factors go when the time of waiting is over. @throws recoveryNotYours */
export async function approveRecovery(tx: Tx, actor: Actor, accountId: string): Promise<void> {
  demand(actor, identityManage);
  await demandOverAccount(tx, actor, accountId);
  const request = await findRecovery(tx, accountId);
  const effectiveAt = new Date(tx.now.getTime() + policy.recoveryWaitHours * 3_600_000);
  if (!request || !actor.accountId || !(await markApproved(tx, request.id, actor.accountId, effectiveAt)))
    throw problem(recoveryNotYours);
  moved(tx, accountId, 'approved');
  await tell(tx, accountId, approvedMessage, effectiveAt);
}

/** Ends a request without doing it: an administrator refuses, or the owner stops it. */
export async function stopRecovery(tx: Tx, actor: Actor, accountId: string): Promise<void> {
  const isOwner = actor.accountId === accountId;
  if (!isOwner) await demandOverAccount(tx, actor, accountId);
  const request = await findRecovery(tx, accountId);
  const state = isOwner ? 'cancelled' : 'refused';
  if (!request || !(await endRecovery(tx, request.id, state, actor.accountId ?? ''))) return;
  moved(tx, accountId, state);
  await tell(tx, accountId, stoppedMessage);
}

/** Third step, by schedule: does what was agreed and has waited long enough. Returns how many. */
export async function finishRecoveries(tx: Tx): Promise<number> {
  const due = await takeDueRecoveries(tx);
  for (const { accountId } of due) {
    moved(tx, accountId, 'done');
    await clearFactors(tx, accountId, 'administrators');
  }
  return due.length;
}

/** An official act at the counter: the person came with the identity paper. Never for officials. @throws accountNotFound */
export async function recoverByPaper(tx: Tx, actor: Actor, input: { accountId: string; paper: string }): Promise<void> {
  demand(actor, recoverAtCounter);
  const account = await findAccount(tx, input.accountId);
  if (account?.kind !== 'citizen' || account.id === actor.accountId) throw problem(accountNotFound);
  publish(tx, recoveredAtCounter, {
    subject: { kind: 'account', id: account.id },
    unitId: actor.unitId ?? null,
    payload: { paper: input.paper },
  });
  await clearFactors(tx, account.id, 'counter');
}
