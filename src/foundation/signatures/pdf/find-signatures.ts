import { PdfDocument } from './pdf-document.ts';
import { dateOf, nameOf, PdfDefect, PdfRef, PdfText, textOf, type PdfDict, type PdfValue } from './pdf-objects.ts';

/** A signature, or a time-stamp over the document, as it stands in a PDF. */
export interface PdfSignature {
  /** Full name of its field. */
  field: string;
  kind: 'signature' | 'time-stamp';
  subFilter: string;
  /** The CMS, with the zeros that fill its place. */
  contents: Buffer;
  byteRange: readonly [number, number, number, number];
  /** Where the value of /Contents stands in the file, delimiters included. */
  hole: { from: number; to: number };
  name: string | undefined;
  reason: string | undefined;
  location: string | undefined;
  /** The time that the signing program claims. */
  claimedAt: Date | undefined;
  /** What a certifying signature (DocMDP) allows after it: 1 nothing, 2 forms and signatures, 3 annotations too. */
  permits: 1 | 2 | 3 | undefined;
  /** Fields that this signature locks. */
  locks: { kind: 'all' | 'include' | 'exclude'; fields: readonly string[] } | undefined;
  /** Its field's objects, by number. */
  fieldNumbers: readonly number[];
}

const MOST_FIELDS = 20_000;
const MOST_SIGNATURES = 200;

/** Every filled signature field of the document, in the order in which they were signed. @throws PdfDefect */
export function findSignatures(document: PdfDocument): PdfSignature[] {
  const form = document.dict(document.catalog().get('AcroForm'));
  if (!form) return [];
  const found: PdfSignature[] = [];
  const certified = certifying(document);
  let looked = 0;
  const walk = (item: PdfValue, prefix: string, inherited: string | undefined, above: readonly number[]): void => {
    if (++looked > MOST_FIELDS) throw new PdfDefect('the form has too many fields');
    const number = item instanceof PdfRef ? item.number : undefined;
    if (number !== undefined && above.includes(number)) throw new PdfDefect('fields of the form lie in one another');
    if (above.length > 32) throw new PdfDefect('fields of the form lie too deep in one another');
    const field = document.dict(item);
    if (!field) return;
    const numbers = number === undefined ? above : [...above, number];
    const part = textOf(document.resolve(field.get('T')));
    const name = part === undefined ? prefix : prefix === '' ? part : `${prefix}.${part}`;
    const type = nameOf(document.resolve(field.get('FT'))) ?? inherited;
    const value = field.get('V');
    const held = type === 'Sig' && value !== undefined ? document.dict(value) : undefined;
    if (held) {
      if (found.length >= MOST_SIGNATURES) throw new PdfDefect('the document has too many signatures');
      const one = signatureOf(document, held, name, numbers, certified);
      if (one) found.push(one);
    }
    for (const kid of document.list(field.get('Kids'))) walk(kid, name, type, numbers);
  };
  for (const field of document.list(form.get('Fields'))) walk(field, '', undefined, []);
  return found.sort((a, b) => a.byteRange[2] + a.byteRange[3] - (b.byteRange[2] + b.byteRange[3]));
}

/** The dictionary of the certifying signature: the catalogue names it (/Perms /DocMDP). */
function certifying(document: PdfDocument): PdfDict | undefined {
  return document.dict(document.dict(document.catalog().get('Perms'))?.get('DocMDP'));
}

function signatureOf(
  document: PdfDocument,
  held: PdfDict,
  field: string,
  fieldNumbers: readonly number[],
  certified: PdfDict | undefined,
): PdfSignature | undefined {
  const contents = held.get('Contents');
  const range = document.list(held.get('ByteRange'));
  if (!(contents instanceof PdfText)) return undefined;
  if (range.length !== 4 || !range.every((one) => typeof one === 'number' && Number.isSafeInteger(one) && one >= 0))
    throw new PdfDefect(`the signature of ${field || 'a field'} does not say which bytes it covers`);
  const transforms = document.list(held.get('Reference')).map((one) => document.dict(one));
  const parmsOf = (method: string): PdfDict | undefined =>
    document.dict(
      transforms
        .find((one) => one && nameOf(document.resolve(one.get('TransformMethod'))) === method)
        ?.get('TransformParams'),
    );
  const subFilter = nameOf(document.resolve(held.get('SubFilter'))) ?? '';
  const permits = held === certified ? document.resolve(parmsOf('DocMDP')?.get('P')) : undefined;
  return {
    field,
    kind:
      nameOf(document.resolve(held.get('Type'))) === 'DocTimeStamp' || subFilter === 'ETSI.RFC3161'
        ? 'time-stamp'
        : 'signature',
    subFilter,
    contents: contents.bytes,
    byteRange: range as [number, number, number, number],
    hole: { from: contents.from, to: contents.to },
    name: textOf(document.resolve(held.get('Name'))),
    reason: textOf(document.resolve(held.get('Reason'))),
    location: textOf(document.resolve(held.get('Location'))),
    claimedAt: dateOf(document.resolve(held.get('M'))),
    permits: held === certified ? (permits === 1 || permits === 3 ? permits : 2) : undefined,
    locks: locksOf(document, parmsOf('FieldMDP')),
    fieldNumbers,
  };
}

function locksOf(document: PdfDocument, parms: PdfDict | undefined): PdfSignature['locks'] {
  const action = nameOf(document.resolve(parms?.get('Action')));
  if (!parms || !action) return undefined;
  const fields = document.list(parms.get('Fields')).flatMap((one) => textOf(document.resolve(one)) ?? []);
  return { kind: action === 'All' ? 'all' : action === 'Exclude' ? 'exclude' : 'include', fields };
}

/** Why the bytes that a signature says it covers are not a whole revision of this file; undefined when they are. */
export function rangeDefect(signature: PdfSignature, bytes: Buffer): string | undefined {
  const [start, first, second, rest] = signature.byteRange;
  if (start !== 0) return 'the signature does not cover the beginning of the file';
  if (second < first || second + rest > bytes.length) return 'the signature covers bytes that are not there';
  const { from, to } = signature.hole;
  // Where the dictionary lies in an object stream the place of its value is not a place in the file.
  if (first !== from || second !== to) return 'the signature leaves out more, or other bytes, than its own value';
  return undefined;
}

/** The bytes that a signature covers. */
export function coveredBytes({ byteRange }: PdfSignature, bytes: Buffer): Buffer[] {
  const [start, first, second, rest] = byteRange;
  return [bytes.subarray(start, start + first), bytes.subarray(second, second + rest)];
}
