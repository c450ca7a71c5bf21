import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { loadProvinceUnits } from '../../foundation/organisations/index.ts';
import { statement } from '../../platform/database.ts';
import { testApp } from '../../testing/app.ts';
import { loadProvinceProcedures } from './load-province.ts';
import { findProcedure } from './procedure-queries.ts';
import { renderBlankForm, renderFilledForm } from './render-form.ts';

const app = await testApp();
const host = new URL(app.context.config.publicUrl).host;
const get = (url: string) => app.app.inject({ method: 'GET', url, headers: { host } });
const birth = async () => (await findProcedure(app.db.reader, '1.001193', '2026-11-22'))!;

beforeAll(async () => {
  await loadProvinceUnits(app.context);
  await loadProvinceProcedures(app.context);
});

test('anybody gets the blank form of a procedure as PDF, in both languages', async () => {
  for (const prefix of ['', '/en']) {
    const sent = await get(`${prefix}/thu-tuc-hanh-chinh/1.001193/bieu-mau/to-khai.pdf`);
    expect(sent.statusCode).toBe(200);
    expect(sent.headers['content-type']).toBe('application/pdf');
    expect(sent.headers['cache-control']).toContain('public');
    expect(sent.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
  }
  expect((await get('/thu-tuc-hanh-chinh/9.999999/bieu-mau/to-khai.pdf')).statusCode).toBe(404);
});

test('a blank form is set once for each version and language', async () => {
  const { versionId } = await birth();
  const first = await renderBlankForm(app.db.reader, versionId, 'vi');
  expect(await renderBlankForm(app.db.reader, versionId, 'vi')).toBe(first);
  expect(await renderBlankForm(app.db.reader, versionId, 'en')).not.toBe(first);
  await expect(renderBlankForm(app.db.reader, '00000000-0000-7000-8000-000000000000', 'vi')).rejects.toThrow(
    'procedures.version-not-found',
  );
});

test('what was entered prints, whatever it is', async () => {
  const procedure = await birth();
  const pdf = await renderFilledForm(app.db.reader, {
    versionId: procedure.versionId,
    formVersionId: procedure.formVersionId!,
    values: { applicantName: '#panic() </script>', children: 3, '': true },
    at: new Date('2026-11-22T08:00:00+07:00'),
    locale: 'vi',
    addressee: 'UBND phường Trường Vinh',
  });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
});

test('a template is sent when the procedure names it, and nothing else of the folder is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sen-province-'));
  mkdirSync(join(folder, 'templates'));
  writeFileSync(join(folder, 'templates', 'to-cam-doan.docx'), 'words');
  writeFileSync(join(folder, 'templates', 'secret.docx'), 'secret');
  const { provinceFolder } = app.context.config;
  await nameTemplate('to-cam-doan.docx');
  app.context.config.provinceFolder = folder;
  try {
    const at = '/thu-tuc-hanh-chinh/1.001193/bieu-mau';
    const sent = await get(`${at}/to-cam-doan.docx`);
    expect([sent.statusCode, sent.body]).toEqual([200, 'words']);
    expect(sent.headers['content-disposition']).toContain('attachment');
    for (const wrong of ['secret.docx', '..%2Fprovince.json', '..%2F..%2Fpackage.json', 'khong-co.docx'])
      expect([wrong, (await get(`${at}/${wrong}`)).statusCode]).toEqual([wrong, 404]);
  } finally {
    app.context.config.provinceFolder = provinceFolder;
  }
});

/** Has the newest version of the birth registration name a file; versions are otherwise as loaded. */
async function nameTemplate(file: string): Promise<void> {
  const { versionId, content } = await birth();
  content.papers[0]!.papers[0]!.template = { file, title: { vi: 'Tờ cam đoan' } };
  const put = statement(
    'test.put_content',
    'update procedures.procedure_version set content = $2::jsonb where id = $1',
  );
  await app.db.write((tx) => tx.run(put, [versionId, JSON.stringify(content)]));
}
