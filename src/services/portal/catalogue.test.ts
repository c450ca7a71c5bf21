import { brotliCompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { addToFigures } from '../dossiers/figure-queries.ts';
import { loadProvince } from './testing.ts';

const app = await testApp();
const get = (url: string, headers: Record<string, string> = {}) =>
  app.app.inject({ method: 'GET', url, headers: { accept: 'text/html', ...headers } });

beforeAll(async () => {
  await loadProvince(app);
}, 120_000);

describe('anonymous pages', () => {
  const pages = [
    '/',
    '/tim-kiem',
    '/tim-kiem?q=khai+sinh',
    '/tim-kiem?q=zzzzqqqq',
    '/thu-tuc-hanh-chinh',
    '/thu-tuc-hanh-chinh/linh-vuc/ho-tich-chung-thuc',
    '/thu-tuc-hanh-chinh/1.001193',
    '/tra-cuu',
    '/so-lieu',
    '/ho-tro',
    '/ho-tro/nop-ho-so',
    '/kha-nang-tiep-can',
    '/so-do-trang',
  ];
  test.each(pages)('%s opens in both languages, without a token, and names nothing undefined', async (path) => {
    for (const url of [path, path === '/' ? '/en' : `/en${path}`]) {
      const answer = await get(url);
      expect(answer.statusCode, url).toBe(200);
      expect(answer.body).not.toMatch(/undefined|NaN|\[object|_csrf/);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.body).toContain(url.startsWith('/en') ? '<html lang="en"' : '<html lang="vi"');
    }
  });

  // With 30 kB of styles, 90 kB of fonts and 2 kB of script (held elsewhere) every first page stays under 200 kB.
  test.each(pages)('%s weighs at most 60 kB compressed', async (path) => {
    expect(brotliCompressSync((await get(path)).body).length).toBeLessThan(60_000);
  });

  test('a page asked for twice is answered from memory', async () => {
    const first = await get('/thu-tuc-hanh-chinh/1.001193');
    const second = await get('/thu-tuc-hanh-chinh/1.001193');
    expect(second.body).toBe(first.body);
    expect(first.headers['cache-control']).toContain('public');
  });
});

test('the home page has a card for a field in which something is offered, and none for an empty one', async () => {
  const { body } = await get('/');
  const cards = [...body.matchAll(/linh-vuc\/([a-z0-9-]+)/g)].map((match) => match[1]);
  const offered = await app.db.reader.raw<{ code: string }>(
    `select distinct v.field_code as code from procedures.procedure_version v join procedures.offer o on o.procedure_id = v.procedure_id
     where v.status = 'published' and v.field_code is not null`,
  );
  const all = await app.db.reader.raw<{ code: string }>('select code from procedures.field');
  expect(offered.length).toBeGreaterThan(0);
  expect(new Set(cards)).toEqual(new Set(offered.map((field) => field.code)));
  expect(all.length).toBeGreaterThan(offered.length);
});

describe('finding a procedure', () => {
  test.each(['đăng ký khai sinh', 'dang ky khai sinh', 'dang ky khai sih', '1.001193'])(
    '"%s" finds it first',
    async (query) => {
      const answer = await get(`/tim-kiem?q=${encodeURIComponent(query)}`);
      expect(/thu-tuc-hanh-chinh\/(\d\.\d+)/.exec(answer.body.slice(answer.body.indexOf('sen-hits')))?.[1]).toBe(
        '1.001193',
      );
    },
  );

  test('a typing error is told', async () => {
    expect((await get('/tim-kiem?q=khai+sihn')).body).toContain('Ý bạn là');
  });

  test('nothing found: says so and offers the fields', async () => {
    const { body } = await get('/tim-kiem?q=qqxxzz+wwvv');
    expect(body).toContain('Không tìm thấy thủ tục nào');
    expect(body).toContain('/thu-tuc-hanh-chinh/linh-vuc/');
  });

  test('filters narrow, unknown values are passed over', async () => {
    expect((await get('/tim-kiem?q=khai+sinh&cap=commune')).body).toContain('1.001193');
    expect((await get('/tim-kiem?q=khai+sinh&linh-vuc=thuy-san')).body).not.toContain('thu-tuc-hanh-chinh/1.001193');
    expect((await get('/tim-kiem?q=khai+sinh&cap=%27%3B--')).statusCode).toBe(200);
  });

  test.each([
    '/tim-kiem?q=%00%01',
    '/tim-kiem?q=' + '%F0%9F%98%80'.repeat(80),
    '/tim-kiem?q=%27%20or%201%3D1--&sau=99999999',
    '/tim-kiem?q=<script>alert(1)</script>',
    '/thu-tuc-hanh-chinh?sau=AAAA&co-quan=x&cap[]=1',
    '/thu-tuc-hanh-chinh/1.001193?ngay=99/99/9999',
    '/so-lieu?thang=9999-99',
    '/so-lieu/tai-ve?thang=%00',
    '/so-lieu?ngay=%27;--&don-vi-theo=%00',
    '/so-lieu?ngay=0001-01-01&thang=2020-01',
    '/tra-cuu?ma=%00&khoa=<b>',
  ])('hostile address %s is answered without an error', async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBeLessThan(500);
    expect(answer.body).not.toContain('<script>alert');
  });

  test.each([
    '/thu-tuc-hanh-chinh/9.999999',
    '/thu-tuc-hanh-chinh/linh-vuc/khong-co',
    '/ho-tro/khong-co',
    '/thu-tuc-hanh-chinh/1.001193/bieu-mau/..%2F..%2Fprovince.json',
  ])('%s is not found', async (url) => expect((await get(url)).statusCode).toBe(404));

  test('the page as of a day says so; before its first version there is none', async () => {
    expect((await get('/thu-tuc-hanh-chinh/1.001193?ngay=1/8/2025')).body).toContain('áp dụng vào ngày 01/08/2025');
    expect((await get('/thu-tuc-hanh-chinh/1.001193?ngay=1/1/2014')).statusCode).toBe(404);
  });

  test('home to the form of a procedure is two clicks', async () => {
    expect((await get('/')).body).toContain('/thu-tuc-hanh-chinh/');
    const { body } = await get('/thu-tuc-hanh-chinh/1.001193');
    expect(body).toContain('/thu-tuc-hanh-chinh/1.001193/nop');
    for (const part of ['Cần giấy tờ gì', 'Mất bao lâu', 'Bao nhiêu tiền', 'Căn cứ pháp lý', 'Từ 01/01/2026 đến nay'])
      expect(body).toContain(part);
  });
});

describe('for machines and the curious', () => {
  test('sitemap, robots and security.txt', async () => {
    const map = await get('/sitemap.xml');
    expect(map.headers['content-type']).toContain('application/xml');
    expect(map.body).toContain('/thu-tuc-hanh-chinh/1.001193</loc>');
    expect((await get('/robots.txt')).body).toContain('Sitemap: http');
    const security = await get('/.well-known/security.txt');
    expect(security.headers['content-type']).toBe('text/plain; charset=utf-8');
    const lines = security.body.trimEnd().split('\n');
    const values = (name: string) =>
      lines.filter((line) => line.startsWith(`${name}: `)).map((line) => line.slice(name.length + 2));
    expect(lines.every((line) => /^[A-Z][\w-]+: \S/.test(line))).toBe(true);
    expect(values('Contact')).toEqual(['mailto:antoanthongtin@example.vn']);
    const days = (Date.parse(values('Expires')[0] ?? '') - app.db.clock.now().getTime()) / 86_400_000;
    expect(days).toBeGreaterThan(150);
    expect(days).toBeLessThan(365);
    expect(values('Expires')).toHaveLength(1);
    expect(values('Canonical')[0]).toMatch(/\/\.well-known\/security\.txt$/);
    expect(values('Policy')).toHaveLength(2);
    for (const policy of values('Policy')) expect((await get(new URL(policy).pathname)).statusCode).toBe(200);
  });

  test('figures download as CSV with a mark for spreadsheets', async () => {
    const answer = await get('/so-lieu/tai-ve?thang=2026-11');
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.body.startsWith('\uFEFFLoại,Tên')).toBe(true);
  });

  test('a slip of before, with the tracking code in its address, leads to one that has it behind #', async () => {
    const answer = await get('/tra-cuu?ma=H41.12-20261122-0000001&khoa=ABCD2345');
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/tra-cuu?ma=H41.12-20261122-0000001#khoa=ABCD2345');
    const { body } = await get('/tra-cuu?ma=H41.12-20261122-0000001');
    expect(body).toContain('value="H41.12-20261122-0000001"');
    expect(body).toContain('data-from-fragment');
    const hostile = await get('/tra-cuu?khoa=%0d%0aset-cookie:a%23%3cb%3e');
    expect(hostile.headers['set-cookie']).toBeUndefined();
    expect(hostile.headers.location).toBe('/tra-cuu#khoa=%0D%0Aset-cookie%3Aa%23%3Cb%3E');
  });

  test('figures as of a day leave out what came after it, say so, and can be shown under the units of today', async () => {
    const [at] = await app.db.reader.raw<{ procedureId: string; unitId: string }>(
      `select p.id as "procedureId", u.id as "unitId" from procedures.procedure p, organisations.unit u where p.code = '1.001193' and u.key = 'gso:16681'`,
    );
    await app.db.write(async (tx) => {
      await addToFigures(tx, { ...at!, day: '2026-09-05' }, { submitted: 71, received: 71 });
      await addToFigures(tx, { ...at!, day: '2026-09-20' }, { submitted: 23, received: 20, finished_on_time: 5 });
      await addToFigures(tx, { ...at!, day: '2026-09-21' }, { received: -1 });
    });
    const received = async (query: string) => {
      const { body } = await get(`/so-lieu/tai-ve?${query}`);
      return Number(/^Cơ quan,[^\n]*?,(\d+),(\d+),(\d+),(\d+),(\d+)/m.exec(body)?.[3] ?? 0);
    };
    expect(await received('thang=2026-09')).toBe(90);
    expect(await received('ngay=2026-09-10')).toBe(71);
    expect(await received('ngay=20/9/2026')).toBe(91);
    expect(await received('ngay=2026-09-30')).toBe(90);
    // Of a day before the first one that was counted only whole months are known.
    expect(await received('ngay=2020-09-10&thang=2026-09')).toBe(0);
    const page = (await get('/so-lieu?ngay=2026-09-10')).body;
    for (const words of [
      'Bạn đang xem dữ liệu tính đến hết ngày',
      'tính đến hết ngày 10/09/2026',
      'Quy về đơn vị hiện nay',
    ])
      expect(page).toContain(words);
    expect((await get('/so-lieu?ngay=2026-09-10&don-vi-theo=hom-nay')).body).toContain('Theo đơn vị lúc đó');
    expect((await get('/so-lieu')).body).not.toContain('Bạn đang xem dữ liệu');
  });

  test('a wrong code and a wrong secret look the same, and guessing stops', async () => {
    const post = (fields: Record<string, string>) =>
      app.app.inject({
        method: 'POST',
        url: '/tra-cuu',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'sec-fetch-site': 'same-origin',
          host: new URL(app.context.config.publicUrl).host,
          accept: 'text/html',
        },
        payload: new URLSearchParams(fields).toString(),
        remoteAddress: '10.9.8.7',
      });
    const empty = await post({ ma: '', khoa: '' });
    expect(empty.statusCode).toBe(422);
    expect(empty.body).toContain('Nhập mã hồ sơ');
    const wrong = await post({ ma: 'H41.12-20261122-0000001', khoa: 'ABCDEFGH' });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('value="H41.12-20261122-0000001"');
    const answers = await Promise.all(
      Array.from({ length: 25 }, (_, i) => post({ ma: `H41.12-20261122-000000${i}`, khoa: 'X' })),
    );
    expect(answers.map((answer) => answer.statusCode)).toContain(429);
  });
});
