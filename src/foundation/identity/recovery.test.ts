import { describe, expect, it } from 'vitest';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial, type SignedIn } from '../../testing/people.ts';
import { insertFactor } from './factor-queries.ts';
import { warnInactiveAccounts } from './manage-account.ts';
import { newId } from '../../platform/ids.ts';
import { passwordFault } from './password-rules.ts';
import { readPolicy } from './identity-policy.ts';
import { finishRecoveries } from './recover-account.ts';
import { isInside, levelOfMethods, mustHaveFactor } from './assurance.ts';

const t = await testApp();

async function withFactor(accountId: string): Promise<void> {
  await t.db.write((tx) =>
    insertFactor(tx, { id: newId(), accountId, kind: 'app', name: 'x', secret: Buffer.from('x') }),
  );
}
const factors = async (accountId: string) =>
  (await t.db.reader.raw('select 1 from identity.factor where account_id = $1', [accountId])).length;
const told = async (accountId: string) =>
  (
    await t.db.reader.raw<{ template: string }>(
      `select distinct template from notifications.message where subject_id = $1 and template like 'identity.recovery-%' order by 1`,
      [accountId],
    )
  ).map(({ template }) => template.replace('identity.recovery-', ''));
const finish = () => inTransaction(t.db, { actor: systemActor('test'), clock: t.db.clock }, finishRecoveries);
const administrator = () => signedInOfficial(t, ['identity.manage'], { reach: 'all' });
const act = (who: SignedIn, accountId: string, action: string, fields: Record<string, string> = {}) =>
  who.post(`/quan-tri/tai-khoan/${accountId}/${action}`, fields);

describe('a lost factor', () => {
  it('is taken away by two administrators after a time of waiting, and the owner hears of each step', async () => {
    const [one, two] = [await administrator(), await administrator()];
    const owner = await signedInCitizen(t);
    await withFactor(owner.account.id);
    const ask = (reason: string) => act(one, owner.account.id, 'khoi-phuc', { recoveryReason: reason });
    expect((await ask(' ')).statusCode).toBe(422);
    expect((await ask('<b>Mất điện thoại</b>')).statusCode).toBe(303);
    expect((await ask('lần nữa')).statusCode).toBe(409);
    expect((await act(one, owner.account.id, 'duyet-khoi-phuc')).statusCode).toBe(409);
    expect((await two.get('/quan-tri/tai-khoan')).body).toContain('Yêu cầu khôi phục tài khoản đang chờ');
    expect((await act(two, owner.account.id, 'duyet-khoi-phuc')).statusCode).toBe(303);
    expect(await finish()).toBe(0);
    expect(await factors(owner.account.id)).toBe(1);
    t.db.clock.advance(25 * 3_600_000);
    expect(await finish()).toBe(1);
    expect(await finish()).toBe(0);
    expect(await factors(owner.account.id)).toBe(0);
    expect((await owner.get('/tai-khoan/bao-mat')).headers.location).toContain('/dang-nhap');
    expect(await told(owner.account.id)).toEqual(['approved', 'asked', 'done']);
  });

  it('stays when the owner stops it, or an administrator refuses', async () => {
    const [one, two] = [await administrator(), await administrator()];
    const owner = await signedInCitizen(t);
    await withFactor(owner.account.id);
    await act(one, owner.account.id, 'khoi-phuc', { recoveryReason: 'x' });
    await act(two, owner.account.id, 'duyet-khoi-phuc');
    expect((await owner.get('/tai-khoan/bao-mat')).body).toContain('Dừng lại');
    await owner.post('/tai-khoan/bao-mat/khoi-phuc/dung', {});
    t.db.clock.advance(25 * 3_600_000);
    await finish();
    expect(await factors(owner.account.id)).toBe(1);
    expect(await told(owner.account.id)).toEqual(['approved', 'asked', 'stopped']);
  });

  it('of an administrator is not for that administrator to take away', async () => {
    const [one, two] = [await administrator(), await administrator()];
    await withFactor(one.account.id);
    expect((await act(two, two.account.id, 'khoi-phuc', { recoveryReason: 'x' })).statusCode).toBe(409);
    await act(two, one.account.id, 'khoi-phuc', { recoveryReason: 'x' });
    expect((await act(one, one.account.id, 'duyet-khoi-phuc')).statusCode).toBe(403); // asked to prove again first
    const rows = await t.db.reader.raw('select 1 from identity.recovery_request where account_id = $1 and state = $2', [
      one.account.id,
      'asked',
    ]);
    expect(rows).toHaveLength(1);
  });

  it('is taken away at the counter by the identity paper, and nothing else', async () => {
    const clerk = await signedInOfficial(t, ['identity.recover-at-counter']);
    const owner = await signedInCitizen(t, { name: 'Hồ Thị Sương' });
    await withFactor(owner.account.id);
    const [person] = await t.db.reader.raw<{ n: string }>(
      'select identity_number as n from identity.person where account_id = $1',
      [owner.account.id],
    );
    const right = {
      identityNumber: person?.n ?? '',
      fullName: ' hồ thị  SƯƠNG',
      paper: 'identity-card',
      checked: 'yes',
    };
    const send = (fields: Record<string, string>) => clerk.post('/lam-viec/mot-cua/khoi-phuc', { ...right, ...fields });
    for (const wrong of [
      { identityNumber: '' },
      { identityNumber: "' or 1=1" },
      { fullName: 'Người Khác' },
      { paper: 'library-card' },
      { checked: 'no' },
    ])
      expect((await send(wrong)).statusCode).toBe(422);
    expect(await factors(owner.account.id)).toBe(1);
    expect((await owner.post('/lam-viec/mot-cua/khoi-phuc', right)).statusCode).toBe(403);
    expect((await send({})).body).toContain('Đã gỡ cách xác minh hai bước');
    expect(await factors(owner.account.id)).toBe(0);
    const events = await t.db.reader.raw<{ actor_id: string; payload: { paper: string } }>(
      `select actor_id, payload from platform.event where name = 'identity.recovered-at-counter' and subject_id = $1`,
      [owner.account.id],
    );
    expect(events).toEqual([{ actor_id: clerk.officerId, payload: { paper: 'identity-card' } }]);
  });
});

describe('account rules', () => {
  it('ask officials with a second factor for eight signs, others for fourteen of four classes', () => {
    expect(passwordFault('bảy chữ', 'official', [], true)).toBe('too-short');
    expect(passwordFault('tám chữ ở đây', 'official', [], true)).toBeNull();
    expect(passwordFault('tám chữ ở đây', 'official', [])).toBe('too-short');
  });

  it('are read in one policy and never loosened', () => {
    expect(readPolicy({ SEN_RECOVERY_WAIT_HOURS: '48' }).recoveryWaitHours).toBe(48);
    for (const [name, value] of [
      ['SEN_REMEMBERED_PASSWORDS', '9'],
      ['SEN_ADMIN_PASSWORD_DAYS', '61'],
      ['SEN_RECOVERY_WAIT_HOURS', '0'],
      ['SEN_OFFICIAL_PASSWORD_LENGTH_WITH_FACTOR', '7'],
    ] as const)
      expect(() => readPolicy({ [name]: value })).toThrow(name);
  });

  it('warn an official once, a week before the account is locked for not being used', async () => {
    const official = await signedInOfficial(t, ['dossiers.view']);
    const warned = async () =>
      (
        await t.db.reader.raw(
          `select 1 from notifications.message where template = 'identity.inactive-soon' and subject_id = $1`,
          [official.account.id],
        )
      ).length;
    const run = () => inTransaction(t.db, { actor: systemActor('test'), clock: t.db.clock }, warnInactiveAccounts);
    await run();
    expect(await warned()).toBe(0);
    t.db.clock.advance(39 * 86_400_000);
    await run();
    await run();
    expect(await warned()).toBe(1);
  });
});

describe('a compulsory second factor', () => {
  const rules = { secondFactor: 'required' as const, provinceNetworks: ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7'] };
  const official = { kind: 'official' as const, grants: new Map<string, 'all'>() } as never;
  const admin = { kind: 'official' as const, grants: new Map([['identity.manage', 'all']]) } as never;

  it('is for administrators everywhere and for officials from outside', () => {
    expect(mustHaveFactor(admin, '10.1.2.3', rules)).toBe(true);
    expect(mustHaveFactor(official, '10.1.2.3', rules)).toBe(false);
    expect(mustHaveFactor(official, '::ffff:10.1.2.3', rules)).toBe(false);
    expect(mustHaveFactor(official, '203.0.113.9', rules)).toBe(true);
    expect(mustHaveFactor({ kind: 'citizen', grants: new Map() } as never, '203.0.113.9', rules)).toBe(false);
    expect(mustHaveFactor(admin, '203.0.113.9', { ...rules, secondFactor: 'offered' })).toBe(false);
  });

  it.each([
    ['192.0.2.7', true],
    ['192.0.2.8', false],
    ['2001:db8::1', true],
    ['2001:db9::1', false],
    ['', false],
    ['10.1.2.3, 8.8.8.8', false],
    ['localhost', false],
  ])('takes %j for inside: %j', (address, inside) => {
    expect(isInside(address, rules.provinceNetworks)).toBe(inside);
    expect(isInside(address, [])).toBe(false);
  });

  it('counts the national identity above all', () => {
    expect(levelOfMethods(['national'])).toBe(3);
    expect(levelOfMethods(['pwd', 'otp', 'mfa'])).toBe(2);
    expect(levelOfMethods(['pwd'])).toBe(1);
  });
});

describe('a compulsory second factor, at the door', () => {
  it('leads an administrator who has none to set one up, and lets in afterwards', async () => {
    Object.assign(t.context.config, { secondFactor: 'required' });
    try {
      const who = await administrator();
      const stopped = await who.get('/quan-tri/tai-khoan');
      expect(stopped.headers.location).toContain('/xac-minh-lai?ve=%2Fquan-tri%2Ftai-khoan&thiet-lap=1');
      expect((await who.get(stopped.headers.location ?? '')).body).toContain('Thêm ứng dụng tạo mã');
      expect((await who.get('/tai-khoan/bao-mat/ung-dung')).statusCode).toBe(200);
      await t.db.reader.raw(`update platform.session set assurance = 2 where account_id = $1`, [who.account.id]);
      expect((await who.get('/quan-tri/tai-khoan')).statusCode).toBe(200);
    } finally {
      Object.assign(t.context.config, { secondFactor: 'offered' });
    }
  });
});
