import { Readable } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadProvinceUnits } from '../../../foundation/organisations/index.ts';
import { newId } from '../../../platform/ids.ts';
import { testApp } from '../../../testing/app.ts';
import { signedInOfficial, type SignedIn } from '../../../testing/people.ts';
import { importCatalogue } from '../import-catalogue.ts';
import { insertImport } from '../import-queries.ts';
import { loadProvinceProcedures } from '../load-province.ts';
import { findProcedure, listVersions } from '../procedure-queries.ts';
import { publishProcedure, retireProcedure } from '../publish-procedure.ts';
import { listDefectCounts, listDefectWork } from './defect-queries.ts';
import type { DefectState } from './defect.ts';

const app = await testApp();
const { db } = app;
let editor: SignedIn;
let viewer: SignedIn;

async function read(...records: (object | string)[]) {
  const importId = newId();
  await db.write((tx) => insertImport(tx, { id: importId, fileName: 'danh-muc.jsonl', state: 'running' }));
  const body = records.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
  const context = { actor: { kind: 'system' as const, id: null, label: 'test' }, clock: db.clock };
  await importCatalogue(db, context, Readable.from([Buffer.from(body)]), { importId, fileName: 'danh-muc.jsonl' });
  return importId;
}
const all = { state: null, severity: null, kind: null, text: null, assigneeId: null, importId: null };
const work = (text: string | null = null) => listDefectWork(db.reader, { ...all, text }, 'nang', null, 500);
const stateOf = async (code: string, kind: string): Promise<DefectState | undefined> =>
  (await work(code)).find((one) => one.kind === kind)?.state;
/** Counted anew from the rows: what the kept counts must say. */
async function checkCounts() {
  const counted = new Map<string, number>();
  for (const { state, severity, kind } of await work()) {
    const key = `${state} ${severity} ${kind}`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  const kept = (await listDefectCounts(db.reader)).map((one) => [
    `${one.state} ${one.severity} ${one.kind}`,
    one.amount,
  ]);
  expect(new Map(kept as [string, number][])).toEqual(counted);
}

const good = {
  code: '9.000001',
  name: 'Đăng ký việc thử',
  field: 'Hộ tịch',
  level: ['Cấp xã'],
  type: 'Loại khác',
  decision: '1/QĐ',
  applicants: ['Công dân Việt Nam'],
  agency: 'Ủy ban nhân dân cấp xã',
  channels: [{ channel: 'Trực tiếp', time: '5 Ngày', fee: '8.000 đồng', note: null }],
  documents: [{ case: null, items: [{ name: 'Giấy chứng sinh', original: 1, copy: 0 }] }],
  steps: ['Nộp', 'Nhận'],
  results: [{ name: 'Giấy', code: 'KQ.1' }],
  legal_basis: ['60/2014/QH13'],
};
const withTime = (time: string, code = good.code) => ({ ...good, code, channels: [{ ...good.channels[0], time }] });

beforeAll(async () => {
  await loadProvinceUnits(app.context);
  await loadProvinceProcedures(app.context);
  editor = await signedInOfficial(app, ['procedures.edit'], { name: 'Ngô Thị Sửa' });
  viewer = await signedInOfficial(app, ['procedures.review']);
});

describe('defects of an import are work', () => {
  test('a defect opens, closes when the source repairs it, and opens again when it is back', async () => {
    await read(withTime('7'), withTime('5 Ngày', '9.000002'), 'xxx');
    expect(await stateOf('9.000001', 'time-unit-missing')).toBe('open');
    expect((await work()).some((one) => one.kind === 'not-json' && one.code === null)).toBe(true);
    await read(good);
    expect(await stateOf('9.000001', 'time-unit-missing')).toBe('fixed');
    await read(withTime('7'));
    const again = (await work('9.000001')).find((one) => one.kind === 'time-unit-missing')!;
    expect(again).toMatchObject({ state: 'open', reopened: 1, fixedBy: null });
    await checkCounts();
  });

  test('a file that leaves a procedure out says nothing about it', async () => {
    await read({ ...good, code: '9.000003' });
    expect(await stateOf('9.000001', 'time-unit-missing')).toBe('open');
    expect((await work()).find((one) => one.kind === 'not-json')?.state).toBe('fixed');
  });

  test('an accepted defect stays accepted until its words change', async () => {
    const one = (await work('9.000001')).find((row) => row.kind === 'time-unit-missing')!;
    expect((await editor.post('/quan-tri/thu-tuc/loi/xu-ly', { act: 'accept', id: one.id })).statusCode).toBe(422);
    const sent = { act: 'accept', id: one.id, reason: 'Luật ghi như vậy', 'trang-thai': 'todo' };
    expect((await editor.post('/quan-tri/thu-tuc/loi/xu-ly', sent)).statusCode).toBe(303);
    await read(withTime('7'));
    expect(await stateOf('9.000001', 'time-unit-missing')).toBe('accepted');
    await read(withTime('9'));
    expect(await stateOf('9.000001', 'time-unit-missing')).toBe('open');
    await checkCounts();
  });

  test('a published version that puts it right closes it, whatever the source still says, until it is withdrawn', async () => {
    const code = '1.001193';
    await read({ ...withTime('7'), code });
    expect(await stateOf(code, 'time-unit-missing')).toBe('open');
    const version = (await findProcedure(db.reader, code, '2026-11-23'))!;
    await db.write((tx) => retireProcedure(tx, { versionId: version.versionId, reason: 'thử' }));
    await db.write((tx) => publishProcedure(tx, { versionId: version.versionId }));
    expect(await stateOf(code, 'time-unit-missing')).toBe('fixed');
    await read({ ...withTime('7'), code });
    expect(await stateOf(code, 'time-unit-missing')).toBe('fixed');
    await db.write((tx) => retireProcedure(tx, { versionId: version.versionId, reason: 'thử lại' }));
    expect(await stateOf(code, 'time-unit-missing')).toBe('open');
    await db.write((tx) => publishProcedure(tx, { versionId: version.versionId }));
    await checkCounts();
  });

  test('is listed, filtered, sorted, assigned in bulk and exported; only who may write changes it', async () => {
    const page = await editor.get('/quan-tri/thu-tuc/loi?muc-do=1&sap-xep=ma');
    expect(page.body).toContain('Thời hạn không có đơn vị');
    expect(page.body).toContain('Tra quyết định công bố');
    expect(page.body).toContain('/soan?muc=cach-thuc');
    const ids = (await work('9.00000'))
      .filter((one) => one.state === 'open')
      .map((one) => ['id', one.id] as [string, string]);
    expect(ids.length).toBeGreaterThan(0);
    const assign = [['act', 'assign'], ['to', editor.officerId], ...ids] as [string, string][];
    expect((await viewer.post('/quan-tri/thu-tuc/loi/xu-ly', assign)).statusCode).toBe(403);
    expect(
      (await editor.post('/quan-tri/thu-tuc/loi/xu-ly', [['act', 'assign'], ['to', 'x'], ...ids])).statusCode,
    ).toBe(422);
    expect((await editor.post('/quan-tri/thu-tuc/loi/xu-ly', { act: 'assign', to: editor.officerId })).statusCode).toBe(
      422,
    );
    expect((await editor.post('/quan-tri/thu-tuc/loi/xu-ly', assign)).statusCode).toBe(303);
    expect((await editor.get('/quan-tri/thu-tuc/loi?giao=toi')).body).toContain('Ngô Thị Sửa');
    await checkCounts();
    const reopened = [['act', 'reopen'], ...ids] as [string, string][];
    await editor.post('/quan-tri/thu-tuc/loi/xu-ly', reopened);
    expect((await work('9.000001')).every((one) => one.assignee === null)).toBe(true);
    const csv = await viewer.get('/quan-tri/thu-tuc/loi/xuat/csv?trang-thai=all');
    expect(csv.body).toContain('9.000001');
    for (const query of ['sau=%00', 'sau=1__x', 'muc-do=x', 'lan-nhap=1', 'loi=%27--', 'ma=%25%5C'])
      expect((await editor.get(`/quan-tri/thu-tuc/loi?${query}`)).statusCode).toBe(200);
    expect((await editor.get('/en/quan-tri/thu-tuc/loi')).body).toContain('Defects to put right');
    await checkCounts();
  });

  test('every page of a long list is reached, each defect once', async () => {
    await read(...Array.from({ length: 120 }, (_, n) => withTime('7', `8.${String(n).padStart(6, '0')}`)));
    const seen = new Set<string>();
    let url = '/quan-tri/thu-tuc/loi?ma=8.';
    for (let pages = 0; pages < 10 && url !== ''; pages += 1) {
      const { body } = await editor.get(url);
      for (const match of body.matchAll(/name="id" value="([^"]+)"/g)) {
        expect(seen.has(match[1]!)).toBe(false);
        seen.add(match[1]!);
      }
      const link = /<a [^>]*rel="next"[^>]*>/.exec(body)?.[0] ?? '';
      url = (/href="([^"]*)"/.exec(link)?.[1] ?? '').replaceAll('&amp;', '&');
    }
    expect(seen.size).toBe((await work('8.')).length);
    expect((await listVersions(db.reader, '8.000000')).length).toBe(1);
  });
});
