import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { readCatalogueFile, type CatalogueFile } from '../../../foundation/catalogues/index.ts';
import { checkFormDefinition, type FormDefinition } from '../../../engines/forms/index.ts';
import { faultsOf, type Manifest, type PackedField, type PackedLegal, type PackedProcedure } from './package-schema.ts';

/** Limits of a package: beyond them it is refused before anything of it is read. */
export const packageLimits = {
  bytes: 30 * 1024 * 1024,
  entries: 900,
  entryBytes: 8 * 1024 * 1024,
  totalBytes: 80 * 1024 * 1024,
} as const;

export type FaultKind = 'no-zip' | 'too-large' | 'too-many' | 'bomb' | 'bad-name' | 'twice' | 'no-manifest' | 'not-listed' | 'missing' | 'wrong-hash' | 'no-json' | 'bad-content' | 'bad-form' | 'bad-catalogue' | 'unknown-reference'; // prettier-ignore
export interface PackageFault {
  kind: FaultKind;
  /** File of the package, with the place in it. */
  place: string;
  message: string;
}
export interface Package {
  manifest: Manifest;
  procedures: PackedProcedure[];
  forms: Map<string, FormDefinition>;
  catalogues: Map<string, { file: CatalogueFile; digest: string }>;
  templates: Map<string, Buffer>;
  fields: PackedField[];
  legal: PackedLegal[];
  sha256: string;
}

const NAMES = /^(manifest\.json|fields\.json|legal\.json|procedures\/\d{1,2}\.\d{4,8}\.json|forms\/[a-z0-9]+(-[a-z0-9]+)*\.json|catalogues\/[a-z0-9][a-z0-9.-]{0,79}\.json|templates\/[a-z0-9][a-z0-9.-]{0,110}\.(docx|pdf|xlsx))$/; // prettier-ignore
const fault = (kind: FaultKind, place: string, message = ''): PackageFault => ({ kind, place, message });
export const sha256Of = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');

/** Reads a package from its bytes: everything in it, or every reason why it is refused. Never throws at content. */
export async function readPackage(bytes: Buffer): Promise<Package | { faults: PackageFault[] }> {
  if (bytes.length > packageLimits.bytes) return { faults: [fault('too-large', '/')] };
  const files = await unpack(bytes);
  if ('faults' in files) return files;
  const manifest = readManifest(files.entries);
  if ('faults' in manifest) return manifest;
  return readContents(manifest.manifest, files.entries, sha256Of(bytes));
}

/** The directory first: names, sizes, ratio; then the files, each within its size. */
async function unpack(bytes: Buffer): Promise<{ entries: Map<string, Buffer> } | { faults: PackageFault[] }> {
  const zip = await new Promise<ZipFile | null>((resolve) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true, strictFileNames: true }, (error, opened) =>
      resolve(error ? null : opened),
    );
  });
  if (!zip) return { faults: [fault('no-zip', '/')] };
  if (zip.entryCount > packageLimits.entries) return { faults: [fault('too-many', '/', String(zip.entryCount))] };
  const entries = new Map<string, Buffer>();
  let total = 0;
  try {
    for await (const entry of directoryOf(zip)) {
      const name = entry.fileName;
      total += entry.uncompressedSize;
      if (!NAMES.test(name)) return { faults: [fault('bad-name', name.slice(0, 100))] };
      if (entries.has(name)) return { faults: [fault('twice', name)] };
      if (entry.uncompressedSize > packageLimits.entryBytes) return { faults: [fault('bomb', name)] };
      if (total > packageLimits.totalBytes || total > bytes.length * 200 + 1_000_000)
        return { faults: [fault('bomb', name)] };
      entries.set(name, await contentOf(zip, entry));
    }
  } catch (error) {
    // What the library refuses by itself: paths that climb out, sizes that lie, broken data.
    const message = error instanceof Error ? error.message : String(error);
    return {
      faults: [
        fault(
          /relative path|absolute path|file ?name/i.test(message) ? 'bad-name' : 'no-zip',
          '/',
          message.slice(0, 200),
        ),
      ],
    };
  } finally {
    zip.close();
  }
  return { entries };
}

async function* directoryOf(zip: ZipFile): AsyncGenerator<Entry> {
  for (;;) {
    const entry = await new Promise<Entry | null>((resolve, reject) => {
      const settle = (value: Entry | null | Error) => {
        zip.removeAllListeners();
        if (value instanceof Error) reject(value);
        else resolve(value);
      };
      zip.once('entry', settle);
      zip.once('end', () => settle(null));
      zip.once('error', settle);
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<Buffer> {
  const stream = await new Promise<Readable>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  return buffer(stream);
}

function jsonOf(entries: Map<string, Buffer>, name: string): unknown {
  try {
    return JSON.parse(entries.get(name)!.toString('utf8').normalize('NFC'));
  } catch {
    return undefined;
  }
}

function readManifest(entries: Map<string, Buffer>): { manifest: Manifest } | { faults: PackageFault[] } {
  if (!entries.has('manifest.json')) return { faults: [fault('no-manifest', 'manifest.json')] };
  const value = jsonOf(entries, 'manifest.json');
  if (value === undefined) return { faults: [fault('no-json', 'manifest.json')] };
  const wrong = faultsOf('manifest', value);
  if (wrong.length > 0)
    return { faults: wrong.map((one) => fault('bad-content', `manifest.json ${one.place}`, one.message)) };
  const manifest = value as Manifest;
  const listed = new Set(manifest.files.map((file) => file.path));
  const faults: PackageFault[] = [];
  for (const name of entries.keys())
    if (name !== 'manifest.json' && !listed.has(name)) faults.push(fault('not-listed', name));
  for (const file of manifest.files) {
    const bytes = entries.get(file.path);
    if (!bytes) faults.push(fault('missing', file.path));
    else if (bytes.length !== file.bytes || sha256Of(bytes) !== file.sha256)
      faults.push(fault('wrong-hash', file.path));
  }
  for (const code of manifest.procedures)
    if (!listed.has(`procedures/${code}.json`)) faults.push(fault('missing', `procedures/${code}.json`));
  return faults.length > 0 ? { faults: faults.slice(0, 50) } : { manifest };
}

function readContents(
  manifest: Manifest,
  entries: Map<string, Buffer>,
  sha256: string,
): Package | { faults: PackageFault[] } {
  const faults: PackageFault[] = [];
  const pack: Package = {
    manifest,
    procedures: [],
    forms: new Map(),
    catalogues: new Map(),
    templates: new Map(),
    fields: [],
    legal: [],
    sha256,
  };
  const read = (name: string, kind: 'procedure' | 'fields' | 'legal'): unknown => {
    const value = jsonOf(entries, name);
    const wrong = value === undefined ? [{ place: '', message: '' }] : faultsOf(kind, value);
    for (const one of wrong) faults.push(fault(value === undefined ? 'no-json' : 'bad-content', `${name} ${one.place}`.trim(), one.message)); // prettier-ignore
    return wrong.length > 0 ? undefined : value;
  };
  for (const name of [...entries.keys()].sort()) {
    const [folder, file = ''] = name.split('/');
    if (folder === 'procedures') {
      const value = read(name, 'procedure') as PackedProcedure | undefined;
      if (value && `${value.code}.json` === file) pack.procedures.push(value);
      else if (value) faults.push(fault('bad-content', name, 'code'));
    } else if (folder === 'forms') readForm(name, file, entries, pack, faults);
    else if (folder === 'catalogues') {
      const found = readCatalogueFile(entries.get(name)!.toString('utf8').normalize('NFC'));
      if ('faults' in found)
        for (const one of found.faults.slice(0, 5))
          faults.push(fault('bad-catalogue', `${name} ${one.place}`, one.message));
      else if (`${found.file.code}.json` === file) pack.catalogues.set(found.file.code, found);
      else faults.push(fault('bad-catalogue', name, 'code'));
    } else if (folder === 'templates') pack.templates.set(file, entries.get(name)!);
    else if (name === 'fields.json') pack.fields = (read(name, 'fields') as PackedField[] | undefined) ?? [];
    else if (name === 'legal.json') pack.legal = (read(name, 'legal') as PackedLegal[] | undefined) ?? [];
  }
  if (faults.length === 0) faults.push(...brokenReferences(pack));
  return faults.length > 0 ? { faults: faults.slice(0, 50) } : pack;
}

function readForm(
  name: string,
  file: string,
  entries: Map<string, Buffer>,
  pack: Package,
  faults: PackageFault[],
): void {
  const value = jsonOf(entries, name);
  if (value === undefined) {
    faults.push(fault('no-json', name));
    return;
  }
  const defects = checkFormDefinition(value);
  for (const defect of defects.slice(0, 5)) faults.push(fault('bad-form', `${name} ${defect.path}`, defect.message));
  if (defects.length > 0) return;
  const form = value as FormDefinition;
  if (`${form.code}.json` === file) pack.forms.set(form.code, form);
  else faults.push(fault('bad-form', name, 'code'));
}

/** Every form, field and template that a procedure names is in the package; nothing lies beside. */
function brokenReferences(pack: Package): PackageFault[] {
  const faults: PackageFault[] = [];
  const fields = new Set(pack.fields.map((field) => field.code));
  for (const one of pack.procedures) {
    const place = `procedures/${one.code}.json`;
    if (!pack.manifest.procedures.includes(one.code)) faults.push(fault('not-listed', place));
    if (one.form !== null && !pack.forms.has(one.form))
      faults.push(fault('unknown-reference', `${place} /form`, one.form));
    if (one.field !== null && !fields.has(one.field))
      faults.push(fault('unknown-reference', `${place} /field`, one.field));
    if (one.onlineScope === 'partial' && one.partialReason === null) faults.push(fault('bad-content', `${place} /partialReason`)); // prettier-ignore
    const papers = one.content.papers.flatMap((group) => group.papers);
    const keys = papers.map((paper) => paper.key);
    if (new Set(keys).size !== keys.length) faults.push(fault('bad-content', `${place} /content/papers`, 'key'));
    for (const paper of papers)
      if (paper.template && !pack.templates.has(paper.template.file))
        faults.push(fault('unknown-reference', `${place} /content/papers`, paper.template.file));
  }
  return faults;
}
