import type { PdfDocument } from './pdf-document.ts';
import {
  isDict,
  nameOf,
  PdfDefect,
  PdfName,
  PdfRef,
  PdfStream,
  PdfText,
  textOf,
  type PdfDict,
  type PdfValue,
} from './pdf-objects.ts';

/*
 * What a document shows now and did not show when it was signed. A signature in a PDF covers a revision; whatever was appended later
 * may replace any object of it ("shadow attacks": pages hidden, replaced, covered). So both revisions are read, and what they mean is compared,
 * not how it is written: pages one by one, then the form, then the rest of the catalogue.
 */

export type ChangeKind =
  /** Certificates, revocation lists and answers added for later (DSS). */
  | 'validation-data'
  /** A further signature or time-stamp, or a place for one. */
  | 'signature'
  /** Descriptive data: titles, producer. */
  | 'metadata'
  /** A field of the form filled in, changed, added or taken away. */
  | 'form'
  /** A note, drawing, link, added, changed or taken away. */
  | 'annotation'
  /** What a page draws. */
  | 'page'
  /** Pages added, taken away or put into another order. */
  | 'pages'
  /** An earlier signature replaced or taken away. */
  | 'signature-replaced'
  /** Layers, scripts, attachments, what opens first: anything else of the document. */
  | 'structure';

export interface Change {
  kind: ChangeKind;
  /** The page, from 1, or the name of the field, or of the entry of the catalogue. */
  where: string;
}

const MOST_STEPS = 2_000_000;
const MOST_PAGES = 20_000;
const INHERITED = ['Resources', 'MediaBox', 'CropBox', 'Rotate'] as const;
const PAGE_METADATA = new Set(['LastModified', 'PieceInfo', 'Metadata']);
/** Entries of a widget that belong to its field, or lead away from it. */
const OF_FIELD = new Set([
  'Parent',
  'P',
  'V',
  'DV',
  'Kids',
  'FT',
  'T',
  'TU',
  'TM',
  'Ff',
  'M',
  'Lock',
  'SV',
  'DA',
  'Q',
  'StructParent',
]);
const FIELD_LINKS = new Set(['Parent', 'P', 'Kids', 'AP', 'AS', 'Rect', 'MK', 'V', 'StructParent']);
/** What a certifying signature says it is about: the whole catalogue. */
const LEADS_BACK = new Set(['Reference']);
const FORM_AROUND = new Set(['Fields', 'SigFlags']);

interface Page {
  dict: PdfDict;
  number: number | undefined;
  own: Map<string, PdfValue>;
}
interface Field {
  dict: PdfDict;
  type: string | undefined;
}

class Comparison {
  readonly before: PdfDocument;
  readonly after: PdfDocument;
  readonly changes: Change[] = [];
  #steps = 0;
  readonly #seen = new Set<string>();
  readonly #told = new Set<string>();
  constructor(before: PdfDocument, after: PdfDocument) {
    this.before = before;
    this.after = after;
  }

  tell(kind: ChangeKind, where: string): void {
    if (this.#told.has(`${kind} ${where}`)) return;
    this.#told.add(`${kind} ${where}`);
    this.changes.push({ kind, where });
  }

  /** Whether two values mean the same, all that they lead to included. A pair that was compared before counts as the same: it has been told. */
  same(first: PdfValue | undefined, second: PdfValue | undefined, leaveOut?: ReadonlySet<string>): boolean {
    const todo: [PdfValue | undefined, PdfValue | undefined, ReadonlySet<string> | undefined][] = [
      [first, second, leaveOut],
    ];
    for (let pair = todo.pop(); pair; pair = todo.pop()) {
      if (++this.#steps > MOST_STEPS) throw new PdfDefect('the document is too large to be compared');
      const [one, other, without] = pair;
      if (one instanceof PdfRef && other instanceof PdfRef && !this.#isNew(one, other)) continue;
      const a = this.before.resolve(one);
      const b = this.after.resolve(other);
      if (a === b) continue;
      if (a instanceof PdfName && b instanceof PdfName && a.text === b.text) continue;
      if (a instanceof PdfText && b instanceof PdfText && a.bytes.equals(b.bytes)) continue;
      if (Array.isArray(a) && Array.isArray(b) && a.length === b.length) {
        for (const [at, item] of a.entries()) todo.push([item, b[at], undefined]);
        continue;
      }
      if (a instanceof PdfStream && b instanceof PdfStream) {
        if (!a.bytes.equals(b.bytes)) return false;
        this.#members(a.dict, b.dict, without, todo, 'Length');
        continue;
      }
      if (!isDict(a) || !isDict(b)) return false;
      this.#members(a, b, without, todo);
    }
    return true;
  }

  #members(
    a: PdfDict,
    b: PdfDict,
    without: ReadonlySet<string> | undefined,
    todo: [PdfValue | undefined, PdfValue | undefined, ReadonlySet<string> | undefined][],
    plus?: string,
  ): void {
    for (const key of new Set([...a.keys(), ...b.keys()]))
      if (key !== plus && !without?.has(key)) todo.push([a.get(key), b.get(key), undefined]);
  }

  /** Notes a pair of objects; false when it was seen before. */
  #isNew(one: PdfRef, other: PdfRef): boolean {
    const key = `${one.number} ${other.number}`;
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }
  /** Counts a pair of objects as compared: its own pass looks at it. */
  setAside(one: number | undefined, other: number | undefined): void {
    if (one !== undefined && other !== undefined) this.#seen.add(`${one} ${other}`);
  }
}

/** Every difference between what was signed and what the file shows now, each kind and place once. @throws PdfDefect */
export function changesBetween(before: PdfDocument, after: PdfDocument): Change[] {
  const both = new Comparison(before, after);
  if (before.isEncrypted !== after.isEncrypted) both.tell('structure', 'Encrypt');
  const fields = { before: fieldsOf(before), after: fieldsOf(after) };
  const widgets = { before: widgetTypes(fields.before, before), after: widgetTypes(fields.after, after) };
  comparePages(both, widgets);
  compareForms(both, fields);
  compareCatalogues(both);
  if (!both.same(before.trailer.get('Info'), after.trailer.get('Info'))) both.tell('metadata', 'Info');
  return both.changes;
}

/** Whether the changes after a signature are of the kinds it allows. `permits`: see `PdfSignature.permits`. */
export function forbiddenChanges(changes: readonly Change[], permits: 1 | 2 | 3 | undefined): Change[] {
  const allowed = new Set<ChangeKind>(['validation-data', 'metadata']);
  if (permits !== 1) for (const kind of ['signature', 'form'] as const) allowed.add(kind);
  if (permits === 3) allowed.add('annotation');
  return changes.filter(({ kind }) => !allowed.has(kind));
}

function pagesOf(document: PdfDocument): Page[] {
  const pages: Page[] = [];
  const walk = (item: PdfValue, handed: Map<string, PdfValue>, above: ReadonlySet<number>): void => {
    const number = item instanceof PdfRef ? item.number : undefined;
    if (number !== undefined && above.has(number)) throw new PdfDefect('pages lie in one another');
    if (above.size > 64 || pages.length > MOST_PAGES) throw new PdfDefect('the document has too many pages');
    const node = document.dict(item);
    if (!node) return;
    const own = new Map(handed);
    for (const key of INHERITED) if (node.has(key)) own.set(key, node.get(key)!);
    if (node.has('Kids')) {
      const below = number === undefined ? above : new Set([...above, number]);
      for (const kid of document.list(node.get('Kids'))) walk(kid, own, below);
    } else pages.push({ dict: node, number, own });
  };
  const root = document.catalog().get('Pages');
  if (root !== undefined) walk(root, new Map(), new Set());
  return pages;
}

type Widgets = ReadonlyMap<PdfDict, Field>;

function comparePages(both: Comparison, widgets: { before: Widgets; after: Widgets }): void {
  const first = pagesOf(both.before);
  const second = pagesOf(both.after);
  if (first.length !== second.length) both.tell('pages', `${first.length} → ${second.length}`);
  const count = Math.min(first.length, second.length);
  for (let at = 0; at < count; at++) both.setAside(first[at]!.number, second[at]!.number);
  for (let at = 0; at < count; at++) {
    const [a, b] = [first[at]!, second[at]!];
    const where = String(at + 1);
    for (const key of new Set([...a.dict.keys(), ...b.dict.keys(), ...a.own.keys(), ...b.own.keys()])) {
      if (key === 'Parent' || key === 'Annots') continue;
      const [one, other] = [a.own.get(key) ?? a.dict.get(key), b.own.get(key) ?? b.dict.get(key)];
      if (!both.same(one, other)) both.tell(PAGE_METADATA.has(key) ? 'metadata' : 'page', where);
    }
    compareAnnotations(both, a.dict, b.dict, where, widgets);
  }
}

function compareAnnotations(
  both: Comparison,
  first: PdfDict,
  second: PdfDict,
  where: string,
  widgets: { before: Widgets; after: Widgets },
): void {
  const old = both.before.list(first.get('Annots'));
  const byNumber = new Map(old.flatMap((one) => (one instanceof PdfRef ? [[one.number, one] as const] : [])));
  const direct = old.filter((one) => !(one instanceof PdfRef));
  const kept = new Set<PdfValue>();
  for (const item of both.after.list(second.get('Annots'))) {
    const twin = item instanceof PdfRef ? byNumber.get(item.number) : direct.find((one) => !kept.has(one));
    const now = both.after.dict(item);
    if (!now) continue;
    if (twin === undefined) {
      const type = widgets.after.get(now)?.type;
      const isWidget = nameOf(both.after.resolve(now.get('Subtype'))) === 'Widget';
      both.tell(isWidget && type === 'Sig' ? 'signature' : isWidget ? 'form' : 'annotation', where);
      continue;
    }
    kept.add(twin);
    compareAnnotation(both, twin, item, where, widgets);
  }
  for (const one of old) if (!kept.has(one) && both.before.dict(one)) both.tell('annotation', where);
}

function compareAnnotation(
  both: Comparison,
  first: PdfValue,
  second: PdfValue,
  where: string,
  widgets: { before: Widgets; after: Widgets },
): void {
  const [old, now] = [both.before.dict(first), both.after.dict(second)];
  if (!old || !now) return;
  if (first instanceof PdfRef && second instanceof PdfRef) both.setAside(first.number, second.number);
  const isWidget = nameOf(both.before.resolve(old.get('Subtype'))) === 'Widget';
  if (both.same(old, now, isWidget ? OF_FIELD : new Set(['P', 'Parent', 'StructParent']))) return;
  if (!isWidget) return both.tell('annotation', where);
  const field = widgets.before.get(old);
  if (field?.type !== 'Sig') return both.tell('form', where);
  // The picture of a signature that was there must stay; a place that was empty may get one.
  both.tell(both.before.dict(field.dict.get('V')) ? 'page' : 'signature', where);
}

function fieldsOf(document: PdfDocument): Map<string, Field> {
  const fields = new Map<string, Field>();
  const form = document.dict(document.catalog().get('AcroForm'));
  const walk = (item: PdfValue, prefix: string, handed: string | undefined, depth: number): void => {
    if (depth > 32 || fields.size > MOST_PAGES) throw new PdfDefect('the form has too many fields');
    const dict = document.dict(item);
    if (!dict) return;
    const part = textOf(document.resolve(dict.get('T')));
    const name = part === undefined ? prefix : prefix === '' ? part : `${prefix}.${part}`;
    const type = nameOf(document.resolve(dict.get('FT'))) ?? handed;
    // A kid without a name of its own is a widget of the field above.
    const key = part === undefined && depth > 0 ? `${name}#${fields.size}` : name;
    if (fields.has(key)) throw new PdfDefect(`two fields are called ${key.slice(0, 60)}`);
    fields.set(key, { dict, type });
    for (const kid of document.list(dict.get('Kids'))) walk(kid, name, type, depth + 1);
  };
  for (const field of document.list(form?.get('Fields'))) walk(field, '', undefined, 0);
  return fields;
}

/** Which field a widget belongs to: the field itself, or the one above it that has the value. */
function widgetTypes(fields: ReadonlyMap<string, Field>, document: PdfDocument): Widgets {
  const found = new Map<PdfDict, Field>();
  for (const field of fields.values()) {
    found.set(field.dict, field);
    for (const kid of document.list(field.dict.get('Kids'))) {
      const dict = document.dict(kid);
      if (dict && !dict.has('T')) found.set(dict, field);
    }
  }
  return found;
}

function compareForms(both: Comparison, fields: { before: Map<string, Field>; after: Map<string, Field> }): void {
  for (const [name, old] of fields.before) {
    if (name.includes('#')) continue; // widgets: looked at on their pages
    const now = fields.after.get(name);
    const value = both.before.dict(old.dict.get('V'));
    const isSigned = old.type === 'Sig' && value !== undefined;
    if (!now) {
      both.tell(isSigned ? 'signature-replaced' : 'form', name);
      continue;
    }
    if (isSigned) {
      if (!both.same(old.dict.get('V'), now.dict.get('V'), LEADS_BACK)) both.tell('signature-replaced', name);
    } else if (old.type === 'Sig') {
      if (both.after.dict(now.dict.get('V'))) both.tell('signature', name);
    } else if (!both.same(old.dict.get('V'), now.dict.get('V'))) both.tell('form', name);
    if (!both.same(old.dict, now.dict, FIELD_LINKS))
      both.tell(old.type === 'Sig' && !isSigned ? 'signature' : 'form', name);
  }
  for (const [name, now] of fields.after)
    if (!name.includes('#') && !fields.before.has(name)) both.tell(now.type === 'Sig' ? 'signature' : 'form', name);
  const [old, now] = [both.before, both.after].map((one) => one.dict(one.catalog().get('AcroForm')) ?? new Map());
  for (const key of new Set([...old!.keys(), ...now!.keys()])) {
    if (FORM_AROUND.has(key) || both.same(old!.get(key), now!.get(key))) continue;
    // Fonts and sizes that a signing program brings for its own field draw nothing by themselves.
    both.tell(key === 'XFA' ? 'structure' : key === 'DR' || key === 'DA' ? 'signature' : 'form', key);
  }
}

function compareCatalogues(both: Comparison): void {
  const [old, now] = [both.before.catalog(), both.after.catalog()];
  for (const key of new Set([...old.keys(), ...now.keys()])) {
    if (key === 'Pages' || key === 'AcroForm') continue;
    if (both.same(old.get(key), now.get(key))) continue;
    if (key === 'DSS' || key === 'Extensions') both.tell('validation-data', key);
    else if (key === 'Metadata') both.tell('metadata', key);
    else both.tell('structure', key);
  }
}
