import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { browserOf } from '../identity/testing.ts';
import { judgeFile } from './judge-file.ts';
import { overall } from './report.ts';
import { append, makePdf, signPdf, stampedAt, stream } from './testing/pdf.ts';
import { makeCrl, makeHolder } from './testing/pki.ts';
import { readTrust } from './trust-list.ts';

const root = await makeHolder({ name: 'Gốc thử nghiệm', isAuthority: true });
const official = await makeHolder({ name: 'Nguyễn Thị Minh Châu', issuer: root });
const clock = await makeHolder({ name: 'Dấu thời gian', issuer: root, extended: ['1.3.6.1.5.5.7.3.8'] });
const signed = signPdf(makePdf(['Quyet dinh']), { holder: official, stamp: stampedAt(clock, new Date('2026-06-01')) });
const tampered = append(signed, { 5: stream('BT ET') });
const NOW = new Date('2026-11-28T03:00:00Z');

const folder = mkdtempSync(join(tmpdir(), 'sen-trust-'));
for (const name of ['anchors', 'revocation']) mkdirSync(join(folder, name));
writeFileSync(
  join(folder, 'anchors', 'goc.pem'),
  `-----BEGIN CERTIFICATE-----\n${root.der.toString('base64')}\n-----END CERTIFICATE-----\n`,
);
writeFileSync(
  join(folder, 'revocation', 'goc.crl'),
  await makeCrl(root, [], new Date('2026-11-20'), new Date('2026-12-20')),
);

const app = await testApp();
const send = async (file: { name: string; bytes: Buffer } | null, prefix = '') => {
  const person = browserOf(app);
  const start = await person.get(`${prefix}/kiem-tra-chu-ky`);
  const csrf = /name="_csrf" value="([^"]*)"/.exec(start.body)?.[1] ?? '';
  const head = (name: string, more = '') => `--x\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const payload = Buffer.concat([
    Buffer.from(`${head('_csrf')}${csrf}\r\n`),
    ...(file ? [Buffer.from(head('tep', `; filename="${file.name}"`)), file.bytes, Buffer.from('\r\n')] : []),
    Buffer.from('--x--\r\n'),
  ]);
  return app.app.inject({
    method: 'POST',
    url: `${prefix}/kiem-tra-chu-ky`,
    headers: { 'content-type': 'multipart/form-data; boundary=x', 'sec-fetch-site': 'same-origin' },
    payload,
  });
};

describe('the trust list', () => {
  test('is read from a folder; a file that is no certificate is named', async () => {
    expect(readTrust(folder).anchors.map(({ fingerprint }) => fingerprint)).toEqual([root.certificate.fingerprint]);
    const broken = mkdtempSync(join(tmpdir(), 'sen-trust-'));
    mkdirSync(join(broken, 'anchors'));
    writeFileSync(join(broken, 'anchors', 'hong.pem'), 'xin chào');
    expect(() => readTrust(broken)).toThrow(/hong\.pem/);
    expect(readTrust('/nowhere').anchors).toEqual([]);
  });

  test('makes a signature pass in the judging thread, and a changed one fail', async () => {
    const good = await judgeFile(signed, folder, NOW);
    expect(good).toMatchObject({
      defect: null,
      signatures: [{ indication: 'TOTAL-PASSED', trusted: true, level: 'B-T' }],
    });
    expect(overall(good)).toBe('TOTAL-PASSED');
    const bad = await judgeFile(tampered, folder, NOW);
    expect(bad.signatures[0]).toMatchObject({
      indication: 'TOTAL-FAILED',
      finding: 'changed-after',
      forbidden: [{ kind: 'page', where: '1' }],
    });
    expect(overall(bad)).toBe('TOTAL-FAILED');
  });
});

describe('the page where anybody has a file judged', () => {
  test('tells in plain words who signed, and that the authority is not trusted here', async () => {
    const answer = await send({ name: 'quyet-dinh.pdf', bytes: signed });
    expect(answer.statusCode).toBe(200);
    for (const words of [
      'Nguyễn Thị Minh Châu',
      'Nguyên vẹn từ khi ký',
      'chưa có trong danh sách tin cậy của tỉnh',
      'INDETERMINATE · NO_CERTIFICATE_CHAIN_FOUND',
    ])
      expect(answer.body).toContain(words);
  });

  test('explains a tampered copy', async () => {
    const answer = await send({ name: 'ban-sua.pdf', bytes: tampered }, '/en');
    expect(answer.body).toContain('What you see may not be what was signed');
    expect(answer.body).toContain('What a page shows was replaced');
  });

  test.each([
    ['nothing', null, 422, 'Chọn tệp PDF cần kiểm tra'],
    ['an empty file', { name: 'a.pdf', bytes: Buffer.alloc(0) }, 422, 'Chọn tệp PDF cần kiểm tra'],
    ['a text', { name: '<script>.txt', bytes: Buffer.from('xin chào') }, 200, 'Tệp này không phải là PDF'],
    ['a PDF without a signature', { name: 'a.pdf', bytes: makePdf(['x']) }, 200, 'không có chữ ký số nào'],
    ['a broken PDF', { name: 'a.pdf', bytes: signed.subarray(0, 300) }, 200, 'bị hỏng'],
  ])('takes %s without breaking', async (_name, file, status, words) => {
    const answer = await send(file);
    expect(answer.statusCode).toBe(status);
    expect(answer.body).toContain(words);
    expect(answer.body).not.toContain('<script>.txt');
  });
});
