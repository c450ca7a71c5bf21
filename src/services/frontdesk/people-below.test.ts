import { expect, test } from 'vitest';
import { insertTestOfficer, insertTestPost, insertTestUnit } from '../../foundation/organisations/testing.ts';
import { newId } from '../../platform/ids.ts';
import { testApp } from '../../testing/app.ts';
import { receiveDossier } from '../dossiers/index.ts';
import { anOfficer } from '../dossiers/testing.ts';
import { deskSchedules } from './desk-jobs.ts';
import { openDesk, submitted, versionIn } from './testing.ts';

/* A commune's dossiers are worked on in the offices below it: their people are offered, named and told like its own. */

const app = await testApp();
app.db.clock.set('2026-11-23T09:00:00+07:00');
const { place, leader, specialist, stranger } = await openDesk(app);

const below = await app.db.write(async (tx) => {
  const unitId = await insertTestUnit(tx, {
    nameVi: 'Phòng Tư pháp',
    parentId: place.competentUnitId,
    validFrom: '2026-01-01',
  });
  const postId = await insertTestPost(tx, {
    unitId,
    permissions: ['dossiers.view', 'dossiers.process'],
    reach: 'listed',
    reachUnitIds: [unitId, place.competentUnitId],
  });
  const { id } = await insertTestOfficer(tx, { name: 'Võ Thị Dưới', postIds: [postId] });
  const idlePostId = await insertTestPost(tx, { unitId, permissions: ['dossiers.view'] });
  await insertTestOfficer(tx, { name: 'Đỗ Văn Chỉ Xem', postIds: [idlePostId] });
  return { unitId, postId, officerId: id };
});

async function received(): Promise<string> {
  const id = await submitted(app, place);
  await app.db.write((tx) => receiveDossier(tx, anOfficer('all'), { dossierId: id, version: null }));
  return id;
}
const url = (id: string): string => `/lam-viec/ho-so/${id}`;
async function assign(id: string, postId = below.postId): Promise<void> {
  const form = await leader.get(`${url(id)}/phan-cong`);
  const answer = await leader.post(`${url(id)}/phan-cong`, { version: versionIn(form.body), postId });
  expect(answer.statusCode).toBe(303);
}
const told = (template: string) =>
  app.db.reader.raw<{ recipient_id: string; body: string }>(
    `select recipient_id, body from notifications.message where template = $1 and channel = 'in-app'`,
    [template],
  );

test('the page to assign offers who may do the next work, also below, and nobody who may only look', async () => {
  const id = await received();
  const { body } = await leader.get(`${url(id)}/phan-cong`);
  expect(body).toContain('Võ Thị Dưới');
  expect(body).toContain('Trần Văn Bình');
  expect(body).not.toContain('Đỗ Văn Chỉ Xem');
  expect(body).not.toContain('Người Đơn Vị Khác');
});

test('whoever is below is named on the dossier and in the list, and told', async () => {
  const id = await received();
  await assign(id);
  expect((await leader.get(url(id))).body).toContain('Võ Thị Dưới');
  expect((await leader.get('/lam-viec/ho-so?hang=dang-xu-ly')).body).toContain('Võ Thị Dưới');
  await app.drain();
  expect((await told('frontdesk.assigned')).map((each) => each.recipient_id)).toEqual([below.officerId]);
});

test('many are assigned to somebody below; a stranger’s choice of ids shows them nobody', async () => {
  const ids = [await received(), await received()];
  const query = new URLSearchParams([...ids, newId(), 'nonsense'].map((id) => ['id', id])).toString();
  const page = await leader.get(`/lam-viec/ho-so/hang-loat?${query}`);
  expect(page.body).toContain(`value="${below.postId}"`);
  expect(page.body.match(/Võ Thị Dưới/g)).toHaveLength(1);
  const foreign = await stranger.get(`/lam-viec/ho-so/hang-loat?${query}`);
  expect(foreign.body).not.toContain('Võ Thị Dưới');
  const done = await leader.post('/lam-viec/ho-so/hang-loat', [
    ['viec', 'phan-cong'],
    ['da-chon', '1'],
    ['postId', below.postId],
    ...ids.map((id): [string, string] => ['id', id]),
  ]);
  expect(done.headers.location).toContain('so=2');
});

test('the morning’s reminder reaches who holds a dossier due within two days, once, also below', async () => {
  const remind = deskSchedules.find((each) => each.name === 'frontdesk.remind')!;
  const run = () => remind.run({ ...app.context, attempt: 1, requestId: 'test' });
  const mine = await received();
  await assign(mine, specialist.postId);
  await assign(await received());
  // Due on 30 November at five in the afternoon: three days before is too early to say so.
  app.db.clock.set('2026-11-27T07:00:00+07:00');
  await run();
  expect(await told('frontdesk.due-soon')).toEqual([]);
  app.db.clock.set('2026-11-30T07:00:00+07:00');
  await run();
  await run();
  const reminders = await told('frontdesk.due-soon');
  expect(reminders.map((each) => each.recipient_id).sort()).toEqual([below.officerId, specialist.officerId].sort());
  const [code] = await app.db.reader.raw<{ code: string }>('select code from dossiers.dossier where id = $1', [mine]);
  const own = reminders.find((each) => each.recipient_id === specialist.officerId)!;
  expect(own.body).toContain(`- ${code!.code}: 17:00 ngày 30/11/2026`);
  // What is overdue is no longer "due soon".
  app.db.clock.set('2026-12-01T07:00:00+07:00');
  await run();
  expect(await told('frontdesk.due-soon')).toHaveLength(2);
});
