/** A name without its slash. */
export class PdfName {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
/** A string, by its bytes. */
export class PdfText {
  readonly bytes: Buffer;
  /** Where it stands in the file, delimiters included: [from, to). */
  readonly from: number;
  readonly to: number;
  constructor(bytes: Buffer, from: number, to: number) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }
}
/** A reference to an indirect object. */
export class PdfRef {
  readonly number: number;
  readonly generation: number;
  constructor(number: number, generation: number) {
    this.number = number;
    this.generation = generation;
  }
}
export type PdfDict = Map<string, PdfValue>;
/** A stream: its dictionary and its bytes as they are stored. */
export class PdfStream {
  readonly dict: PdfDict;
  readonly bytes: Buffer;
  constructor(dict: PdfDict, bytes: Buffer) {
    this.dict = dict;
    this.bytes = bytes;
  }
}
export type PdfValue = null | boolean | number | PdfName | PdfText | PdfRef | PdfStream | PdfDict | PdfValue[];

/** The file is not what ISO 32000 describes, or asks for more than a reader should give. */
export class PdfDefect extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'PdfDefect';
  }
}

export const isDict = (value: PdfValue | undefined): value is PdfDict => value instanceof Map;
export const nameOf = (value: PdfValue | undefined): string | undefined =>
  value instanceof PdfName ? value.text : undefined;
export const dictOf = (value: PdfValue | undefined): PdfDict | undefined =>
  isDict(value) ? value : value instanceof PdfStream ? value.dict : undefined;

/** A text string of a document: UTF-16 with its mark, UTF-8 with its mark, else Latin (PDFDocEncoding for what names of people use). */
export function textOf(value: PdfValue | undefined): string | undefined {
  if (!(value instanceof PdfText)) return undefined;
  const { bytes } = value;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    const even = bytes.subarray(2, 2 + ((bytes.length - 2) & ~1));
    return Buffer.from(even).swap16().toString('utf16le');
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
  return bytes.toString('latin1');
}

/** A date string `D:20260102030405+07'00'` (ISO 32000-1, 7.9.4); undefined when it is none. */
export function dateOf(value: PdfValue | undefined): Date | undefined {
  const match = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?'?)?/.exec(
    textOf(value) ?? '',
  );
  if (!match) return undefined;
  const [
    ,
    year,
    month = '01',
    day = '01',
    hour = '00',
    minute = '00',
    second = '00',
    ,
    sign,
    offH = '00',
    offM = '00',
  ] = match;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${sign ?? '+'}${offH}:${offM}`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
