import { beforeAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../../testing/database.ts';
import {
  indexDocuments,
  PUBLIC,
  rebuildDictionary,
  removeDocuments,
  search,
  suggest,
  useSearchWords,
} from './index.ts';

const db = await testDatabase();
const titles: Record<string, string> = {
  '1.001193': 'Đăng ký khai sinh',
  '1.000894': 'Đăng ký kết hôn',
  '1.000656': 'Đăng ký khai tử',
  '1.004884': 'Đăng ký lại khai sinh',
  '1.001612': 'Đăng ký thành lập hộ kinh doanh',
  '2.000720': 'Đăng ký thay đổi nội dung đăng ký hộ kinh doanh',
  '1.013225': 'Cấp giấy phép xây dựng mới đối với nhà ở riêng lẻ',
  '3.000348': 'Cấp lại giấy phép lái xe',
  '1.000703': 'Cấp Giấy phép kinh doanh vận tải bằng xe ô tô',
  '2.000635': 'Cấp bản sao Trích lục hộ tịch',
  '1.004623': 'Cấp thẻ hướng dẫn viên du lịch nội địa',
  '1.004628': 'Cấp thẻ hướng dẫn viên du lịch quốc tế',
  '1.001699': 'Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật',
  '1.012784': 'Tách thửa hoặc hợp thửa đất',
  '1.012786': 'Cấp lại Giấy chứng nhận quyền sử dụng đất do bị mất',
};

const find = async (query: string, more: Partial<Parameters<typeof search>[1]> = {}) => {
  const result = await search(db.reader, { query, locale: 'vi', ...more });
  return { ...result, ids: result.hits.map((hit) => hit.refId) };
};

beforeAll(async () => {
  useSearchWords({
    abbreviations: { GPLX: 'giấy phép lái xe', HDV: 'hướng dẫn viên' },
    synonyms: { 'sổ đỏ': ['giấy chứng nhận quyền sử dụng đất'], 'bằng lái': ['giấy phép lái xe'] },
    stopWords: ['thủ tục', 'tôi muốn', 'làm', 'cấp', 'xin'],
  });
  await db.write((tx) =>
    indexDocuments(
      tx,
      Object.entries(titles).map(([code, title]) => ({
        kind: 'procedure',
        refId: code,
        locale: 'vi',
        title,
        body:
          code === '1.001193'
            ? 'Cha mẹ nộp giấy chứng sinh của cơ sở y tế nơi trẻ sinh ra. <script>alert(1)</script>'
            : `${title}. Nộp tại Trung tâm Phục vụ hành chính công.`,
        codes: [code],
        facets: [code.startsWith('1') ? 'series:1' : 'series:other'],
        version: 1,
      })),
    ),
  );
  await db.write(rebuildDictionary);
});

describe('searching', () => {
  test.each([
    ['đăng ký khai sinh', '1.001193'],
    ['dang ky khai sinh', '1.001193'],
    ['dang ki khai sih', '1.001193'],
    ['ddawng kys keets hoon', '1.000894'],
    ['thủ tục kết hôn', '1.000894'],
    ['tôi muốn làm trích lục', '2.000635'],
    ['giay phep say dung nha o', '1.013225'],
    ['đổi GPLX', '3.000348'],
    ['bằng lái', '3.000348'],
    ['so do bi mat', '1.012786'],
    ['thẻ HDV quốc tế', '1.004628'],
    ['giấy chứng sinh', '1.001193'],
    ['tach thua dat', '1.012784'],
    ['huong dna vien quoc te', '1.004628'],
    ['1.001193', '1.001193'],
    ['mã 1.001193', '1.001193'],
  ])('%s finds %s first', async (query, code) => {
    expect((await find(query)).ids[0]).toBe(code);
  });

  test('says what it searched for instead, with marks', async () => {
    expect((await find('dang ki khai sih')).searchedFor).toBe('đăng ký khai sinh');
    expect((await find('đăng ký khai sinh')).searchedFor).toBeNull();
  });

  test('quotes as pieces of plain text, never as HTML', async () => {
    const { hits } = await find('giấy chứng sinh');
    const marked = hits[0]!.snippet.filter((piece) => piece.hit).map((piece) => piece.text);
    expect(marked.join(' ').toLowerCase()).toContain('giấy chứng sinh');
    expect(hits[0]!.snippet.map((piece) => piece.text).join('')).toContain('<script>');
  });

  test('pages through results without doubling one', async () => {
    const first = await find('đăng ký', { limit: 3 });
    const second = await find('đăng ký', { limit: 3, cursor: first.next });
    expect(first.ids).toHaveLength(3);
    expect(first.ids.filter((id) => second.ids.includes(id))).toEqual([]);
  });

  test('keeps to kinds, facets, language and what the reader may see', async () => {
    await db.write((tx) =>
      indexDocuments(tx, [
        {
          kind: 'note',
          refId: 'n1',
          locale: 'vi',
          title: 'Ghi chú nội bộ về khai sinh',
          body: '',
          visibleTo: ['unit:1'],
          version: 1,
        },
        {
          kind: 'procedure',
          refId: '1.001193',
          locale: 'en',
          title: 'Register a birth',
          body: 'Newborn child',
          version: 1,
        },
      ]),
    );
    expect((await find('ghi chú nội bộ')).ids).not.toContain('n1');
    expect((await find('ghi chú nội bộ', { visibleTo: ['unit:1'] })).ids[0]).toBe('n1');
    expect((await find('khai sinh', { kinds: ['note'] })).ids).toEqual([]);
    expect((await find('khai sinh', { facets: ['series:other'] })).ids).not.toContain('1.001193');
    expect((await find('birth', { locale: 'en' })).ids).toEqual(['1.001193']);
    expect(PUBLIC).toBe('public');
  });

  test.each([
    '',
    '   ',
    '!!!',
    "'; drop table search.document; --",
    'a & b | !c:*',
    '\\',
    "''':1A",
    'x'.repeat(5000),
    '%_',
    '🙂',
    '\u0000'.slice(1),
    '<script>',
  ])('survives %j', async (query) => {
    const result = await find(query, { cursor: '-1 or 1=1' });
    expect(Array.isArray(result.hits)).toBe(true);
  });

  test('suggests titles while one types', async () => {
    expect((await suggest(db.reader, { prefix: 'dang ky kh', locale: 'vi' })).map((s) => s.title)).toContain(
      'Đăng ký khai sinh',
    );
    expect(await suggest(db.reader, { prefix: "x':*", locale: 'vi' })).toEqual([]);
    expect(await suggest(db.reader, { prefix: '', locale: 'vi' })).toEqual([]);
  });

  test('an older version never replaces a newer one; what is removed is found no more', async () => {
    const document = { kind: 'help', refId: 'h', locale: 'vi' as const, body: '' };
    await db.write((tx) => indexDocuments(tx, [{ ...document, title: 'Bản mới', version: 2 }]));
    await db.write((tx) => indexDocuments(tx, [{ ...document, title: 'Bản cũ', version: 1 }]));
    expect((await find('bản mới', { kinds: ['help'] })).ids).toEqual(['h']);
    await db.write((tx) => removeDocuments(tx, 'help', ['h']));
    expect((await find('bản mới', { kinds: ['help'] })).ids).toEqual([]);
  });
});
