import { PdfDefect, PdfName, PdfRef, PdfStream, PdfText, type PdfDict, type PdfValue } from './pdf-objects.ts';

/*
 * Reads objects of a PDF (ISO 32000-1, 7.2 and 7.3) out of bytes. It asks for what the standard says and forgives what real producers do
 * (no end of line before `endstream`, numbers like `--5`, junk between objects); it never reads outside of the bytes it was given.
 */

const DEEPEST = 64;
const LONGEST_NAME = 4_096;
const WHITE = new Uint8Array(256);
for (const code of [0, 9, 10, 12, 13, 32]) WHITE[code] = 1;
const DELIMITER = new Uint8Array(256);
for (const code of Buffer.from('()<>[]{}/%')) DELIMITER[code] = 1;
const isRegular = (code: number | undefined): boolean =>
  code !== undefined && WHITE[code] === 0 && DELIMITER[code] === 0;
const hexOf = (code: number | undefined): number => {
  if (code === undefined) return -1;
  if (code >= 48 && code <= 57) return code - 48;
  const low = code | 32;
  return low >= 97 && low <= 102 ? low - 87 : -1;
};

/** The length of a stream when it stands in another object. */
export type LengthOf = (ref: PdfRef) => number | undefined;

export class PdfParser {
  readonly bytes: Buffer;
  at: number;
  #depth = 0;
  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  skipWhite(): void {
    const { bytes } = this;
    while (this.at < bytes.length) {
      const code = bytes[this.at]!;
      if (WHITE[code] === 1) this.at++;
      else if (code === 37) while (this.at < bytes.length && bytes[this.at] !== 10 && bytes[this.at] !== 13) this.at++;
      else return;
    }
  }

  /** The next regular word (number, keyword); empty before a delimiter or the end. */
  word(): string {
    this.skipWhite();
    const from = this.at;
    while (this.at - from < 64 && isRegular(this.bytes[this.at])) this.at++;
    return this.bytes.toString('latin1', from, this.at);
  }

  /** Whether that keyword comes next; it is taken when it does. */
  takes(keyword: string): boolean {
    this.skipWhite();
    const end = this.at + keyword.length;
    if (this.bytes.toString('latin1', this.at, end) !== keyword || isRegular(this.bytes[end])) return false;
    this.at = end;
    return true;
  }

  /** A whole number that comes next; undefined (nothing taken) when something else does. */
  whole(): number | undefined {
    const before = this.at;
    const word = this.word();
    if (/^\d{1,15}$/.test(word)) return Number(word);
    this.at = before;
    return undefined;
  }

  /** The next object. @throws PdfDefect */
  value(): PdfValue {
    this.skipWhite();
    if (++this.#depth > DEEPEST) throw new PdfDefect('objects lie too deep in one another');
    try {
      const code = this.bytes[this.at];
      if (code === undefined) throw new PdfDefect('the file ends inside an object');
      if (code === 47) return this.#name();
      if (code === 40) return this.#literal();
      if (code === 91) return this.#array();
      if (code === 60) return this.bytes[this.at + 1] === 60 ? this.#dict() : this.#hex();
      return this.#plain();
    } finally {
      this.#depth--;
    }
  }

  #name(): PdfName {
    this.at++;
    const from = this.at;
    let text = '';
    let hasEscape = false;
    while (isRegular(this.bytes[this.at])) {
      if (this.bytes[this.at] === 35) hasEscape = true;
      this.at++;
      if (this.at - from > LONGEST_NAME) throw new PdfDefect('a name is too long');
    }
    text = this.bytes.toString('latin1', from, this.at);
    if (hasEscape)
      text = text.replaceAll(/#([0-9a-fA-F]{2})/g, (_all, hex: string) =>
        String.fromCodePoint(Number.parseInt(hex, 16)),
      );
    return new PdfName(text);
  }

  #literal(): PdfText {
    const { bytes } = this;
    const from = this.at;
    const out: number[] = [];
    let open = 1;
    this.at++;
    for (;;) {
      const code = bytes[this.at++];
      if (code === undefined) throw new PdfDefect('a string has no end');
      if (code === 40) open++;
      else if (code === 41 && --open === 0) return new PdfText(Buffer.from(out), from, this.at);
      if (code === 92) this.#escape(out);
      else if (code === 13) {
        if (bytes[this.at] === 10) this.at++;
        out.push(10);
      } else out.push(code);
    }
  }

  #escape(out: number[]): void {
    const { bytes } = this;
    const code = bytes[this.at++] ?? 0;
    const plain = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 }[code];
    if (plain !== undefined) out.push(plain);
    else if (code >= 48 && code <= 55) {
      let value = code - 48;
      for (let i = 0; i < 2 && bytes[this.at]! >= 48 && bytes[this.at]! <= 55; i++)
        value = value * 8 + bytes[this.at++]! - 48;
      out.push(value & 255);
    } else if (code === 13) {
      if (bytes[this.at] === 10) this.at++;
    } else if (code !== 10) out.push(code);
  }

  #hex(): PdfText {
    const { bytes } = this;
    const from = this.at++;
    const out: number[] = [];
    let high = -1;
    for (;;) {
      const code = bytes[this.at++];
      if (code === undefined) throw new PdfDefect('a string has no end');
      if (code === 62) break;
      if (WHITE[code] === 1) continue;
      const digit = hexOf(code);
      if (digit < 0) throw new PdfDefect('a hexadecimal string has other characters in it');
      if (high < 0) high = digit;
      else {
        out.push(high * 16 + digit);
        high = -1;
      }
    }
    if (high >= 0) out.push(high * 16);
    return new PdfText(Buffer.from(out), from, this.at);
  }

  #array(): PdfValue[] {
    this.at++;
    const items: PdfValue[] = [];
    for (;;) {
      this.skipWhite();
      if (this.bytes[this.at] === 93) {
        this.at++;
        return items;
      }
      items.push(this.value());
    }
  }

  #dict(): PdfDict {
    this.at += 2;
    const dict: PdfDict = new Map();
    for (;;) {
      this.skipWhite();
      if (this.bytes[this.at] === 62 && this.bytes[this.at + 1] === 62) {
        this.at += 2;
        return dict;
      }
      if (this.bytes[this.at] !== 47) throw new PdfDefect('a dictionary has a key that is no name');
      const key = this.#name().text;
      const value = this.value();
      // A key twice: readers disagree which counts, so a document must not say two things.
      if (dict.has(key)) throw new PdfDefect(`a dictionary has /${key.slice(0, 40)} twice`);
      dict.set(key, value);
    }
  }

  #plain(): PdfValue {
    const before = this.at;
    const word = this.word();
    if (word === 'true') return true;
    if (word === 'false') return false;
    if (word === 'null') return null;
    if (!/^[+-]*(\d+\.?\d*|\.\d+)$/.test(word)) throw new PdfDefect(`there is no object at byte ${before}`);
    if (/^\d+$/.test(word)) {
      const after = this.at;
      const generation = this.whole();
      if (generation !== undefined && this.takes('R')) return new PdfRef(Number(word), generation);
      this.at = after;
    }
    return Number(word.replace(/^[+-]*(?=[+-])/, ''));
  }

  /** What follows `5 0 obj`: the object, with its bytes when it is a stream. */
  indirect(lengthOf: LengthOf): { number: number; generation: number; value: PdfValue } {
    const number = this.whole();
    const generation = this.whole();
    if (number === undefined || generation === undefined || !this.takes('obj'))
      throw new PdfDefect(`there is no object at byte ${this.at}`);
    const value = this.value();
    if (!(value instanceof Map) || !this.takes('stream')) return { number, generation, value };
    if (this.bytes[this.at] === 13) this.at++;
    if (this.bytes[this.at] === 10) this.at++;
    const told = value.get('Length');
    const length = typeof told === 'number' ? told : told instanceof PdfRef ? lengthOf(told) : undefined;
    const from = this.at;
    let to = length !== undefined && length >= 0 && Number.isInteger(length) ? from + length : -1;
    if (to >= 0) {
      this.at = to;
      if (to > this.bytes.length || !this.takes('endstream')) to = -1;
    }
    if (to < 0) {
      to = this.bytes.indexOf('endstream', from);
      if (to < 0) throw new PdfDefect(`the stream of object ${number} has no end`);
    }
    return { number, generation, value: new PdfStream(value, this.bytes.subarray(from, to)) };
  }
}
