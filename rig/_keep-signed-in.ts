import { hashToken } from '../src/platform/session.ts';
import type { Site } from './_secured.ts';
import { COOKIE, type Visitor } from './_town.ts';

/*
 * Requests at random lock accounts, end sessions and take rights away. Now and then everything that a session stands on is put back, so
 * that the next hundred thousand are not all strangers'.
 */

const KEPT = [
  'platform.session',
  'identity.session_detail',
  'identity.business_member',
  'identity.login',
  'organisations.role_permission',
  'organisations.post_role',
  'organisations.post_role_unit',
];

/** Remembers how things stand and returns what puts them back. */
export async function keepSignedIn({ read }: Site, visitors: readonly Visitor[]): Promise<() => Promise<void>> {
  const hashes = visitors.flatMap(({ headers }) => {
    const token = headers['cookie']?.split(`${COOKIE}=`)[1];
    return token ? [hashToken(token)] : [];
  });
  await read('drop schema if exists rig cascade');
  await read('create schema rig');
  for (const table of KEPT) await read(`create table rig.${table.replace('.', '_')} as select * from ${table}`);
  await read('create table rig.account as select id, status from identity.account');
  await read('create table rig.appointment as select id, valid_to from organisations.appointment');
  await read('create table rig.post as select id, valid_to from organisations.post');
  return async () => {
    await read('truncate platform.rate_limit');
    for (const table of KEPT)
      await read(`insert into ${table} select * from rig.${table.replace('.', '_')} on conflict do nothing`);
    await read(
      `update identity.account a set status = r.status, locked_until = null, failed_attempts = 0, must_change_password = false from rig.account r
       where r.id = a.id and (a.status <> r.status or a.locked_until is not null or a.must_change_password)`,
    );
    await read(
      `update organisations.appointment a set valid_to = r.valid_to from rig.appointment r where r.id = a.id and a.valid_to is distinct from r.valid_to`,
    );
    await read(
      `update organisations.post a set valid_to = r.valid_to from rig.post r where r.id = a.id and a.valid_to is distinct from r.valid_to`,
    );
    await read(
      `update platform.session s set seen_at = now(), proven_at = now(), locked_at = null, expires_at = now() + interval '10 hours', post_id = r.post_id
       from rig.platform_session r where r.token_hash = s.token_hash and s.token_hash = any($1)`,
      [hashes],
    );
  };
}
