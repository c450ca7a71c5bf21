import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { isId, newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import type { SessionView } from '../../platform/session.ts';
import { paths } from '../../ui/paths.ts';
import { defineMessage, notify } from '../notifications/index.ts';
import { memberAdded, memberInvited, memberRemoved, representativeChanged } from './identity-events.ts';
import { invitationGone, notAMember } from './identity-problems.ts';
import {
  deleteMember,
  findMemberRole,
  findMemberToInvite,
  insertInvitation,
  insertMemberHistory,
  listMembers,
  lockInvitation,
  putMember,
  settleInvitation,
  updateMemberRole,
  updateRepresentative,
  type MemberChange,
  type MemberRole,
} from './member-queries.ts';
import { deleteBusinessSessionsOf, findSessionPerson } from './session-queries.ts';

const invited = defineMessage<'business'>('identity.member-invited', {
  vi: {
    subject: '{business} mời bạn làm việc cho doanh nghiệp',
    body: '{business} mời bạn thay mặt doanh nghiệp trên cổng. Đăng nhập, mở mục Tài khoản để xem vai trò, thời hạn rồi chấp nhận hoặc từ chối.',
  },
  en: {
    subject: '{business} invites you to act for it',
    body: '{business} invites you to act for it. Sign in and open your account to see the role and its days, then accept or decline.',
  },
});

/** The business of a session whose person represents it. @throws notAMember for others and for sessions opened by tax code, which name nobody */
async function representedBusiness(tx: Tx, session: SessionView): Promise<{ businessId: string; personId: string }> {
  const personId = await findSessionPerson(tx, session.tokenHash);
  const businessId = session.actor.accountId;
  if (session.actor.kind !== 'business' || !businessId || !personId) throw problem(notAMember);
  if ((await findMemberRole(tx, businessId, personId, localDate(tx.now))) !== 'owner') throw problem(notAMember);
  return { businessId, personId };
}

const remember = (tx: Tx, businessId: string, personId: string, what: MemberChange, role: MemberRole, by: string) =>
  insertMemberHistory(tx, { id: newId(), businessId, personId, what, role, by });

export interface NewMember {
  identityNumber: string;
  fullName: string;
  /** `owner` hands the representation over: the present one becomes an agent when it is accepted. */
  role: MemberRole;
  validFrom: string;
  validTo: string | null;
}

/**
 * Invites a person to act for the business; nothing is given before they accept. Number and name must both be right, so that a representative
 * cannot learn from one who has an account. False when they are not, or an invitation waits already.
 */
export async function inviteMember(tx: Tx, session: SessionView, input: NewMember): Promise<boolean> {
  const { businessId, personId: ownerId } = await representedBusiness(tx, session);
  const personId = await findMemberToInvite(tx, input.identityNumber, input.fullName);
  if (!personId || personId === ownerId) return false;
  const id = newId();
  const { role, validFrom, validTo } = input;
  const by = session.actor.label;
  if (!(await insertInvitation(tx, { id, businessId, personId, role, validFrom, validTo, by }))) return false;
  await remember(tx, businessId, personId, 'invited', role, by);
  publish(tx, memberInvited, { subject: { kind: 'account', id: businessId }, payload: { personId, role } });
  await notify(tx, {
    recipient: { kind: 'account', id: personId },
    template: invited,
    values: { business: session.actor.label },
    about: { kind: 'account', id: businessId },
    link: paths.memberInvitations(),
    key: `identity.member-invited/${id}`,
  });
  return true;
}

/** The invited person says yes or no. @throws invitationGone */
export async function answerInvitation(
  tx: Tx,
  person: { id: string; name: string },
  id: string,
  isAccepted: boolean,
): Promise<void> {
  const invitation = isId(id) ? await lockInvitation(tx, id) : undefined;
  if (invitation?.personId !== person.id) throw problem(invitationGone);
  const { businessId, personId, role, validFrom, validTo } = invitation!;
  await settleInvitation(tx, id, isAccepted ? 'accepted' : 'declined');
  await remember(tx, businessId, personId, isAccepted ? 'accepted' : 'declined', role, person.name);
  if (!isAccepted) return;
  if (role === 'owner') await handOver(tx, businessId, personId, person.name);
  await putMember(tx, { businessId, personId, role, validFrom, validTo: role === 'owner' ? null : validTo });
  publish(tx, memberAdded, { subject: { kind: 'account', id: businessId }, payload: { personId } });
}

/** Whoever represented the business becomes an agent; their open sessions stay, with the lesser right from the next request on. */
async function handOver(tx: Tx, businessId: string, personId: string, by: string): Promise<void> {
  for (const member of await listOwners(tx, businessId)) {
    if (member === personId) continue;
    await updateMemberRole(tx, businessId, member, 'agent');
    await remember(tx, businessId, member, 'handed-over', 'agent', by);
  }
  await updateRepresentative(tx, businessId, personId);
  publish(tx, representativeChanged, { subject: { kind: 'account', id: businessId }, payload: { personId } });
}

const listOwners = async (tx: Tx, businessId: string): Promise<string[]> =>
  (await listMembers(tx, businessId)).filter((member) => member.role === 'owner').map((member) => member.personId);

/** Takes back an invitation that waits. @throws notAMember, invitationGone */
export async function cancelInvitation(tx: Tx, session: SessionView, id: string): Promise<void> {
  const { businessId } = await representedBusiness(tx, session);
  const invitation = isId(id) ? await lockInvitation(tx, id) : undefined;
  if (invitation?.businessId !== businessId) throw problem(invitationGone);
  await settleInvitation(tx, id, 'cancelled');
  await remember(tx, businessId, invitation!.personId, 'cancelled', invitation!.role, session.actor.label);
}

/** Ends a person's right to act, and the sessions in which they do. The representative stays until it is handed over. */
export async function removeMember(tx: Tx, session: SessionView, personId: string): Promise<void> {
  const { businessId } = await representedBusiness(tx, session);
  const role = await deleteMember(tx, businessId, personId);
  if (!role) return;
  await deleteBusinessSessionsOf(tx, businessId, personId);
  await remember(tx, businessId, personId, 'ended', role, session.actor.label);
  publish(tx, memberRemoved, { subject: { kind: 'account', id: businessId }, payload: { personId } });
}
