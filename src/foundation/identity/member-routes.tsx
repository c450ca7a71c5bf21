import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { findPerson } from './account-queries.ts';
import { answerInvitation, cancelInvitation, inviteMember, removeMember } from './business-members.ts';
import { notAMember } from './identity-problems.ts';
import { normaliseIdentityNumber } from './login-name.ts';
import {
  findMemberRole,
  listInvitationsOf,
  listInvitationsOfBusiness,
  listMemberHistory,
  listMembers,
  memberRoles,
} from './member-queries.ts';
import { findSessionPerson } from './session-queries.ts';
import type { FieldErrors } from './views/form-page.tsx';
import { InvitationsPage, MembersPage, memberWords } from './views/members-page.tsx';

async function showMembers(request: WebRequest, values?: URLSearchParams, errors?: FieldErrors): Promise<Reply> {
  const { actor, session, reader } = request;
  const personId = session ? await findSessionPerson(reader, session.tokenHash) : null;
  const businessId = actor.kind === 'business' ? actor.accountId : null;
  const today = localDate(request.now);
  if (!personId || !businessId || (await findMemberRole(reader, businessId, personId, today)) !== 'owner')
    throw problem(notAMember);
  const [members, invitations, history] = await Promise.all([
    listMembers(reader, businessId),
    listInvitationsOfBusiness(reader, businessId),
    listMemberHistory(reader, businessId),
  ]);
  return page(
    <MembersPage
      {...{ members, invitations, history, today }}
      {...(values ? { values } : {})}
      {...(errors ? { errors } : {})}
    />,
    { status: errors ? 422 : 200 },
  );
}

/** A day as a date control sends it; null for nothing, undefined for what is no day. */
function dayOf(text: string | null): string | null | undefined {
  if (!text) return null;
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text ? text : undefined;
}

async function changeMembers(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const { session } = request;
  const [remove, cancel] = [form.get('remove'), form.get('cancel')];
  if (!session) throw problem(notAMember);
  if (remove !== null || cancel !== null) {
    if (isId(remove)) await request.command((tx) => removeMember(tx, session, remove));
    if (cancel !== null) await request.command((tx) => cancelInvitation(tx, session, cancel));
    return seeOther(request.href(paths.businessMembers()));
  }
  const w = memberWords.in(request.locale);
  const today = localDate(request.now);
  const role = memberRoles.find((each) => each === (form.get('role') ?? 'agent'));
  const validFrom = dayOf(form.get('validFrom')) ?? today;
  const validTo = dayOf(form.get('validTo'));
  const errors: FieldErrors = {};
  if (!role) errors['role'] = w.roleMissing;
  const isWrong = dayOf(form.get('validFrom')) === undefined || validTo === undefined;
  if (isWrong || validFrom < today || (validTo && validTo < validFrom)) errors['validFrom'] = w.datesWrong;
  const identityNumber = normaliseIdentityNumber(form.get('identityNumber') ?? '') ?? '';
  const fullName = (form.get('fullName') ?? '').replaceAll('\u0000', '').trim().slice(0, 100);
  if (!role || Object.keys(errors).length > 0) return showMembers(request, form, errors);
  const input = { identityNumber, fullName, role, validFrom, validTo: validTo ?? null };
  if (await request.command((tx) => inviteMember(tx, session, input)))
    return seeOther(request.href(paths.businessMembers()));
  return showMembers(request, form, { identityNumber: w.missing });
}

async function personOf(request: WebRequest): Promise<{ id: string; name: string }> {
  const person =
    request.actor.kind === 'citizen' ? await findPerson(request.reader, request.actor.accountId ?? '') : undefined;
  if (!person) throw problem(notAMember);
  return { id: person.accountId, name: person.fullName };
}

/** People of a business: its representative invites, ends and hands over; the invited answer. */
export function memberRoutes(web: Web): void {
  const limited = {
    access: 'person',
    rateLimit: { name: 'identity.members', limit: 20, windowSeconds: 600, by: 'account' },
  } as const;
  web.get(paths.businessMembers, { access: 'person' }, (request) => showMembers(request));
  web.post(paths.businessMembers, limited, changeMembers);
  web.get(paths.memberInvitations, { access: 'person' }, async (request) =>
    page(<InvitationsPage rows={await listInvitationsOf(request.reader, (await personOf(request)).id)} />),
  );
  web.post(paths.memberInvitations, limited, async (request) => {
    const person = await personOf(request);
    const form = await request.form();
    const isAccepted = form.get('answer') === 'accept';
    await request.command((tx) => answerInvitation(tx, person, form.get('id') ?? '', isAccepted));
    return seeOther(request.href(isAccepted ? paths.account() : paths.memberInvitations()));
  });
}
