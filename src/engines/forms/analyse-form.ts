/** What is wrong or doubtful with a form, for the people who design it: the defects of `check-definition.ts` and more, each with its place. */
import { checkFormDefinition, type DefectCode } from './check-definition.ts';
import { compiledContract } from './contract.ts';
import { canFill, clashesIn, kindOfLogic } from './logic-kinds.ts';
import { logicDefect, readsOf } from './logic.ts';
import { hasValue, outlineOf, resolveRead, type Outline } from './outline.ts';
import { reachOf } from './reachability.ts';
import {
  prefillSources,
  type AnswerField,
  type Field,
  type FormDefinition,
  type Logic,
  type PrefillSource,
} from './definition.ts';

export type FindingCode =
  | DefectCode
  | 'kind-clash'
  | 'wrong-result'
  | 'unreachable'
  | 'doubtful-reach'
  | 'required-unreachable'
  | 'prefill-mismatch'
  | 'prefill-twice'
  | 'prefill-unused'
  | 'later-field'
  | 'crowded-page'
  | 'same-label'
  | 'same-words';

/** `path` is a JSON pointer into the definition; `about` names what the sentence is about. Errors block publishing, warnings do not. */
export type Finding = { level: 'error' | 'warning'; code: FindingCode; path: string; about: string[] };

/** Questions on one page above which people lose heart; a warning only. */
export const crowdedPage = 12;

/** Everything that can be said about a form before anybody fills it in. Errors first, in the order of the form. Never throws. */
export function analyseForm(definition: unknown): Finding[] {
  const defects = checkFormDefinition(definition).map(({ path, code, message }): Finding => ({
    level: 'error',
    code,
    path,
    // Names stand in quotes in the messages for authors of files.
    about: [...message.matchAll(/"([^"]*)"/g)].map((match) => match[1]!).filter((name) => !/^(min|max)/.test(name)),
  }));
  if (defects.some((defect) => ['too-large', 'unknown-type'].includes(defect.code))) return defects;
  const form = definition as FormDefinition;
  const isWhole = !defects.some((defect) =>
    ['shape', 'unknown-property', 'duplicate-name', 'bad-logic'].includes(defect.code),
  );
  const more = isWhole ? deepFindings(form) : [];
  const known = new Set(defects.map((defect) => `${defect.path} ${defect.code}`));
  const all = [
    ...defects,
    ...more.filter((finding) => !known.has(`${finding.path} ${finding.code}`)),
    ...wordFindings(form),
  ];
  return all.sort((a, b) => Number(a.level === 'warning') - Number(b.level === 'warning')).slice(0, 300);
}

type Placed = { field: Field; path: string; list: string | null; pageIndex: number; index: number };

function placesOf(form: FormDefinition): Placed[] {
  let index = 0;
  return form.ui.pages.flatMap((page, p) =>
    page.groups.flatMap((group, g) =>
      group.fields.flatMap((field, f): Placed[] => {
        const path = `/ui/pages/${p}/groups/${g}/fields/${f}`;
        const own = { field, path, list: group.repeat?.name ?? null, pageIndex: p, index: index++ };
        if (field.type !== 'table') return [own];
        const columns = (field.columns ?? []).map((column, c) => ({
          field: column as Field,
          path: `${path}/columns/${c}`,
          list: field.name,
          pageIndex: p,
          index: index++,
        }));
        return [own, ...columns];
      }),
    ),
  );
}

function deepFindings(form: FormDefinition): Finding[] {
  const outline = outlineOf(form);
  const places = placesOf(form);
  return [
    ...kindFindings(form, outline, places),
    ...reachFindings(form, outline, places),
    ...prefillFindings(form, places),
    ...orderFindings(outline, places),
  ];
}

/** Every expression with its pointer and the list it stands in. */
function expressions(
  form: FormDefinition,
  places: readonly Placed[],
): { logic: Logic; path: string; list: string | null }[] {
  const found: { logic: Logic | undefined; path: string; list: string | null }[] = form.ui.pages.flatMap((page, p) => [
    { logic: page.showWhen, path: `/ui/pages/${p}/showWhen`, list: null },
    ...page.groups.map((group, g) => ({
      logic: group.showWhen,
      path: `/ui/pages/${p}/groups/${g}/showWhen`,
      list: null,
    })),
  ]);
  for (const { field, path, list } of places) {
    found.push({ logic: field.showWhen, path: `${path}/showWhen`, list });
    if (!hasValue(field)) continue;
    found.push({ logic: field.requiredWhen, path: `${path}/requiredWhen`, list });
    found.push({ logic: field.calculate, path: `${path}/calculate`, list });
  }
  form.ui.checks?.forEach((check, c) => found.push({ logic: check.test, path: `/ui/checks/${c}/test`, list: null }));
  return found.filter((each): each is { logic: Logic; path: string; list: string | null } => each.logic !== undefined);
}

function kindFindings(form: FormDefinition, outline: Outline, places: readonly Placed[]): Finding[] {
  const findings: Finding[] = [];
  for (const { logic, path, list } of expressions(form, places)) {
    if (logicDefect(logic) !== null) continue;
    for (const clash of clashesIn(outline, logic, list).slice(0, 3))
      findings.push({ level: 'error', code: 'kind-clash', path, about: [clash.left, clash.right, clash.operator] });
  }
  for (const { field, path, list } of places) {
    if (!hasValue(field) || field.calculate === undefined) continue;
    const kind = kindOfLogic(outline, field.calculate, list);
    if (!canFill(field, kind))
      findings.push({ level: 'error', code: 'wrong-result', path: `${path}/calculate`, about: [kind, field.name] });
  }
  return findings;
}

/** Said once, at the outermost place that cannot be reached. */
function reachFindings(form: FormDefinition, outline: Outline, places: readonly Placed[]): Finding[] {
  const findings: Finding[] = [];
  const closed: string[] = [];
  const judge = (path: string, conditions: (Logic | undefined)[], name: string, isRequired: boolean): void => {
    if (conditions.at(-1) === undefined || closed.some((outer) => path.startsWith(`${outer}/`))) return;
    const reach = reachOf(
      outline,
      conditions.filter((logic): logic is Logic => logic !== undefined),
    );
    if (reach === 'possible' || reach === 'unknown') return;
    closed.push(path);
    if (reach === 'unlikely') findings.push({ level: 'warning', code: 'doubtful-reach', path, about: [name] });
    else
      findings.push({ level: 'error', code: isRequired ? 'required-unreachable' : 'unreachable', path, about: [name] });
  };
  form.ui.pages.forEach((page, p) => {
    judge(`/ui/pages/${p}`, [page.showWhen], page.id, false);
    page.groups.forEach((group, g) =>
      judge(`/ui/pages/${p}/groups/${g}`, [page.showWhen, group.showWhen], group.id, false),
    );
  });
  for (const { field, path, list, pageIndex } of places) {
    if (list !== null) continue;
    const page = form.ui.pages[pageIndex]!;
    const group = page.groups[Number(path.split('/')[5])]!;
    const isRequired = hasValue(field) && field.required !== false && field.requiredWhen === undefined;
    judge(path, [page.showWhen, group.showWhen, field.showWhen], field.name, isRequired);
  }
  return findings;
}

const sourceSamples: Partial<Record<PrefillSource, unknown>> = {
  'person.dateOfBirth': '1990-05-12',
  'person.identityIssuedOn': '2021-05-12',
  'person.identityNumber': '040190000012',
  'person.gender': 'male',
  'person.phone': '0912345678',
  'person.email': 'lan@example.vn',
  'person.permanentAddress': { province: '40', commune: '16690', detail: 'Số 1' },
  'person.currentAddress': { province: '40', commune: '16690', detail: 'Số 1' },
  'business.address': { province: '40', commune: '16690', detail: 'Số 1' },
  'business.taxCode': '0100109106',
  'business.businessNumber': '0100109106',
  'business.phone': '0912345678',
  'business.email': 'lan@example.vn',
};

/** Sources that a field of this type would be filled from, when the form does not use them yet. */
const suggested: Partial<Record<AnswerField['type'], PrefillSource>> = {
  phone: 'person.phone',
  email: 'person.email',
  identityNumber: 'person.identityNumber',
};

function prefillFindings(form: FormDefinition, places: readonly Placed[]): Finding[] {
  const findings: Finding[] = [];
  const used = new Map<string, string>();
  const validate = compiledContract(form);
  for (const { field, path, list } of places) {
    if (!hasValue(field) || !field.prefill || list !== null) continue;
    const { source } = field.prefill;
    const sample = sourceSamples[source] ?? 'Nguyễn Thị Lan';
    if (!(prefillSources as readonly string[]).includes(source)) continue;
    // A list offered by a catalogue cannot be judged here.
    const isOpen = 'optionsFrom' in field && field.optionsFrom !== undefined;
    if (!isOpen && !validate({ [field.name]: sample }) && !isChoiceOfSource(field, source))
      findings.push({ level: 'error', code: 'prefill-mismatch', path: `${path}/prefill`, about: [field.name, source] });
    const first = used.get(source);
    if (first !== undefined)
      findings.push({ level: 'warning', code: 'prefill-twice', path: `${path}/prefill`, about: [first, source] });
    else used.set(source, field.name);
  }
  const isBusiness = [...used.keys()].some((source) => source.startsWith('business.'));
  const offered = new Set<string>();
  for (const { field, path, list } of places) {
    if (!hasValue(field) || list !== null || field.prefill || field.calculate !== undefined) continue;
    const source = suggested[field.type];
    if (!source || isBusiness || used.has(source) || offered.has(source)) continue;
    offered.add(source);
    findings.push({ level: 'warning', code: 'prefill-unused', path, about: [field.name, source] });
  }
  return findings;
}

/** Words of a register (gender, ethnicity) against options: judged by the value at filling in, not here. */
const isChoiceOfSource = (field: AnswerField, source: PrefillSource): boolean =>
  (field.type === 'radios' || field.type === 'select') &&
  ['person.gender', 'person.ethnicity', 'person.nationality', 'person.identityIssuedBy'].includes(source);

/** A condition that reads a question asked further down the same page: people would see it jump. */
function orderFindings(outline: Outline, places: readonly Placed[]): Finding[] {
  const byKey = new Map(
    places.map((place) => [place.list === null ? place.field.name : `${place.list}.${place.field.name}`, place]),
  );
  return places.flatMap((place): Finding[] => {
    if (place.field.showWhen === undefined || logicDefect(place.field.showWhen) !== null) return [];
    const later = readsOf(place.field.showWhen)
      .map((read) => resolveRead(outline, read, place.list))
      .map((key) => (key === null || key === undefined ? undefined : byKey.get(key)))
      .find((target) => target && target.pageIndex === place.pageIndex && target.index > place.index);
    return later
      ? [{ level: 'warning', code: 'later-field', path: `${place.path}/showWhen`, about: [later.field.name] }]
      : [];
  });
}

const sameText = (text: { vi?: unknown; en?: unknown } | undefined): boolean =>
  typeof text?.vi === 'string' &&
  text.vi === text.en &&
  /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/i.test(text.vi);

/** What can be told even while the form has defects: words and crowds. */
function wordFindings(form: FormDefinition): Finding[] {
  const findings: Finding[] = [];
  const pages = Array.isArray(form?.ui?.pages) ? form.ui.pages : [];
  pages.forEach((page, p) => {
    const groups = Array.isArray(page?.groups) ? page.groups : [];
    const labels = new Set<string>();
    let asked = 0;
    if (sameText(page?.title))
      findings.push({ level: 'warning', code: 'same-words', path: `/ui/pages/${p}`, about: [page.title.vi] });
    groups.forEach((group, g) => {
      (Array.isArray(group?.fields) ? group.fields : []).forEach((field, f) => {
        const path = `/ui/pages/${p}/groups/${g}/fields/${f}`;
        if (!field || field.type === 'content') return;
        asked += 1;
        if (sameText(field.label))
          findings.push({ level: 'warning', code: 'same-words', path, about: [field.label.vi] });
        const label = `${group.id} ${field.label?.vi?.trim().toLowerCase() ?? ''}`;
        if (field.label?.vi?.trim() && labels.has(label))
          findings.push({ level: 'warning', code: 'same-label', path, about: [field.label.vi] });
        labels.add(label);
      });
    });
    if (asked > crowdedPage)
      findings.push({
        level: 'warning',
        code: 'crowded-page',
        path: `/ui/pages/${p}`,
        about: [String(asked), String(crowdedPage)],
      });
  });
  return findings;
}
