/* Text as it is said: what a voice would read letter by letter or as another number. Safe in a browser; no dependency. */

type Locale = 'vi' | 'en';

const VI_SHORT: readonly (readonly [RegExp, string])[] = [
  [/\bUBND\b/g, 'Ủy ban nhân dân'],
  [/\bHĐND\b/g, 'Hội đồng nhân dân'],
  [/\bTTHC\b/g, 'thủ tục hành chính'],
  [/\bNĐ(?=[\s-]CP|\s\d|\b)/g, 'nghị định'],
  [/\bQĐ(?=[\s-]|\b)/g, 'quyết định'],
  [/\bTT(?=\s\d)/g, 'thông tư'],
  [/\bĐ(?=\d)/g, 'điều '],
  [/-CP\b/g, ' Chính phủ'],
];

const EN_SHORT: readonly (readonly [RegExp, string])[] = [];

/** Digits in groups (`1.250.000`) as one number; a decimal comma stays. */
const ungroup = (text: string, mark: '.' | ','): string =>
  text.replace(mark === '.' ? /\b\d{1,3}(?:\.\d{3})+\b/g : /\b\d{1,3}(?:,\d{3})+\b/g, (number) =>
    number.replaceAll(mark, ''),
  );

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Says dates, times, money and signs in words of the language, and the short forms that officials write. */
export function speakable(text: string, locale: Locale): string {
  const isVi = locale === 'vi';
  let said = text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  // Dates before numbers: their dots and slashes mean something else.
  said = said.replace(
    /\b(ngày )?(\d{1,2})\/(\d{1,2})\/(\d{4})\b/gi,
    (whole, _word, d: string, m: string, y: string) => {
      const month = Number(m);
      if (month < 1 || month > 12 || Number(d) < 1 || Number(d) > 31) return whole as string;
      return isVi ? `ngày ${Number(d)} tháng ${month} năm ${y}` : `${Number(d)} ${MONTHS[month - 1]} ${y}`;
    },
  );
  said = said.replace(/\b([01]?\d|2[0-3]):([0-5]\d)\b/g, (_whole, h: string, min: string) =>
    isVi ? `${Number(h)} giờ${min === '00' ? '' : ` ${Number(min)} phút`}` : `${Number(h)}:${min}`,
  );
  said = ungroup(said, isVi ? '.' : ',');
  said = said
    .replace(/(\d)\s?(?:đ|₫)(?![\p{L}])/gu, isVi ? '$1 đồng' : '$1 dong')
    .replaceAll(/m²/g, isVi ? 'mét vuông' : 'square metres')
    .replaceAll(/m³/g, isVi ? 'mét khối' : 'cubic metres')
    .replace(/(\d)\s?%/g, isVi ? '$1 phần trăm' : '$1 percent')
    .replace(/(\d)\s?[×x]\s?(\d)/g, isVi ? '$1 nhân $2' : '$1 by $2')
    .replaceAll('≤', isVi ? 'không quá' : 'at most')
    .replaceAll(/[→›·•]/g, ', ');
  for (const [short, long] of isVi ? VI_SHORT : EN_SHORT) said = said.replace(short, long);
  return said.replaceAll(/\s+/g, ' ').replaceAll(/\s+,/g, ',').trim();
}

/** Sentences of at most so many characters: voices of some browsers stop in the middle of long ones. */
export function piecesToSay(text: string, most = 180): string[] {
  const pieces: string[] = [];
  for (const sentence of text.match(/[^.!?;:]+[.!?;:]*\s*/g) ?? []) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + sentence.length <= most) pieces[pieces.length - 1] = last + sentence;
    else if (sentence.length <= most) pieces.push(sentence);
    else {
      let line = '';
      for (const word of sentence.split(' ')) {
        if (line.length + word.length + 1 > most && line !== '') {
          pieces.push(line);
          line = '';
        }
        line = line === '' ? word : `${line} ${word}`;
      }
      if (line !== '') pieces.push(line);
    }
  }
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== '');
}
