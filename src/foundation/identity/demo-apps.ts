import type { AppContext } from '../../platform/module.ts';
import { newId } from '../../platform/ids.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { localDate } from '../../platform/clock.ts';
import { findUnitByKey } from '../organisations/index.ts';
import { insertApp, listApps } from './oidc-app-queries.ts';

const LIBRARY = {
  nameVi: 'Thư viện số tỉnh Nghệ An',
  nameEn: 'Digital library of Nghe An',
  purposeVi: 'Mượn sách điện tử và giữ chỗ đọc tại thư viện tỉnh.',
  purposeEn: 'Lends electronic books and keeps seats in the reading room.',
  homeUrl: 'https://thu-vien.example.vn',
  contact: 'Thư viện tỉnh, 1022, thuvien@example.vn',
  kind: 'web',
  audience: ['citizen', 'official'],
  redirectUris: ['https://thu-vien.example.vn/dang-nhap/tro-lai'],
  postLogoutUris: ['https://thu-vien.example.vn/'],
  backchannelUri: 'https://thu-vien.example.vn/dang-xuat',
  authMethod: 'client_secret_basic',
  jwks: null,
  jwksUri: null,
  isPairwise: false,
  serviceScopes: [],
  reachUnitIds: [],
  validTo: null,
  allowedOrigins: [],
  claims: [
    { claim: 'name', purpose: 'Ghi tên trên thẻ bạn đọc', legalBasis: 'Luật Thư viện 46/2019/QH14, Điều 43' },
    { claim: 'birthdate', purpose: 'Biết bạn đọc là trẻ em', legalBasis: 'Luật Thư viện 46/2019/QH14, Điều 44' },
  ],
} as const;
const COURSES = {
  ...LIBRARY,
  nameVi: 'Học trực tuyến cho cán bộ',
  nameEn: 'Online courses for officials',
  purposeVi: 'Lớp bồi dưỡng nghiệp vụ cho cán bộ, công chức, viên chức của tỉnh.',
  purposeEn: 'Training of the province’s officials.',
  homeUrl: 'https://hoc.example.vn',
  audience: ['official'],
  redirectUris: ['https://hoc.example.vn/oidc/callback'],
  postLogoutUris: [],
  backchannelUri: null,
  isPairwise: true,
  claims: [{ claim: 'name', purpose: 'Ghi giấy chứng nhận', legalBasis: 'Nghị định 101/2017/NĐ-CP, Điều 22' }],
} as const;

/** Two applications of agencies for the demonstration: one in use, one that waits for the province. Neither has a secret. */
export async function loadDemoApps({ db, clock }: AppContext): Promise<void> {
  const filter = { unitIds: null, status: null, kind: null, text: null, after: null };
  if ((await listApps(db.reader, filter, 1)).length > 0) return;
  const today = localDate(clock.now());
  const [culture, home] = await Promise.all([
    findUnitByKey(db.reader, 'so-van-hoa-the-thao-va-du-lich', today),
    findUnitByKey(db.reader, 'so-noi-vu', today),
  ]);
  if (!culture || !home) return;
  await inTransaction(db, { actor: systemActor('demo'), clock }, async (tx) => {
    const requestedBy = 'Trình diễn';
    await insertApp(tx, {
      ...LIBRARY,
      id: newId(),
      clientId: 'app-thu-vien-so',
      unitId: culture.id,
      status: 'active',
      requestedBy,
    });
    await insertApp(tx, {
      ...COURSES,
      id: newId(),
      clientId: 'app-hoc-truc-tuyen',
      unitId: home.id,
      status: 'requested',
      requestedBy,
    });
  });
}
