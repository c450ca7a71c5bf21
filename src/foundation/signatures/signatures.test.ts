import { isDeepStrictEqual } from 'node:util';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { judgePdf, type PdfReport } from './judge/judge-pdf.ts';
import type { Trust } from './judge/judge-cms.ts';
import { coveredBytes, findSignatures } from './pdf/find-signatures.ts';
import { PdfDocument } from './pdf/pdf-document.ts';
import { append, makePdf, signPdf, stampedAt, stream } from './testing/pdf.ts';
import { ENCIPHERING, KEY_COMPROMISE, makeCrl, makeHolder, type RevocationReason } from './testing/pki.ts';

const NOW = new Date('2026-11-28T03:00:00Z');
const SIGNED = new Date('2026-06-01T02:00:00Z');
const root = await makeHolder({ name: 'Gốc thử nghiệm', isAuthority: true });
const authority = await makeHolder({ name: 'CA thử nghiệm', issuer: root, isAuthority: true, pathLength: 0 });
const official = await makeHolder({ name: 'Nguyễn Thị Minh Châu', issuer: authority, kind: 'rsa' });
const agency = await makeHolder({ name: 'Ủy ban nhân dân phường', issuer: authority });
const clock = await makeHolder({ name: 'Dấu thời gian', issuer: authority, extended: ['1.3.6.1.5.5.7.3.8'] });
const along = [authority];
const lists = [
  await makeCrl(authority, [], new Date('2026-11-20'), new Date('2026-12-20')),
  await makeCrl(root, [], new Date('2026-11-01'), new Date('2027-05-01')),
];
const trust: Trust = { anchors: [root.certificate], along: [], revocation: { crls: lists, ocsps: [] } };
const letter = () => makePdf(['Quyet dinh so 12', 'Trang hai']);
const stamp = stampedAt(clock, SIGNED, along);
const signed = () => signPdf(letter(), { holder: official, along, stamp });

const said = (report: PdfReport) =>
  report.signatures.map(({ verdict }) =>
    [verdict.indication, verdict.reason, verdict.finding].filter(Boolean).join(' '),
  );
const judge = (pdf: Buffer, more: Partial<Trust> = {}, now = NOW) => judgePdf(pdf, { ...trust, ...more }, now);
const flip = (pdf: Buffer, at: number): Buffer => {
  const copy = Buffer.from(pdf);
  copy[at] = copy[at]! ^ 1;
  return copy;
};

describe('a signature', () => {
  test('of a person with a time-stamp passes, and so does the seal that follows', () => {
    const both = signPdf(signed(), { holder: agency, along, stamp });
    const report = judge(both);
    expect(said(report)).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED']);
    expect(report.signatures[0]).toMatchObject({
      level: 'B-T',
      time: { at: SIGNED, proof: 'signature-time-stamp' },
      isTrusted: true,
      forbidden: [],
    });
    expect(report.signatures[0]?.signer?.subject.commonName).toBe('Nguyễn Thị Minh Châu');
    expect(report.signatures[0]?.changes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['signature']));
    expect(report.isChangedSince).toBe(false);
  });

  test.each([
    ['RSA-PSS', { holder: official, isPss: true }],
    ['ECDSA', { holder: agency }],
    ['SHA-512', { holder: official, digest: 'sha512' as const }],
    ['a cross-reference stream', { holder: agency, isStream: true }],
    ['the older kind of CMS', { holder: official, subFilter: 'adbe.pkcs7.detached', ess: false, claimedAt: SIGNED }],
  ])('by %s passes', (_name, order) => {
    expect(said(judge(signPdf(letter(), { along, stamp, ...order })))).toEqual(['TOTAL-PASSED']);
  });

  test('whose bytes were changed fails, wherever the change is', () => {
    const pdf = signed();
    const at = pdf.indexOf('Quyet dinh');
    expect(said(judge(flip(pdf, at)))).toEqual(['TOTAL-FAILED HASH_FAILURE content-changed']);
    const value = pdf.lastIndexOf('/Contents <') + 400;
    expect(judge(flip(pdf, value)).signatures.every(({ verdict }) => verdict.indication !== 'TOTAL-PASSED')).toBe(true);
  });

  test('without a trusted authority is not decided, and is shown whole', () => {
    const [one] = judge(signed(), { anchors: [] }).signatures;
    expect(one).toMatchObject({
      isIntact: true,
      isTrusted: false,
      verdict: { indication: 'INDETERMINATE', reason: 'NO_CERTIFICATE_CHAIN_FOUND' },
    });
  });

  test('of another key, or naming another certificate, does not pass', async () => {
    const twin = { ...agency, key: (await makeHolder({ name: 'Kẻ giả mạo' })).key };
    expect(said(judge(signPdf(letter(), { holder: twin, along, stamp })))).toEqual([
      'TOTAL-FAILED SIG_CRYPTO_FAILURE not-of-this-key',
    ]);
    expect(said(judge(signPdf(letter(), { holder: agency, ess: official, along, stamp })))).toEqual([
      'INDETERMINATE NO_SIGNING_CERTIFICATE_FOUND other-certificate-named',
    ]);
  });

  test('is judged by the time that is proven for it', async () => {
    const short = await makeHolder({
      name: 'Hết hạn',
      issuer: authority,
      from: new Date('2026-01-01'),
      to: new Date('2026-07-01'),
    });
    expect(said(judge(signPdf(letter(), { holder: short, along, stamp })))).toEqual(['TOTAL-PASSED']);
    expect(said(judge(signPdf(letter(), { holder: short, along })))).toEqual([
      'INDETERMINATE OUT_OF_BOUNDS_NO_POE expired',
    ]);
    const late = stampedAt(clock, new Date('2026-08-01'), along);
    expect(said(judge(signPdf(letter(), { holder: short, along, stamp: late })))).toEqual([
      'TOTAL-FAILED EXPIRED expired',
    ]);
    const early = await makeHolder({ name: 'Chưa hiệu lực', issuer: authority, from: new Date('2026-09-01') });
    expect(said(judge(signPdf(letter(), { holder: early, along, stamp })))).toEqual([
      'TOTAL-FAILED NOT_YET_VALID not-yet-valid',
    ]);
    const after = signPdf(letter(), { holder: official, along, stamp, claimedAt: new Date('2026-06-02') });
    expect(said(judge(after))).toEqual(['INDETERMINATE TIMESTAMP_ORDER_FAILURE time-out-of-order']);
  });

  test('of a revoked certificate fails when it was made after that, and passes when it is proven to be older', async () => {
    const list = (at: string, reason?: RevocationReason) =>
      makeCrl(
        authority,
        [{ holder: official, at: new Date(at), ...(reason === undefined ? {} : { reason }) }],
        new Date('2026-11-20'),
        new Date('2026-12-20'),
      );
    const with_ = async (at: string, reason?: RevocationReason) => ({
      revocation: { crls: [await list(at, reason), lists[1]!], ocsps: [] },
    });
    expect(said(judge(signed(), await with_('2026-05-01')))).toEqual(['TOTAL-FAILED REVOKED revoked']);
    expect(said(judge(signed(), await with_('2026-07-01')))).toEqual(['TOTAL-PASSED']);
    expect(said(judge(signed(), await with_('2026-07-01', KEY_COMPROMISE)))).toEqual(['TOTAL-FAILED REVOKED revoked']);
    const bare = signPdf(letter(), { holder: official, along });
    expect(said(judge(bare, await with_('2026-07-01')))).toEqual(['INDETERMINATE REVOKED_NO_POE revoked']);
    expect(said(judge(signed(), { revocation: { crls: [], ocsps: [] } }))).toEqual([
      'INDETERMINATE TRY_LATER revocation-unknown',
    ]);
  });

  test('of an authority’s own key, of a key for something else, or under an authority that is none, is not accepted', async () => {
    expect(said(judge(signPdf(letter(), { holder: authority, stamp })))).toEqual([
      'INDETERMINATE CHAIN_CONSTRAINTS_FAILURE wrong-purpose',
    ]);
    const cipher = await makeHolder({ name: 'Chỉ mã hóa', issuer: authority, usage: ENCIPHERING });
    expect(said(judge(signPdf(letter(), { holder: cipher, along, stamp })))).toEqual([
      'INDETERMINATE CHAIN_CONSTRAINTS_FAILURE wrong-purpose',
    ]);
    const below = await makeHolder({ name: 'Cấp dưới trái phép', issuer: agency });
    expect(said(judge(signPdf(letter(), { holder: below, along: [agency, authority], stamp })))).toEqual([
      'INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE chain-broken',
    ]);
    const second = await makeHolder({ name: 'CA thừa', issuer: authority, isAuthority: true });
    const far = await makeHolder({ name: 'Dưới CA thừa', issuer: second });
    expect(said(judge(signPdf(letter(), { holder: far, along: [second, authority], stamp })))).toEqual([
      'INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE chain-broken',
    ]);
  });

  test('with a weak digest is recognised and never accepted', () => {
    expect(said(judge(signPdf(letter(), { holder: official, digest: 'sha1', along, stamp })))).toEqual([
      'INDETERMINATE CRYPTO_CONSTRAINTS_FAILURE weak-algorithm',
    ]);
  });

  test('is not helped by a time-stamp over something else, of a key that is no clock’s, or of the future', async () => {
    const other = signPdf(letter(), { holder: official, along, stamp: () => stamp(Buffer.from('something else')) });
    expect(judge(other).signatures[0]).toMatchObject({
      timeStamps: [{ verdict: { reason: 'HASH_FAILURE' } }],
      time: undefined,
    });
    const noClock = signPdf(letter(), { holder: official, along, stamp: stampedAt(agency, SIGNED, along) });
    expect(judge(noClock).signatures[0]?.timeStamps[0]?.verdict.reason).toBe('CHAIN_CONSTRAINTS_FAILURE');
    const future = signPdf(letter(), {
      holder: official,
      along,
      stamp: stampedAt(clock, new Date('2027-06-01'), along),
    });
    expect(judge(future).signatures[0]?.timeStamps[0]?.verdict.indication).toBe('INDETERMINATE');
  });

  test('is kept by a time-stamp over the document, which a later one keeps in turn', () => {
    const archived = signPdf(signPdf(letter(), { holder: official, along }), {
      holder: clock,
      along,
      isTimeStamp: true,
      stampAt: SIGNED,
    });
    const report = judge(archived);
    expect(said(report)).toEqual(['TOTAL-PASSED', 'TOTAL-PASSED']);
    expect(report.signatures[0]?.time).toEqual({ at: SIGNED, proof: 'document-time-stamp' });
  });
});

describe('what is appended after a signature', () => {
  const page = (contents: string, more = '') =>
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${contents}${more} >>`;
  const formOf = (pdf: Buffer) => /\/Annots \[([^\]]*)\]/.exec(pdf.toString('latin1'))![1]!;
  test.each([
    [
      'another text on a page',
      (pdf: Buffer) => append(pdf, { 5: stream('BT /F1 18 Tf 72 720 Td (Quyet dinh so 99) Tj ET') }),
      'page 1',
    ],
    [
      'another content behind the same page',
      (pdf: Buffer) => append(pdf, { 4: page('90 0 R', ` /Annots [${formOf(pdf)}]`), 90: stream('BT ET') }),
      'page 1',
    ],
    [
      'another font',
      (pdf: Buffer) => append(pdf, { 3: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>' }),
      'page 1',
    ],
    ['a page cut off', (pdf: Buffer) => append(pdf, { 2: '<< /Type /Pages /Count 1 /Kids [4 0 R] >>' }), 'pages 2 → 1'],
    [
      'a page put in',
      (pdf: Buffer) => append(pdf, { 2: '<< /Type /Pages /Count 3 /Kids [4 0 R 6 0 R 90 0 R] >>', 90: page('5 0 R') }),
      'pages 2 → 3',
    ],
    [
      'pages in another order',
      (pdf: Buffer) => append(pdf, { 2: '<< /Type /Pages /Count 2 /Kids [6 0 R 4 0 R] >>' }),
      'page 1',
    ],
    [
      'a note that covers the text',
      (pdf: Buffer) =>
        append(pdf, {
          4: page('5 0 R', ` /Annots [${formOf(pdf)} 90 0 R]`),
          90: '<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 800] /Contents (so 99) >>',
        }),
      'annotation 1',
    ],
    [
      'a turned page',
      (pdf: Buffer) => append(pdf, { 6: page('7 0 R').replace('/Type /Page', '/Type /Page /Rotate 180') }),
      'page 2',
    ],
    [
      'layers',
      (pdf: Buffer) =>
        append(pdf, {
          1:
            /1 0 obj\n([^\n]*) >>\nendobj/g[Symbol.matchAll](pdf.toString('latin1')).toArray().at(-1)![1]! +
            ' /OCProperties << /OCGs [] /D << >> >> >>',
        }),
      'structure OCProperties',
    ],
    [
      'a script that runs at opening',
      (pdf: Buffer) =>
        append(pdf, {
          1:
            /1 0 obj\n([^\n]*) >>\nendobj/g[Symbol.matchAll](pdf.toString('latin1')).toArray().at(-1)![1]! +
            ' /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>',
        }),
      'structure OpenAction',
    ],
  ])('%s is found', (_name, change, where) => {
    const report = judge(change(signed()));
    expect(said(report)).toEqual(['TOTAL-FAILED FORMAT_FAILURE changed-after']);
    expect(report.signatures[0]?.forbidden.map(({ kind, where: at }) => `${kind} ${at}`)).toContain(where);
    expect(report.isChangedSince).toBe(true);
  });

  test('the signature taken out leaves none', () => {
    expect(judge(append(signed(), { 1: '<< /Type /Catalog /Pages 2 0 R >>' })).signatures).toEqual([]);
  });

  test('data for judging it later is allowed, and a field of a form when it does not certify', () => {
    const last = (pdf: Buffer) =>
      pdf
        .toString('latin1')
        .matchAll(/1 0 obj\n([^\n]*) >>\nendobj/g)
        .toArray()
        .at(-1)![1]!;
    const pdf = signed();
    expect(said(judge(append(pdf, { 1: `${last(pdf)} /DSS 90 0 R >>`, 90: '<< /Type /DSS >>' })))).toEqual([
      'TOTAL-PASSED',
    ]);
    const certified = signPdf(letter(), { holder: official, along, stamp, permits: 1 });
    expect(said(judge(certified))).toEqual(['TOTAL-PASSED']);
    expect(said(judge(signPdf(certified, { holder: agency, along, stamp })))).toEqual([
      'TOTAL-FAILED FORMAT_FAILURE changed-after',
      'TOTAL-PASSED',
    ]);
  });

  test('bytes behind the end are told', () => {
    const report = judge(Buffer.concat([signed(), Buffer.from('%hidden')]));
    expect(
      report.signatures.every(({ verdict }) => verdict.indication !== 'TOTAL-PASSED') || report.isChangedSince,
    ).toBe(true);
  });
});

/** What a signature of a file covers: its place is left out. */
const coveredBy = (field: string, file: Buffer): Buffer[] => {
  const one = findSignatures(PdfDocument.read(file)).find((each) => each.field === field)!;
  return coveredBytes(one, file).map((part) => Buffer.from(part));
};

describe('a file that is hostile', () => {
  test('that covers only a part of itself fails', () => {
    const pdf = signed();
    const text = pdf.toString('latin1');
    const range = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(text)!;
    const narrower = `/ByteRange [0 ${range[1]} ${range[2]} ${String(Number(range[3]) - 20).padStart(10, '0')}]`;
    const cut = Buffer.from(text.replace(range[0], narrower), 'latin1');
    expect(judge(cut).signatures[0]?.verdict.indication).toBe('TOTAL-FAILED');
    const hole = `/ByteRange [0 ${String(Number(range[1]) - 40).padStart(10, '0')} ${range[2]} ${range[3]}]`;
    expect(said(judge(Buffer.from(text.replace(range[0], hole), 'latin1')))).toEqual([
      'TOTAL-FAILED FORMAT_FAILURE covers-part-only',
    ]);
  });

  test.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('xin chào')],
    ['a head without a body', Buffer.from('%PDF-1.7\n')],
    [
      'a section that points at itself',
      Buffer.from('%PDF-1.7\nxref\n0 0\ntrailer\n<< /Prev 9 /Root 1 0 R >>\nstartxref\n9\n%%EOF'),
    ],
    [
      'arrays in arrays',
      Buffer.from(
        `%PDF-1.7\n1 0 obj\n${'['.repeat(50_000)}\nxref\n1 1\n0000000009 00000 n \ntrailer\n<< /Root 1 0 R >>\nstartxref\n50018\n%%EOF`,
      ),
    ],
    [
      'a table of a million objects',
      Buffer.from('%PDF-1.7\nxref\n0 99999999\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF'),
    ],
    [
      'a key twice',
      Buffer.from(
        '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Type /X >>\nendobj\nxref\n1 1\n0000000009 00000 n \ntrailer\n<< /Root 1 0 R >>\nstartxref\n54\n%%EOF',
      ),
    ],
  ])('%s is refused in words', (_name, bytes) => {
    const report = judge(bytes);
    expect(report.signatures).toEqual([]);
    expect(report.defect).toBeDefined();
  });

  test('never brings the judge down: 400 files with bytes changed or cut', () => {
    const pdf = signPdf(signed(), { holder: agency, along, stamp });
    let seed = 5;
    const random = (below: number) => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) % below;
    const forged: string[] = [];
    for (let round = 0; round < 400; round++) {
      const copy = Buffer.from(round % 4 === 0 ? pdf.subarray(0, random(pdf.length)) : pdf);
      for (let i = 0; i < 1 + random(6) && copy.length > 0; i++) copy[random(copy.length)] = random(256);
      for (const { verdict, field } of judge(copy).signatures)
        if (verdict.indication === 'TOTAL-PASSED' && !isDeepStrictEqual(coveredBy(field, copy), coveredBy(field, pdf)))
          forged.push(`${round} ${field}`);
    }
    expect(forged).toEqual([]);
  });
});

const real = new URL('../../../../shared/data/signatures/official-letter-5-signatures.pdf', import.meta.url);
test.skipIf(!existsSync(real))(
  'a letter of a ministry with five signatures comes out one by one (reads ../shared/data)',
  () => {
    const report = judge(readFileSync(real));
    expect(report.signatures.map(({ verdict, isIntact }) => [verdict.reason, isIntact])).toEqual(
      Array.from({ length: 5 }, () => ['NO_CERTIFICATE_CHAIN_FOUND', true]),
    );
    expect(report.signatures.map(({ signer }) => signer?.subject.commonName)).toEqual([
      'Đoàn Văn Giáp',
      'Nguyễn Thanh Điệp',
      'C07',
      'C07',
      'C07',
    ]);
    expect(report.signatures.flatMap(({ forbidden }) => forbidden)).toEqual([]);
  },
);
