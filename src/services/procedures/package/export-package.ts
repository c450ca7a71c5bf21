import { zipSync, type Zippable } from 'fflate';
import { packCatalogue } from '../../../foundation/catalogues/index.ts';
import { listUnitsByIds, provinceOf } from '../../../foundation/organisations/index.ts';
import { cataloguesOf, getFormVersion } from '../../../engines/forms/index.ts';
import type { Config } from '../../../platform/config.ts';
import type { Reader } from '../../../platform/database.ts';
import { problem } from '../../../platform/problems.ts';
import { findDocument } from '../legal/legal-queries.ts';
import { offersFor } from '../offer-queries.ts';
import { findProcedure, listFields, listVersions } from '../procedure-queries.ts';
import type { Procedure } from '../procedure.ts';
import { notPackable, nothingToPack } from './package-problems.ts';
import { faultsOf, type Manifest, type PackedLegal, type PackedProcedure } from './package-schema.ts';
import { sha256Of } from './read-package.ts';
import { templateBytes } from './template-store.ts';

/** The same moment in every file: the bytes depend on nothing but the content. */
const NO_TIME = new Date(1980, 0, 1, 0, 0, 0);

/** Keys in order, two spaces, a line end: the same value is the same bytes. */
const jsonBytes = (value: unknown): Uint8Array =>
  Buffer.from(`${JSON.stringify(value, (_, one: unknown) => sorted(one), 2)}\n`);
function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Packs procedures, as they hold on a day, into one file: their forms, steps, fees, templates, texts, the catalogues they refer to
 * and the law they rest on. The same content is the same bytes. @throws nothingToPack, notPackable
 */
export async function exportPackage(
  reader: Reader,
  config: Config,
  input: { codes: readonly string[]; onDate: string },
): Promise<{ bytes: Buffer; fileName: string; left: string[] }> {
  const found = new Map<string, Procedure>();
  for (const code of [...new Set(input.codes)].sort().slice(0, 300)) {
    const one = (await findProcedure(reader, code, input.onDate)) ?? (await listVersions(reader, code))[0];
    if (one) found.set(code, one);
  }
  if (found.size === 0) throw problem(nothingToPack);
  const files = new Map<string, Uint8Array>();
  const parts = { catalogues: new Set<string>(), templates: new Set<string>() };
  for (const procedure of found.values()) await packOne(reader, procedure, input.onDate, files, parts);
  for (const code of parts.catalogues) {
    const file = await packCatalogue(reader, code, input.onDate);
    if (file) files.set(`catalogues/${code}.json`, jsonBytes(file));
  }
  for (const name of parts.templates) {
    const bytes = await templateBytes(reader, config, name);
    if (bytes) files.set(`templates/${name}`, bytes);
  }
  await packLists(reader, [...found.values()], files);
  const province = provinceOf(config);
  const manifest: Manifest = {
    format: 'sen-procedure-package',
    schema: 1,
    province: { code: province.gsoCode, name: province.provinceName.vi },
    procedures: [...found.keys()],
    files: [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256Of(Buffer.from(bytes)) })), // prettier-ignore
  };
  const zippable: Zippable = { 'manifest.json': jsonBytes(manifest) };
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) zippable[path] = bytes;
  const name = found.size === 1 ? [...found.keys()][0] : `${found.size}-thu-tuc`;
  return {
    bytes: Buffer.from(zipSync(zippable, { mtime: NO_TIME, level: 6 })),
    fileName: `goi-thu-tuc-${name}.zip`,
    left: input.codes.filter((code) => !found.has(code)),
  };
}

async function packOne(
  reader: Reader,
  procedure: Procedure,
  onDate: string,
  files: Map<string, Uint8Array>,
  parts: { catalogues: Set<string>; templates: Set<string> },
): Promise<void> {
  const form = procedure.formVersionId === null ? null : await getFormVersion(reader, procedure.formVersionId);
  if (form) {
    files.set(`forms/${form.code}.json`, jsonBytes(form.definition));
    for (const code of cataloguesOf(form.definition)) parts.catalogues.add(code);
  }
  for (const paper of procedure.content.papers.flatMap((group) => group.papers))
    if (paper.template) parts.templates.add(paper.template.file);
  const { code, ownCode, name, fieldCode, nationalField, levels, audiences, serviceLevel, onlineScope, partialReason } = procedure; // prettier-ignore
  const packed: PackedProcedure = {
    code,
    ownCode,
    name: name as PackedProcedure['name'],
    field: fieldCode,
    nationalField,
    levels,
    audiences,
    serviceLevel,
    onlineScope,
    partialReason,
    intakeChannel: procedure.intakeChannel,
    decisionNumber: procedure.decisionNumber,
    form: form?.code ?? null,
    offeredBy: await offeredBy(reader, procedure, onDate),
    content: procedure.content as PackedProcedure['content'],
  };
  const faults = faultsOf('procedure', JSON.parse(JSON.stringify(packed)));
  if (faults.length > 0) throw problem(notPackable, { code, ...faults[0] });
  files.set(`procedures/${code}.json`, jsonBytes(packed));
}

/** All communes when most units that offer it are communes; otherwise each unit by its key and name. */
async function offeredBy(reader: Reader, procedure: Procedure, onDate: string): Promise<PackedProcedure['offeredBy']> {
  const offers = await offersFor(reader, procedure.id, onDate);
  const units = await listUnitsByIds(reader, [...new Set(offers.map((offer) => offer.unitId))], onDate);
  const others = units.filter((unit) => unit.kind !== 'commune');
  return {
    communes: units.length > others.length,
    units: others.slice(0, 60).map((unit) => ({ key: unit.key, name: unit.nameVi })).sort((a, b) => (a.name < b.name ? -1 : 1)),
  }; // prettier-ignore
}

async function packLists(
  reader: Reader,
  procedures: readonly Procedure[],
  files: Map<string, Uint8Array>,
): Promise<void> {
  const used = new Set(procedures.map((one) => one.fieldCode));
  const fields = (await listFields(reader)).filter((field) => used.has(field.code));
  files.set('fields.json', jsonBytes(fields.map(({ code, name, nationalNames }) => ({ code, name, nationalNames }))));
  const numbers = [...new Set(procedures.flatMap((one) => one.content.legalBases.map((basis) => basis.number)))].sort();
  const legal: PackedLegal[] = [];
  for (const number of numbers) {
    const known = await findDocument(reader, number);
    if (!known) continue;
    const { titleVi, titleEn, issuedOn, link, lostForceOn, replacedBy } = known;
    legal.push({ number, titleVi, titleEn, issuedOn, link, lostForceOn, replacedBy });
  }
  files.set('legal.json', jsonBytes(legal));
}
