import { beforeAll, describe, expect, it } from 'vitest';
import { definedActs } from '../../platform/assurance.ts';
import { testApp } from '../../testing/app.ts';
import notifications from '../notifications/module.ts';
import organisations from '../organisations/module.ts';
import { ruleOfAct } from './assurance-queries.ts';
import { policy, policyFigures, readPolicy } from './identity-policy.ts';
import identity from './module.ts';
import { browserOf, insertOfficer, insertOfficialAccount, sessionFor, type Browser } from './testing.ts';

const t = await testApp({ modules: [organisations, notifications, identity] });
const at = '/quan-tri/tai-khoan/muc-do-xac-minh';
const day = (offset: number): string =>
  new Date(t.db.clock.now().getTime() + offset * 86_400_000 + 7 * 3_600_000).toISOString().slice(0, 10);
const rule = {
  act: 'identity.export-people',
  level: '3',
  freshMinutes: '5',
  validFrom: day(0),
  basis: 'Quyết định 12/QĐ-UBND, Điều 3',
};
let admin: Browser;
let other: Browser;

beforeAll(async () => {
  const [manager, officer] = await t.db.write(async (tx) => [
    await insertOfficialAccount(
      tx,
      await insertOfficer(tx, { name: 'Hồ Quản Trị', permissions: ['identity.manage'], reach: 'all' }),
    ),
    await insertOfficialAccount(tx, await insertOfficer(tx, { name: 'Cán Bộ Thường' })),
  ]);
  [admin, other] = [browserOf(t), browserOf(t)];
  admin.cookies.set('sen_session', (await sessionFor(t.db, manager!)).token);
  other.cookies.set('sen_session', (await sessionFor(t.db, officer!)).token);
});

describe('the rules of levels', () => {
  it('start with what the program asks for, for every act', async () => {
    const { statusCode, body } = await admin.get(at);
    expect(statusCode).toBe(200);
    for (const act of definedActs()) expect(body).toContain(act.title.vi);
    expect(body).toContain('Chưa ban hành quy tắc nào');
    expect((await admin.get(`/en${at}`)).body).toContain('The program’s default');
  });

  it('are made for an act and count from their day, at once in this process', async () => {
    expect((await ruleOfAct(t.db.reader, rule.act, t.db.clock.now()))?.level).toBeUndefined();
    const later = { ...rule, level: '1', freshMinutes: '', validFrom: day(30) };
    expect((await admin.post(at, rule)).statusCode).toBe(303);
    expect((await admin.post(at, later)).statusCode).toBe(303);
    expect(await ruleOfAct(t.db.reader, rule.act, t.db.clock.now())).toMatchObject({ level: 3, freshMinutes: 5 });
    const then = new Date(t.db.clock.now().getTime() + 31 * 86_400_000);
    expect(await ruleOfAct(t.db.reader, rule.act, then)).toMatchObject({ level: 1, freshMinutes: null });
    const { body } = await admin.get(at);
    expect(body).toContain('Quyết định 12/QĐ-UBND, Điều 3');
    expect(body).toContain('Hồ Quản Trị');
    expect(body).toContain('Sắp áp dụng');
    const events = await t.db.reader.raw<{ n: number }>(
      `select count(*) as n from platform.event where name = 'identity.assurance-rule-added'`,
    );
    expect(events[0]?.n).toBe(2);
  });

  it('are taken back only before their first day', async () => {
    const rows = await t.db.reader.raw<{ id: string; from: string }>(
      `select id, valid_from::text as "from" from identity.assurance_rule order by valid_from`,
    );
    const [current, coming] = rows;
    expect((await admin.post(`${at}/${current?.id}/rut-lai`, {})).statusCode).toBe(404);
    expect((await other.post(`${at}/${coming?.id}/rut-lai`, {})).statusCode).toBe(403);
    expect((await admin.post(`${at}/${coming?.id}/rut-lai`, {})).statusCode).toBe(303);
    expect((await admin.post(`${at}/${coming?.id}/rut-lai`, {})).statusCode).toBe(404);
    for (const id of ['x', "'", '%00', '../..'])
      expect((await admin.post(`${at}/${encodeURIComponent(id)}/rut-lai`, {})).statusCode).toBe(404);
  });

  it('refuse what is wrong, keep what was typed and write nothing', async () => {
    const wrong: [Record<string, string>, string][] = [
      [{ act: 'x' }, 'Hãy chọn việc'],
      [{ level: '4' }, 'Hãy chọn mức'],
      [{ freshMinutes: '0' }, 'số nguyên từ 1 đến 720'],
      [{ freshMinutes: '1e2' }, 'số nguyên từ 1 đến 720'],
      [{ freshMinutes: '-5' }, 'số nguyên từ 1 đến 720'],
      [{ validFrom: '2026-02-30' }, 'Hãy nhập ngày'],
      [{ validFrom: '0000-00-00' }, 'Hãy nhập ngày'],
      [{ validFrom: day(-1) }, 'trong quá khứ'],
      [{ validFrom: day(0) }, 'đã có một quy tắc'],
      [{ basis: ' \u0000 ' }, 'Hãy ghi căn cứ'],
      [{ basis: 'x'.repeat(501) }, 'Hãy ghi căn cứ'],
    ];
    for (const [change, message] of wrong) {
      const answer = await admin.post(at, { ...rule, validFrom: day(3), basis: '<b>Điều 9</b>', ...change });
      expect([answer.statusCode, answer.body.includes(message)], JSON.stringify(change)).toEqual([422, true]);
      const kept = 'basis' in change || answer.body.includes('&lt;b>Điều 9&lt;/b>');
      expect(kept, JSON.stringify(change)).toBe(true);
    }
    expect(await t.db.reader.raw('select id from identity.assurance_rule')).toHaveLength(1);
  });

  it('are for administrators only', async () => {
    expect((await other.get(at)).statusCode).toBe(403);
    expect((await other.post(at, rule)).statusCode).toBe(403);
    expect((await browserOf(t).get(at)).statusCode).toBe(303);
  });
});

describe('the page of figures', () => {
  it('shows each figure of this process with what may be chosen', async () => {
    const { statusCode, body } = await admin.get('/quan-tri/tai-khoan/quy-dinh');
    expect(statusCode).toBe(200);
    for (const { variable } of policyFigures(policy)) expect(body).toContain(variable ?? 'Cố định');
    expect((await admin.get('/en/quan-tri/tai-khoan/quy-dinh')).body).toContain('Account rules in force');
    expect((await other.get('/quan-tri/tai-khoan/quy-dinh')).statusCode).toBe(403);
  });

  it('names the side on which a figure is strict as the settings do', () => {
    const at_ = readPolicy({ SEN_LOCKOUT_FAILURES: '3', SEN_OFFICIAL_PASSWORD_LENGTH: '20' });
    const figures = new Map(policyFigures(at_).map((figure) => [figure.key, figure]));
    expect(figures.get('lockoutFailures')).toMatchObject({ value: 3, bound: { atLeast: false, value: 5 } });
    expect(figures.get('officialPasswordLength')).toMatchObject({ value: 20, bound: { atLeast: true, value: 14 } });
    expect(figures.get('codeMinutes')).toMatchObject({ bound: null, variable: null });
  });
});
