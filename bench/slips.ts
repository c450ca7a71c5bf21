import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openDatabase } from '../src/platform/database.ts';
import { migrate } from '../src/platform/migrate.ts';
import { rulesOn } from '../src/foundation/rules/index.ts';
import type { DossierFile } from '../src/services/dossiers/dossier-file-queries.ts';
import { renderSlip } from '../src/services/dossiers/index.ts';
import { compileSlip } from '../src/services/dossiers/slips/compile-slip.ts';
import { slipContent } from '../src/services/dossiers/slips/slip-content.ts';

/**
 * Slips of receipt as PDF, each of another dossier: through the door that pages use (names read, words, QR, a thread of its own), against
 * the bare compiler in this thread on the same words, turn by turn. `loop_p99_ms`: how long the program could not answer anybody else.
 */
const PAGES = Number(process.argv[2] ?? 1_000);
const ROUNDS = 3;
const AT_ONCE = 16;

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('Run it as npm run bench -- slips');
await migrate(url, 'db/migrations');
const db = openDatabase(url, { max: 8, applicationName: 'bench-slips' });
const day = new Date('2026-11-23T09:00:00+07:00');
const unit = (n: number) => `019ab000-0000-7000-8000-${String(n).padStart(12, '0')}`;

/** A received dossier with six papers; every `n` is another person and another number. */
function dossierNumber(n: number): DossierFile {
  const base = { submittedAt: day, receivedAt: day, dueAt: day, firstDueAt: day, stepDueAt: day };
  return {
    ...base,
    id: unit(n),
    code: `H41.19-20261123-${String(n).padStart(7, '0')}`,
    rulePack: 'vn-2026',
    terms: {
      procedureCode: '1.001193',
      procedureName: { vi: 'Đăng ký khai sinh', en: 'Birth registration' },
      limit: { amount: 5, unit: 'workingDay' },
      steps: [],
    },
    applicantName: `Nguyễn Thị Ánh Nguyệt ${n}`,
    delivery: 'counter',
    receivingUnitId: unit(1),
    competentUnitId: unit(2),
    steps: [],
    fees: [],
    supplements: [],
    history: [{ number: 1, name: 'receive', at: day, actorLabel: `Trần Văn ${n}`, takenBackAt: null, details: {} }],
    applicant: {
      phone: '0912345678',
      email: `nguyet${n}@example.vn`,
      address: `Xóm ${n}, xã Kim Liên`,
      submitterName: null,
    },
    papers: Array.from({ length: 6 }, (_, i) => ({
      name: `Giấy tờ số ${i + 1} của hồ sơ ${n}`,
      originals: 1,
      copies: i % 2,
      isElectronic: i % 3 === 0,
    })),
  } as unknown as DossierFile;
}
const place = {
  publicUrl: 'https://dichvucong.example.vn',
  installationSecret: 'a secret of the bench',
  provinceName: 'Ủy ban nhân dân tỉnh Nghệ An',
  placeName: 'Nghệ An',
};
let serial = 10;

async function product(): Promise<number> {
  const started = performance.now();
  let left = PAGES;
  const counter = async (): Promise<void> => {
    while (left-- > 0) await renderSlip(db.reader, dossierNumber(++serial), 'receipt', place);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, counter));
  return PAGES / ((performance.now() - started) / 1000);
}
function limit(): number {
  const setting = {
    pack: rulesOn('2026-11-23'),
    names: new Map(),
    provinceName: place.provinceName,
    placeName: place.placeName,
    trackingNumber: 'K7M2P-Q9XWA',
    trackingSecret: 'ABCD2345',
    trackingAddress: 'dichvucong.example.vn/tra-cuu',
  };
  const contents = Array.from({ length: PAGES }, () => slipContent('receipt', dossierNumber(++serial), setting));
  const started = performance.now();
  for (const content of contents) compileSlip(content);
  return PAGES / ((performance.now() - started) / 1000);
}

await product(); // the threads and the fonts are there before anything counts
limit();
const delay = monitorEventLoopDelay({ resolution: 5 });
const rounds: { product: number; limit: number }[] = [];
for (let i = 0; i < ROUNDS; i += 1) {
  delay.enable();
  const perSecond = await product();
  delay.disable();
  rounds.push({ product: perSecond, limit: limit() });
}
await db.close();
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const perSecond = mean(rounds.map((round) => round.product));
const bare = mean(rounds.map((round) => round.limit));
console.log(
  JSON.stringify({
    bench: 'slips',
    unit: 'pages/s',
    product: Math.round(perSecond),
    limit: Math.round(bare),
    ratio: Number((perSecond / bare).toFixed(3)),
    loop_p99_ms: Number((delay.percentile(99) / 1e6).toFixed(1)),
    n: PAGES * ROUNDS,
  }),
);
process.exit(0);
