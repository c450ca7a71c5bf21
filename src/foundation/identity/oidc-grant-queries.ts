import { localDate } from '../../platform/clock.ts';
import { statement, type Reader, type Tx } from '../../platform/database.ts';

const told = statement(
  'identity.find_app_grant',
  'select notice_version as "noticeVersion" from identity.relying_app_grant where account_id = $1 and app_id = $2',
);
const tell = statement(
  'identity.save_app_grant',
  `insert into identity.relying_app_grant (account_id, app_id, notice_version, first_at, last_at) values ($1, $2, $3, $4, $4)
   on conflict (account_id, app_id) do update set notice_version = excluded.notice_version, last_at = excluded.last_at`,
);
// One round trip per sign-in: the person's own line, the day's figure, and when the application was last used (to the minute).
const use = statement(
  'identity.note_app_use',
  `with person as (
     update identity.relying_app_grant set last_at = $3, uses = uses + 1 where account_id = $1 and app_id = $2
   ), figure as (
     insert into identity.relying_app_day (app_id, day, sign_ins) values ($2, $4::date, 1)
     on conflict (app_id, day) do update set sign_ins = relying_app_day.sign_ins + 1
   )
   update identity.relying_app set last_used_at = $3 where id = $2 and (last_used_at is null or last_used_at < $3::timestamptz - interval '1 minute')`,
);
const mine = statement(
  'identity.list_apps_of_account',
  `select p.id, p.name_vi as "nameVi", p.name_en as "nameEn", p.unit_id as "unitId", p.home_url as "homeUrl", p.status, g.first_at as "firstAt",
     g.last_at as "lastAt", g.uses, (select coalesce(array_agg(c.claim order by c.claim), '{}') from identity.relying_app_claim c where c.app_id = p.id) as claims
   from identity.relying_app_grant g join identity.relying_app p on p.id = g.app_id where g.account_id = $1 order by g.last_at desc limit 200`,
);
const withdraw = statement(
  'identity.delete_app_grant',
  'delete from identity.relying_app_grant g using identity.relying_app p where p.id = g.app_id and g.account_id = $1 and g.app_id = $2 returning p.client_id as "clientId"',
);
const figures = statement(
  'identity.list_app_days',
  'select day::text, sign_ins as "signIns" from identity.relying_app_day where app_id = $1 and day > $2::date - 30 order by day',
);
const people = statement(
  'identity.count_app_people',
  'select count(*)::int as count from (select from identity.relying_app_grant where app_id = $1 limit 10000) g',
);

export async function findToldVersion(reader: Reader, accountId: string, appId: string): Promise<number> {
  return (await reader.run<{ noticeVersion: number }>(told, [accountId, appId]))[0]?.noticeVersion ?? 0;
}
export const saveTold = (tx: Tx, accountId: string, appId: string, noticeVersion: number) =>
  tx.run(tell, [accountId, appId, noticeVersion, tx.now]);
export const noteUse = (tx: Tx, accountId: string, appId: string) =>
  tx.run(use, [accountId, appId, tx.now, localDate(tx.now)]);
export interface AppOfAccount {
  id: string;
  nameVi: string;
  nameEn: string;
  unitId: string;
  homeUrl: string;
  status: string;
  firstAt: Date;
  lastAt: Date;
  uses: number;
  claims: string[];
}
export const listAppsOfAccount = (reader: Reader, accountId: string) => reader.run<AppOfAccount>(mine, [accountId]);
/** The client identifier of the application, or null when the account had nothing to withdraw. */
export async function deleteTold(tx: Tx, accountId: string, appId: string): Promise<string | null> {
  return (await tx.run<{ clientId: string }>(withdraw, [accountId, appId]))[0]?.clientId ?? null;
}
export const listAppDays = (reader: Reader, appId: string, now: Date) =>
  reader.run<{ day: string; signIns: number }>(figures, [appId, localDate(now)]);
export async function countAppPeople(reader: Reader, appId: string): Promise<number> {
  return (await reader.run<{ count: number }>(people, [appId]))[0]?.count ?? 0;
}
