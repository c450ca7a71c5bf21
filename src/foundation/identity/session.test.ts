import { describe, expect, it } from 'vitest';
import { hashToken } from '../../platform/session.ts';
import { testDatabase } from '../../testing/database.ts';
import { resolveSession } from './index.ts';
import { insertBusinessAccount, insertCitizen, insertOfficer, insertOfficialAccount, sessionFor } from './testing.ts';

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
    const { officer, official } = await db.write(async (tx) => {
      const officer = await insertOfficer(tx);
      return { officer, official: await insertOfficialAccount(tx, officer) };
    });
    const session = await sessionFor(db, official);
    const view = await resolve(session.token);
    expect(view?.actor).toMatchObject({
      kind: 'official',
      id: officer.officerId,
      accountId: official.id,
      unitId: officer.unitId,
      postId: officer.postId,
      unitName: 'UBND xã Kim Liên',
      postName: 'Chuyên viên',
    });
    expect(view?.actor.grants.get('dossiers.process')).toEqual([officer.unitId]);
    db.clock.advance(15 * 60_000);
    expect((await resolve(session.token))?.locked).toBe(true);
  });
});
