import { beforeAll, describe, expect, test } from 'vitest';
import { loadProvinceUnits } from '../../../foundation/organisations/index.ts';
import { testApp } from '../../../testing/app.ts';
import { signedInOfficial, type SignedIn } from '../../../testing/people.ts';
import { loadProvinceProcedures } from '../load-province.ts';
import { findProcedure, listVersions } from '../procedure-queries.ts';
import type { Procedure } from '../procedure.ts';
import { checkReadiness, verdictOf, type ReadinessFacts } from './readiness.ts';
import { listLines, listUpgrades } from './upgrade-queries.ts';

const app = await testApp();
const at = '/quan-tri/thu-tuc/nang-muc';
const TODAY = '2026-11-23';
let admin: SignedIn;
let partial: Procedure[];

beforeAll(async () => {
  await loadProvinceUnits(app.context);
  await loadProvinceProcedures(app.context);
  admin = await signedInOfficial(app, ['procedures.manage']);
  const codes = await app.db.reader.raw<{ code: string }>(
    `select p.code from procedures.procedure p join procedures.procedure_version v on v.procedure_id = p.id where v.online_scope = 'partial' order by p.code`,
  );
  partial = [];
  for (const { code } of codes) partial.push((await findProcedure(app.db.reader, code, TODAY))!);
});

const decision = { muc: 'full', 'thanh-toan': 'co', decisionNumber: '45/QĐ-UBND', decisionDate: '20/11/2026', validFrom: '23/11/2026' }; // prettier-ignore
const pairs = (values: Record<string, string>, ids: readonly string[]): [string, string][] => [
  ...(Object.entries(values) as [string, string][]),
  ...ids.map((id): [string, string] => ['id', id]),
];
const newest = async () => (await listUpgrades(app.db.reader, null, 1))[0]!;

describe('levels of online service are raised together', () => {
  test('a rule that cannot know says doubtful, one that is broken says why', () => {
    const procedure = partial[0]!;
    const base: ReadinessFacts = {
      procedure: { ...procedure, partialReason: null },
      form: { isInForce: true, errors: 0 },
      offers: 3,
      lostForce: [],
      paysOnline: true,
      scope: 'full',
    };
    const of = (facts: Partial<ReadinessFacts>, rule: string) =>
      checkReadiness({ ...base, ...facts }, TODAY).find((one) => one.rule === rule);
    expect(of({ form: null }, 'form')?.verdict).toBe('failed');
    expect(of({ form: { isInForce: true, errors: 2 } }, 'form-clean')).toMatchObject({ verdict: 'failed', about: ['2'] });
    expect(of({ offers: 0 }, 'offers')?.verdict).toBe('failed');
    expect(of({ lostForce: ['1/NĐ'] }, 'legal-basis')).toMatchObject({ verdict: 'failed', about: ['1/NĐ'] });
    const { content } = procedure;
    const long = { ...procedure, content: { ...content, steps: { steps: content.steps!.steps.map((step) => ({ ...step, hours: 900 })) } } };
    expect(of({ procedure: long }, 'steps-time')?.verdict).toBe('failed');
    const unsaid = { ...procedure, content: { ...content, channels: content.channels.filter((one) => one.kind !== 'post'), results: [{ name: { vi: 'x' }, code: null }] } };
    expect(of({ procedure: unsaid }, 'result')?.verdict).toBe('doubtful');
    // A rule is not asked before its day.
    expect(checkReadiness(base, '2020-01-01').some((one) => one.rule === 'presence')).toBe(false);
    expect(verdictOf([])).toBe('met');
  }); // prettier-ignore

  test('lists what is below the level, with what is in the way', async () => {
    const list = await admin.get(`${at}/moi?muc=full&thanh-toan=co`);
    expect(list.statusCode).toBe(200);
    for (const one of partial.slice(0, 3)) expect(list.body).toContain(one.code);
    expect(list.body).not.toContain('/quan-tri/thu-tuc/1.001193"');
    expect((await admin.get(`${at}/moi?muc=x&sau=%00&tim=%25&linh-vuc='`)).statusCode).toBe(200);
    const clerk = await signedInOfficial(app, ['procedures.edit']);
    expect((await clerk.get(at)).statusCode).toBe(403);
  });

  test('a preview changes nothing; wrong input keeps what was chosen', async () => {
    const ids = partial.map((one) => one.versionId);
    const preview = await admin.post(`${at}/xem-truoc`, pairs({ muc: 'full', 'thanh-toan': 'co' }, ids));
    expect(preview.body).toContain('Xem trước khi nâng mức');
    expect((await admin.post(`${at}/xem-truoc`, { muc: 'full' })).statusCode).toBe(422);
    const wrong = await admin.post(
      at,
      pairs({ ...decision, decisionNumber: '', validFrom: '01/01/2020', mode: 'x' }, ids),
    );
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('01/01/2020');
    expect(wrong.body).toContain(ids[0]!);
    expect(await listUpgrades(app.db.reader, null, 5)).toEqual([]);
  });

  test('what is ready is published by the decision, what is not is told; the whole is undone', async () => {
    const ids = partial.map((one) => one.versionId);
    const done = await admin.post(at, pairs({ ...decision, mode: 'publish' }, ids));
    expect(done.statusCode).toBe(303);
    const upgrade = await newest();
    const lines = await listLines(app.db.reader, upgrade.id);
    expect(lines).toHaveLength(partial.length);
    expect(upgrade.upgraded + upgrade.refused).toBe(partial.length);
    for (const line of lines) {
      const now = (await findProcedure(app.db.reader, line.code, TODAY))!;
      const isUp = line.outcome === 'upgraded';
      expect(isUp).toBe(line.findings.every((one) => one.verdict !== 'failed'));
      expect(now.onlineScope).toBe(isUp ? 'full' : 'partial');
      expect(now.decisionNumber === '45/QĐ-UBND').toBe(isUp);
    }
    const report = await admin.get(`${at}/${upgrade.id}`);
    expect(report.body).toContain('45/QĐ-UBND');
    expect((await admin.get(`${at}/${upgrade.id}/xuat/csv`)).body).toContain(lines[0]!.code);
    expect((await admin.post(`${at}/${upgrade.id}/hoan-tac`, { reason: '' })).statusCode).toBe(422);
    expect((await admin.post(`${at}/${upgrade.id}/hoan-tac`, { reason: 'Nhầm quyết định' })).statusCode).toBe(303);
    for (const before of partial) {
      const now = (await findProcedure(app.db.reader, before.code, TODAY))!;
      expect(now.onlineScope).toBe('partial');
      expect(now.validTo).toBe(before.validTo);
    }
    expect((await admin.post(`${at}/${upgrade.id}/hoan-tac`, { reason: 'lần nữa' })).statusCode).toBe(409);
    expect((await admin.get(`${at}/khong-co`)).statusCode).toBe(404);
  });

  test('as drafts: each goes to the review, and undoing takes the drafts away', async () => {
    // Make sure that one is ready: nothing is in its way but the reason why it was partial.
    const ready = await admin.post(`${at}/xem-truoc`, { act: 'all', muc: 'partial', 'thanh-toan': 'co' });
    expect([200, 422]).toContain(ready.statusCode);
    const ids = partial.map((one) => one.versionId);
    await admin.post(at, pairs({ ...decision, mode: 'draft' }, ids));
    const upgrade = await newest();
    const raised = (await listLines(app.db.reader, upgrade.id)).filter((line) => line.outcome === 'upgraded');
    for (const line of raised) {
      const [draft] = await listVersions(app.db.reader, line.code);
      expect(draft).toMatchObject({ status: 'draft', onlineScope: 'full' });
    }
    await admin.post(`${at}/${upgrade.id}/hoan-tac`, { reason: 'Thôi' });
    for (const line of raised) expect((await listVersions(app.db.reader, line.code))[0]!.status).not.toBe('draft');
  });
});
