import { createHash } from 'node:crypto';
import { checkCms } from '../src/foundation/signatures/cms/check-cms.ts';
import { readCms } from '../src/foundation/signatures/cms/read-cms.ts';
import type { Trust } from '../src/foundation/signatures/judge/judge-cms.ts';
import { judgePdf } from '../src/foundation/signatures/judge/judge-pdf.ts';
import { coveredBytes, findSignatures } from '../src/foundation/signatures/pdf/find-signatures.ts';
import { PdfDocument } from '../src/foundation/signatures/pdf/pdf-document.ts';
import { makePdf, signPdf, stampedAt } from '../src/foundation/signatures/testing/pdf.ts';
import { makeCrl, makeHolder } from '../src/foundation/signatures/testing/pki.ts';

/**
 * Files judged a second, on one core: a decision of two pages with the signature of a person and the seal of an agency, both RSA-2048 with
 * time-stamps, judged in full (structure, changes, chains, revocation, times). The limit does the same digests and the same checks of keys
 * (signatures, time-stamps, certificates, lists) on what was read before, and nothing else. In turn, three rounds; medians.
 */
const SECONDS = Number(process.argv[2] ?? 4);
const ROUNDS = 3;
const NOW = new Date('2026-11-28T03:00:00Z');

const root = await makeHolder({ name: 'Gốc', kind: 'rsa', isAuthority: true });
const authority = await makeHolder({ name: 'CA', kind: 'rsa', issuer: root, isAuthority: true });
const official = await makeHolder({ name: 'Nguyễn Thị Minh Châu', kind: 'rsa', issuer: authority });
const agency = await makeHolder({ name: 'Ủy ban nhân dân phường', kind: 'rsa', issuer: authority });
const clock = await makeHolder({
  name: 'Dấu thời gian',
  kind: 'rsa',
  issuer: authority,
  extended: ['1.3.6.1.5.5.7.3.8'],
});
const lists = [
  await makeCrl(authority, [], new Date('2026-11-20'), new Date('2026-12-20')),
  await makeCrl(root, [], new Date('2026-11-01'), new Date('2027-05-01')),
];
const trust: Trust = { anchors: [root.certificate], along: [], revocation: { crls: lists, ocsps: [] } };
const along = [authority];
const stamp = stampedAt(clock, new Date('2026-06-01'), along);
const room = 12_000;
const file = signPdf(signPdf(makePdf(['Quyet dinh', 'Trang hai']), { holder: official, along, stamp, room }), {
  holder: agency,
  along,
  stamp,
  room,
});

const judge = (): void => {
  const { signatures } = judgePdf(file, trust, NOW);
  if (signatures.length !== 2 || signatures.some(({ verdict }) => verdict.indication !== 'TOTAL-PASSED'))
    throw new Error('The file of the bench is not judged as it should be');
};
const read = findSignatures(PdfDocument.read(file)).map((one) => {
  const cms = readCms(one.contents);
  return { data: coveredBytes(one, file), cms, stamp: readCms(cms.timeStamps[0]!) };
});
const chain = [official, agency, clock, clock].map(({ certificate }) => certificate);
const bare = (): void => {
  createHash('sha256').update(file).digest();
  for (const { data, cms, stamp: token } of read) {
    if (!checkCms(cms, cms.signer!, data).isGenuine) throw new Error('not genuine');
    if (!checkCms(token, token.signer!, undefined).isGenuine) throw new Error('not genuine');
  }
  for (const one of chain) {
    one.x509.verify(authority.certificate.x509.publicKey);
    authority.certificate.x509.verify(root.certificate.x509.publicKey);
  }
};

function rate(work: () => void, times?: number[]): number {
  const started = performance.now();
  let done = 0;
  while (performance.now() - started < SECONDS * 1_000) {
    const began = performance.now();
    work();
    times?.push(performance.now() - began);
    done++;
  }
  return done / ((performance.now() - started) / 1_000);
}
for (const work of [judge, bare]) for (let i = 0; i < 100; i++) work();
const times: number[] = [];
const rounds = Array.from({ length: ROUNDS }, () => ({ product: rate(judge, times), limit: rate(bare) }));
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
const product = median(rounds.map((round) => round.product));
const limit = median(rounds.map((round) => round.limit));
times.sort((a, b) => a - b);
const ms = (share: number): number => Number(times[Math.floor(times.length * share)]!.toFixed(2));
process.stdout.write(
  `${JSON.stringify({
    bench: 'verify',
    unit: 'files/s',
    product: Math.round(product),
    limit: Math.round(limit),
    ratio: Number((product / limit).toFixed(3)),
    p50_ms: ms(0.5),
    p99_ms: ms(0.99),
    n: times.length,
    signatures: 2,
    bytes: file.length,
  })}\n`,
);
