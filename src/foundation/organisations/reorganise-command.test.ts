import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { readChangeFile } from './change-file.ts';
import { loadProvinceUnits } from './load-province-units.ts';
import { readFileSync } from 'node:fs';
import { idOfKey } from './province-units.ts';
import { reorganiseCommand } from './reorganise-command.ts';
import { heirsOf } from './kin-queries.ts';

/* The province's own changes, one after the other by the command: 480 communes, 460, 412, 130; what no source tells is decided by the test. */

const app = await testApp();
const FOLDER = 'province/nghe-an/reorganisations';
let said = '';
beforeAll(async () => {
  await loadProvinceUnits(app.context);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said += String(text))));
});
afterEach(() => {
  said = '';
});
const run = (...args: string[]) => reorganiseCommand.run(app.context, args);
async function communesOn(day: string): Promise<number> {
  const [row] = await app.db.reader.raw<{ n: number }>(
    `select count(*) as n from organisations.unit_version where kind = 'commune' and valid_from <= $1 and (valid_to is null or valid_to >= $1)`,
    [day],
  );
  return row!.n;
}
const unit = (key: string) => idOfKey('unit', key);
/** Everything of a file that nobody's source tells goes to one unit. */
async function decidedFor(file: string, heir: string): Promise<string[]> {
  const { rows } = await readChangeFile(readFileSync(`${FOLDER}/${file}`), file);
  const open = rows.filter((row) => row.change === 'dissolve' || row.change === 'split').map((row) => row.from ?? '');
  return [...new Set(open)].map((key) => `--decide=target:${unit(key)}=${unit(heir)}`);
}

test('a dry run keeps nothing and says what a person has to decide; what is open is not applied', async () => {
  expect(await run(`${FOLDER}/2025-07-01.json`)).toBe(0);
  expect(said).toContain('433 changes');
  expect(said).toContain('To be decided by a person: 23');
  expect(said).toContain('In the way: 0');
  expect(await run(`${FOLDER}/2025-07-01.json`, '--apply')).toBe(1);
  expect(await app.db.reader.raw('select id from organisations.operation')).toEqual([]);
});

test('the three steps lead from 480 communes to 130, names and successors as of each day, and back', async () => {
  expect(await communesOn('2020-02-01')).toBe(480);
  const [first, second, third] = ['2020-02-01.json', '2024-12-01.json', '2025-07-01.json'] as const;
  expect(await run(`${FOLDER}/${first}`, '--apply', ...(await decidedFor(first, 'gso-2018:17878')))).toBe(0);
  expect(await communesOn('2020-02-01')).toBe(460);
  expect(await communesOn('2020-01-31')).toBe(480);
  expect(await run(`${FOLDER}/${second}`, '--apply', ...(await decidedFor(second, 'gso-2018:16702')))).toBe(0);
  expect(await communesOn('2024-12-01')).toBe(412);
  const choices = (await decidedFor(third, 'gso:16681')).map((choice) =>
    choice
      .replace(`${unit('gso-2018:17647')}=${unit('gso:16681')}`, `${unit('gso-2018:17647')}=${unit('gso:17357')}`)
      .replace(`${unit('gso-2018:17899')}=${unit('gso:16681')}`, `${unit('gso-2018:17899')}=${unit('gso:17464')}`),
  );
  expect(await run(`${FOLDER}/${third}`, '--apply', ...choices)).toBe(0);
  expect([await communesOn('2025-06-30'), await communesOn('2025-07-01')]).toEqual([412, 130]);
  const [old] = await app.db.reader.raw<{ before: string; after: string }>(
    `select min(name_vi) filter (where valid_to = '2020-01-31') as before, min(name_vi) filter (where valid_from = '2020-02-01') as after
     from organisations.unit_version where unit_id = $1`,
    [unit('gso-2018:17878')],
  );
  expect(old).toEqual({ before: 'Ủy ban nhân dân xã Nghi Khánh', after: 'Ủy ban nhân dân xã Khánh Hợp' });
  // Nghi Hợp went to Khánh Hợp (decided here), and that one to a commune of today: three changes on.
  expect(
    (await heirsOf(app.db.reader, [unit('gso-2018:17872')], '2025-07-01')).get(unit('gso-2018:17872')),
  ).toHaveLength(1);
  expect(await run(`${FOLDER}/${first}`, '--undo')).toBe(1);
  expect(said).toContain('A later change of units');
  for (const file of [third, second, first]) expect(await run(`${FOLDER}/${file}`, '--undo')).toBe(0);
  expect([await communesOn('2020-02-01'), await communesOn('2025-06-30'), await communesOn('2025-07-01')]).toEqual([
    480, 480, 130,
  ]);
});

test.each([[[]], [['--apply']], [['x.json', '--explode']], [['x.json', '--decide=target']]])(
  '%j is not understood',
  async (args) => {
    expect(await run(...args)).toBe(2);
  },
);
test('a file that is not there is said in one line', async () => {
  expect(await run('khong-co.json')).toBe(1);
  expect(said).toContain('khong-co.json');
});
