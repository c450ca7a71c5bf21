import { statement, type Reader, type Tx } from '../../platform/database.ts';

/** `owner`: the legal representative; `agent`: may hand in; `viewer`: may only see. */
export const memberRoles = ['owner', 'agent', 'viewer'] as const;
export type MemberRole = (typeof memberRoles)[number];

export interface MemberRow {
  personId: string;
  name: string;
  role: MemberRole;
  since: Date;
  validFrom: string;
  validTo: string | null;
}
export interface Invitation {
  id: string;
  businessId: string;
  businessName: string;
  personId: string;
  personName: string;
  role: MemberRole;
  validFrom: string;
  validTo: string | null;
  invitedAt: Date;
  invitedBy: string;
}
export type MemberChange = 'invited' | 'accepted' | 'declined' | 'cancelled' | 'ended' | 'handed-over';
export interface MemberHistoryRow {
  at: Date;
  what: MemberChange;
  role: MemberRole;
  name: string;
  byName: string;
}

const members = statement(
  'identity.list_members',
  `select m.person_id as "personId", a.name, m.role, m.since, m.valid_from as "validFrom", m.valid_to as "validTo"
   from identity.business_member m join identity.account a on a.id = m.person_id
   where m.business_id = $1 order by array_position(array['owner', 'agent', 'viewer'], m.role), m.since limit 200`,
);
const role = statement(
  'identity.find_member_role',
  `select role from identity.business_member where business_id = $1 and person_id = $2
     and valid_from <= $3::date and (valid_to is null or valid_to >= $3::date)`,
);
const toInvite = statement(
  'identity.find_member_to_add',
  `select p.account_id as id from identity.person p join identity.account a on a.id = p.account_id and a.status = 'active'
   where p.identity_number = $1 and platform.fold(p.full_name) = platform.fold($2)`,
);
const put = statement(
  'identity.put_business_member',
  `insert into identity.business_member (business_id, person_id, role, since, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6)
   on conflict (business_id, person_id) do update set role = excluded.role, valid_from = excluded.valid_from, valid_to = excluded.valid_to`,
);
const setRole = statement(
  'identity.set_member_role',
  'update identity.business_member set role = $3 where business_id = $1 and person_id = $2',
);
const remove = statement(
  'identity.delete_member',
  `delete from identity.business_member where business_id = $1 and person_id = $2 and role <> 'owner' returning role`,
);
const rename = statement(
  'identity.set_representative',
  'update identity.business set representative_name = (select name from identity.account where id = $2) where account_id = $1',
);
const INVITATION = `i.id, i.business_id as "businessId", b.name as "businessName", i.person_id as "personId", a.name as "personName", i.role,
  i.valid_from as "validFrom", i.valid_to as "validTo", i.invited_at as "invitedAt", i.invited_by as "invitedBy"
  from identity.business_invitation i join identity.business b on b.account_id = i.business_id join identity.account a on a.id = i.person_id`;
const ofBusiness = statement(
  'identity.list_invitations_of_business',
  `select ${INVITATION} where i.business_id = $1 and i.state = 'open' order by i.id limit 200`,
);
const ofPerson = statement(
  'identity.list_invitations_of_person',
  `select ${INVITATION} where i.person_id = $1 and i.state = 'open' order by i.id limit 50`,
);
const lockOne = statement(
  'identity.lock_invitation',
  `select ${INVITATION} where i.id = $1 and i.state = 'open' for update of i`,
);
const invite = statement(
  'identity.insert_invitation',
  `insert into identity.business_invitation (id, business_id, person_id, role, valid_from, valid_to, state, invited_at, invited_by)
   values ($1, $2, $3, $4, $5, $6, 'open', $7, $8) on conflict (business_id, person_id) where state = 'open' do nothing returning id`,
);
const settle = statement(
  'identity.settle_invitation',
  'update identity.business_invitation set state = $2, answered_at = $3 where id = $1',
);
const note = statement(
  'identity.insert_member_history',
  `insert into identity.business_member_history (id, business_id, person_id, at, what, role, by_name) values ($1, $2, $3, $4, $5, $6, $7)`,
);
const history = statement(
  'identity.list_member_history',
  `select h.at, h.what, h.role, a.name, h.by_name as "byName" from identity.business_member_history h join identity.account a on a.id = h.person_id
   where h.business_id = $1 order by h.at desc, h.id desc limit $2`,
);

export const listMembers = (reader: Reader, businessId: string) => reader.run<MemberRow>(members, [businessId]);
/** The role in force on the day; null: none. */
export const findMemberRole = async (
  reader: Reader,
  businessId: string,
  personId: string,
  day: string,
): Promise<MemberRole | null> =>
  (await reader.run<{ role: MemberRole }>(role, [businessId, personId, day]))[0]?.role ?? null;
export const findMemberToInvite = async (
  reader: Reader,
  identityNumber: string,
  fullName: string,
): Promise<string | null> => (await reader.run<{ id: string }>(toInvite, [identityNumber, fullName]))[0]?.id ?? null;
export const putMember = (
  tx: Tx,
  m: { businessId: string; personId: string; role: MemberRole; validFrom: string; validTo: string | null },
) => tx.run(put, [m.businessId, m.personId, m.role, tx.now, m.validFrom, m.validTo]);
export const updateMemberRole = (tx: Tx, businessId: string, personId: string, to: MemberRole) =>
  tx.run(setRole, [businessId, personId, to]);
export const deleteMember = async (tx: Tx, businessId: string, personId: string): Promise<MemberRole | null> =>
  (await tx.run<{ role: MemberRole }>(remove, [businessId, personId]))[0]?.role ?? null;
export const updateRepresentative = (tx: Tx, businessId: string, personId: string) =>
  tx.run(rename, [businessId, personId]);
export const listInvitationsOfBusiness = (reader: Reader, businessId: string) =>
  reader.run<Invitation>(ofBusiness, [businessId]);
export const listInvitationsOf = (reader: Reader, personId: string) => reader.run<Invitation>(ofPerson, [personId]);
export const lockInvitation = async (tx: Tx, id: string): Promise<Invitation | undefined> =>
  (await tx.run<Invitation>(lockOne, [id]))[0];
/** False when one is open already. */
export const insertInvitation = async (
  tx: Tx,
  i: {
    id: string;
    businessId: string;
    personId: string;
    role: MemberRole;
    validFrom: string;
    validTo: string | null;
    by: string;
  },
): Promise<boolean> =>
  (await tx.run(invite, [i.id, i.businessId, i.personId, i.role, i.validFrom, i.validTo, tx.now, i.by])).length > 0;
export const settleInvitation = (tx: Tx, id: string, state: 'accepted' | 'declined' | 'cancelled') =>
  tx.run(settle, [id, state, tx.now]);
export const insertMemberHistory = (
  tx: Tx,
  h: { id: string; businessId: string; personId: string; what: MemberChange; role: MemberRole; by: string },
) => tx.run(note, [h.id, h.businessId, h.personId, tx.now, h.what, h.role, h.by]);
export const listMemberHistory = (reader: Reader, businessId: string, limit = 100) =>
  reader.run<MemberHistoryRow>(history, [businessId, limit]);
