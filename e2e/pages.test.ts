import { existsSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { testApp } from '../src/testing/app.ts';
import { addressOf, realIds } from './harness/addresses.ts';
import { htmlFaults, wrongLanguage } from './harness/page-rules.ts';
import { mayEnter, viewerOf, visitors, type Visitor } from './harness/people.ts';

/* Every page of the product, found by its route: whoever looks at it, in both languages. */

const isBuilt = existsSync('dist/client/.vite/manifest.json');
const app = await testApp({ demo: true, ...(isBuilt ? { clientFolder: 'dist/client' } : {}) });
const people = await visitors(app);
const ids = await realIds(app);
const everybody = Object.values(people);

const routes = app.routes.filter(
  ({ method, options }) => method === 'GET' && !options.machine && options.api === undefined,
);
const pages = await Promise.all(routes.map(async (route) => ({ route, address: await addressOf(route, ids) })));
const visitable = pages.flatMap(({ route, address }) =>
  address === null ? [] : [{ name: route.pattern, route, address }],
);

const look = (visitor: Visitor, address: string, locale: 'vi' | 'en') =>
  app.app.inject({
    method: 'GET',
    url: locale === 'en' ? (address === '/' ? '/en' : `/en${address}`) : address,
    headers: { ...visitor.headers, accept: 'text/html' },
    remoteAddress: `10.9.${everybody.indexOf(visitor)}.1`,
  });

/** Pages that a person reaches only in the middle of something; they have journeys of their own. */
const ON_THE_WAY =
  /:(draftId|intakeId|importId|phraseId|viewId|identifierId|appointmentId|substitutionId|versionId|upgradeId|packageId)|\/(xac-nhan|lam-tiep)\/:token|\/quan-tri\/(tac-vu|thu-tuc\/nhap)\/:id/;

/** Pages that show records as they were written, in whatever language. */
const RECORDS = /^\/quan-tri\/(nhat-ky|hop-thu-di|tac-vu)|^\/hop-thu-trinh-dien|^\/tai-khoan\/du-lieu\/tai-ve/;

test('every page can be visited: give a new route an example, or its ids a rule in e2e/harness/addresses.ts', () => {
  const missing = pages.filter(({ route, address }) => address === null && !ON_THE_WAY.test(route.pattern));
  expect(missing.map(({ route }) => route.pattern)).toEqual([]);
});

/** Files of a page: what it links to below /assets/, as large as they are sent. */
function weightOf(html: string): number {
  const files = [...new Set([...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((match) => match[1]!))];
  const sizes = files.map((file) =>
    existsSync(`dist/client${file}`) ? gzipSync(readFileSync(`dist/client${file}`)).length : 0,
  );
  return gzipSync(html).length + sizes.reduce((sum, size) => sum + size, 0);
}

describe.each(visitable)('$name', ({ route, address }) => {
  test('fails for nobody, and opens to nobody whom its access keeps out', async () => {
    for (const locale of ['vi', 'en'] as const)
      for (const visitor of everybody) {
        const answer = await look(visitor, address, locale);
        expect(answer.statusCode, `${visitor.role} ${locale} ${address}`).toBeLessThan(500);
        const isShut = [302, 303, 401, 403, 404].includes(answer.statusCode);
        expect(isShut || mayEnter(route.options.access, visitor), `${visitor.role} at ${address}`).toBe(true);
      }
  });

  test('is valid HTML in one language for whoever may see it', async () => {
    const viewer = viewerOf(route.options.access, people);
    expect(viewer, 'nobody of the demonstration may see this page').toBeDefined();
    for (const locale of ['vi', 'en'] as const) {
      const answer = await look(viewer!, address, locale);
      if (answer.statusCode >= 300 || !String(answer.headers['content-type']).startsWith('text/html')) continue;
      const html = answer.body;
      expect(html).toContain(`<html lang="${locale}"`);
      expect(html.match(/<h1[\s>]/g)).toHaveLength(1);
      expect(await htmlFaults(html), `${locale} ${address}`).toEqual([]);
      const wrong = RECORDS.test(address) ? [] : wrongLanguage(html, locale);
      expect(wrong.slice(0, 8), `${locale} ${address}`).toEqual([]);
      const weight = route.options.access === 'public' && isBuilt ? weightOf(html) : 0;
      expect(weight, 'bytes sent with its files').toBeLessThan(200_000);
    }
  });
});
