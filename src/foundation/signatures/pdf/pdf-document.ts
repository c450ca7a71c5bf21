import { inflateSync } from 'node:zlib';
import { dictOf, nameOf, PdfDefect, PdfRef, PdfStream, type PdfDict, type PdfValue } from './pdf-objects.ts';
import { PdfParser } from './pdf-parser.ts';

/*
 * A document as one of its revisions shows it: the objects that its chain of cross-reference sections names (ISO 32000-1, 7.5), tables and
 * streams, objects of their own and in object streams. A section that is not there or not right is a defect, never guessed: a reader
 * that repairs shows something else than what was signed.
 */

const MOST_SECTIONS = 2_000;
const MOST_OBJECTS = 1_000_000;
const MOST_INFLATED = 64 * 1024 * 1024;
/** How far from the end `startxref` may stand. */
const TAIL = 2_048;

export type PdfPlace =
  | { kind: 'free' }
  | { kind: 'at'; offset: number; generation: number }
  | { kind: 'in'; stream: number; index: number };

/** The bytes of a stream that only Flate (with or without a predictor of PNG) is used on. @throws PdfDefect */
export function inflated(stream: PdfStream): Buffer {
  const filter = stream.dict.get('Filter');
  const filters = filter === undefined || filter === null ? [] : Array.isArray(filter) ? filter : [filter];
  if (filters.length === 0) return stream.bytes;
  if (filters.length > 1 || nameOf(filters[0]) !== 'FlateDecode')
    throw new PdfDefect('a stream of the structure is packed by something else than Flate');
  let bytes: Buffer;
  try {
    bytes = inflateSync(stream.bytes, { maxOutputLength: MOST_INFLATED });
  } catch {
    throw new PdfDefect('a stream of the structure cannot be unpacked');
  }
  const parms = stream.dict.get('DecodeParms');
  const parm = dictOf(Array.isArray(parms) ? parms[0] : parms);
  const predictor = parm?.get('Predictor') ?? 1;
  if (predictor === 1) return bytes;
  if (typeof predictor !== 'number' || predictor < 10 || predictor > 15)
    throw new PdfDefect('a stream of the structure has a predictor that is not known here');
  return unpredicted(bytes, Number(parm?.get('Columns') ?? 1));
}

/** Undoes the row filters of PNG for one byte a pixel, as cross-reference streams use them. */
function unpredicted(bytes: Buffer, columns: number): Buffer {
  if (!Number.isInteger(columns) || columns < 1 || columns > 65_536)
    throw new PdfDefect('a row of a stream is too long');
  const rows = Math.floor(bytes.length / (columns + 1));
  const out = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row++) {
    const kind = bytes[row * (columns + 1)]!;
    for (let i = 0; i < columns; i++) {
      const raw = bytes[row * (columns + 1) + 1 + i]!;
      const left = i > 0 ? out[row * columns + i - 1]! : 0;
      const up = row > 0 ? out[(row - 1) * columns + i]! : 0;
      const corner = i > 0 && row > 0 ? out[(row - 1) * columns + i - 1]! : 0;
      const predicted =
        kind === 0
          ? 0
          : kind === 1
            ? left
            : kind === 2
              ? up
              : kind === 3
                ? (left + up) >> 1
                : kind === 4
                  ? paeth(left, up, corner)
                  : undefined;
      if (predicted === undefined) throw new PdfDefect('a row of a stream has a filter that is not known');
      out[row * columns + i] = (raw + predicted) & 255;
    }
  }
  return out;
}
function paeth(left: number, up: number, corner: number): number {
  const guess = left + up - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? up : corner;
}

export class PdfDocument {
  readonly bytes: Buffer;
  /** The newest trailer. */
  readonly trailer: PdfDict;
  readonly places: ReadonlyMap<number, PdfPlace>;
  readonly #kept = new Map<number, PdfValue>();
  readonly #packed = new Map<number, Map<number, PdfValue>>();
  readonly #underWay = new Set<number>();

  private constructor(bytes: Buffer, trailer: PdfDict, places: ReadonlyMap<number, PdfPlace>) {
    this.bytes = bytes;
    this.trailer = trailer;
    this.places = places;
  }

  /** Reads what stands at the end of these bytes: a whole file, or a file up to the end of an earlier revision. @throws PdfDefect */
  static read(bytes: Buffer): PdfDocument {
    if (!/%PDF-\d/.test(bytes.toString('latin1', 0, 1_024))) throw new PdfDefect('this is no PDF');
    const tail = bytes.lastIndexOf('startxref');
    if (tail < 0 || tail < bytes.length - TAIL)
      throw new PdfDefect('the end of the file does not say where its objects are');
    const parser = new PdfParser(bytes, tail + 'startxref'.length);
    const first = parser.whole();
    if (first === undefined) throw new PdfDefect('the end of the file does not say where its objects are');
    const places = new Map<number, PdfPlace>();
    const seen = new Set<number>();
    let trailer: PdfDict | undefined;
    const todo: number[] = [first];
    for (let offset = todo.shift(); offset !== undefined; offset = todo.shift()) {
      if (seen.has(offset)) continue;
      if (seen.size >= MOST_SECTIONS) throw new PdfDefect('the file has too many revisions');
      seen.add(offset);
      const section = readSection(bytes, offset, places);
      trailer ??= section;
      const hybrid = section.get('XRefStm');
      const previous = section.get('Prev');
      if (typeof hybrid === 'number') todo.push(hybrid);
      if (typeof previous === 'number') todo.push(previous);
    }
    if (!trailer) throw new PdfDefect('the file has no trailer');
    return new PdfDocument(bytes, trailer, places);
  }

  get isEncrypted(): boolean {
    return this.trailer.has('Encrypt');
  }

  /** What a value stands for: references followed, null for an object that is not there. @throws PdfDefect */
  resolve(value: PdfValue | undefined): PdfValue {
    let current = value ?? null;
    for (let hops = 0; current instanceof PdfRef; hops++) {
      if (hops > 32) throw new PdfDefect('references go round in a circle');
      current = this.object(current.number);
    }
    return current;
  }
  dict(value: PdfValue | undefined): PdfDict | undefined {
    return dictOf(this.resolve(value));
  }
  list(value: PdfValue | undefined): PdfValue[] {
    const found = this.resolve(value);
    return Array.isArray(found) ? found : [];
  }
  catalog(): PdfDict {
    const catalog = this.dict(this.trailer.get('Root'));
    if (!catalog) throw new PdfDefect('the file has no catalogue');
    return catalog;
  }

  /** An indirect object; null when the file has none of that number. @throws PdfDefect */
  object(number: number): PdfValue {
    const kept = this.#kept.get(number);
    if (kept !== undefined) return kept;
    const place = this.places.get(number);
    if (!place || place.kind === 'free') return null;
    if (this.#underWay.has(number)) throw new PdfDefect('an object needs itself to be read');
    this.#underWay.add(number);
    try {
      const value = place.kind === 'at' ? this.#standing(number, place.offset) : this.#packedIn(number, place.stream);
      this.#kept.set(number, value);
      return value;
    } finally {
      this.#underWay.delete(number);
    }
  }

  #standing(number: number, offset: number): PdfValue {
    if (offset < 0 || offset >= this.bytes.length) throw new PdfDefect(`object ${number} lies outside of the file`);
    const parser = new PdfParser(this.bytes, offset);
    const found = parser.indirect((ref) => {
      const length = this.object(ref.number);
      return typeof length === 'number' ? length : undefined;
    });
    if (found.number !== number)
      throw new PdfDefect(`at the place of object ${number} there is object ${found.number}`);
    return found.value;
  }

  #packedIn(number: number, stream: number): PdfValue {
    let all = this.#packed.get(stream);
    if (!all) {
      const place = this.places.get(stream);
      const holder = place?.kind === 'at' ? this.object(stream) : null;
      if (!(holder instanceof PdfStream)) throw new PdfDefect(`object ${number} lies in a stream that is none`);
      all = unpack(holder);
      this.#packed.set(stream, all);
    }
    return all.get(number) ?? null;
  }
}

function unpack(holder: PdfStream): Map<number, PdfValue> {
  const bytes = inflated(holder);
  const [count, first] = [holder.dict.get('N'), holder.dict.get('First')];
  if (typeof count !== 'number' || typeof first !== 'number' || count < 0 || count > 100_000)
    throw new PdfDefect('a stream of objects does not say how many it has');
  const head = new PdfParser(bytes);
  const all = new Map<number, PdfValue>();
  for (let i = 0; i < count; i++) {
    const number = head.whole();
    const offset = head.whole();
    if (number === undefined || offset === undefined)
      throw new PdfDefect('a stream of objects has a list that ends early');
    if (!all.has(number)) all.set(number, new PdfParser(bytes, first + offset).value());
  }
  return all;
}

/** Reads one section into `places` (what is known stays: newer sections come first) and returns its trailer. */
function readSection(bytes: Buffer, offset: number, places: Map<number, PdfPlace>): PdfDict {
  if (offset < 0 || offset >= bytes.length) throw new PdfDefect('a cross-reference section lies outside of the file');
  const parser = new PdfParser(bytes, offset);
  if (!parser.takes('xref')) return readStreamSection(bytes, offset, places);
  for (;;) {
    if (parser.takes('trailer')) break;
    const first = parser.whole();
    const count = parser.whole();
    if (first === undefined || count === undefined) throw new PdfDefect('a cross-reference table is broken');
    if (count > MOST_OBJECTS || places.size > MOST_OBJECTS) throw new PdfDefect('the file has too many objects');
    for (let i = 0; i < count; i++) {
      const at = parser.whole();
      const generation = parser.whole();
      const kind = parser.word();
      if (at === undefined || generation === undefined || (kind !== 'n' && kind !== 'f'))
        throw new PdfDefect('a cross-reference table is broken');
      if (!places.has(first + i))
        places.set(first + i, kind === 'n' ? { kind: 'at', offset: at, generation } : { kind: 'free' });
    }
  }
  const trailer = parser.value();
  if (!(trailer instanceof Map)) throw new PdfDefect('a cross-reference table has no trailer');
  return trailer;
}

function readStreamSection(bytes: Buffer, offset: number, places: Map<number, PdfPlace>): PdfDict {
  const { value } = new PdfParser(bytes, offset).indirect(() => undefined);
  if (!(value instanceof PdfStream) || nameOf(value.dict.get('Type')) !== 'XRef')
    throw new PdfDefect('there is no cross-reference section where the file says');
  const data = inflated(value);
  const widths = (Array.isArray(value.dict.get('W')) ? (value.dict.get('W') as PdfValue[]) : []).map(Number);
  if (widths.length < 3 || widths.some((width) => !Number.isInteger(width) || width < 0 || width > 6))
    throw new PdfDefect('a cross-reference stream is broken');
  const [w0 = 0, w1 = 0, w2 = 0] = widths;
  const told = value.dict.get('Index');
  const index = (Array.isArray(told) ? told : [0, value.dict.get('Size') ?? 0]).map(Number);
  const row = w0 + w1 + w2;
  let at = 0;
  const read = (width: number, otherwise: number): number => {
    if (width === 0) return otherwise;
    at += width;
    return data.readUIntBE(at - width, width);
  };
  for (let pair = 0; pair + 1 < index.length; pair += 2) {
    const [first = 0, count = 0] = [index[pair], index[pair + 1]];
    if (!(count >= 0) || count > MOST_OBJECTS || places.size > MOST_OBJECTS)
      throw new PdfDefect('the file has too many objects');
    for (let i = 0; i < count && at + row <= data.length; i++) {
      const kind = read(w0, 1);
      const second = read(w1, 0);
      const third = read(w2, 0);
      if (places.has(first + i)) continue;
      places.set(
        first + i,
        kind === 1
          ? { kind: 'at', offset: second, generation: third }
          : kind === 2
            ? { kind: 'in', stream: second, index: third }
            : { kind: 'free' },
      );
    }
  }
  return value.dict;
}
