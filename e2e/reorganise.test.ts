import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { tick, mainText, newPerson, press, signIn, withoutScript } from './harness/journey.ts';
import { startJourney } from './harness/journey-start.ts';

/* An administrator previews, runs and undoes a merger of two communes that are at work, without a script; another one checks it. */

const { browser, product } = await startJourney('The journey of a merger is');

const LIMIT = 120_000;
/** With SEN_JOURNEY_PICTURES=folder the pages are kept as pictures, for people to look at. */
const folder = process.env['SEN_JOURNEY_PICTURES'];
async function look(page: Page, name: string): Promise<void> {
  if (folder) await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

interface Commune {
  id: string;
  name: string;
  code: string;
  dossiers: string;
}
/** The commune of the demo officers, and another that has dossiers. */
async function twoCommunes(): Promise<[Commune, Commune]> {
  const rows = await product.rows<Commune & { own: boolean }>(
    `select u.id, v.name_vi as name, i.code, (select count(*) from dossiers.dossier d where d.competent_unit_id = u.id) as dossiers,
       exists (select from organisations.post p join organisations.appointment a on a.post_id = p.id join organisations.officer o on o.id = a.officer_id
         where p.unit_id = u.id and o.staff_code = 'DEMO-LANHDAO') as own
     from organisations.unit u join organisations.unit_version v on v.unit_id = u.id and v.valid_to is null and v.kind = 'commune'
     join organisations.agency_identifier i on i.unit_id = u.id and i.valid_to is null and i.scheme = 'qd20'
     order by own desc, dossiers desc, v.name_vi limit 2`,
  );
  return [rows[0]!, rows[1]!];
}
const handledAt = async (unitId: string): Promise<number> => {
  const [row] = await product.rows<{ n: string }>(
    `select count(*) as n from dossiers.dossier d where d.handling_unit_id in
       (select unit_id from organisations.unit_ancestor where ancestor_id = $1 and valid_to is null union select $1::uuid)`,
    [unitId],
  );
  return Number(row!.n);
};
/** Loads a page anew until it says what is awaited. */
async function until(page: Page, words: string): Promise<void> {
  const address = page.url();
  await expect
    .poll(async () => (await page.goto(address), mainText(page)), { timeout: 60_000, interval: 500 })
    .toContain(words);
}

describe.skipIf(browser === null)('a merger', () => {
  test(
    'is previewed, checked, run and undone',
    async () => {
      const [host, guest] = await twoCommunes();
      // The demonstration has one administrator; a second person is needed.
      await product.rows(
        `insert into organisations.post_role (id, post_id, role_id, reach, created_at)
         select gen_random_uuid(), a.post_id, (select id from organisations.role where key = 'administrator'), 'all', now()
         from organisations.appointment a join organisations.officer o on o.id = a.officer_id where o.staff_code = 'DEMO-LANHDAO'`,
      );
      const before = [await handledAt(host.id), await handledAt(guest.id)] as const;
      expect(before[1]).toBeGreaterThan(0);

      const drafter = await newPerson(browser!, product, withoutScript);
      await signIn(drafter, 'administrator', '/quan-tri/sap-xep-don-vi');
      await look(drafter, 'list');
      await press(drafter, 'main a[href$="/sap-xep-don-vi/moi"]');
      await tick(drafter.locator('input[name=loai][value=merge]'));
      await look(drafter, 'kind');
      await press(drafter, 'main form button');
      await drafter.locator('input[name=title]').fill('Nhập hai xã');
      await drafter.locator('input[name=decisionNumber]').fill('12/NQ-HĐND');
      await drafter.locator('input[name=issuingBody]').fill('Hội đồng nhân dân tỉnh');
      await drafter.locator('textarea[name=fromUnits]').fill(guest.code);
      await drafter.locator('input[name=toUnit]').fill(host.code);
      await look(drafter, 'form');
      await press(drafter, 'main form button');
      expect(await mainText(drafter)).toContain('Hồ sơ đã xong');
      await look(drafter, 'preview');
      for (const select of await drafter.locator('main form select[name*=":"]').all())
        await select.selectOption({ index: 1 });
      await press(drafter, 'main form[action$="/quyet-dinh"] button');
      expect(await mainText(drafter)).toContain('0 trong');
      expect(await drafter.locator('button[value=check]').count()).toBe(0);

      const path = new URL(drafter.url()).pathname;
      const checker = await newPerson(browser!, product);
      await signIn(checker, 'leader', path);
      await press(checker, 'button[value=check]');
      expect(await mainText(checker)).toContain('Đã kiểm tra');
      await press(checker, 'button[value=start]');
      await until(checker, 'Xong lúc');
      await look(checker, 'done');
      expect(await handledAt(guest.id)).toBe(0);
      expect(await handledAt(host.id)).toBe(before[0] + before[1]);

      await drafter.goto(`/quan-tri/don-vi/${guest.id}`);
      expect(await mainText(drafter)).toContain('Nhập hai xã');
      await look(drafter, 'unit');
      await drafter.goto(path);
      await press(drafter, `main a[href$="/hoan-tac"]`);
      await look(drafter, 'undo');
      await press(drafter, 'main form button');
      await until(drafter, 'Đã hoàn tác');
      await look(drafter, 'undone');
      expect([await handledAt(host.id), await handledAt(guest.id)]).toEqual(before);
    },
    LIMIT,
  );
});
