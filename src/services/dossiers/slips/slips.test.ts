import { expect, test } from 'vitest';
import { testDatabase } from '../../../testing/database.ts';
import { findDossier } from '../dossier-queries.ts';
import { readDossierFile, type DossierFile } from '../dossier-file-queries.ts';
import { extendDossier } from '../extend-dossier.ts';
import { refuseDossier } from '../refuse-dossier.ts';
import { requestSupplement } from '../request-supplement.ts';
import { stopDossier } from '../stop-dossier.ts';
import { aDossier, anOfficer, insertDossier, insertPlace, insertReceivedDossier, TEST_SECRET } from '../testing.ts';
import { renderSlip, slipKinds } from './render-slip.ts';
import { slipContent } from './slip-content.ts';
import { dayInWords, inWords, limitInWords, money } from './slip-words.ts';
import { rulesOn } from '../../../foundation/rules/index.ts';

const db = await testDatabase();
const place = await db.write((tx) => insertPlace(tx));
const boss = anOfficer('all');
const where = {
  publicUrl: 'https://dichvucong.example.vn',
  installationSecret: TEST_SECRET,
  provinceName: 'UBND tỉnh Nghệ An',
  placeName: 'Nghệ An',
};
const fileOf = async (dossierId: string): Promise<DossierFile> =>
  readDossierFile(db.reader, (await findDossier(db.reader, dossierId))!);
const hostile = '#strong[x] $x$ "]) <script> \\u{41} #read("/etc/passwd")';

async function stopped(): Promise<string> {
  const { id } = await db.write((tx) =>
    insertReceivedDossier(tx, place, { applicant: { ...aDossier(place).applicant, name: hostile } }),
  );
  const until = new Date('2026-12-20T17:00:00+07:00');
  await db.write((tx) => extendDossier(tx, boss, { dossierId: id, version: null, reason: hostile, until }));
  await db.write((tx) =>
    requestSupplement(tx, boss, {
      dossierId: id,
      version: null,
      reason: hostile,
      answerBy: '2026-12-01',
      items: [{ paperId: null, componentCode: null, name: hostile, what: hostile }],
    }),
  );
  await db.write((tx) =>
    stopDossier(tx, boss, { dossierId: id, version: null, reason: hostile, legalBasis: 'Luật Hộ tịch' }),
  );
  return id;
}

test('every slip is a PDF, whatever people have typed', async () => {
  const file = await fileOf(await stopped());
  const { dossierId } = await db.write((tx) => insertDossier(tx, place));
  await db.write((tx) => refuseDossier(tx, boss, { dossierId, version: null, reason: hostile, legalBasis: hostile }));
  const refused = await fileOf(dossierId);
  for (const kind of slipKinds) {
    const pdf = await renderSlip(db.reader, kind === 'refusal' ? refused : file, kind, where);
    expect(pdf.subarray(0, 5).toString(), `slip ${kind}`).toBe('%PDF-');
    expect(pdf.length, `slip ${kind}`).toBeGreaterThan(5_000);
  }
});

test('a slip of something that has not happened is not there', async () => {
  const { dossierId } = await db.write((tx) => insertDossier(tx, place));
  const file = await fileOf(dossierId);
  for (const kind of slipKinds.filter((each) => each !== 'acknowledgement'))
    await expect(renderSlip(db.reader, file, kind, where), `slip ${kind}`).rejects.toThrow('dossiers.slip-not-there');
});

test('titles and papers are those of the rules of the day', async () => {
  const file = await fileOf(await stopped());
  const setting = {
    names: new Map(),
    provinceName: 'X',
    placeName: 'X',
    trackingNumber: 'X',
    trackingSecret: 'X',
    trackingAddress: 'X',
  };
  const titles = (day: string) =>
    slipKinds
      .filter((kind) => kind !== 'refusal')
      .map((kind) => slipContent(kind, file, { ...setting, pack: rulesOn(day) }).title);
  expect(titles('2020-01-02')).toContain('Phiếu xin lỗi và hẹn lại ngày trả kết quả');
  expect(titles('2026-01-02')).toContain('Văn bản xin lỗi và đề nghị gia hạn');
});

test('dates, limits and money are written as offices write them', () => {
  const instant = new Date('2026-01-05T09:05:00+07:00');
  expect(inWords(instant)).toBe('09 giờ 05 phút, ngày 05 tháng 01 năm 2026');
  expect(dayInWords(new Date('2026-06-29T00:00:00+07:00'))).toBe('ngày 29 tháng 6 năm 2026');
  expect([
    limitInWords({ amount: 5, unit: 'workingDay' }),
    limitInWords({ amount: 0.5, unit: 'workingDay' }),
    limitInWords(null),
  ]).toEqual(['05 ngày làm việc', '0,5 ngày làm việc', 'chưa quy định']);
  expect(money(1_500_000)).toBe('1.500.000 đồng');
});
