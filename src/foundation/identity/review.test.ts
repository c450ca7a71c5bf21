import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../testing/app.ts';
import notifications from '../notifications/module.ts';
import organisations from '../organisations/module.ts';
import identity from './module.ts';
import { browserOf, insertCitizen, insertOfficer, insertOfficialAccount, sessionFor, type Browser } from './testing.ts';

const t = await testApp({ modules: [organisations, notifications, identity] });
const at = '/quan-tri/tai-khoan/ra-soat';
let admin: Browser;

beforeAll(async () => {
  const account = await t.db.write(async (tx) => {
    await insertOfficialAccount(tx, { ...(await insertOfficer(tx, { name: 'Đậu Thị Lâu' })), userName: 'lau.dt' });
    const gone = await insertOfficer(tx, { name: 'Trần Đã Nghỉ' });
    await insertOfficialAccount(tx, { ...gone, userName: 'nghi.td' });
    await tx.raw(`update organisations.officer set left_on = '2026-10-01' where id = $1`, [gone.officerId]);
    await insertCitizen(tx, { name: 'Dân Thường' });
    return insertOfficialAccount(
      tx,
      await insertOfficer(tx, { name: 'Hồ Quản Trị', permissions: ['identity.manage'], reach: 'all' }),
    );
  });
  await t.db.write((tx) =>
    tx.raw(
      `update identity.account set created_at = '2026-01-01', last_sign_in_at = '2026-02-03' where name = 'Đậu Thị Lâu'`,
    ),
  );
  admin = browserOf(t);
  admin.cookies.set('sen_session', (await sessionFor(t.db, account)).token);
});

describe('the half-yearly review', () => {
  it('lists officials by unit, those without a post first, and nobody else', async () => {
    const { body } = await admin.get(at);
    expect(body.indexOf('Trần Đã Nghỉ')).toBeGreaterThan(0);
    expect(body.indexOf('Trần Đã Nghỉ')).toBeLessThan(body.indexOf('Đậu Thị Lâu'));
    expect(body).not.toContain('Dân Thường');
    expect(body).toContain('Đã đến kỳ rà soát');
    expect((await browserOf(t).get(at)).statusCode).toBe(303);
  });

  it('narrows to those who have not signed in for half a year, to those without a post, and by unit', async () => {
    const idle = (await admin.get(`${at}?chi=lau`)).body;
    expect([idle.includes('Đậu Thị Lâu'), idle.includes('Hồ Quản Trị</a>')]).toEqual([true, false]);
    const gone = (await admin.get(`${at}?chi=khong-vi-tri`)).body;
    expect([gone.includes('Trần Đã Nghỉ'), gone.includes('Đậu Thị Lâu')]).toEqual([true, false]);
    expect((await admin.get(`${at}?donvi=kim%20lien`)).body).toContain('Đậu Thị Lâu');
    for (const hostile of ['%25', "'", '%00', '_', '%5C'])
      expect((await admin.get(`${at}?donvi=${hostile}&sau=-1&chi=x`)).statusCode).toBe(200);
  });

  it('exports both as a sheet and as CSV', async () => {
    const csv = await admin.get(`${at}/xuat/csv?chi=lau`);
    expect(csv.body).toContain('lau.dt');
    expect(csv.body).not.toContain('nghi.td');
    expect((await admin.get(`${at}/xuat/xlsx`)).rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await admin.get('/quan-tri/tai-khoan/xuat/xlsx')).rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await admin.get(`${at}/xuat/exe`)).statusCode).toBe(404);
  });

  it('once done is not due for half a year', async () => {
    expect((await admin.post(at, {})).statusCode).toBe(303);
    const after = (await admin.get(at)).body;
    expect([after.includes('Đã đến kỳ'), after.includes('Hồ Quản Trị.')]).toEqual([false, true]);
  });
});
