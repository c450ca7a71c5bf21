import { newId } from '../../platform/ids.ts';
import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { HeldPost, Officer, OfficerInput } from './officer.ts';

const OFFICER = `o.id, o.staff_code as "staffCode", o.full_name as "fullName", o.given_name as "givenName", o.email, o.phone,
  o.is_example as "isExample", o.left_on as "leftOn", o.version`;
const HELD = `a.id as "appointmentId", a.officer_id as "officerId", p.id as "postId", p.unit_id as "unitId", p.title_vi as "titleVi",
  p.title_en as "titleEn", a.is_primary as "isPrimary", p.is_leader as "isLeader", a.decision_number as "decisionNumber",
  a.valid_from as "validFrom", a.valid_to as "validTo"`;
const ON = (day: string, alias: string) =>
  `${alias}.valid_from <= ${day} and (${alias}.valid_to is null or ${alias}.valid_to >= ${day})`;
const NAME = (alias: string) =>
  `${alias}.given_name collate "vi-x-icu", ${alias}.full_name collate "vi-x-icu", ${alias}.id`;

const one = statement('organisations.find_officer', `select ${OFFICER} from organisations.officer o where o.id = $1`);
const many = statement(
  'organisations.list_officers_by_ids',
  `select ${OFFICER} from organisations.officer o where o.id = any($1)`,
);
const byStaffCode = statement(
  'organisations.list_officers_by_staff_code',
  `select ${OFFICER} from organisations.officer o where o.staff_code = any($1)`,
);
const page = statement(
  'organisations.list_officers',
  `select ${OFFICER} from organisations.officer o
   where ($1::uuid[] is null or exists (
       select 1 from organisations.appointment a join organisations.post p on p.id = a.post_id
       where a.officer_id = o.id and p.unit_id = any($1) and ${ON('$2::date', 'a')}))
     and ($3::text is null or o.search_text like '%' || platform.fold($3) || '%')
     and ($7::boolean or o.left_on is null or o.left_on >= $2::date)
     and ($4::text is null or (o.given_name collate "vi-x-icu", o.full_name collate "vi-x-icu", o.id) > ($4 collate "vi-x-icu", $5 collate "vi-x-icu", $6::uuid))
   order by ${NAME('o')} limit $8`,
);
const postsOfOfficers = statement(
  'organisations.list_posts_of_officers',
  `select ${HELD} from organisations.appointment a join organisations.post p on p.id = a.post_id
   where a.officer_id = any($1) and ${ON('$2', 'a')} and ${ON('$2', 'p')} order by a.is_primary desc, a.valid_from, a.id`,
);
const history = statement(
  'organisations.list_appointments',
  `select ${HELD} from organisations.appointment a join organisations.post p on p.id = a.post_id
   where a.officer_id = $1 order by a.valid_from desc, a.id`,
);
const staff = statement(
  'organisations.list_staff',
  `select ${HELD}, o.full_name as "fullName", o.staff_code as "staffCode",
     coalesce(array(select r.key from organisations.post_role pr join organisations.role r on r.id = pr.role_id where pr.post_id = p.id), '{}') as roles
   from organisations.appointment a
   join organisations.post p on p.id = a.post_id join organisations.officer o on o.id = a.officer_id
   where p.unit_id = any($1) and ${ON('$2', 'a')} and ${ON('$2', 'p')} and (o.left_on is null or o.left_on >= $2)
   order by p.is_leader desc, p.sort_order, ${NAME('o')}`,
);
const insert = statement(
  'organisations.insert_officers',
  `insert into organisations.officer (id, staff_code, full_name, email, phone, is_example, created_at)
   select r.id, r.staff_code, r.full_name, r.email, r.phone, $2, $3
   from jsonb_to_recordset($1) as r (id uuid, staff_code text, full_name text, email text, phone text)`,
);
const update = statement(
  'organisations.update_officer',
  `update organisations.officer set staff_code = $3, full_name = $4, email = $5, phone = $6, left_on = $7, version = version + 1
   where id = $1 and version = $2 returning version`,
);
const appoint = statement(
  'organisations.insert_appointments',
  `insert into organisations.appointment (id, officer_id, post_id, is_primary, decision_number, valid_from, valid_to, created_at)
   select r.id, r.officer_id, r.post_id, r.is_primary, r.decision_number, r.valid_from, r.valid_to, $2
   from jsonb_to_recordset($1) as r (id uuid, officer_id uuid, post_id uuid, is_primary boolean, decision_number text, valid_from date, valid_to date)`,
);
const findAppointment_ = statement(
  'organisations.lock_appointment',
  `select ${HELD} from organisations.appointment a join organisations.post p on p.id = a.post_id where a.id = $1 for update of a`,
);
const end = statement(
  'organisations.end_appointment',
  'update organisations.appointment set valid_to = $2, ending_decision_number = $3 where id = $1',
);
const endAll = statement(
  'organisations.end_appointments_of_officer',
  'update organisations.appointment set valid_to = $2 where officer_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)',
);
const holds = statement(
  'organisations.holds_post_throughout',
  `select 1 as ok from organisations.appointment a where a.officer_id = $1 and a.post_id = $2
     and a.valid_from <= $3 and (a.valid_to is null or a.valid_to >= $4) limit 1`,
);

export interface OfficerListQuery {
  /** Only people with a post at these units on the day; null for everybody. */
  unitIds: readonly string[] | null;
  on: string;
  /** Part of a name, staff code or e-mail; accents and case do not matter. */
  text: string | null;
  /** Where the previous page ended. */
  after: { givenName: string; fullName: string; id: string } | null;
  includeLeft?: boolean;
  limit: number;
}
export type StaffMember = HeldPost & { fullName: string; staffCode: string; roles: string[] };

/** The officer, or undefined. */
export const findOfficer = async (reader: Reader, id: string): Promise<Officer | undefined> =>
  (await reader.run<Officer>(one, [id]))[0];
/** Officers by id, in no order; unknown ids are absent. */
export const listOfficersByIds = (reader: Reader, officerIds: readonly string[]): Promise<Officer[]> =>
  reader.run<Officer>(many, [officerIds]);
/** Officers by staff code (as stored: capitals), in no order. */
export const listOfficersByStaffCode = (reader: Reader, codes: readonly string[]): Promise<Officer[]> =>
  reader.run<Officer>(byStaffCode, [codes]);
/** A page of officers by given name, then full name, in Vietnamese order; keyset, so a deep page costs what the first does. */
export const listOfficers = (reader: Reader, query: OfficerListQuery): Promise<Officer[]> =>
  reader.run<Officer>(page, [
    query.unitIds,
    query.on,
    query.text === null ? null : query.text.slice(0, 100).replaceAll(/[\\%_]/g, String.raw`\$&`),
    query.after?.givenName ?? null,
    query.after?.fullName ?? null,
    query.after?.id ?? null,
    query.includeLeft ?? false,
    query.limit,
  ]);
/** Posts that officers hold on a day, the main one first. */
export const postsOf = (reader: Reader, officerIds: readonly string[], on: string): Promise<HeldPost[]> =>
  reader.run<HeldPost>(postsOfOfficers, [officerIds, on]);
/** Every appointment of an officer, the newest first. */
export const listAppointments = (reader: Reader, officerId: string): Promise<HeldPost[]> =>
  reader.run<HeldPost>(history, [officerId]);
/** Who works at units on a day, leaders first, with the keys of the roles their posts hold. */
export const staffOf = (reader: Reader, unitIds: readonly string[], on: string): Promise<StaffMember[]> =>
  reader.run<StaffMember>(staff, [unitIds, on]);

export const insertOfficers = (tx: Tx, rows: readonly (OfficerInput & { id: string })[], isExample: boolean) =>
  tx.run(insert, [
    JSON.stringify(
      rows.map((r) => ({ id: r.id, staff_code: r.staffCode, full_name: r.fullName, email: r.email, phone: r.phone })),
    ),
    isExample,
    tx.now,
  ]);
export const updateOfficer = async (
  tx: Tx,
  id: string,
  version: number,
  input: OfficerInput & { leftOn: string | null },
): Promise<boolean> =>
  (await tx.run(update, [id, version, input.staffCode, input.fullName, input.email, input.phone, input.leftOn]))
    .length === 1;

export interface NewAppointment {
  officerId: string;
  postId: string;
  isPrimary: boolean;
  decisionNumber: string | null;
  validFrom: string;
  validTo: string | null;
}
export const insertAppointments = (tx: Tx, rows: readonly NewAppointment[]) =>
  tx.run(appoint, [
    JSON.stringify(
      rows.map((r) => ({
        id: newId(),
        officer_id: r.officerId,
        post_id: r.postId,
        is_primary: r.isPrimary,
        decision_number: r.decisionNumber,
        valid_from: r.validFrom,
        valid_to: r.validTo,
      })),
    ),
    tx.now,
  ]);
export const lockAppointment = async (tx: Tx, id: string): Promise<HeldPost | undefined> =>
  (await tx.run<HeldPost>(findAppointment_, [id]))[0];
export const endAppointmentRow = (tx: Tx, id: string, lastDay: string, decisionNumber: string | null) =>
  tx.run(end, [id, lastDay, decisionNumber]);
export const endAppointmentsOf = (tx: Tx, officerId: string, lastDay: string) => tx.run(endAll, [officerId, lastDay]);
export const holdsPostThroughout = async (
  reader: Reader,
  officerId: string,
  postId: string,
  from: string,
  to: string,
): Promise<boolean> => (await reader.run(holds, [officerId, postId, from, to])).length === 1;

const everHeld = statement(
  'organisations.list_posts_ever_held',
  `select distinct post_id as id from organisations.appointment where post_id = any($1)`,
);
/** Which of these posts somebody holds or held, at any time. */
export const listPostsEverHeld = async (reader: Reader, postIds: readonly string[]): Promise<string[]> =>
  (await reader.run<{ id: string }>(everHeld, [postIds])).map((row) => row.id);

const lastExample = statement(
  'organisations.last_example_number',
  `select greatest(count(*), max(case when staff_code ~ '^CB[0-9]{6}$' then substr(staff_code, 3)::int else 0 end))::int as last
   from organisations.officer where is_example`,
);
/** The highest number that an invented officer has, at least how many there are. */
export const lastExampleNumber = async (reader: Reader): Promise<number> =>
  (await reader.run<{ last: number | null }>(lastExample))[0]?.last ?? 0;
