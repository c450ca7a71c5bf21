import { readCms } from '../src/foundation/signatures/cms/read-cms.ts';
import { checkCms } from '../src/foundation/signatures/cms/check-cms.ts';
import type { Trust } from '../src/foundation/signatures/judge/judge-cms.ts';
import { judgePdf } from '../src/foundation/signatures/judge/judge-pdf.ts';
import { coveredBytes, findSignatures } from '../src/foundation/signatures/pdf/find-signatures.ts';
import { PdfDocument } from '../src/foundation/signatures/pdf/pdf-document.ts';
import {
  append,
  makePdf,
  signPdf,
  stampedAt,
  stream,
  type PdfSignOrder,
} from '../src/foundation/signatures/testing/pdf.ts';
import { ENCIPHERING, makeCrl, makeHolder, type Holder } from '../src/foundation/signatures/testing/pki.ts';

/*
 * Signed files with something wrong in them, made here by the hundred: bytes flipped, revisions appended that hide, replace, add and take away,
 * ranges that leave bytes out, certificates swapped, expired, revoked, of another purpose, weak algorithms, times that lie. None may be accepted, and
 * the good ones beside them may not be refused. `--control` judges as a simple checker does (digest and key only): it must accept some.
 *
 * npm run rig -- forge [--seed 1] [--control]
 */

const isControl = process.argv.includes('--control');
const seedAt = process.argv.indexOf('--seed');
let seed = seedAt < 0 ? 1 : Number(process.argv[seedAt + 1]);
const random = (below: number): number => {
  seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
const NOW = new Date('2026-11-28T03:00:00Z');
const day = (text: string): Date => new Date(`${text}T02:00:00Z`);

const root = await makeHolder({ name: 'Gốc thử nghiệm', isAuthority: true });
const authority = await makeHolder({ name: 'CA thử nghiệm', issuer: root, isAuthority: true, pathLength: 0 });
const under = (name: string, more: object = {}): Promise<Holder> => makeHolder({ name, issuer: authority, ...more });
const official = await under('Nguyễn Thị Minh Châu', { kind: 'rsa' });
const agency = await under('Ủy ban nhân dân phường');
const clock = await under('Dấu thời gian', { extended: ['1.3.6.1.5.5.7.3.8'] });
const revoked = await under('Bị thu hồi', { kind: 'rsa' });
const old = await under('Hết hạn', { from: day('2026-01-01'), to: day('2026-05-01') });
const young = await under('Chưa hiệu lực', { from: day('2026-10-01') });
const cipher = await under('Chỉ mã hóa', { usage: ENCIPHERING });
const short = await under('Khóa ngắn', { kind: 'rsa', bits: 1_024 });
const foreignRoot = await makeHolder({ name: 'Gốc thử nghiệm', isAuthority: true });
const foreign = await makeHolder({ name: 'Nguyễn Thị Minh Châu', issuer: foreignRoot, kind: 'rsa' });
const below = await makeHolder({ name: 'Cấp trái phép', issuer: agency });
const trust: Trust = {
  anchors: [root.certificate],
  along: [],
  revocation: {
    crls: [
      await makeCrl(authority, [{ holder: revoked, at: day('2026-03-01') }], day('2026-11-20'), day('2026-12-20')),
      await makeCrl(root, [], day('2026-11-01'), day('2027-05-01')),
    ],
    ocsps: [],
  },
};
const along = [authority];
const stamp = stampedAt(clock, day('2026-06-01'), along);
const lines = () =>
  Array.from({ length: 1 + random(4) }, (_, at) => `Quyet dinh so ${random(900) + 100} trang ${at + 1}`);
const sign = (order: Partial<PdfSignOrder> = {}, pdf = makePdf(lines())): Buffer =>
  signPdf(pdf, { holder: official, along, stamp, ...order });

const methods: (() => Partial<PdfSignOrder>)[] = [
  () => ({}),
  () => ({ isPss: true }),
  () => ({ holder: agency }),
  () => ({ digest: pick(['sha256', 'sha384', 'sha512'] as const) }),
  () => ({ holder: agency, isStream: true }),
  () => ({ subFilter: 'adbe.pkcs7.detached', ess: false, claimedAt: day('2026-05-31') }),
  () => ({ permits: pick([1, 2, 3] as const) }),
];
const good = (): Buffer => {
  const one = sign(pick(methods)());
  return random(3) === 0 && !/\/P 1 /.test(one.toString('latin1')) ? sign(pick(methods.slice(0, 5))(), one) : one;
};

const flip = (pdf: Buffer, from: number, to: number): Buffer => {
  const copy = Buffer.from(pdf);
  const at = from + random(to - from);
  copy[at] = copy[at]! ^ (1 << random(8));
  return copy;
};
/** Where the last signature's value stands. */
const hole = (pdf: Buffer): [number, number] => {
  const from = pdf.lastIndexOf('/Contents <') + 11;
  return [from, pdf.indexOf('>', from)];
};
const lastOf = (pdf: Buffer, number: number): string =>
  [...pdf.toString('latin1').matchAll(new RegExp(`(?:^|\\n)${number} 0 obj\\n([\\s\\S]*?)\\nendobj`, 'g'))].at(-1)![1]!;
const with_ = (body: string, more: string): string => `${body.slice(0, body.lastIndexOf('>>'))}${more} >>`;
const text = (words: string): string => stream(`BT /F1 18 Tf 72 720 Td (${words}) Tj ET`);

/** Revisions that a reader shows and the signature does not cover. */
const revisions: Record<string, (pdf: Buffer) => Buffer> = {
  'other text': (pdf) => append(pdf, { 5: text(`so ${random(9_999)}`) }),
  'other content': (pdf) =>
    append(pdf, { 4: lastOf(pdf, 4).replace('/Contents 5 0 R', '/Contents 190 0 R'), 190: text('so 1') }),
  'content beside': (pdf) =>
    append(pdf, { 4: lastOf(pdf, 4).replace('/Contents 5 0 R', '/Contents [5 0 R 190 0 R]'), 190: text('so 2') }),
  'other font': (pdf) => append(pdf, { 3: '<< /Type /Font /Subtype /Type1 /BaseFont /Symbol >>' }),
  'page replaced': (pdf) =>
    append(pdf, {
      2: '<< /Type /Pages /Count 1 /Kids [190 0 R] >>',
      190: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>',
    }),
  'page added': (pdf) =>
    append(pdf, {
      2: lastOf(pdf, 2).replace(/\/Count \d+ \/Kids \[/, '/Count 9 /Kids [190 0 R '),
      190: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> >>',
    }),
  'page smaller': (pdf) => append(pdf, { 4: lastOf(pdf, 4).replace('[0 0 595 842]', '[0 0 595 300]') }),
  'page turned': (pdf) => append(pdf, { 4: with_(lastOf(pdf, 4), ' /Rotate 90') }),
  note: (pdf) =>
    append(pdf, {
      4: lastOf(pdf, 4).replace('/Annots [', '/Annots [190 0 R '),
      190: '<< /Type /Annot /Subtype /FreeText /Rect [0 0 500 800] /Contents (so 3) >>',
    }),
  stamp: (pdf) =>
    append(pdf, {
      4: lastOf(pdf, 4).replace('/Annots [', '/Annots [190 0 R '),
      190: '<< /Type /Annot /Subtype /Stamp /Rect [0 0 500 800] >>',
    }),
  layers: (pdf) => append(pdf, { 1: with_(lastOf(pdf, 1), ' /OCProperties << /OCGs [] /D << >> >>') }),
  script: (pdf) =>
    append(pdf, { 1: with_(lastOf(pdf, 1), ' /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>') }),
  attachment: (pdf) => append(pdf, { 1: with_(lastOf(pdf, 1), ' /Names << /EmbeddedFiles << /Names [] >> >>') }),
  'other catalogue': (pdf) =>
    append(
      pdf,
      { 190: '<< /Type /Catalog /Pages 191 0 R >>', 191: '<< /Type /Pages /Count 0 /Kids [] >>' },
      { root: 190 },
    ),
  'form of another kind': (pdf) => append(pdf, { 1: lastOf(pdf, 1).replace('/SigFlags', '/XFA (x) /SigFlags') }),
};

interface Attack {
  kind: string;
  file: Buffer;
  /** A proof that what is accepted is the same: the signer and the time of the file before. */
  original?: Buffer;
}
function* attacks(): Generator<Attack> {
  for (let i = 0; i < 150; i++) {
    const pdf = good();
    const [from] = hole(pdf);
    const file = flip(pdf, 9, from - 12);
    yield { kind: 'byte', file, original: pdf };
  }
  for (let i = 0; i < 120; i++) {
    const pdf = good();
    const [from] = hole(pdf);
    yield { kind: 'byte of the signature', file: flip(pdf, from, from + 3_000), original: pdf };
  }
  for (const [kind, change] of Object.entries(revisions))
    for (let i = 0; i < 10; i++) {
      let file = change(sign(pick(methods)()));
      // Hidden under a further, right signature: the earlier ones must still fail.
      if (i % 3 === 0 && kind !== 'other catalogue') file = append(file, {});
      yield { kind: `revision: ${kind}`, file };
    }
  for (let i = 0; i < 40; i++) {
    const pdf = sign(pick(methods)());
    const range = /\/ByteRange \[0 (\d+) (\d+) (\d+)\]/.exec(pdf.toString('latin1'))!;
    const [first, second, rest] = range.slice(1).map(Number) as [number, number, number];
    const pad = (n: number) => String(Math.max(0, n)).padStart(10, '0');
    const bent = pick([
      [first - 1 - random(80), second, rest],
      [first, second + 1 + random(80), rest - 81],
      [first, second, rest - 1 - random(300)],
      [first, second, rest + 1 + random(300)],
      [0, second, rest],
    ]) as [number, number, number];
    yield {
      kind: 'range',
      file: Buffer.from(
        pdf.toString('latin1').replace(range[0], `/ByteRange [0 ${bent.map(pad).join(' ')}]`),
        'latin1',
      ),
    };
  }
  for (let i = 0; i < 12; i++) {
    yield { kind: 'key of somebody else', file: sign({ holder: { ...official, key: foreign.key } }) };
    yield { kind: 'other certificate named', file: sign({ ess: pick([agency, foreign]) }) };
    yield { kind: 'same name, other authority', file: sign({ holder: foreign, along: [foreignRoot] }) };
    yield { kind: 'issued by one who may not', file: sign({ holder: below, along: [agency, authority] }) };
    yield { kind: 'revoked', file: sign({ holder: revoked }) };
    yield { kind: 'revoked, without a proven time', file: signPdf(makePdf(lines()), { holder: revoked, along }) };
    yield { kind: 'expired', file: sign({ holder: old }) };
    yield {
      kind: 'expired, without a proven time',
      file: signPdf(makePdf(lines()), { holder: old, along, claimedAt: day('2026-02-01') }),
    };
    yield { kind: 'not yet valid', file: sign({ holder: young }) };
    yield { kind: 'wrong purpose', file: sign({ holder: pick([cipher, authority]) }) };
    yield { kind: 'weak', file: sign(pick([{ digest: 'sha1' as const }, { holder: short }])) };
    yield {
      kind: 'time-stamp over something else',
      file: signPdf(makePdf(lines()), {
        holder: old,
        along,
        stamp: () => stampedAt(clock, day('2026-02-01'), along)(Buffer.from('x')),
      }),
    };
    yield {
      kind: 'time-stamp of no clock',
      file: signPdf(makePdf(lines()), { holder: old, along, stamp: stampedAt(agency, day('2026-02-01'), along) }),
    };
    yield {
      kind: 'time-stamp of another authority',
      file: signPdf(makePdf(lines()), {
        holder: old,
        along,
        stamp: stampedAt(foreign, day('2026-02-01'), [foreignRoot]),
      }),
    };
    yield { kind: 'signed after its time-stamp', file: sign({ claimedAt: day('2026-07-01') }) };
    yield { kind: 'digest of something else', file: sign({ messageDigest: Buffer.alloc(32, i) }) };
    yield {
      kind: 'changed although certified',
      file: sign({ holder: agency }, sign({ permits: 1 })),
      original: undefined as never,
    };
  }
}

/** Names of the signatures that a simple checker would call valid. */
function simple(file: Buffer): string[] {
  try {
    return findSignatures(PdfDocument.read(file)).flatMap((one) => {
      const cms = readCms(one.contents);
      const found = cms.signer && checkCms(cms, cms.signer, coveredBytes(one, file));
      return found?.isIntact && found.isGenuine ? [one.field] : [];
    });
  } catch {
    return [];
  }
}

interface Passing {
  who: string;
  provenAt: string | undefined;
}
/** Which signatures pass, with who signed and the time that is proven. */
function passing(file: Buffer): Map<string, Passing> {
  if (isControl) return new Map(simple(file).map((field) => [field, { who: '', provenAt: undefined }]));
  return new Map(
    judgePdf(file, trust, NOW).signatures.flatMap(({ field, verdict, signer, time, covers }) =>
      verdict.indication === 'TOTAL-PASSED'
        ? [
            [
              field,
              {
                who: `${signer?.fingerprint} ${covers.to}`,
                provenAt: time && time.proof !== 'claimed' ? time.at.toISOString() : undefined,
              },
            ] as const,
          ]
        : [],
    ),
  );
}
/** What a signature of a file covers, as a text to compare. */
const covered = (file: Buffer, field: string): string => {
  const one = findSignatures(PdfDocument.read(file)).find((each) => each.field === field);
  return one ? Buffer.concat(coveredBytes(one, file)).toString('latin1') : '';
};

/** Whether an attack got through: something passes that is not exactly what passed before it. */
function isAccepted({ kind, file, original }: Attack): boolean {
  const now = passing(file);
  if (kind === 'changed although certified') return now.has('Signature1');
  if (now.size === 0) return false;
  if (!original) return true;
  const before = passing(original);
  // An earlier signature of the file that the change does not touch may stand, for what it covers.
  return [...now].some(([field, { who, provenAt }]) => {
    const then = before.get(field);
    // A time-stamp that was spoilt proves nothing any more: that is told, and is no forgery. Another time would be one.
    const isOtherTime = provenAt !== undefined && provenAt !== then?.provenAt;
    return then?.who !== who || isOtherTime || covered(file, field) !== covered(original, field);
  });
}

const accepted = new Map<string, number>();
const kinds = new Map<string, number>();
let n = 0;
for (const attack of attacks()) {
  n++;
  kinds.set(attack.kind, (kinds.get(attack.kind) ?? 0) + 1);
  if (isAccepted(attack)) accepted.set(attack.kind, (accepted.get(attack.kind) ?? 0) + 1);
}
let refusedGood = 0;
const GOOD = 150;
for (let i = 0; i < GOOD; i++) {
  const file = good();
  const report = judgePdf(file, trust, NOW);
  if (report.signatures.length === 0 || report.signatures.some(({ verdict }) => verdict.indication !== 'TOTAL-PASSED'))
    refusedGood++;
}
for (const [kind, times] of accepted) process.stdout.write(`  accepted: ${kind}, ${times} of ${kinds.get(kind)}\n`);
const total = [...accepted.values()].reduce((sum, one) => sum + one, 0);
process.stdout.write(
  `${JSON.stringify({ rig: 'forge', control: isControl, n, kinds: kinds.size, accepted: total, good: GOOD, refused_good: refusedGood })}\n`,
);
process.exitCode = (isControl ? total > 0 : total === 0 && refusedGood === 0) ? 0 : 1;
