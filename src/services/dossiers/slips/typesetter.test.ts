import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { SlipContent } from './slip-content.ts';
import { createTypesetter, type Typesetter } from './typesetter.ts';

const content: SlipContent = {
  paper: 'a5',
  isLandscape: false,
  title: 'Giấy tiếp nhận hồ sơ',
  subtitle: null,
  superior: 'UBND tỉnh',
  agency: 'Sở Tư pháp',
  number: null,
  dateline: 'Nghệ An, ngày 23 tháng 11 năm 2026',
  qr: null,
  addressee: null,
  bold: [],
  facts: [['Tổ chức, cá nhân', 'Nguyễn Thị Ánh Nguyệt']],
  table: null,
  paragraphs: ['#panic("x")'],
  signatures: [],
  footer: null,
};
const made: Typesetter[] = [];
const pool = (...input: Parameters<typeof createTypesetter>): Typesetter => {
  const typesetter = createTypesetter(...input);
  made.push(typesetter);
  return typesetter;
};
afterAll(() => Promise.all(made.map((typesetter) => typesetter.close())));

/** A thread that does what a test needs: nothing, or fails. */
function threadThat(code: string): URL {
  const file = join(mkdtempSync(join(tmpdir(), 'sen-slip-')), 'worker.mjs');
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';\nparentPort.on('message', () => { ${code} });\n`,
  );
  return pathToFileURL(file);
}

test('sets many slips at once, each its own, while the program goes on', async () => {
  const { typeset } = pool({ threads: 2 });
  await typeset(content);
  let turns = 0;
  const counter = setInterval(() => turns++, 1);
  const pdfs = await Promise.all(Array.from({ length: 60 }, (_, n) => typeset({ ...content, title: `Phiếu số ${n}` })));
  clearInterval(counter);
  expect(pdfs.every((pdf) => pdf.subarray(0, 5).toString() === '%PDF-')).toBe(true);
  expect(new Set(pdfs.map((pdf) => pdf.toString('latin1'))).size).toBe(60);
  expect(turns).toBeGreaterThan(10);
});

test('more than may wait are refused at once with a clear problem, the others are set', async () => {
  const { typeset } = pool({ threads: 1, maxWaiting: 5 });
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => typeset(content)));
  const refused = outcomes.filter((each) => each.status === 'rejected');
  expect(refused).toHaveLength(14); // one being set, five waiting
  for (const { reason } of refused) expect(String(reason)).toContain('dossiers.slips-busy');
});

test('a slip that takes too long is a clear problem, and the next one gets another thread', async () => {
  const { typeset } = pool({ threads: 1, timeoutMs: 30 }, threadThat(''));
  const both = await Promise.allSettled([typeset(content), typeset(content)]);
  for (const each of both) expect(each).toMatchObject({ status: 'rejected' });
  expect(String((both[1] as PromiseRejectedResult).reason)).toContain('dossiers.slip-too-slow');
});

test('a thread that dies fails its own slip only', async () => {
  const { typeset } = pool({ threads: 1 }, threadThat('process.exit(3)'));
  await expect(typeset(content)).rejects.toThrow('ended with 3');
  await expect(typeset(content)).rejects.toThrow('ended with 3');
});

test('what cannot be set is an error of that slip, and the thread goes on', async () => {
  const { typeset } = pool({ threads: 1 });
  await expect(typeset({ ...content, paper: 'no such paper' as 'a4' })).rejects.toThrow('could not be set');
  expect((await typeset(content)).length).toBeGreaterThan(1_000);
});
