import { statement, type Reader } from '../../platform/database.ts';
import type { OwnDossierRow } from './dossier-file-queries.ts';

/* Dossiers that an account sees for others: what each mandate of the day covers, one index walk per giver. */

const represented = statement(
  'dossiers.list_represented',
  `with mandate as materialized (select m.* from lateral delegations.mandates_of($1, $2::date) m)
   select d.id, d.code, d.state, d.terms->'procedureName' as "procedureName", d.channel, d.submitted_at as "submittedAt", d.due_at as "dueAt",
     d.is_on_time as "isOnTime", d.receiving_unit_id as "receivingUnitId", d.applicant_name as "applicantName", d.applicant_account_id as "applicantAccountId"
   from dossiers.dossier d join (
     select f.id, f.submitted_at from mandate m cross join lateral (
       select e.id, e.submitted_at from dossiers.dossier e
       where e.applicant_account_id = m.giver_account_id and (e.submitted_at, e.id) < ($3::timestamptz, $4::uuid)
         and ($5::boolean is null or (e.stage = 6) = $5) and (m.may_see or e.submitter_account_id = $1)
         and delegations.covers(m.scope, m.scope_values, e.terms->>'fieldCode', e.terms->>'procedureCode', e.id, e.code)
       order by e.submitted_at desc, e.id desc limit $6) f
     union
     select e.id, e.submitted_at from mandate m join dossiers.dossier e on e.delegation_id = m.id
     where m.giver_account_id is null and (e.submitted_at, e.id) < ($3::timestamptz, $4::uuid)
       and ($5::boolean is null or (e.stage = 6) = $5)
     order by submitted_at desc, id desc limit $6) shown on shown.id = d.id
   order by d.submitted_at desc, d.id desc`,
);

/** Dossiers that an account may see under mandates in force on the day (`YYYY-MM-DD`), newest first. */
export const listRepresentedDossiers = (
  reader: Reader,
  accountId: string,
  day: string,
  page: { after?: { at: Date; id: string } | null; closed?: boolean | null; limit?: number } = {},
): Promise<OwnDossierRow[]> =>
  reader.run<OwnDossierRow>(represented, [
    accountId,
    day,
    page.after?.at ?? new Date('9999-01-01T00:00:00Z'),
    page.after?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    page.closed ?? null,
    page.limit ?? 20,
  ]);
