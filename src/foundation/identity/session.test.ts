import { describe, expect, it } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { hashToken } from '../../platform/session.ts';
import { testDatabase } from '../../testing/database.ts';
import { resolveSession } from './index.ts';
import { insertBusinessAccount, insertCitizen, insertOfficialAccount, sessionFor } from './testing.ts';

const db = await testDatabase();

const resolve = (token: string) => resolveSession(db.reader, hashToken(token), db.clock.now());

describe('a session', () => {
  it('of a citizen names the account and holds no rights', async () => {
    const citizen = await db.write((tx) => insertCitizen(tx, { name: 'Trần Thị Mai' }));
    const session = await sessionFor(db, citizen);
    const view = await resolve(session.token);
    expect(view?.actor).toMatchObject({
      kind: 'citizen',
      id: citizen.id,
      accountId: citizen.id,
      label: 'Trần Thị Mai',
      postId: null,
    });
    expect(view?.actor.grants.size).toBe(0);
    expect(view?.locked).toBe(false);
  });

  it('of a business names the business', async () => {
    const business = await db.write(async (tx) => insertBusinessAccount(tx, await insertCitizen(tx)));
    const session = await sessionFor(db, business);
    expect((await resolve(session.token))?.actor).toMatchObject({ kind: 'business', id: business.id });
  });

  it('is nothing for an unknown token', async () => {
    expect(await resolve('nobody-knows-this')).toBeNull();
  });

  it('of a citizen ends after an hour of silence', async () => {
    const session = await sessionFor(db, await db.write((tx) => insertCitizen(tx)));
    db.clock.advance(59 * 60_000);
    expect(await resolve(session.token)).not.toBeNull();
    db.clock.advance(2 * 60_000);
    expect(await resolve(session.token)).toBeNull();
  });

  it('of a closed account is over at once', async () => {
    const citizen = await db.write((tx) => insertCitizen(tx));
    const session = await sessionFor(db, citizen);
    await db.write((tx) => tx.raw(`update identity.account set status = 'locked' where id = $1`, [citizen.id]));
    expect(await resolve(session.token)).toBeNull();
  });

  it('of an official carries unit, post and the rights of that post, and locks after silence', async () => {
    const ids = { unit: newId(), officer: newId(), post: newId(), role: newId() };
    const official = await db.write(async (tx) => {
      await tx.raw('insert into organisations.unit (id, created_at) values ($1, now())', [ids.unit]);
      await tx.raw(
        `insert into organisations.unit_version (id, unit_id, name_vi, name_en, short_name, kind, tier, valid_from, created_at)
         values ($1, $2, 'UBND xã Kim Liên', 'Kim Lien', 'Kim Liên', 'commune', 2, '2025-07-01', now())`,
        [newId(), ids.unit],
      );
      await tx.raw(
        `insert into organisations.officer (id, staff_code, full_name, created_at) values ($1, 'CB001', 'Lê Văn Hùng', now())`,
        [ids.officer],
      );
      await tx.raw(
        `insert into organisations.post (id, unit_id, title_vi, title_en, valid_from, created_at) values ($1, $2, 'Chuyên viên', 'Specialist', '2025-07-01', now())`,
        [ids.post, ids.unit],
      );
      await tx.raw(
        `insert into organisations.appointment (id, officer_id, post_id, valid_from, created_at) values ($1, $2, $3, '2025-07-01', now())`,
        [newId(), ids.officer, ids.post],
      );
      await tx.raw(
        `insert into organisations.role (id, key, name_vi, name_en, description_vi, description_en, created_at) values ($1, 'specialist', 'a', 'b', 'c', 'd', now())`,
        [ids.role],
      );
      await tx.raw(`insert into organisations.role_permission (role_id, permission) values ($1, 'dossiers.process')`, [
        ids.role,
      ]);
      await tx.raw(
        `insert into organisations.post_role (id, post_id, role_id, reach, created_at) values ($1, $2, $3, 'unit', now())`,
        [newId(), ids.post, ids.role],
      );
      return insertOfficialAccount(tx, { officerId: ids.officer, postId: ids.post, name: 'Lê Văn Hùng' });
    });
    const session = await sessionFor(db, official);
    const view = await resolve(session.token);
    expect(view?.actor).toMatchObject({
      kind: 'official',
      id: ids.officer,
      accountId: official.id,
      unitId: ids.unit,
      postId: ids.post,
      unitName: 'UBND xã Kim Liên',
      postName: 'Chuyên viên',
    });
    expect(view?.actor.grants.get('dossiers.process')).toEqual([ids.unit]);
    db.clock.advance(15 * 60_000);
    expect((await resolve(session.token))?.locked).toBe(true);
  });
});
