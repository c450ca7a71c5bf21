import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { findUnitByKey, unitIdsByKey, unitsOn } from '../../foundation/organisations/index.ts';
import { loadSearchWords, rebuildDictionary } from '../../foundation/search/index.ts';
import { publishForm } from '../../engines/forms/index.ts';
import { hashOf } from './import-catalogue.ts';
import { openOffers, type OfferInput } from './manage-offers.ts';
import { procedureKind, versionDrafted } from './procedure-events.ts';
import type { ProcedureFile } from './procedure-file.ts';
import { upsertFields } from './procedure-queries.ts';
import { defaultFileLimits, serviceLevelOf, type ProcedureContent } from './procedure.ts';
import { readProvinceProcedures, type FolderDefect } from './province-folder.ts';
import { publishProcedure } from './publish-procedure.ts';
import { insertVersions, latestHashes, type VersionFacts } from './version-queries.ts';

export interface ProvinceLoad {
  procedures: number;
  changed: number;
  offersOpened: number;
  defects: FolderDefect[];
}

/**
 * Loads the province's fields, forms and procedures, publishes what is new or changed, has units offer them and makes them
 * findable. Unchanged files change nothing. A wrong file is left out and told in `defects`. Each procedure is a transaction.
 */
export async function loadProvinceProcedures(
  context: Pick<AppContext, 'db' | 'clock' | 'config' | 'log'>,
): Promise<ProvinceLoad> {
  const { db, clock, config } = context;
  const folder = readProvinceProcedures(config.provinceFolder);
  loadSearchWords(context);
  const run = <R>(work: (tx: Tx) => Promise<R>) => inTransaction(db, { actor: systemActor('province'), clock }, work);
  await run((tx) => upsertFields(tx, folder.fields));
  const result: ProvinceLoad = {
    procedures: folder.procedures.length,
    changed: 0,
    offersOpened: 0,
    defects: folder.defects,
  };
  const today = localDate(clock.now());
  for (const file of folder.procedures) {
    const units = await unitsFor(db.reader, file, today);
    if (units.length === 0)
      result.defects.push({
        file: `procedures/${file.code}.json`,
        place: '/offeredBy',
        message: 'there is no such unit: nobody offers it',
      });
    await run(async (tx) => {
      const form = file.form === undefined ? null : folder.forms.get(file.form)!;
      const formVersionId = form
        ? (await publishForm(tx, { definition: form, validFrom: file.validFrom })).formVersionId
        : null;
      if (await putVersion(tx, factsOf(file, formVersionId))) result.changed++;
      for (const [validFrom, list] of units)
        result.offersOpened += (await openOffers(tx, { code: file.code, validFrom, units: list })).opened;
    });
  }
  if (result.changed > 0) await run(rebuildDictionary);
  return result;
}

async function putVersion(tx: Tx, facts: VersionFacts): Promise<boolean> {
  // The first day is part of what the file says; a national record has none.
  const contentHash = `${hashOf(facts)}@${facts.validFrom}`;
  if ((await latestHashes(tx, [facts.code], 'province')).get(facts.code) === contentHash) return false;
  const [row] = await insertVersions(tx, [
    { facts, versionId: newId(), procedureId: newId(), contentHash, status: 'draft' },
  ]);
  publish(tx, versionDrafted, {
    subject: { kind: procedureKind, id: row!.procedure_id },
    payload: { code: facts.code, number: row!.number, versionId: row!.id, source: 'province' },
  });
  await publishProcedure(tx, { versionId: row!.id });
  return true;
}

/** The units that offer a procedure, by the day on which they begin. */
async function unitsFor(reader: Reader, file: ProcedureFile, today: string): Promise<[string, OfferInput[]][]> {
  const later = (unit: { validFrom: string }) => (unit.validFrom > file.validFrom ? unit.validFrom : file.validFrom);
  if (file.offeredBy !== 'communes') {
    const unit = await findUnitByKey(reader, file.offeredBy.department, today);
    if (!unit) return [];
    const centre = file.offeredBy.receivedAt === 'own' ? undefined : await findUnitByKey(reader, 'ttpvhcc-tinh', today);
    return [[later(unit), [{ unitId: unit.id, receivingUnitId: centre?.id ?? unit.id }]]];
  }
  const communes = await unitsOn(reader, ['commune'], today);
  const centreKeys = communes.flatMap((unit) => (unit.key === null ? [] : [`${unit.key}/ttpvhcc`]));
  const centres = await unitIdsByKey(reader, centreKeys);
  const groups = new Map<string, OfferInput[]>();
  for (const unit of communes) {
    const input = { unitId: unit.id, receivingUnitId: centres.get(`${unit.key}/ttpvhcc`) ?? unit.id };
    groups.set(later(unit), [...(groups.get(later(unit)) ?? []), input]);
  }
  return [...groups];
}

/** What a procedure file says, as a version. */
export function factsOf(file: ProcedureFile, formVersionId: string | null): VersionFacts {
  const papers = file.papers.flatMap((group) => group.papers);
  const online = file.channels.find((channel) => channel.kind === 'online');
  const isFreeOnline = online?.feesKnown !== false && (online?.fees ?? []).length === 0;
  const content: ProcedureContent = {
    summary: file.summary,
    type: file.type ?? null,
    competentAgency: file.competentAgency,
    receivingAddress: file.receivingAddress ?? null,
    authorisedAgency: file.authorisedAgency ?? null,
    coordinatingAgency: file.coordinatingAgency ?? null,
    order: file.order.map((one) => ({ case: one.case ?? null, steps: one.steps })),
    channels: file.channels.map((channel) => ({
      kind: channel.kind,
      time: { ...channel.time, text: null },
      feesKnown: channel.feesKnown ?? true,
      fees: channel.fees.map((fee) => ({
        key: fee.key,
        kind: fee.kind,
        name: fee.name,
        case: fee.case ?? null,
        amountDong: fee.amountDong,
        text: null,
      })),
      note: channel.note ?? null,
    })),
    papers: file.papers.map((group) => ({
      key: group.key,
      title: group.title ?? null,
      papers: group.papers.map((paper) => ({
        key: paper.key,
        name: paper.name,
        originals: paper.originals,
        copies: paper.copies,
        required: paper.required,
        when: paper.when ?? null,
        template: paper.template ?? null,
        nationalCode: paper.nationalCode ?? null,
        presentOnly: paper.presentOnly ?? false,
      })),
    })),
    sets: file.sets,
    results: file.results.map((one) => ({ name: one.name, code: one.code ?? null })),
    legalBases: file.legalBases.map((one) => ({ number: one.number, title: one.title ?? null })),
    conditions: file.conditions ?? null,
    related: file.related,
    keywords: file.keywords,
    files: file.files ?? defaultFileLimits,
    steps: { steps: file.steps },
    sourceUrl: null,
    otherAudiences: [],
  };
  return {
    code: file.code,
    ownCode: file.ownCode ?? null,
    source: 'province',
    name: file.name,
    fieldCode: file.field,
    nationalField: file.nationalField,
    levels: file.levels,
    audiences: file.audiences,
    serviceLevel: serviceLevelOf({
      templates: papers.some((paper) => paper.template !== undefined),
      form: formVersionId !== null && file.online.scope !== 'none',
      paysOnline: file.online.scope === 'full' && isFreeOnline,
    }),
    onlineScope: file.online.scope,
    partialReason: file.online.reason ?? null,
    intakeChannel: file.intakeChannel,
    decisionNumber: file.decisionNumber ?? null,
    validFrom: file.validFrom,
    validTo: file.validTo ?? null,
    formVersionId,
    content,
  };
}
