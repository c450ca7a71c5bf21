import { factsOfFile, findCatalogue, packCatalogue } from '../../../foundation/catalogues/index.ts';
import { findUnitByKey, listRoles, searchUnits } from '../../../foundation/organisations/index.ts';
import { digestOf, findCurrentForm } from '../../../engines/forms/index.ts';
import type { Config } from '../../../platform/config.ts';
import type { Reader } from '../../../platform/database.ts';
import { findOpenRevision } from '../editor/revision-queries.ts';
import { findProcedure, listFields, listVersions, type Field } from '../procedure-queries.ts';
import type { StepRole } from '../procedure.ts';
import type { PackedProcedure } from './package-schema.ts';
import { sha256Of, type Package } from './read-package.ts';
import { templateDigest } from './template-store.ts';

/** What whoever imports decides; left out: what the plan proposes. */
export interface Mapping {
  /** Field of the package → field here, or `new`. */
  fields: Record<string, string>;
  /** Name of a unit that offers there → id of a unit here, or `none`. */
  units: Record<string, string>;
  /** Division in a step there → division here. */
  divisions: Record<string, string>;
  /** Role of a step there → role here. */
  roles: Record<string, StepRole>;
  /** Catalogues, forms and templates that differ from ours: `ours` or `theirs`. */
  catalogues: Record<string, 'ours' | 'theirs'>;
  forms: Record<string, 'ours' | 'theirs'>;
  templates: Record<string, 'ours' | 'theirs'>;
  /** Whether all communes here shall offer what all communes there offer. */
  communes: boolean;
}

export type PartState = 'new' | 'same' | 'differs';
export interface PlannedPart {
  name: string;
  title: { vi: string; en: string };
  state: PartState;
  choice: 'ours' | 'theirs';
}
export interface PlannedProcedure {
  packed: PackedProcedure;
  /** `new`: no such code here. `update`: another version of it is here. `writing`: a draft is open, so it is left out. */
  state: 'new' | 'update' | 'writing';
  currentNumber: number | null;
}
export interface Plan {
  procedures: PlannedProcedure[];
  fields: { code: string; name: { vi: string; en: string }; to: string }[];
  units: { name: string; key: string | null; to: string; found: { id: string; name: string }[] }[];
  divisions: { name: string; to: string }[];
  roles: { role: StepRole; isKnown: boolean; to: StepRole }[];
  catalogues: PlannedPart[];
  forms: PlannedPart[];
  templates: PlannedPart[];
  communes: boolean;
  /** Some procedure is offered by all communes there. */
  asksCommunes: boolean;
}

const plain = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase().trim();

/** What importing would do here: what is new, the same or different, and how units, roles, fields and catalogues are matched. */
export async function planPackage(
  reader: Reader,
  config: Config,
  pack: Package,
  given: Partial<Mapping>,
  onDate: string,
): Promise<Plan> {
  const procedures: PlannedProcedure[] = [];
  for (const packed of pack.procedures) {
    const [newest] = await listVersions(reader, packed.code);
    const current = newest && ((await findProcedure(reader, packed.code, onDate)) ?? newest);
    const isOpen = newest !== undefined && (await findOpenRevision(reader, packed.code)) !== undefined;
    procedures.push({
      packed,
      state: isOpen ? 'writing' : newest ? 'update' : 'new',
      currentNumber: current?.number ?? null,
    });
  }
  const known = await listFields(reader);
  const choose = (
    name: string,
    state: PartState,
    asked: Record<string, 'ours' | 'theirs'> | undefined,
    usual: 'ours' | 'theirs',
  ) => (state === 'new' ? 'theirs' : state === 'same' ? 'ours' : (asked?.[name] ?? usual));
  const catalogues = await planCatalogues(reader, pack, onDate);
  const forms: Omit<PlannedPart, 'choice'>[] = [];
  for (const [code, form] of pack.forms) {
    const current = await findCurrentForm(reader, code, onDate);
    const state = !current ? 'new' : current.digest === digestOf(form) ? 'same' : 'differs';
    forms.push({ name: code, title: form.title, state });
  }
  const templates: Omit<PlannedPart, 'choice'>[] = [];
  for (const [name, bytes] of pack.templates) {
    const digest = await templateDigest(reader, config, name);
    const state = digest === null ? 'new' : digest === sha256Of(bytes) ? 'same' : 'differs';
    templates.push({ name, title: { vi: name, en: name }, state });
  }
  return {
    procedures,
    fields: pack.fields.map((field) => ({
      code: field.code,
      name: field.name,
      to: fieldHere(field, known, given.fields?.[field.code]),
    })),
    units: await planUnits(reader, pack, given, onDate),
    divisions: divisionsOf(pack).map((name) => ({ name, to: given.divisions?.[name] || name })),
    roles: await planRoles(reader, pack, given),
    catalogues: catalogues.map((part) => ({ ...part, choice: choose(part.name, part.state, given.catalogues, 'ours') })),
    forms: forms.map((part) => ({ ...part, choice: choose(part.name, part.state, given.forms, 'theirs') })),
    templates: templates.map((part) => ({ ...part, choice: choose(part.name, part.state, given.templates, 'ours') })),
    communes: given.communes ?? true,
    asksCommunes: pack.procedures.some((one) => one.offeredBy.communes),
  }; // prettier-ignore
}

async function planCatalogues(reader: Reader, pack: Package, onDate: string): Promise<Omit<PlannedPart, 'choice'>[]> {
  const parts: Omit<PlannedPart, 'choice'>[] = [];
  for (const [code, { file }] of pack.catalogues) {
    const facts = factsOfFile(file);
    const ours = (await findCatalogue(reader, code)) && (await packCatalogue(reader, code, onDate));
    const items = (one: typeof file) => JSON.stringify(one.versions.at(-1)?.items ?? []);
    const state = !ours ? 'new' : items(ours) === items(file) ? 'same' : 'differs';
    parts.push({ name: code, title: { vi: facts.nameVi, en: facts.nameEn }, state });
  }
  return parts;
}

/** The field asked for, the one of the same code or name, else a new one. */
function fieldHere(field: Package['fields'][number], known: readonly Field[], asked: string | undefined): string {
  if (asked === 'new' || known.some((one) => one.code === asked)) return asked!;
  const same = known.find(
    (one) =>
      one.code === field.code ||
      plain(one.name.vi) === plain(field.name.vi) ||
      one.nationalNames.some((name) => field.nationalNames.some((other) => plain(other) === plain(name))),
  );
  return same?.code ?? 'new';
}

async function planUnits(reader: Reader, pack: Package, given: Partial<Mapping>, onDate: string): Promise<Plan['units']> {
  const there = new Map(pack.procedures.flatMap((one) => one.offeredBy.units).map((unit) => [unit.name, unit]));
  const units: Plan['units'] = [];
  for (const unit of there.values()) {
    const byKey = unit.key === null ? undefined : await findUnitByKey(reader, unit.key, onDate);
    // Units are named after their province: the name without it is what can be found elsewhere.
    const found = await searchUnits(reader, unit.name.replace(/\s+(tỉnh|thành phố)\s.+$/u, ''), onDate, 8);
    const choices = [...new Map([...(byKey ? [byKey] : []), ...found].map((one) => [one.id, { id: one.id, name: one.nameVi }])).values()];
    const asked = given.units?.[unit.name];
    const usual = byKey?.id ?? (plain(found[0]?.nameVi ?? '') === plain(unit.name) ? found[0]!.id : 'none');
    units.push({ ...unit, found: choices, to: asked === 'none' || choices.some((one) => one.id === asked) ? asked! : usual });
  }
  return units;
} // prettier-ignore

const stepsOf = (pack: Package) => pack.procedures.flatMap((one) => one.content.steps?.steps ?? []);
const divisionsOf = (pack: Package): string[] => [
  ...new Set(stepsOf(pack).flatMap((step) => (typeof step.unit === 'string' ? [] : [step.unit.division]))),
];

async function planRoles(reader: Reader, pack: Package, given: Partial<Mapping>): Promise<Plan['roles']> {
  const here = new Set((await listRoles(reader)).map((role) => role.key));
  return [...new Set(stepsOf(pack).map((step) => step.role))].map((role) => ({
    role,
    isKnown: here.has(role),
    to: given.roles?.[role] ?? role,
  }));
}
