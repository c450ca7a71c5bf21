import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';

/* The province of `bench/reorganise.ts`: Nghệ An as it was on 30 June 2025, 412 communes and 21 districts, with people, offers and dossiers. */

/** A copy of the province's folder that knows the map of three tiers only. */
export function folderOfThreeTiers(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sen-bench-province-'));
  cpSync('province/nghe-an', folder, { recursive: true });
  const file = join(folder, 'units.json');
  const units = JSON.parse(readFileSync(file, 'utf8')) as { territory: Record<string, unknown> };
  delete units.territory['communes2025'];
  writeFileSync(file, JSON.stringify(units));
  writeFileSync(
    join(folder, 'commune-successions.json'),
    JSON.stringify({ effectiveOn: '2025-07-01', decisionNumber: '-', whole: {}, partial: [] }),
  );
  return folder;
}

/** Codes of the communes that the change of July 2025 names; the others had been merged before. */
export function communesOfFile(path: string): string[] {
  const { rows } = JSON.parse(readFileSync(path, 'utf8')) as { rows: { from: string; to?: string }[] };
  return [...new Set(rows.filter((row) => row.to !== undefined).map((row) => row.from))];
}

const TERMS =
  '{"limit":{"unit":"workingDay","amount":5},"steps":[{"kind":"process","name":{"en":"Examine","vi":"Thẩm tra"},"role":"specialist","unit":"competent","hours":12}],"procedureCode":"1.001193","procedureName":{"en":"Birth registration","vi":"Đăng ký khai sinh"}}';

/** Opens the units of before, gives them people, rights and offers, and fills them with dossiers of two years. Keys are not judged row by row: they are right by construction. */
export async function fillProvince(client: pg.Client, communes: readonly string[], dossiers: number): Promise<void> {
  const run = (text: string, values: unknown[] = []) => client.query(text, values);
  await run(`set session_replication_role = replica; set statement_timeout = 0; set synchronous_commit = off`);
  const old = `select u.id from organisations.unit u where u.key like 'gso-2018:%'`;
  const late = `select u.id from organisations.unit u where u.key = any($1::text[]) or u.key ~ '^gso-2018:[0-9]{3}$'`;
  for (const table of ['unit_version', 'agency_identifier', 'unit_ancestor'])
    await run(
      `update organisations.${table} set valid_to = null where valid_to = '2025-06-30' and unit_id in (${late})`,
      [communes],
    );
  await run(
    `update organisations.unit_version set valid_to = '2024-11-30' where valid_to = '2025-06-30' and unit_id in (${old})`,
  );
  await run(
    `update organisations.agency_identifier set valid_to = '2024-11-30' where valid_to = '2025-06-30' and unit_id in (${old})`,
  );
  await run(`create table public.bench_unit as select row_number() over (order by id) - 1 as n, id from (${late}) u`, [
    communes,
  ]);
  await run(
    `insert into organisations.post (id, unit_id, title_vi, title_en, is_leader, valid_from, created_at)
     select gen_random_uuid(), u.id, t.title, t.title, t.title = 'Chủ tịch', '2020-01-01', now() from public.bench_unit u, unnest(array['Chủ tịch', 'Chuyên viên', 'Một cửa']) as t (title)`,
  );
  await run(
    `insert into organisations.post_role (id, post_id, role_id, reach, created_at)
     select gen_random_uuid(), p.id, (select id from organisations.role where key = 'specialist'), 'unit', now() from organisations.post p join public.bench_unit u on u.id = p.unit_id`,
  );
  await run(
    `with fresh as (select p.id, row_number() over (order by p.id) as n from organisations.post p join public.bench_unit u on u.id = p.unit_id),
       people as (insert into organisations.officer (id, staff_code, full_name, created_at) select gen_random_uuid(), 'BENCH' || n, 'Nguyễn Văn ' || n, now() from fresh returning id, staff_code)
     insert into organisations.appointment (id, officer_id, post_id, valid_from, created_at)
     select gen_random_uuid(), o.id, f.id, '2020-01-01', now() from fresh f join people o on o.staff_code = 'BENCH' || f.n`,
  );
  await run(
    `insert into procedures.procedure (id, code, created_at) select gen_random_uuid(), 'bench.' || i, now() from generate_series(1, 60) i`,
  );
  await run(
    `insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, created_at)
     select gen_random_uuid(), u.id, p.id, u.id, '2020-01-01', now() from public.bench_unit u, procedures.procedure p where p.code like 'bench.%'`,
  );
  await run(
    `with p as (select array_agg(id order by code) as ids from procedures.procedure where code like 'bench.%'), u as (select array_agg(id order by n) as ids, count(*)::int as many from public.bench_unit),
       g as (select i, random() as s, random() as c, timestamptz '2025-06-30 16:00+07' - random() * interval '730 days' as old, timestamptz '2025-06-30 16:00+07' - random() * random() * interval '40 days' as fresh
         from generate_series(1, $1::int) i),
       d as (select i, c, p.ids[1 + (i::bigint * 7919) % 60] as procedure_id, u.ids[1 + (i::bigint * 104729) % u.many] as unit_id,
         case when s < 0.010 then 1 when s < 0.030 then 2 when s < 0.100 then 4 when s < 0.107 then 5 when s < 0.110 then 6 when s < 0.140 then 9
           when s < 0.150 then 3 when s < 0.155 then 7 when s < 0.160 then 8 else 10 end as state, old, fresh from g, u, p),
       e as (select *, case when state in (3, 7, 8, 10) then old else fresh end as at from d)
     insert into dossiers.dossier (id, state, resume_state, code, code_agency, code_date, code_sequence, rule_pack, tracking_hash, procedure_id, procedure_version_id, terms,
       applicant_kind, applicant_name, applicant_address, channel, delivery, receiving_unit_id, competent_unit_id, handling_unit_id, assignee_post_id, current_step, submitted_at,
       received_at, due_at, first_due_at, step_due_at, finished_at, returned_at, is_on_time)
     select gen_random_uuid(), state, case when state in (5, 6) then 4 end,
       case when state <> 1 then '000.00.31.H41-' || to_char(at, 'YYMMDD') || '-' || lpad(i::text, 7, '0') end, case when state <> 1 then '000.00.31.H41' end,
       case when state <> 1 then at::date end, case when state <> 1 then i end, case when state <> 1 then 'vn-2018' end, sha256(i::text::bytea), procedure_id, procedure_id, $2::jsonb,
       'citizen', (array['Nguyễn Văn', 'Trần Thị', 'Lê Hữu', 'Phạm Minh', 'Hoàng Ngọc'])[1 + i % 5] || ' ' || (array['An', 'Bình', 'Chi', 'Dũng', 'Hà', 'Lan', 'Nam'])[1 + i % 7],
       (array['Xóm Đông', 'Xóm Tây'])[1 + i % 2], case when c < 0.6 then 'online' else 'counter' end, 'counter', unit_id, unit_id, unit_id,
       case when state in (2, 4) then (select p.id from organisations.post p where p.unit_id = e.unit_id and p.title_vi = 'Chuyên viên') end,
       case when state in (2, 4, 5, 6) then 0 end, at, case when state <> 1 then at end, case when state <> 1 then at + interval '7 days' end, case when state <> 1 then at + interval '7 days' end,
       case when state in (2, 4) then at + interval '5 days' end, case when state in (3, 7, 8, 9, 10) then at + interval '6 days' end, case when state = 10 then at + interval '8 days' end,
       case when state in (9, 10) then true end
     from e`,
    [dossiers, TERMS],
  );
  await run(
    `insert into dossiers.step (dossier_id, position, kind, name_vi, name_en, role, unit_id, weight, assignee_post_id, started_at)
     select id, 0, 'process', 'Thẩm tra', 'Examine', 'specialist', competent_unit_id, 12, assignee_post_id, received_at from dossiers.dossier where state in (2, 4, 5)`,
  );
  for (const table of [
    'dossiers.dossier',
    'dossiers.step',
    'organisations.post',
    'organisations.unit_version',
    'procedures.offer',
  ])
    await run(`vacuum (analyze) ${table}`);
}
