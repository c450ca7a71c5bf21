import { beforeAll, describe, expect, it } from 'vitest';
import { renewClient, resolveClient } from './api-clients.ts';
import { testApp } from '../../testing/app.ts';
import notifications from '../notifications/module.ts';
import organisations from '../organisations/module.ts';
import { demoAccounts, hasDemoAccounts } from './index.ts';
import { identityCommands } from './identity-commands.ts';
import { identitySchedules } from './identity-jobs.ts';
import identity from './module.ts';
import {
  browserOf,
  insertCitizen,
  insertOfficer,
  insertOfficialAccount,
  sessionFor,
  signIn,
  signInWith,
  type Browser,
} from './testing.ts';

const t = await testApp({ modules: [organisations, notifications, identity] });
const PASSWORD = 'dòng sông Lam 36';
let admin: Browser;
let plain: Browser;

async function officialBrowser(permissions: readonly string[]): Promise<Browser> {
  const account = await t.db.write(async (tx) =>
    insertOfficialAccount(tx, await insertOfficer(tx, { name: 'Hồ Quản Trị', permissions, reach: 'all' })),
  );
  const browser = browserOf(t);
  browser.cookies.set('sen_session', (await sessionFor(t.db, account)).token);
  return browser;
}
const inContext = { attempt: 1, requestId: 'test' };

beforeAll(async () => {
  admin = await officialBrowser(['identity.manage']);
  plain = await officialBrowser(['dossiers.view']);
});

describe('administration of accounts', () => {
  it('is closed to those without the right', async () => {
    const citizen = browserOf(t);
    citizen.cookies.set('sen_session', (await sessionFor(t.db, await t.db.write((tx) => insertCitizen(tx)))).token);
    for (const browser of [plain, citizen]) {
      expect((await browser.get('/quan-tri/tai-khoan')).statusCode).toBe(403);
      expect((await browser.get('/quan-tri/tai-khoan/xuat/csv')).statusCode).toBe(403);
      expect((await browser.post('/quan-tri/tai-khoan/them', { staffCode: 'x', userName: 'abc' })).statusCode).toBe(
        403,
      );
    }
    expect((await browserOf(t).get('/quan-tri/tai-khoan')).statusCode).toBe(303);
  });

  it('finds people without accents and by exact number, and masks the number', async () => {
    await t.db.write((tx) => insertCitizen(tx, { name: 'Đặng Thị Thuý Hằng', identityNumber: '040190333222' }));
    const byName = await admin.get(`/quan-tri/tai-khoan?tim=${encodeURIComponent('dang thi thuy')}`);
    expect(byName.body).toContain('Đặng Thị Thuý Hằng');
    expect(byName.body).not.toContain('040190333222');
    expect((await admin.get('/quan-tri/tai-khoan?tim=040190333222')).body).toContain('Đặng Thị Thuý Hằng');
    expect((await admin.get('/quan-tri/tai-khoan?tim=%25')).body).not.toContain('Đặng Thị Thuý Hằng');
  });

  it('takes hostile filters as filters that find nothing', async () => {
    for (const query of ["tim=' or 1=1 --", 'loai=robot&sau=x', 'trangthai[]=1', `tim=${'x'.repeat(3000)}`, 'tim=%00'])
      expect((await admin.get(`/quan-tri/tai-khoan?${query.replaceAll(' ', '%20')}`)).statusCode).toBe(200);
  });

  it('pages by cursor', async () => {
    await t.db.write(async (tx) => {
      for (let i = 0; i < 55; i++) await insertCitizen(tx, { name: `Người Thứ ${i}` });
    });
    const first = await admin.get('/quan-tri/tai-khoan?loai=citizen');
    const cursor = /[?&](?:amp;)?sau=([0-9a-f-]{36})/.exec(first.body)?.[1];
    expect(cursor).toBeDefined();
    const second = await admin.get(`/quan-tri/tai-khoan?loai=citizen&sau=${cursor}`);
    expect(second.body).toContain('Người Thứ 4<');
    expect(second.body).not.toContain('Người Thứ 54<');
  });

  it('locks an account at once, says why, and unlocks it', async () => {
    const person = await t.db.write((tx) => insertCitizen(tx, { identityNumber: '040190444333', password: PASSWORD }));
    const session = await signIn(t, '040190444333', PASSWORD);
    expect((await admin.post(`/quan-tri/tai-khoan/${person.id}/khoa`, { reason: ' ' })).statusCode).toBe(422);
    expect((await admin.post(`/quan-tri/tai-khoan/${person.id}/khoa`, { reason: 'Giả mạo giấy tờ' })).statusCode).toBe(
      303,
    );
    expect(
      (await t.app.inject({ url: '/tai-khoan', headers: { cookie: session.cookie, accept: 'text/html' } })).statusCode,
    ).toBe(303);
    await expect(signIn(t, '040190444333', PASSWORD)).rejects.toThrow('was refused');
    expect((await admin.get(`/quan-tri/tai-khoan/${person.id}?ly-do=Xem+vi+sao+bi+khoa`)).body).toContain(
      'Giả mạo giấy tờ',
    );
    await admin.post(`/quan-tri/tai-khoan/${person.id}/mo-khoa`, {});
    await expect(signIn(t, '040190444333', PASSWORD)).resolves.toBeDefined();
  });

  it('ends the lock of an account that somebody guessed at', async () => {
    const person = await t.db.write((tx) => insertCitizen(tx, { identityNumber: '040190444335', password: PASSWORD }));
    for (let i = 0; i < 5; i++) await signInWith(browserOf(t), '040190444335', 'sai');
    await expect(signIn(t, '040190444335', PASSWORD)).rejects.toThrow('was refused');
    await admin.post(`/quan-tri/tai-khoan/${person.id}/mo-khoa`, {});
    await expect(signIn(t, '040190444335', PASSWORD)).resolves.toBeDefined();
  });

  it('makes an official’s account whose owner alone sets the password', async () => {
    const officer = await t.db.write((tx) => insertOfficer(tx, { name: 'Phan Thị Mới' }));
    const [{ staff_code: staffCode } = { staff_code: '' }] = await t.db.reader.raw<{ staff_code: string }>(
      'select staff_code from organisations.officer where id = $1',
      [officer.officerId],
    );
    expect(
      (await admin.post('/quan-tri/tai-khoan/them', { staffCode: 'KHONG-CO', userName: 'moi.pt' })).statusCode,
    ).toBe(422);
    expect((await admin.post('/quan-tri/tai-khoan/them', { staffCode, userName: '1 sai' })).statusCode).toBe(422);
    const made = await admin.post('/quan-tri/tai-khoan/them', { staffCode, userName: 'moi.pt' });
    const link = /\/dat-lai-mat-khau\/[\w.-]+/.exec(made.body)?.[0] ?? '';
    const password = 'Bong-Sen-No-Ro-2026';
    expect((await browserOf(t).post(link, { password, passwordAgain: password })).statusCode).toBe(200);
    await expect(signIn(t, 'moi.pt', password)).resolves.toBeDefined();
    expect((await admin.post('/quan-tri/tai-khoan/them', { staffCode, userName: 'khac.pt' })).statusCode).toBe(422);
  });

  it('exports what the filter shows, with formulas made harmless', async () => {
    await t.db.write((tx) => insertCitizen(tx, { name: '=cmd|calc' }));
    const { body, headers } = await admin.get('/quan-tri/tai-khoan/xuat/csv?loai=citizen');
    expect(headers['content-type']).toContain('text/csv');
    expect(body).toContain("'=cmd|calc");
    expect(body.split('\r\n').length).toBeGreaterThan(56);
    expect((await admin.get('/quan-tri/tai-khoan/xuat/exe')).statusCode).toBe(404);
  });

  it('answers nonsense with 404, never with an error of its own', async () => {
    for (const path of ['x', '01900000-0000-7000-8000-000000000000', '%00', "'"])
      expect((await admin.get(`/quan-tri/tai-khoan/${path}`)).statusCode).toBe(404);
  });

  it('records every act', async () => {
    const rows = await t.db.reader.raw<{ name: string }>(
      `select distinct name from platform.event where name like 'identity.%'`,
    );
    const names = rows.map((row) => row.name);
    for (const name of [
      'account-created',
      'account-locked',
      'account-unlocked',
      'password-link-issued',
      'password-changed',
      'accounts-exported',
    ])
      expect(names).toContain(`identity.${name}`);
  });
});

describe('an administrator’s password', () => {
  it('older than two months leads to changing it first; an official’s does not', async () => {
    const make = (userName: string, permissions: string[]) =>
      t.db.write(async (tx) =>
        insertOfficialAccount(tx, {
          ...(await insertOfficer(tx, { permissions })),
          userName,
          password: 'Sen-Vang-Trong-Ho-7',
        }),
      );
    await make('quan.tri.cu', ['identity.manage']);
    await make('can.bo.cu', ['dossiers.view']);
    const lastStop = async (login: string) =>
      (await signInWith(browserOf(t), login, 'Sen-Vang-Trong-Ho-7', '/lam-viec/dang-nhap')).trail.at(-1);
    expect(await lastStop('quan.tri.cu')).toBe('/lam-viec');
    await t.db.write((tx) =>
      tx.raw(`update identity.account set password_changed_at = password_changed_at - interval '61 days'`),
    );
    expect(await lastStop('quan.tri.cu')).toContain('/tai-khoan/mat-khau');
    expect(await lastStop('can.bo.cu')).toBe('/lam-viec');
  });
});

describe('accounts that nobody uses', () => {
  it('of officials are locked after 45 days; citizens’ stay open', async () => {
    const [official, citizen] = await t.db.write(async (tx) => [
      await insertOfficialAccount(tx, await insertOfficer(tx)),
      await insertCitizen(tx),
    ]);
    const status = async (id: string) =>
      (await t.db.reader.raw<{ status: string }>('select status from identity.account where id = $1', [id]))[0]?.status;
    const nightly = identitySchedules.find((one) => one.name === 'identity.housekeeping');
    t.db.clock.advance(44 * 86_400_000);
    await nightly?.run({ ...t.context, ...inContext });
    expect(await status(official?.id ?? '')).toBe('active');
    t.db.clock.advance(2 * 86_400_000);
    await nightly?.run({ ...t.context, ...inContext });
    expect(await status(official?.id ?? '')).toBe('locked');
    expect(await status(citizen?.id ?? '')).toBe('active');
  });
});

const run = (line: string) => {
  const command = [...identityCommands]
    .sort((a, b) => b.name.length - a.name.length)
    .find((one) => line.startsWith(one.name));
  const args = line.slice(command?.name.length).trim().split(' ').filter(Boolean);
  return command?.run(
    t.context,
    args.map((arg) => arg.replaceAll('_', ' ')),
  );
};

describe('the command line', () => {
  it('makes API clients whose tokens work until revoked', async () => {
    let printed = '';
    const write = process.stdout.write.bind(process.stdout);
    process.stdout.write = ((text: string) => Boolean((printed += text))) as typeof process.stdout.write;
    try {
      expect(await run('clients create cong-doi-tac --scopes dossiers.submit,dossiers.track')).toBe(0);
    } finally {
      process.stdout.write = write;
    }
    const token = printed.trim();
    expect(await resolveClient(t.db.reader, token, t.db.clock.now())).toMatchObject({
      kind: 'client',
      label: 'cong-doi-tac',
      scopes: ['dossiers.submit', 'dossiers.track'],
    });
    expect(await resolveClient(t.db.reader, `${token}x`, t.db.clock.now())).toBeNull();
    expect(await resolveClient(t.db.reader, 'sen_', t.db.clock.now())).toBeNull();
    const at = (days: number) => new Date(t.db.clock.now().getTime() + days * 86_400_000);
    const works = async (text: string, days: number) => (await resolveClient(t.db.reader, text, at(days))) !== null;
    expect([await works(token, 89), await works(token, 91)]).toEqual([true, false]);
    const renewed = (await t.db.write((tx) => renewClient(tx, 'cong-doi-tac', 30)))!;
    expect([await works(renewed, 29), await works(renewed, 31)]).toEqual([true, false]);
    // What the program still holds works for a day, and then no more.
    expect([await works(token, 0.9), await works(token, 1.1)]).toEqual([true, false]);
    for (const days of ['0', '366', 'x', "'"]) expect(await run(`clients renew cong-doi-tac --days ${days}`)).toBe(1);
    expect(await run('clients renew nobody')).toBe(1);
    expect(await run('clients list')).toBe(0);
    expect(await run('clients revoke cong-doi-tac')).toBe(0);
    expect(await works(renewed, 0)).toBe(false);
    expect(await resolveClient(t.db.reader, token, t.db.clock.now())).toBeNull();
    expect(await run('clients create x --scopes Bad!')).toBe(1);
    expect(await run('clients revoke nobody')).toBe(1);
  });

  it('says in one sentence what is wrong', async () => {
    expect(await run('accounts lock nobody')).toBe(1);
    expect(await run('accounts create-admin X')).toBe(1);
    expect(await run('accounts create ok.name --staff-code NONE')).toBe(1);
  });
});

describe('the demonstration', () => {
  it('makes every listed account once, and each of them signs in; closing them lets production start', async () => {
    for (const step of [...(organisations.demo ?? []), ...(identity.demo ?? []), ...(identity.demo ?? [])])
      await step.load(t.context);
    expect(await hasDemoAccounts(t.db.reader)).toBe(true);
    const roles = demoAccounts.map((account) => account.role);
    for (const role of ['citizen', 'business', 'front desk', 'specialist', 'head', 'administrator'])
      expect(roles).toContain(role);
    for (const account of demoAccounts) await expect(signIn(t, account.login, account.password)).resolves.toBeDefined();
    expect(await run('accounts create-admin quan.tri.that --name Nguyễn_Thị_Thật')).toBe(0);
    expect(await run('accounts close-demo')).toBe(0);
    expect(await hasDemoAccounts(t.db.reader)).toBe(false);
    await expect(signIn(t, demoAccounts[0]?.login ?? '', demoAccounts[0]?.password ?? '')).rejects.toThrow(
      'was refused',
    );
  }, 60_000);
});
