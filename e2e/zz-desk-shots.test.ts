import { readFileSync } from 'node:fs';
import { afterAll, test } from 'vitest';
import { SESSION_COOKIE } from '../src/platform/session.ts';
import { testApp } from '../src/testing/app.ts';
import { closeBrowser, openBrowser } from './harness/chromium.ts';
import { visitors } from './harness/people.ts';
const opened = await openBrowser();
const browser = 'browser' in opened ? opened.browser : null;
const app = await testApp({ demo: true, clientFolder: '/tmp/desk-client' });
const people = await visitors(app);
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
afterAll(closeBrowser);
test('shots', async () => {
  const origin = (await app.app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
  const context = await browser!.newContext({ viewport: { width: 1280, height: 720 }, bypassCSP: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('pageerror', (error) => console.log('PAGEERROR', error.message));
  const one = async (sql: string) => (await app.db.reader.raw<{ id: string }>(sql))[0]?.id ?? '';
  const unitOf = (role: 'front desk' | 'specialist') => people[role].actor!.unitId;
  const fd = unitOf('front desk'), sp = unitOf('specialist');
  const waiting = await one(`select id from dossiers.dossier where state = 1 and receiving_unit_id = '${fd}' order by submitted_at limit 1`);
  const running = await one(`select id from dossiers.dossier where state = 4 and handling_unit_id = '${people.leader.actor!.unitId}' order by due_at limit 1`);
  const ready = await one(`select id from dossiers.dossier where state = 9 and receiving_unit_id = '${fd}' limit 1`);
  console.log({ waiting, running, ready, fd, sp });
  const start = await app.app.inject({ method: 'POST', url: '/lam-viec/mau-cau', headers: { ...people['front desk'].headers, 'content-type': 'application/x-www-form-urlencoded', host: new URL(app.context.config.publicUrl).host, 'sec-fetch-site': 'same-origin' }, payload: new URLSearchParams({ _csrf: people['front desk'].csrf, title: 'Ảnh mờ', body: 'Ảnh chụp bị mờ, đề nghị chụp lại rõ cả bốn góc.', purpose: 'supplement', owner: 'unit' }).toString() });
  console.log('phrase', start.statusCode);
  const list: [string, keyof typeof people, string][] = [
    ['home-fd', 'front desk', '/lam-viec'],
    ['home-sp', 'specialist', '/lam-viec'],
    ['list-wait', 'front desk', '/lam-viec/ho-so?hang=cho-tiep-nhan'],
    ['list-proc', 'head', '/lam-viec/ho-so'],
    ['list-late', 'specialist', '/lam-viec/ho-so?hang=qua-han&kenh=online'],
    ['dossier-wait', 'front desk', `/lam-viec/ho-so/${waiting}`],
    ['dossier-run', 'leader', `/lam-viec/ho-so/${running}`],
    ['dossier-ready', 'front desk', `/lam-viec/ho-so/${ready}`],
    ['receive', 'front desk', `/lam-viec/ho-so/${waiting}/tiep-nhan`],
    ['supplement', 'front desk', `/lam-viec/ho-so/${waiting}/bo-sung`],
    ['refuse', 'front desk', `/lam-viec/ho-so/${waiting}/tu-choi`],
    ['return', 'front desk', `/lam-viec/ho-so/${ready}/tra-ket-qua`],
    ['assign', 'leader', `/lam-viec/ho-so/${running}/phan-cong`],
    ['extend', 'leader', `/lam-viec/ho-so/${running}/hen-lai`],
    ['intake', 'front desk', '/lam-viec/mot-cua/tiep-nhan'],
    ['intake-find', 'front desk', '/lam-viec/mot-cua/tiep-nhan?tim=khai+sinh'],
    ['intake-who', 'front desk', '/lam-viec/mot-cua/tiep-nhan/1.001193?so=040190000017'],
    ['phrases', 'front desk', '/lam-viec/mau-cau'],
    ['figures', 'leader', '/lam-viec/so-lieu'],
    ['search', 'head', '/lam-viec/tim-kiem?tim=nguyen'],
    ['en-dossier', 'leader', `/en/lam-viec/ho-so/${running}`],
  ];
  const only = process.env['ONLY']?.split(',');
  const look = async (name: string) => {
    await page.evaluate(axe);
    const found = (await page.evaluate('axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })')) as { violations: { id: string; nodes: { html: string }[] }[] };
    for (const v of found.violations) console.log('AXE', name, v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join(' | '));
    for (const width of [1280, 400]) {
      await page.setViewportSize({ width, height: 720 });
      const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      const frame = await page.evaluate('Math.max(0, ...[...document.querySelectorAll(".sen-table__frame")].map((f) => f.scrollWidth - f.clientWidth))');
      if (Number(wide) > 0 || (width === 1280 && Number(frame) > 0)) console.log('WIDE', name, width, wide, frame);
      await page.screenshot({ path: `/tmp/shots/${name}-${width}.png`, fullPage: width === 1280 });
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  };
  for (const [name, role, url] of list) {
    if (only && !only.includes(name)) continue;
    await context.clearCookies();
    await context.addCookies([{ name: SESSION_COOKIE, value: people[role].token!, url: origin }]);
    const answer = await page.goto(origin + url, { waitUntil: 'load' });
    console.log(name, answer?.status(), page.url().replace(origin, ''));
    await look(name);
  }
  if (!only || only.includes('journey')) {
    await context.clearCookies();
    await context.addCookies([{ name: SESSION_COOKIE, value: people['front desk'].token!, url: origin }]);
    await page.goto(`${origin}/lam-viec/mot-cua/tiep-nhan/1.001193?so=040190000017`);
    await page.fill('#phone', '0912345678');
    await page.click('text=Tiếp tục');
    await page.waitForLoadState('load');
    console.log('form at', page.url().replace(origin, ''));
    await look('intake-form');
    await page.goto(page.url().replace(/to-khai.*/, 'giay-to'));
    await look('intake-papers');
    await page.click('text=Tiếp nhận và in giấy hẹn');
    await page.waitForLoadState('load');
    await look('intake-papers-422');
  }
}, 500_000);
