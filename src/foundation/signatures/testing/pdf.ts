import { makeCms, makeStamp, type Holder, type SignOrder } from './pki.ts';

/* Small PDF files, and revisions appended to them, right ones and wrong ones: for tests and rigs. */

/** Objects of a revision: number to body (without `obj` and `endobj`). */
export type Objects = Record<number, string | Buffer>;

const bytes = (text: string | Buffer): Buffer => (typeof text === 'string' ? Buffer.from(text, 'latin1') : text);

/** A stream's body. */
export const stream = (content: string, dict = ''): string =>
  `<< ${dict} /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`;

/** A file of some pages, one line of text on each. Objects: 1 catalogue, 2 pages, 3 font, then page and content by turns. */
export function makePdf(lines: readonly string[]): Buffer {
  const objects: Objects = {
    1: '<< /Type /Catalog /Pages 2 0 R >>',
    2: `<< /Type /Pages /Count ${lines.length} /Kids [${lines.map((_, at) => `${4 + at * 2} 0 R`).join(' ')}] >>`,
    3: '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  };
  for (const [at, line] of lines.entries()) {
    objects[4 + at * 2] =
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + at * 2} 0 R >>`;
    objects[5 + at * 2] = stream(`BT /F1 18 Tf 72 720 Td (${line}) Tj ET`);
  }
  return append(Buffer.from('%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n', 'latin1'), objects, { root: 1 });
}

const lastXref = (pdf: Buffer): number | undefined => {
  const at = pdf.lastIndexOf('startxref');
  return at < 0
    ? undefined
    : Number(
        pdf
          .toString('latin1', at + 9, at + 40)
          .trim()
          .split(/\s/)[0],
      );
};

/** The file with a revision behind it. */
export function append(
  pdf: Buffer,
  objects: Objects,
  options: { root?: number; size?: number; isStream?: boolean } = {},
): Buffer {
  const parts: Buffer[] = [pdf];
  let at = pdf.length;
  const offsets = new Map<number, number>();
  const add = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  for (const [number, body] of Object.entries(objects)) {
    offsets.set(Number(number), at);
    add(Buffer.concat([Buffer.from(`${number} 0 obj\n`), bytes(body), Buffer.from('\nendobj\n')]));
  }
  const previous = lastXref(pdf);
  const size = options.size ?? Math.max(...offsets.keys(), sizeOf(pdf) - 1) + 1;
  const trailer = `/Size ${size} /Root ${options.root ?? rootOf(pdf)} 0 R${previous === undefined ? '' : ` /Prev ${previous}`}`;
  const start = at;
  if (options.isStream) {
    const own = size;
    offsets.set(own, start);
    const rows = [...offsets].sort(([a], [b]) => a - b);
    const data = Buffer.alloc(rows.length * 7);
    for (const [i, [, offset]] of rows.entries()) {
      data[i * 7] = 1;
      data.writeUInt32BE(offset, i * 7 + 1);
    }
    const index = rows.map(([number]) => `${number} 1`).join(' ');
    add(
      Buffer.concat([
        Buffer.from(
          `${own} 0 obj\n<< /Type /XRef /W [1 4 2] /Index [${index}] /Length ${data.length} ${trailer.replace(`/Size ${size}`, `/Size ${size + 1}`)} >>\nstream\n`,
        ),
        data,
        Buffer.from('\nendstream\nendobj\n'),
      ]),
    );
  } else {
    const rows = [...offsets]
      .sort(([a], [b]) => a - b)
      .map(([number, offset]) => `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`);
    add(
      Buffer.from(
        `xref\n${previous === undefined ? '0 1\n0000000000 65535 f \n' : ''}${rows.join('')}trailer\n<< ${trailer} >>\n`,
      ),
    );
  }
  add(Buffer.from(`startxref\n${start}\n%%EOF\n`));
  return Buffer.concat(parts);
}
const sizeOf = (pdf: Buffer): number =>
  Math.max(1, ...[...pdf.toString('latin1').matchAll(/\/Size (\d+)/g)].map(([, size]) => Number(size)));
const rootOf = (pdf: Buffer): number =>
  Number([...pdf.toString('latin1').matchAll(/\/Root (\d+) 0 R/g)].at(-1)?.[1] ?? 1);

export interface PdfSignOrder extends Omit<SignOrder, 'data'> {
  /** Number of the first object that the revision may take. */
  from?: number;
  subFilter?: string;
  /** Certifies: what may be changed afterwards. */
  permits?: 1 | 2 | 3;
  /** Signs nothing, stamps the time over the document. */
  isTimeStamp?: boolean;
  stampAt?: Date;
  /** Further entries of the signature dictionary. */
  more?: string;
  fieldName?: string;
  /** Objects that come into the same revision. */
  beside?: Objects;
  isStream?: boolean;
  room?: number;
}

/** Other fields of the form and pages as the last revision has them: the small files here keep them in objects 1 and 4. */
export function signPdf(pdf: Buffer, order: PdfSignOrder): Buffer {
  const text = pdf.toString('latin1');
  const number = order.from ?? sizeOf(pdf);
  const fields = [...new Set([...text.matchAll(/\/FT \/Sig[^>]*\/T \((\w+)\)/g)].map(([, name]) => name))];
  const name = order.fieldName ?? `Signature${fields.length + 1}`;
  const earlier = [...new Set([...text.matchAll(/(\d+) 0 obj\n<< \/FT \/Sig/g)].map(([, found]) => found!))];
  const all = [...earlier.map((one) => `${one} 0 R`), `${number} 0 R`].join(' ');
  const room = order.room ?? 16_000;
  const hole = '0'.repeat(room);
  const certifies = order.permits
    ? ` /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P ${order.permits} /V /1.2 >> >>]`
    : '';
  const type = order.isTimeStamp ? 'DocTimeStamp' : 'Sig';
  const subFilter = order.isTimeStamp ? 'ETSI.RFC3161' : (order.subFilter ?? 'ETSI.CAdES.detached');
  const before = append(
    pdf,
    {
      1: `<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [${all}] /SigFlags 3 >>${order.permits ? ` /Perms << /DocMDP ${number + 1} 0 R >>` : (/\/Perms << [^>]*>>/.exec(text)?.[0] ?? '')} >>`,
      4: `${/4 0 obj\n(<< \/Type \/Page (?:(?!\/Annots)[\s\S])*?)(?: \/Annots \[[^\]]*\])? >>\nendobj/.exec(text)![1]} /Annots [${all}] >>`,
      [number]: `<< /FT /Sig /Type /Annot /Subtype /Widget /T (${name}) /Rect [0 0 0 0] /F 132 /P 4 0 R /V ${number + 1} 0 R >>`,
      [number + 1]:
        `<< /Type /${type} /Filter /Adobe.PPKLite /SubFilter /${subFilter} /ByteRange [0 0000000000 0000000000 0000000000] /Contents <${hole}>${certifies} ${order.more ?? ''} >>`,
      ...order.beside,
    },
    { isStream: order.isStream ?? false },
  );
  const from = before.lastIndexOf(`<${hole}>`);
  const to = from + room + 2;
  const range = `/ByteRange [0 ${[from, to, before.length - to].map((one) => String(one).padStart(10, '0')).join(' ')}]`;
  before.write(range, before.lastIndexOf('/ByteRange [0 0000000000'), 'latin1');
  const data = [before.subarray(0, from), before.subarray(to)];
  const cms = order.isTimeStamp
    ? makeStamp(order.holder, Buffer.concat(data), order.stampAt ?? new Date('2026-06-01'), order.along)
    : makeCms({ ...order, data });
  before.write(cms.toString('hex'), from + 1, 'latin1');
  return before;
}

/** A time-stamp over a signature's value, to hand to `signPdf`. */
export const stampedAt =
  (holder: Holder, at: Date, along: readonly Holder[] = []) =>
  (value: Buffer): Buffer =>
    makeStamp(holder, value, at, along);
