import { takeOverCatalogue } from '../../../foundation/catalogues/index.ts';
import { kindNamed, registerFile, storeBytes, type StoredBlob } from '../../../foundation/files/index.ts';
import { unitsOn, listUnitsByIds, type Unit } from '../../../foundation/organisations/index.ts';
import { findCurrentForm, publishForm } from '../../../engines/forms/index.ts';
import { demand, type Actor } from '../../../platform/access.ts';
import type { Tx } from '../../../platform/database.ts';
import { publish } from '../../../platform/events.ts';
import { newId } from '../../../platform/ids.ts';
import { insertDraft, withServiceLevel } from '../editor/write-revision.ts';
import { hashOf } from '../import-catalogue.ts';
import { findDocument, putDocument } from '../legal/legal-queries.ts';
import { openOffers } from '../manage-offers.ts';
import { procedureKind, versionDrafted } from '../procedure-events.ts';
import { manageProcedures } from '../procedure-permissions.ts';
import { listFields, upsertFields } from '../procedure-queries.ts';
import type { ProcedureContent } from '../procedure.ts';
import { missingParts, publishProcedure } from '../publish-procedure.ts';
import { centresOf } from '../receiving-units.ts';
import { insertVersions, latestHashes, type VersionFacts } from '../version-queries.ts';
import { packageTaken } from './package-events.ts';
import { putTemplate } from './package-queries.ts';
import type { PackedProcedure } from './package-schema.ts';
import type { Plan } from './plan-package.ts';
import { sha256Of, type Package } from './read-package.ts';

export type PackageOutcome = 'published' | 'drafted' | 'unchanged' | 'left-out' | 'incomplete';
export interface PackageResult {
  code: string;
  outcome: PackageOutcome;
  number: number | null;
}

/** Templates made durable before the transaction that names them. */
export async function storeTemplates(filesFolder: string, pack: Package): Promise<Map<string, StoredBlob>> {
  const stored = new Map<string, StoredBlob>();
  for (const [fileName, bytes] of pack.templates) {
    const kind = kindNamed(fileName.slice(fileName.lastIndexOf('.') + 1))!;
    stored.set(fileName, await storeBytes(filesFolder, bytes, { kind, fileName }));
  }
  return stored;
}

/**
 * Takes a package over as planned, in the transaction of the caller: all of it or nothing. Published from a day on, or as drafts that
 * wait for the review. What is here already is not written again.
 */
export async function applyPackage(
  tx: Tx,
  actor: Actor,
  input: {
    pack: Package;
    plan: Plan;
    templates: Map<string, StoredBlob>;
    mode: 'publish' | 'draft';
    validFrom: string;
  },
): Promise<PackageResult[]> {
  demand(actor, manageProcedures);
  const { pack, plan, mode, validFrom } = input;
  const chosen = (parts: readonly { name: string; choice: string }[]) =>
    new Set(parts.filter((part) => part.choice === 'theirs').map((part) => part.name));
  const fields = await takeFields(tx, pack, plan);
  const catalogues = chosen(plan.catalogues);
  for (const [code, { file, digest }] of pack.catalogues)
    if (catalogues.has(code)) await takeOverCatalogue(tx, file, digest);
  const theirTemplates = chosen(plan.templates);
  for (const [file, blob] of input.templates) {
    if (!theirTemplates.has(file)) continue;
    const fileId = await registerFile(tx, blob, { kind: 'procedure-template', id: file });
    await putTemplate(tx, { file, fileId, sha256: sha256Of(pack.templates.get(file)!) });
  }
  const forms = await takeForms(tx, pack, chosen(plan.forms), validFrom);
  for (const one of pack.legal)
    if (!(await findDocument(tx, one.number))) await putDocument(tx, { ...one, note: null });
  const results: PackageResult[] = [];
  for (const planned of plan.procedures) {
    const facts = factsHere(planned.packed, plan, fields, forms, validFrom);
    if (planned.state === 'writing') results.push({ code: facts.code, outcome: 'left-out', number: null });
    else results.push(await takeProcedure(tx, facts, planned.packed, plan, mode));
  }
  publish(tx, packageTaken, {
    subject: { kind: 'procedure-package', id: pack.sha256 },
    payload: { sha256: pack.sha256, province: pack.manifest.province.name, procedures: pack.manifest.procedures, mode },
  });
  return results;
}

/** Adds the fields that are new here, after ours; gives each field's code here. */
async function takeFields(tx: Tx, pack: Package, plan: Plan): Promise<Map<string, string>> {
  const known = await listFields(tx);
  let position = Math.max(0, ...known.map((field) => field.position));
  const added = plan.fields
    .filter((field) => field.to === 'new' && !known.some((one) => one.code === field.code))
    .map((field) => ({
      code: field.code,
      name: field.name,
      position: ++position,
      listed: false,
      nationalNames: pack.fields.find((one) => one.code === field.code)?.nationalNames ?? [],
    }));
  if (added.length > 0) await upsertFields(tx, added);
  return new Map(plan.fields.map((field) => [field.code, field.to === 'new' ? field.code : field.to]));
}

async function takeForms(tx: Tx, pack: Package, theirs: Set<string>, validFrom: string): Promise<Map<string, string>> {
  const forms = new Map<string, string>();
  for (const [code, definition] of pack.forms) {
    const ours = theirs.has(code) ? undefined : await findCurrentForm(tx, code, validFrom);
    forms.set(code, ours?.id ?? (await publishForm(tx, { definition, validFrom })).formVersionId);
  }
  return forms;
}

function factsHere(
  packed: PackedProcedure,
  plan: Plan,
  fields: Map<string, string>,
  forms: Map<string, string>,
  validFrom: string,
): VersionFacts {
  const { field, form, offeredBy: _offeredBy, ...rest } = packed;
  const content = packed.content as ProcedureContent;
  const division = (name: string) => plan.divisions.find((one) => one.name === name)?.to ?? name;
  const steps = content.steps && {
    steps: content.steps.steps.map((step) => ({
      ...step,
      role: plan.roles.find((one) => one.role === step.role)?.to ?? step.role,
      unit: typeof step.unit === 'string' ? step.unit : { division: division(step.unit.division) },
    })),
  };
  return withServiceLevel({
    ...rest,
    source: 'package',
    ownCode: null, // the other province's own number
    fieldCode: field === null ? null : (fields.get(field) ?? null),
    formVersionId: form === null ? null : (forms.get(form) ?? null),
    validFrom,
    validTo: null,
    content: { ...content, steps },
  });
}

async function takeProcedure(
  tx: Tx,
  facts: VersionFacts,
  packed: PackedProcedure,
  plan: Plan,
  mode: 'publish' | 'draft',
): Promise<PackageResult> {
  const { code } = facts;
  const contentHash = hashOf(facts);
  if ((await latestHashes(tx, [code], 'package')).get(code) === contentHash)
    return { code, outcome: 'unchanged', number: null };
  if (mode === 'draft' || missingParts(facts).length > 0) {
    await insertDraft(tx, facts, null, packed.decisionNumber ?? packed.name.vi);
    return { code, outcome: mode === 'draft' ? 'drafted' : 'incomplete', number: null };
  }
  const [row] = await insertVersions(tx, [
    { facts, versionId: newId(), procedureId: newId(), contentHash, status: 'draft' },
  ]);
  publish(tx, versionDrafted, {
    subject: { kind: procedureKind, id: row!.procedure_id },
    payload: { code, number: row!.number, versionId: row!.id, source: 'package' },
  });
  await publishProcedure(tx, { versionId: row!.id, validFrom: facts.validFrom });
  const units = await unitsHere(tx, packed, plan, facts.validFrom);
  if (units.length > 0) {
    const centres = await centresOf(tx, units, facts.validFrom);
    const inputs = units.map((unit) => ({ unitId: unit.id, receivingUnitId: centres.get(unit.id) ?? unit.id }));
    await openOffers(tx, { code, validFrom: facts.validFrom, units: inputs });
  }
  return { code, outcome: 'published', number: row!.number };
}

async function unitsHere(tx: Tx, packed: PackedProcedure, plan: Plan, onDate: string): Promise<Unit[]> {
  const ids = packed.offeredBy.units.flatMap((unit) => {
    const to = plan.units.find((one) => one.name === unit.name)?.to ?? 'none';
    return to === 'none' ? [] : [to];
  });
  const units = ids.length > 0 ? await listUnitsByIds(tx, ids, onDate) : [];
  const communes = packed.offeredBy.communes && plan.communes ? await unitsOn(tx, ['commune'], onDate) : [];
  return [...units, ...communes];
}
