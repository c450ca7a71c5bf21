-- Every reading of a person's file: who, in which post, when, and what for. One insert per reading, a partition per month.
create schema readings;

create table readings.reading (
  id uuid not null,
  at timestamptz not null,
  account_id uuid,
  subject_kind text not null,
  subject_id text not null,
  subject_label text,
  reader_kind text not null,
  reader_id text,
  reader_label text not null,
  post_name text,
  unit_id uuid,
  work text not null,
  purpose text not null,
  constraint reading_pkey primary key (id, at),
  constraint reading_subject_kind_check check (subject_kind in ('dossier', 'account', 'delegation', 'request')),
  constraint reading_work_check check (work in ('handling', 'paper', 'slip', 'identity', 'search', 'export', 'administration', 'delegate')),
  constraint reading_purpose_check check (length(purpose) between 1 and 300)
) partition by range (at);
create index reading_account_idx on readings.reading (account_id, at desc, id desc) where account_id is not null;
create index reading_subject_idx on readings.reading (subject_kind, subject_id, at desc);
create index reading_reader_idx on readings.reading (reader_id, at desc) where reader_id is not null;
create table readings.reading_default partition of readings.reading default;

create function readings.ensure_partitions(from_date date, months int) returns void language plpgsql as $$
declare
  first_day date := date_trunc('month', from_date)::date;
  part text;
begin
  for i in 0..months - 1 loop
    part := 'reading_' || to_char(first_day + make_interval(months => i), 'YYYYMM');
    if to_regclass('readings.' || part) is null then
      begin
        execute format(
          'create table readings.%I partition of readings.reading for values from (%L) to (%L)',
          part,
          ((first_day + make_interval(months => i))::timestamp at time zone 'Asia/Ho_Chi_Minh'),
          ((first_day + make_interval(months => i + 1))::timestamp at time zone 'Asia/Ho_Chi_Minh'));
      exception when check_violation then
        null; -- rows of that month lie in the default partition already; they stay there
      end;
    end if;
  end loop;
end $$;

-- Drops whole months before the day, and what the default partition holds of them. Returns how many months went.
create function readings.drop_before(day date) returns int language plpgsql as $$
declare
  part text;
  dropped int := 0;
begin
  for part in
    select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'readings.reading'::regclass and c.relname ~ '^reading_\d{6}$'
      and c.relname < 'reading_' || to_char(day, 'YYYYMM')
  loop
    execute format('drop table readings.%I', part);
    dropped := dropped + 1;
  end loop;
  delete from readings.reading_default where at < date_trunc('month', day)::timestamp at time zone 'Asia/Ho_Chi_Minh';
  return dropped;
end $$;

select readings.ensure_partitions('2026-11-01', 6);

insert into readings.reading (id, at, account_id, subject_kind, subject_id, subject_label, reader_kind, reader_id, reader_label, unit_id, work, purpose)
select a.id, a.at, a.account_id, 'dossier', a.dossier_id::text, d.code, a.reader_kind, a.reader_id, a.reader_label, a.unit_id,
  case when a.purpose like 'Xem số định danh%' then 'identity' when a.purpose like 'Mở giấy tờ%' then 'paper'
    when a.purpose like 'In phiếu%' then 'slip' else 'handling' end,
  left(a.purpose, 300)
from dossiers.access_record a join dossiers.dossier d on d.id = a.dossier_id;
-- The old table is written by no one any more; a later release drops it, so that nodes of the release before this one can go on meanwhile.
