import { beforeAll, describe, expect, it } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial, type SignedIn } from '../../testing/people.ts';
import notifications from '../notifications/module.ts';
import organisations from '../organisations/module.ts';
import { insertTestOfficer, insertTestPost, insertTestUnit } from '../organisations/testing.ts';
import identity from './module.ts';
import { insertOfficialAccount, type TestAccount } from './testing.ts';

const t = await testApp({ modules: [organisations, notifications, identity] });
const LIST = '/quan-tri/tai-khoan';

let kim: SignedIn;
let province: SignedIn;
let own: TestAccount;
let nextDoor: TestAccount;
let both: TestAccount;
let powerful: TestAccount;
let left: TestAccount;
let person: TestAccount;

/** An official of units, with rights over the first. */
async function official(name: string, unitIds: readonly string[], facts: { reach?: 'all'; validTo?: string } = {}) {
  const { reach, ...dates } = facts;
  return t.db.write(async (tx) => {
    const postIds: string[] = [];
    for (const unitId of unitIds)
      postIds.push(await insertTestPost(tx, { unitId, permissions: ['dossiers.view'], ...(reach ? { reach } : {}) }));
    const officer = await insertTestOfficer(tx, { name, postIds, ...dates });
    return insertOfficialAccount(tx, { officerId: officer.id, postId: postIds[0]!, name });
  });
}

beforeAll(async () => {
  kim = await signedInOfficial(t, ['identity.manage'], { name: 'Quản Trị Kim Liên' });
  province = await signedInOfficial(t, ['identity.manage'], { reach: 'all', name: 'Quản Trị Tỉnh' });
  const nam = await t.db.write((tx) => insertTestUnit(tx));
  own = await official('Cán Bộ Kim Liên', [kim.unitId]);
  nextDoor = await official('Cán Bộ Nam Đàn', [nam]);
  both = await official('Cán Bộ Hai Nơi', [kim.unitId, nam]);
  powerful = await official('Cán Bộ Quyền Rộng', [kim.unitId], { reach: 'all' });
  left = await official('Cán Bộ Đã Nghỉ', [kim.unitId], { validTo: '2025-12-31' });
  person = (await signedInCitizen(t, { name: 'Người Dân Kim Liên' })).account;
});

const act = (by: SignedIn, account: TestAccount, action: string, fields: Record<string, string> = {}) =>
  by.post(`${LIST}/${account.id}/${action}`, fields);

describe('the accounts of a unit', () => {
  it('are those of officials who work there and nowhere else, or worked there last', async () => {
    const { body } = await kim.get(LIST);
    for (const name of ['Cán Bộ Kim Liên', 'Cán Bộ Quyền Rộng', 'Cán Bộ Đã Nghỉ']) expect(body).toContain(name);
    for (const name of ['Cán Bộ Nam Đàn', 'Cán Bộ Hai Nơi', 'Người Dân Kim Liên', 'Quản Trị Tỉnh'])
      expect(body).not.toContain(name);
    const csv = (await kim.get(`${LIST}/xuat/csv?tim=Can%20Bo`)).body;
    expect(csv).toContain('Cán Bộ Kim Liên');
    expect(csv).not.toContain('Nam Đàn');
    const review = (await kim.get(`${LIST}/ra-soat`)).body;
    expect(review).toContain('Cán Bộ Kim Liên');
    expect(review).not.toContain('Nam Đàn');
    expect((await province.get(LIST)).body).toContain('Cán Bộ Nam Đàn');
  });

  it('are all that its administrator can open or change; whoever has more power is looked after by the province', async () => {
    expect((await kim.get(`${LIST}/${own.id}`)).statusCode).toBe(200);
    expect((await kim.get(`${LIST}/${left.id}`)).statusCode).toBe(200);
    for (const account of [nextDoor, both, person]) {
      expect((await kim.get(`${LIST}/${account.id}?ly-do=${encodeURIComponent('Xem thử')}`)).statusCode).toBe(404);
      for (const action of [
        'khoa',
        'mo-khoa',
        'dat-lai',
        'ket-thuc-phien',
        'khoi-phuc',
        'duyet-khoi-phuc',
        'dung-khoi-phuc',
      ])
        expect((await act(kim, account, action, { reason: 'Thử', recoveryReason: 'Thử' })).statusCode, action).toBe(
          404,
        );
    }
    const page = await kim.get(`${LIST}/${powerful.id}`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('quyền ngoài các đơn vị');
    expect((await act(kim, powerful, 'dat-lai')).statusCode).toBe(403);
    expect((await act(kim, own, 'khoa', { reason: 'Nghỉ phép' })).statusCode).toBe(303);
    expect((await act(kim, own, 'mo-khoa')).statusCode).toBe(303);
    expect((await act(kim, own, 'dat-lai')).body).toContain('/dat-lai-mat-khau/');
    expect((await act(province, powerful, 'dat-lai')).statusCode).toBe(200);
  });

  it('are made for its own officers only', async () => {
    const make = async (by: SignedIn, unitId: string, userName: string) => {
      const staffCode = await t.db.write(async (tx) => {
        const postId = await insertTestPost(tx, { unitId, permissions: ['dossiers.view'] });
        return (await insertTestOfficer(tx, { name: 'Người Mới', postIds: [postId] })).staffCode;
      });
      return (await by.post(`${LIST}/them`, { staffCode, userName })).statusCode;
    };
    const nam = await t.db.write((tx) => insertTestUnit(tx));
    expect(await make(kim, nam, 'nguoi.moi1')).toBe(404);
    expect(await make(kim, kim.unitId, 'nguoi.moi2')).toBe(200);
  });

  it('leave the levels of assurance, which hold for everybody, to the province', async () => {
    expect((await kim.get(`${LIST}/muc-do-xac-minh`)).statusCode).toBe(403);
    expect((await kim.post(`${LIST}/muc-do-xac-minh`, { act: 'x' })).statusCode).toBe(403);
    expect((await province.get(`${LIST}/muc-do-xac-minh`)).statusCode).toBe(200);
  });

  it('are reviewed unit by unit: a review of one is not one of the province', async () => {
    expect((await kim.post(`${LIST}/ra-soat`, {})).statusCode).toBe(303);
    expect((await kim.get(`${LIST}/ra-soat`)).body).toContain('Lần rà soát gần nhất');
    expect((await province.get(`${LIST}/ra-soat`)).body).not.toContain('Lần rà soát gần nhất');
  });
});
