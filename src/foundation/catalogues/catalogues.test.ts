import { globSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { cataloguesCommand } from './catalogue-commands.ts';
import { readCatalogueFile } from './catalogue-file.ts';
import { compareItems, inTreeOrder, listFaults, type Item } from './catalogue.ts';
import { judgeRows, mergeRows, readItemSheet } from './item-sheet.ts';
import { catalogueFilesAt, loadCatalogueFiles, loadProvinceCatalogues } from './load-catalogue-files.ts';
import { loadCatalogueOptions } from './option-book.ts';

const app = await testApp();
const host = new URL(app.context.config.publicUrl).host;
const get = (url: string, headers: Record<string, string> = {}) =>
  app.app.inject({ method: 'GET', url, headers: { host, ...headers } });

beforeAll(() => loadProvinceCatalogues(app.context));

const item = (code: string, more: Partial<Item> = {}): Item => ({
  code,
  position: 10,
  nameVi: `Mục ${code}`,
  nameEn: null,
  parentCode: null,
  validFrom: null,
  validTo: null,
  replacedBy: null,
  attributes: {},
  isUnsure: false,
  ...more,
});

describe('a list', () => {
  test('names repeated codes, parents that lead nowhere or round, wrong days and names', () => {
    const faults = listFaults([
      item('a', { parentCode: 'b' }),
      item('b', { parentCode: 'a' }),
      item('z'),
      item('z'),
      item('c', { parentCode: 'x', replacedBy: 'y' }),
      item('d', { validFrom: '2026-02-30' }),
      item('e', { validFrom: '2026-03-02', validTo: '2026-03-01' }),
      item("f' or 1=1", { nameVi: ' ' }),
    ]);
    expect(Object.fromEntries(faults)).toEqual({
      0: ['parent-circle'],
      1: ['parent-circle'],
      3: ['code-twice'],
      4: ['parent-unknown', 'replaced-unknown'],
      5: ['day'],
      6: ['period'],
      7: ['code', 'name'],
    });
  });

  test('tells what was added, changed, ended and dropped', () => {
    const before = [item('a'), item('b'), item('c'), item('d')];
    const after = [item('a'), item('b', { nameVi: 'Tên mới' }), item('c', { validTo: '2026-06-30' }), item('e')];
    expect(compareItems(before, after).map(({ code, kind }) => [code, kind])).toEqual([
      ['b', 'changed'],
      ['c', 'ended'],
      ['e', 'added'],
      ['d', 'dropped'],
    ]);
    expect(compareItems(before, after)[0]!.parts).toEqual([{ part: 'nameVi', before: 'Mục b', after: 'Tên mới' }]);
  });

  test('stands as a tree, each parent before its children', () => {
    const rows = inTreeOrder([
      item('1'),
      item('1.1', { parentCode: '1' }),
      item('2'),
      item('9', { parentCode: 'gone' }),
    ]);
    expect(rows.map(({ code, depth }) => [code, depth])).toEqual([
      ['1', 0],
      ['1.1', 1],
      ['2', 0],
      ['9', 0],
    ]);
  });
});

describe('a sheet', () => {
  const attributes = [{ key: 'abbreviation', vi: 'Viết tắt', en: 'Abbreviation' }];
  test('is read by its headings in either language, and judged line by line', () => {
    const rows = readItemSheet(
      [
        ['Tên', 'Mã', 'Viết tắt', 'Mã cấp trên', 'Từ ngày'],
        ['Một', '01', 'M', '', '1/7/2025'],
        ['', '', '', '', ''],
        ['Hai', '02', "'=1+1", '01', '31/02/2025'],
        ['Ba', '01', '', 'mất', ''],
        ['Bốn', '04', '', '02', ''],
      ],
      attributes,
    )!;
    expect(rows[0]!.item).toMatchObject({ code: '01', validFrom: '2025-07-01', attributes: { abbreviation: 'M' } });
    expect(rows[1]!.item.attributes).toEqual({ abbreviation: '=1+1' });
    const judged = judgeRows([], rows, true);
    // The fourth hangs on the second, which is refused: it falls too.
    expect(judged.map((row) => [row.line, row.faults])).toEqual([
      [2, []],
      [4, ['day']],
      [5, ['code-twice']],
      [6, ['parent-unknown']],
    ]);
    expect(mergeRows([item('07'), item('01')], judged, false).map(({ code }) => code)).toEqual(['07', '01']);
    expect(mergeRows([item('07')], judged, true).map(({ code }) => code)).toEqual(['01']);
  });
  test('without a column for code or name is no sheet of a list', () => {
    expect(readItemSheet([['Tên', 'Ghi chú']], attributes)).toBeNull();
    expect(readItemSheet([], attributes)).toBeNull();
  });
});

describe('the lists of the province', () => {
  test('are right, name their clause, and cover what the national platform shares', () => {
    const files = globSync('province/*/catalogues/*.json').map((path) => ({
      path,
      ...readCatalogueFile(readFileSync(path, 'utf8')),
    }));
    expect(files.length).toBeGreaterThan(60);
    expect(files.filter((file) => 'faults' in file)).toEqual([]);
    const partners = files.flatMap((file) => ('file' in file ? [file.file.partnerCode] : [])).filter(Boolean);
    expect(partners.length).toBe(36);
  });

  test('are taken over once: again nothing changes, and a broken file costs only itself', async () => {
    const sources = catalogueFilesAt('province/nghe-an/catalogues');
    expect(await loadCatalogueFiles(app.context, sources)).toMatchObject({
      added: 0,
      changed: 0,
      versions: 0,
      faults: [],
    });
    const hostile = [
      { name: 'no.json', content: '{' },
      { name: 'proto.json', content: '{"__proto__":{"code":"x"},"constructor":1}' },
      { name: 'good.json', content: JSON.stringify(tiny('thu-mot')) },
      {
        name: 'twice.json',
        content: JSON.stringify(
          tiny('thu-hai', [
            { code: '1', vi: 'A' },
            { code: '1', vi: 'B' },
          ]),
        ),
      },
    ];
    const report = await loadCatalogueFiles(app.context, hostile);
    expect(report).toMatchObject({ files: 4, added: 1, versions: 1 });
    expect(new Set(report.faults.map((fault) => fault.file))).toEqual(new Set(['no.json', 'proto.json', 'twice.json']));
  });

  test('three tiers of government until 30 June 2025, two since', async () => {
    const codes = async (on: string) =>
      (await get(`/api/v1/catalogues/cap-don-vi-hanh-chinh/items?on=${on}`))
        .json()
        .items.map((one: { code: string }) => one.code);
    expect(await codes('2025-06-30')).toEqual(['tinh', 'huyen', 'xa']);
    expect(await codes('2025-07-01')).toEqual(['tinh', 'xa']);
  });
});

const tiny = (code: string, items: object[] = [{ code: '1', vi: 'Một' }]) => ({
  code,
  name: { vi: 'Thử', en: 'Test' },
  scope: 'province',
  owner: 'Tỉnh',
  legalBasis: 'Thử',
  versions: [{ validFrom: '2020-01-01', items }],
});

describe('forms', () => {
  test('offer what may be chosen on the day, and still name what ended', async () => {
    const book = await loadCatalogueOptions(app.db.reader, ['giay-to-tuy-than', 'dan-toc', 'khong-co']);
    const values = (day: string) => book.optionsOf('giay-to-tuy-than', day)!.map((option) => option.value);
    expect(values('2024-12-31')).toContain('CMND');
    expect(values('2025-01-01')).not.toContain('CMND');
    expect(values('2020-01-01')).toEqual([]);
    expect(book.optionsOf('dan-toc', '2026-01-01')).toHaveLength(54);
    expect(book.optionsOf('khong-co', '2026-01-01')).toBeUndefined();
  });
});

describe('the public interface', () => {
  test('lists page by page, each once', async () => {
    const seen: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer: { items: { code: string }[]; next: string | null } = (
        await get(`/api/v1/catalogues?limit=25${cursor ? `&cursor=${cursor}` : ''}`)
      ).json();
      seen.push(...answer.items.map((one) => one.code));
      cursor = answer.next;
    }
    expect(seen.length).toBeGreaterThan(60);
    expect(new Set(seen).size).toBe(seen.length);
    const countries = (await get('/api/v1/catalogues/quoc-gia/items?limit=100')).json();
    const more = (await get(`/api/v1/catalogues/quoc-gia/items?limit=500&cursor=${countries.next}`)).json();
    expect(countries.items.length + more.items.length).toBe(249);
    expect((await get('/api/v1/catalogues/dan-toc/items?q=kinh')).json().items[0].code).toBe('01');
  });

  test('says what it said before with 304, and something else when the day asks for it', async () => {
    const first = await get('/api/v1/catalogues/tinh-thanh/items?on=2026-01-01');
    const etag = String(first.headers['etag']);
    const again = await get('/api/v1/catalogues/tinh-thanh/items?on=2026-01-01', { 'if-none-match': `"x", ${etag}` });
    expect([again.statusCode, again.body]).toEqual([304, '']);
    const older = await get('/api/v1/catalogues/tinh-thanh/items?on=2025-06-30', { 'if-none-match': etag });
    expect(older.statusCode).toBe(200);
    expect([first.json().items.length, older.json().items.length]).toEqual([34, 63]);
  });

  test('maps former provinces to the present ones from the day on', async () => {
    const mapped = async (query: string) =>
      (await get(`/api/v1/catalogues/tinh-thanh/mappings/tinh-thanh?${query}`)).json().items;
    expect(await mapped('from=93&on=2025-07-01')).toMatchObject([{ from: '93', to: '92' }]);
    expect(await mapped('from=93&on=2025-06-30')).toEqual([]);
    expect((await mapped('to=79&on=2026-01-01')).map((one: { from: string }) => one.from)).toEqual(['74', '77', '79']);
  });

  test('refuses what it cannot read, and finds nothing where nothing is', async () => {
    const status = async (url: string) => (await get(url)).statusCode;
    expect(await status('/api/v1/catalogues/dan-toc/items?on=2026-02-30')).toBe(422);
    expect(await status('/api/v1/catalogues/dan-toc/items?on=hom-nay')).toBe(422);
    expect(await status('/api/v1/catalogues/dan-toc/items?limit=0')).toBe(422);
    expect(await status('/api/v1/catalogues?scope=xyz')).toBe(422);
    expect(await status('/api/v1/catalogues/dan-toc/items?cursor=%00%FF')).toBeLessThan(500);
    expect(await status('/api/v1/catalogues/dan-toc/items?q=%25_%5C%27')).toBe(200);
    expect(await status('/api/v1/catalogues/khong-co/items')).toBe(404);
    expect(await status('/api/v1/catalogues/dan-toc/items/99')).toBe(404);
    expect(await status('/api/v1/catalogues/dan-toc/items/01?on=1900-01-01')).toBe(404);
    expect((await get('/api/openapi.json')).json().paths['/api/v1/catalogues/{code}/items'].get.tags).toEqual([
      'catalogues',
    ]);
  });
});

describe('the public pages', () => {
  test('show a list on a day, warn when it is not verified, and give it away', async () => {
    expect((await get('/danh-muc')).body).toContain('Dân tộc');
    const page = (await get('/danh-muc/cap-don-vi-hanh-chinh?ngay=30/06/2025')).body;
    expect(page).toContain('Cấp huyện');
    expect((await get('/danh-muc/dan-toc')).body).toContain('chưa đối chiếu');
    expect((await get('/danh-muc/dan-toc?tim=%3Cscript%3Ealert(1)%3C/script%3E')).body).not.toContain('<script>alert');
    const csv = (await get('/danh-muc/dan-toc/tai-ve/csv')).body;
    expect(csv.split('\r\n')[1]).toBe('01,Kinh,Kinh,,,,');
    const json = (await get('/danh-muc/dan-toc/tai-ve/json')).body;
    expect('file' in readCatalogueFile(json)).toBe(true);
    expect((await get('/danh-muc/dan-toc/tai-ve/exe')).statusCode).toBe(404);
    expect((await get('/danh-muc/ma-buu-chinh-cap-1')).body).toContain('Chưa có phiên bản nào');
  });
});

test('the command exports what it can import', async () => {
  const written: string[] = [];
  const output = vi.spyOn(process.stdout, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  expect(await cataloguesCommand.run(app.context, ['export', 'do-khan'])).toBe(0);
  output.mockRestore();
  const read = readCatalogueFile(written.join(''));
  expect('file' in read && read.file.versions[0]!.items.map((one) => one.code)).toEqual([
    'HOA-TOC',
    'THUONG-KHAN',
    'KHAN',
  ]);
});
