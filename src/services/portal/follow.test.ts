import { beforeAll, expect, test } from 'vitest';
import { anOfficer } from '../dossiers/testing.ts';
import { requestSupplement } from '../dossiers/index.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen } from '../../testing/people.ts';
import { fillBirth, hiddenPairs, birthAnswers, loadProvince, postFiles, smallPdf, startAt } from './testing.ts';

const app = await testApp();

beforeAll(async () => {
  await loadProvince(app);
}, 120_000);

async function submitted() {
  const person = await signedInCitizen(app);
  const id = await startAt(app, person);
  await fillBirth(app, person, id);
  await person.post(`/nop-ho-so/${id}/nhan-ket-qua`, { delivery: 'online' });
  await person.post(`/nop-ho-so/${id}/gui`, { declare: 'yes' });
  const done = await person.get(`/nop-ho-so/${id}/da-gui`);
  return { person, dossierId: /tai-khoan\/ho-so\/([0-9a-f-]{36})/.exec(done.body)?.[1] ?? '' };
}

test('a supplement: what is asked, a paper and a changed answer, sent once', async () => {
  const { person, dossierId } = await submitted();
  const clerk = anOfficer('all');
  await app.db.write(
    (tx) =>
      requestSupplement(tx, clerk, {
        dossierId,
        version: null,
        reason: 'Thiếu giấy chứng sinh',
        items: [{ paperId: null, componentCode: 'giay-chung-sinh', name: 'Giấy chứng sinh', what: 'Chụp lại cho rõ' }],
        answerBy: null,
      } as Parameters<typeof requestSupplement>[2]),
    clerk,
  );
  const page = await person.get(`/tai-khoan/ho-so/${dossierId}`);
  expect(page.body).toContain('Bạn cần bổ sung');
  expect(page.body).toContain('Chụp lại cho rõ');
  const starts = await Promise.all([1, 2, 3].map(() => person.post(`/tai-khoan/ho-so/${dossierId}/bo-sung`, {})));
  expect(new Set(starts.map(({ headers }) => headers.location)).size, 'three presses, one answer').toBe(1);
  const [started] = starts as [(typeof starts)[number]];
  const id = /nop-ho-so\/([0-9a-f-]{36})/.exec(String(started.headers.location))?.[1] ?? '';
  expect((await person.post(`/tai-khoan/ho-so/${dossierId}/bo-sung`, {})).headers.location).toBe(
    started.headers.location,
  );

  const empty = await person.post(`/nop-ho-so/${id}/gui`, { declare: 'yes' });
  expect(empty.statusCode).toBe(422);
  expect(empty.body).toContain('Chưa có gì mới');

  await postFiles(app, person, `/nop-ho-so/${id}/giay-to`, [
    { name: '_do', value: 'continue' },
    { name: 'remark', value: 'Đã chụp lại' },
    { name: 'paper-item-0', fileName: 'ro-hon.pdf', content: smallPdf('clear') },
  ]);
  const url = `/nop-ho-so/${id}/to-khai/tre-em`;
  const hidden = hiddenPairs((await person.get(url)).body).filter(([name]) => name !== '_csrf');
  const answers = { ...birthAnswers['tre-em'], childName: 'Nguyễn Minh Khang' };
  const changed = await postFiles(
    app,
    person,
    url,
    [...hidden, ...Object.entries(answers)].map(([name, value]) => ({ name, value })),
  );
  expect(changed.statusCode).toBe(303);

  const sent = await Promise.all(
    Array.from({ length: 5 }, () => person.post(`/nop-ho-so/${id}/gui`, { declare: 'yes' })),
  );
  for (const answer of sent) expect(answer.headers.location).toBe(`/tai-khoan/ho-so/${dossierId}?da-bo-sung=1`);
  const after = await person.get(`/tai-khoan/ho-so/${dossierId}`);
  for (const part of ['ro-hon.pdf', 'bổ sung lần 1', 'Nguyễn Minh Khang', 'Bạn đã bổ sung'])
    expect(after.body).toContain(part);
  expect((await person.post(`/tai-khoan/ho-so/${dossierId}/bo-sung`, {})).statusCode).toBe(409);
});

test('withdrawing asks for a reason, says no twice to nothing, and ends the dossier', async () => {
  const { person, dossierId } = await submitted();
  const url = `/tai-khoan/ho-so/${dossierId}/rut`;
  expect((await person.get(url)).body).toContain('không khôi phục được');
  const without = await person.post(url, { reason: '  ' });
  expect(without.statusCode).toBe(422);
  const long = await person.post(url, { reason: 'x'.repeat(5_000) });
  expect(long.statusCode).toBe(422);
  expect((await person.post(url, { reason: 'Nộp nhầm', version: '1' })).statusCode).toBe(303);
  expect((await person.get(`/tai-khoan/ho-so/${dossierId}`)).body).toContain('Bạn đã rút hồ sơ');
  expect((await person.get('/tai-khoan/ho-so?xem=closed')).body).toContain(dossierId);
  expect((await person.get('/tai-khoan/ho-so?xem=open')).body).not.toContain(dossierId);
  expect((await person.get('/en/tai-khoan/ho-so')).body).toContain('Withdrawn');
});

test('slips and pages that do not exist yet are not there', async () => {
  const { person, dossierId } = await submitted();
  expect((await person.get(`/tai-khoan/ho-so/${dossierId}/phieu/receipt`)).statusCode).toBe(404);
  expect((await person.get(`/tai-khoan/ho-so/${dossierId}/phieu/control-sheet`)).statusCode).toBe(404);
  expect((await person.get(`/tai-khoan/ho-so/${dossierId}/bo-sung`)).statusCode).toBe(303);
  expect((await person.get('/tai-khoan/lich-su-truy-cap?truoc=x')).statusCode).toBe(200);
  expect((await person.get('/tai-khoan/ho-so?sau=%27;--')).statusCode).toBe(200);
});
