import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { importCalendarFile } from '../../engines/calendar/index.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial } from '../../testing/people.ts';
import { defineEvent, publish } from '../../platform/events.ts';
import { defineJob, enqueue } from '../../platform/jobs.ts';
import { paths } from '../../ui/paths.ts';

const app = await testApp();
const { db } = app;
await db.write((tx) => importCalendarFile(tx, JSON.parse(readFileSync('province/nghe-an/calendar.json', 'utf8'))));
const chief = await signedInOfficial(app, ['events.view', 'operations.view', 'operations.manage'], {
  name: 'Lê Thị Mai',
});
const clerk = await signedInOfficial(app, ['dossiers.receive']);
const citizen = await signedInCitizen(app);
const touched = defineEvent<{ note: string }>('test.touched', { vi: 'Việc thử nghiệm', en: 'Thing touched' });

describe('the event log', async () => {
  await db.write(async (tx) => {
    for (let n = 0; n < 120; n++)
      publish(tx, touched, {
        subject: { kind: 'thing', id: `t-${n}` },
        payload: { note: `=cmd|' /C calc'!A0 <b>${n}` },
      });
  });
  test('is shown to those who may see it, and to nobody else', async () => {
    expect((await chief.get(paths.adminEvents())).body).toContain('Việc thử nghiệm');
    expect((await chief.get(`/en${paths.adminEvents()}`)).body).toContain('Thing touched');
    expect((await clerk.get(paths.adminEvents())).statusCode).toBe(403);
    expect((await citizen.get(paths.adminEvents())).statusCode).toBe(403);
    expect((await app.app.inject(paths.adminEvents())).statusCode).toBe(303);
  });
  test('pages by keyset without losing or repeating a line', async () => {
    const seen: string[] = [];
    let url: string | null = paths.adminEvents({ viec: 'test.' });
    for (let pages = 0; url && pages < 10; pages++) {
      const { body } = await chief.get(url);
      seen.push(...[...body.matchAll(/thing (t-\d+)/g)].map((m) => m[1] ?? ''));
      const next = /href="([^"]*sau=[^"]*)"/.exec(body)?.[1];
      url = next ? next.replaceAll('&amp;', '&') : null;
    }
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
  });
  test('filters, and does not stumble over hostile filters', async () => {
    expect((await chief.get(paths.adminEvents({ 'doi-tuong': 't-7' }))).body.match(/thing t-/g)).toHaveLength(1);
    for (const query of ['tu=2026-13-99', 'den=x', "viec=' or 1=1--", 'sau=1_2_3', 'sau=NaN_NaN', 'sau=9e99_1'])
      expect((await chief.get(`${paths.adminEvents()}?${query}`)).statusCode).toBe(200);
  });
  test('is exported without formulas, and the export is recorded', async () => {
    const csv = await chief.get(paths.adminEventsExport({ format: 'csv' }, { viec: 'test.touched' }));
    expect(csv.headers['content-type']).toContain('text/csv');
    expect(csv.body.split('\r\n')).toHaveLength(122);
    expect((await chief.get(paths.adminEventsExport({ format: 'xlsx' }))).rawPayload.subarray(0, 2).toString()).toBe(
      'PK',
    );
    expect((await chief.get(paths.adminEventsExport({ format: 'exe' }))).statusCode).toBe(404);
    expect((await chief.get(paths.adminEvents({ viec: 'operations.events-exported' }))).body).toContain('Lê Thị Mai');
  });
});

describe('jobs', () => {
  test('that were given up can be run again or dropped', async () => {
    const job = defineJob<{ n: number }>('test.lost', { maxAttempts: 1, run: async () => {} });
    await db.write(async (tx) => [1, 2].forEach((n) => enqueue(tx, job, { n })));
    await db.reader.raw(
      `update graphile_worker._private_jobs set attempts = max_attempts, last_error = 'no answer <script>' where task_id = (select id from graphile_worker._private_tasks where identifier = 'test.lost')`,
    );
    const { body } = await chief.get(paths.adminJobs({ loai: 'dead' }));
    expect(body).toContain('no answer &lt;script');
    const ids = [...body.matchAll(/name="id"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="id"/g)].map(
      (m) => m[1] ?? m[2] ?? '',
    );
    expect(ids).toHaveLength(2);
    const [first = '', second = ''] = ids;
    expect((await clerk.post(paths.adminJobsBulk(), { id: first, viec: 'bo' })).statusCode).toBe(403);
    expect((await chief.post(paths.adminJobsBulk(), { id: first, viec: 'bo' })).statusCode).toBe(303);
    expect((await chief.post(paths.adminJobsBulk(), { id: second, viec: 'chay-lai' })).statusCode).toBe(303);
    const rows = await db.reader.raw<{ attempts: number }>(
      `select attempts from graphile_worker._private_jobs where task_id = (select id from graphile_worker._private_tasks where identifier = 'test.lost')`,
    );
    expect(rows).toEqual([{ attempts: 0 }]);
  });
});

describe('planned downtime', () => {
  const fields = {
    tu: '2026-12-05T22:00',
    den: '2026-12-06T02:00',
    'noi-dung': 'Bảo trì máy chủ <b>đêm</b> 5/12',
    'noi-dung-en': 'Maintenance',
    'phien-ban': '0',
  };
  test('is checked, and what was typed is kept', async () => {
    for (const wrong of [
      { tu: '' },
      { den: '2026-12-05T21:00' },
      { 'noi-dung': '' },
      { 'noi-dung-en': 'x'.repeat(501) },
      { tu: 'tomorrow' },
    ]) {
      const answer = await chief.post(paths.adminDowntime(), { ...fields, ...wrong });
      expect(answer.statusCode).toBe(422);
      expect(answer.body).toContain('govuk-error-summary');
      expect(answer.body).toContain('2026-12-0');
    }
  });
  test('stands on every page once announced, and a second administrator cannot overwrite it unseen', async () => {
    expect((await chief.post(paths.adminDowntime(), fields)).statusCode).toBe(303);
    expect((await app.app.inject('/khong-co-trang-nay')).body).toContain('Bảo trì máy chủ &lt;b>đêm');
    expect((await chief.post(paths.adminDowntime(), fields)).statusCode).toBe(409);
    const { body } = await chief.get(paths.adminDowntime());
    expect(body).not.toContain('gần hơn 7 ngày làm việc');
    expect((await chief.post(paths.adminDowntimeCancel(), { 'phien-ban': '1' })).statusCode).toBe(303);
    expect((await app.app.inject('/khong-co-trang-nay')).body).not.toContain('Bảo trì máy chủ');
    await chief.post(paths.adminDowntime(), { ...fields, tu: '2026-11-25T22:00', 'phien-ban': '2' });
    expect((await chief.get(paths.adminDowntime())).body).toContain('gần hơn 7 ngày làm việc');
  });
});
