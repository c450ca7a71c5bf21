import { expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import identity from '../identity/module.ts';
import notifications from '../notifications/module.ts';
import { setPostRoles } from './manage-post.ts';
import organisations from './module.ts';
import { anOfficial, insertTestOfficer, insertTestPost, insertTestRole, insertTestUnit } from './testing.ts';

const t = await testApp({ modules: [organisations, notifications, identity] });
const NOW = '2026-11-23T09:00:00+07:00';
t.db.clock.set(NOW);
const admin = await signedInOfficial(t, ['organisations.manage'], { reach: 'all' });

/** An officer who held one post until June and another, whose roles changed in August, from then on; their unit has a new name since July. */
const made = await t.db.write(async (tx) => {
  const unitId = await insertTestUnit(tx, { nameVi: 'Phòng Tên Cũ', nameEn: 'Old Division' });
  await tx.raw(`update organisations.unit_version set valid_to = '2026-06-30' where unit_id = $1`, [unitId]);
  await tx.raw(
    `insert into organisations.unit_version (id, unit_id, name_vi, name_en, short_name, kind, tier, valid_from, created_at)
     select gen_random_uuid(), unit_id, 'Phòng Tên Mới', 'New Division', 'Mới', kind, tier, '2026-07-01', created_at
     from organisations.unit_version where unit_id = $1`,
    [unitId],
  );
  const [first, second] = [
    await insertTestPost(tx, { unitId, title: 'Nhân viên tập sự' }),
    await insertTestPost(tx, {
      unitId,
      title: 'Chuyên viên chính',
      roleId: await insertTestRole(tx, [], 'vai-tro-cu'),
    }),
  ];
  const officer = await insertTestOfficer(tx, { name: 'Lê Quá Khứ', postIds: [first], validTo: '2026-06-30' });
  await tx.raw(
    `insert into organisations.appointment (id, officer_id, post_id, is_primary, valid_from, created_at) values (gen_random_uuid(), $1, $2, true, '2026-07-01', now())`,
    [officer.id, second],
  );
  return { officerId: officer.id, second, newRole: await insertTestRole(tx, [], 'vai-tro-moi') };
});
t.db.clock.set('2026-08-15T08:00:00+07:00');
await t.db.write((tx) =>
  setPostRoles(tx, anOfficial(), made.second, [{ roleId: made.newRole, reach: 'unit', unitIds: [] }]),
);
t.db.clock.set(NOW);
const on = async (day: string) => (await admin.get(`/quan-tri/can-bo/${made.officerId}?ngay=${day}`)).body;

test('the page of an officer as of a day shows the post, the name of the unit and the roles of then', async () => {
  const june = await on('2026-06-01');
  for (const words of ['đang xem dữ liệu tính đến hết ngày', '01/06/2026', 'Nhân viên tập sự', 'Phòng Tên Cũ'])
    expect(june).toContain(words);
  for (const words of ['Chuyên viên chính', 'Phòng Tên Mới', 'Bổ nhiệm vào vị trí', 'vai-tro-moi'])
    expect(june).not.toContain(words);
  const july = await on('15/7/2026');
  for (const words of ['Chuyên viên chính', 'Phòng Tên Mới', 'vai-tro-cu']) expect(july).toContain(words);
  expect(july).not.toContain('vai-tro-moi');
  const august = await on('2026-08-15');
  expect(august).toContain('vai-tro-moi');
  expect(august).not.toContain('vai-tro-cu');
});

test('without a day, with today, and with what is no day, it is the page of today with its forms', async () => {
  for (const day of ['', '2026-11-23', "'", '99/99/2026', '%00']) {
    const body = await on(day);
    expect(body, day).toContain('Bổ nhiệm vào vị trí');
    expect(body, day).not.toContain('đang xem dữ liệu');
  }
});

test('before somebody had a post the page says so; of a change that did not say what was before, that the record is silent', async () => {
  expect(await on('1999-01-01')).toContain('Không giữ vị trí nào');
  await t.db.write((tx) =>
    tx.raw(`update platform.event set payload = payload - 'before' where name = 'organisations.post-roles-changed'`),
  );
  expect(await on('2026-07-15')).toContain('Chưa ghi lại vai trò của ngày này');
});
