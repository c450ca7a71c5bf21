import fc from 'fast-check';
import { expect, test } from 'vitest';
import { piecesToSay, speakable } from './speakable.ts';

test.each([
  ['Trả ngày 23/11/2026 lúc 14:05', 'Trả ngày 23 tháng 11 năm 2026 lúc 14 giờ 5 phút'],
  ['hạn 01/02/2026', 'hạn ngày 1 tháng 2 năm 2026'],
  ['Lệ phí: 1.250.000 đ', 'Lệ phí: 1250000 đồng'],
  ['8.000 đ mỗi bản', '8000 đồng mỗi bản'],
  ['đất 120 m² tại UBND xã', 'đất 120 mét vuông tại Ủy ban nhân dân xã'],
  ['NĐ 61/2018/NĐ-CP', 'nghị định 61/2018/nghị định Chính phủ'],
  ['Ảnh 4 × 6 cm, 97,5%', 'Ảnh 4 nhân 6 cm, 97,5 phần trăm'],
  ['08:00', '8 giờ'],
  ['mã 99/99/2026', 'mã 99/99/2026'],
])('%s is said as %s', (written, said) => expect(speakable(written, 'vi')).toBe(said));

test('English has its own words', () => {
  expect(speakable('Ready on 23/11/2026. Fee: 8,000 đ', 'en')).toBe('Ready on 23 November 2026. Fee: 8000 dong');
});

test('pieces hold all words, in their order, and are short', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.stringMatching(/^[a-zà-ỹ]{1,20}[.;?]?$/).filter((word) => !/\s/.test(word)),
        { maxLength: 120 },
      ),
      (words) => {
        const text = words.join(' ');
        const pieces = piecesToSay(text);
        expect(pieces.join(' ').split(/\s+/).filter(Boolean)).toEqual(words);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(180);
      },
    ),
  );
});
