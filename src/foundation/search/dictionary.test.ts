import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { corrected } from './correct.ts';
import { dictionaryOf, distance, withoutKeys } from './dictionary.ts';
import { checkSearchWords, otherWordings, tellingWords, wordListOf, writtenOut } from './word-list.ts';
import { fold, foldedSyllables, looksLikeCode, normalisedCode, pairs, positionedVector } from './words.ts';

const titles = [
  'Đăng ký khai sinh',
  'Đăng ký kết hôn',
  'Đăng ký khai tử',
  'Đăng ký thành lập hộ kinh doanh',
  'Cấp giấy phép xây dựng nhà ở riêng lẻ',
  'Cấp lại giấy phép lái xe',
  'Giấy phép lưu hành xe quá khổ trên đường bộ',
  'Xác nhận tình trạng hôn nhân',
  'Trích lục hộ tịch',
  'Cấp thẻ hướng dẫn viên du lịch',
];
const counts = new Map<string, number>();
for (const title of titles) {
  const words = foldedSyllables(title);
  for (const term of new Set([...words, ...pairs(words)])) counts.set(term, (counts.get(term) ?? 0) + 1);
}
const dictionary = dictionaryOf([...counts].map(([term, documents]) => ({ term, documents })));
const meant = (query: string) => corrected(dictionary, foldedSyllables(query)).join(' ');

describe('folding', () => {
  test('drops tones and marks, in composed and decomposed text alike', () => {
    expect(fold('Đường Nguyễn Huệ')).toBe('duong nguyen hue');
    expect(fold('Đường'.normalize('NFD'))).toBe('duong');
    expect(foldedSyllables('Giấy phép (lái xe), hạng A1!')).toEqual(['giay', 'phep', 'lai', 'xe', 'hang', 'a1']);
  });
  test('codes are told from words', () => {
    expect(
      ['1.001193', '000.00.12.H41-180312-0001', '1456/BC-STTTT', 'H41.12-20261122-0000001'].filter(
        (code) => !looksLikeCode(code),
      ),
    ).toEqual([]);
    expect(['khai', '2026', 'mức', 'a.b'].filter((word) => looksLikeCode(word))).toEqual([]);
    expect(normalisedCode(' 1456/bc-stttt')).toBe('1456/BC-STTTT');
  });
  test('a vector text quotes whatever it is given', () => {
    expect(positionedVector(['a', 'b', 'a'])).toBe("'a':1,3 'b':2 'a_b' 'b_a'");
  });
});

describe('typing errors', () => {
  test.each([
    ['dang ky khai sih', 'dang ky khai sinh'],
    ['dang ki khai sinh', 'dang ky khai sinh'],
    ['dang ky khia sinh', 'dang ky khai sinh'],
    ['dawng kys kheet hoon', 'dang ky ket hon'],
    ['dduowngf bộ', 'duong bo'],
    ['giaays pheps laiss xe', 'giay phep lai xe'],
    ['dangky khai sinh', 'dang ky khai sinh'],
    ['dang ky k hai sinh', 'dang ky khai sinh'],
    ['trich nuc ho tich', 'trich luc ho tich'],
    ['chich luc ho tich', 'trich luc ho tich'],
    ['giay phep say dung', 'giay phep xay dung'],
    ['giay phep xxay dung', 'giay phep xay dung'],
    ['huong gian vien du lich', 'huong dan vien du lich'],
    ['dang ky kinh doah ho', 'dang ky kinh doanh ho'],
  ])('%s is meant as %s', (typed, wanted) => {
    expect(meant(typed)).toBe(wanted);
  });
  test('what is right stays as it is', () => {
    for (const title of titles) expect(meant(title)).toBe(foldedSyllables(title).join(' '));
  });
  test('unknown names and numbers are kept', () => {
    expect(meant('nguyen 1.001193')).toContain('001193');
    expect(meant('zzzzzzzz')).toBe('zzzzzzzz');
  });
  test('whatever is typed, an answer comes and no word with a digit changes', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z0-9]{1,12}$/), { maxLength: 12 }), (words) => {
        const answer = corrected(dictionary, words);
        expect(answer.length).toBeGreaterThanOrEqual(words.length === 0 ? 0 : 1);
        expect(answer).toEqual(expect.arrayContaining(words.filter((word) => /^\d+$/.test(word))));
      }),
    );
  });
  test('keys left over by a keyboard are taken away', () => {
    expect(withoutKeys('dduowngf')).toBe('duong');
    expect(withoutKeys('d9u7o7ng2')).toBe('duong');
    expect(withoutKeys('tuw')).toBe('tu');
    expect(withoutKeys('khai')).toBeNull();
  });
  test('distance counts a swap of neighbours once', () => {
    expect(distance('khai', 'khia')).toBe(1);
    expect(distance('khai', 'khai')).toBe(0);
    expect(distance('khai', 'truong')).toBe(3);
  });
});

describe('word lists', () => {
  const list = wordListOf({
    abbreviations: { GPLX: 'giấy phép lái xe', 'QSD đất': 'quyền sử dụng đất' },
    synonyms: { 'bằng lái': ['giấy phép lái xe'] },
    stopWords: ['thủ tục', 'cấp'],
  });
  test('short forms are written out, also those of two words', () => {
    expect(writtenOut(list, ['doi', 'gplx'])).toEqual(['doi', 'giay', 'phep', 'lai', 'xe']);
    expect(writtenOut(list, ['qsd', 'dat', 'o'])).toEqual(['quyen', 'su', 'dung', 'dat', 'o']);
  });
  test('old names are said otherwise', () => {
    expect(otherWordings(list, ['doi', 'bang', 'lai'])).toEqual([['doi', 'giay', 'phep', 'lai', 'xe']]);
  });
  test('stop words count less, unless there is nothing else', () => {
    expect(tellingWords(list, ['thu', 'tuc', 'khai', 'sinh'])).toEqual([false, false, true, true]);
    expect(tellingWords(list, ['thu', 'tuc'])).toEqual([true, true]);
  });
  test('a wrong file is refused in words', () => {
    expect(() => checkSearchWords([])).toThrow('object');
    expect(() => checkSearchWords({ synonyms: { a: 'b' } })).toThrow('synonyms');
    expect(() => checkSearchWords({ abbreviations: { a: 1 } })).toThrow('abbreviations');
  });
});
