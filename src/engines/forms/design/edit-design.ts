import type { Reader, Tx } from '../../../platform/database.ts';
import { publish } from '../../../platform/events.ts';
import { newId } from '../../../platform/ids.ts';
import { problem } from '../../../platform/problems.ts';
import { analyseForm, type Finding } from '../analyse-form.ts';
import { formLimits, type FormDefinition } from '../definition.ts';
import { designDiscarded, designStarted, formVersionKind } from '../form-events.ts';
import {
  designNotFound,
  designTooLarge,
  formCodeTaken,
  formNotFound,
  invalidDefinition,
  staleDesign,
} from '../form-problems.ts';
import { findFormId, findVersionByNumber, listVersions, upsertForm } from '../form-queries.ts';
import { publishForm } from '../publish-form.ts';
import {
  deleteDesign,
  deleteUnpublishedForm,
  findDesign,
  insertDesign,
  updateDesign,
  type Design,
} from './design-queries.ts';

const emptyTitle = { vi: 'Biểu mẫu mới', en: 'New form' };

/** What a form starts from when there is nothing else: one page with one group. */
export const blankDefinition = (code: string, title: { vi: string; en: string }): FormDefinition => ({
  code,
  title,
  schema: { type: 'object' },
  ui: {
    pages: [{ id: 'trang-1', title: { vi: 'Thông tin', en: 'Details' }, groups: [{ id: 'nhom-1', fields: [] }] }],
  },
});

/**
 * Takes an unfinished definition as far as it has the frame of one: anything inside may be wrong and is told as a finding. @throws
 * designTooLarge, invalidDefinition for what is no form at all
 */
export function demandFrame(value: unknown): FormDefinition {
  const form = value as FormDefinition;
  const isFrame =
    value !== null &&
    typeof value === 'object' &&
    typeof form.code === 'string' &&
    /^[a-z0-9]+(-[a-z0-9]+)*$/.test(form.code) &&
    form.code.length <= 80 &&
    isText(form.title) &&
    typeof form.ui === 'object' &&
    form.ui !== null &&
    Array.isArray(form.ui.pages) &&
    form.ui.pages.every(
      (page: unknown) =>
        isObject(page) &&
        isText(page['title']) &&
        Array.isArray(page['groups']) &&
        page['groups'].every(
          (group: unknown) =>
            isObject(group) &&
            Array.isArray(group['fields']) &&
            group['fields'].every((field: unknown) => isObject(field) && typeof field['type'] === 'string'),
        ),
    ) &&
    isObject(form.schema);
  if (!isFrame) throw problem(invalidDefinition, { defects: [] });
  const text = JSON.stringify(value);
  if (text.length > formLimits.definitionBytes) throw problem(designTooLarge, { limit: formLimits.definitionBytes });
  // PostgreSQL's jsonb takes neither NUL nor half of a surrogate pair.
  if (/\\u0000|\\ud[89a-f]/i.test(text)) throw problem(invalidDefinition, { defects: [] });
  return JSON.parse(text.normalize('NFC')) as FormDefinition;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const isText = (value: unknown): boolean =>
  isObject(value) && typeof value['vi'] === 'string' && typeof value['en'] === 'string';

/** Makes a new form with a working copy. @throws formCodeTaken */
export async function createForm(tx: Tx, definition: FormDefinition): Promise<Design> {
  const framed = demandFrame(definition);
  if (await findFormId(tx, framed.code)) throw problem(formCodeTaken, { code: framed.code });
  const title = framed.title.vi.trim() === '' ? emptyTitle : framed.title;
  const formId = await upsertForm(tx, { id: newId(), code: framed.code, title });
  await insertDesign(tx, { formId, definition: framed, baseVersionId: null });
  publish(tx, designStarted, { subject: { kind: 'form', id: formId }, payload: { code: framed.code, from: null } });
  return getDesign(tx, framed.code);
}

/** The working copy of a form; begins one from the newest version when there is none. @throws formNotFound */
export async function openDesign(tx: Tx, code: string): Promise<Design> {
  const known = await findDesign(tx, code);
  if (known) return known;
  const [latest] = await listVersions(tx, code);
  if (!latest) throw problem(formNotFound);
  const isNew = await insertDesign(tx, {
    formId: latest.formId,
    definition: latest.definition,
    baseVersionId: latest.id,
  });
  if (isNew)
    publish(tx, designStarted, {
      subject: { kind: 'form', id: latest.formId },
      payload: { code, from: latest.version },
    });
  return getDesign(tx, code);
}

/** The working copy of a form. @throws designNotFound */
export async function getDesign(reader: Reader, code: string): Promise<Design> {
  const design = await findDesign(reader, code);
  if (!design) throw problem(designNotFound);
  return design;
}

/**
 * Saves a working copy and says what is wrong with it. A save leaves no event: it may happen every second; publishing does.
 * @throws staleDesign with both definitions when somebody saved since `expectedVersion`; designNotFound; invalidDefinition
 */
export async function saveDesign(
  tx: Tx,
  input: { code: string; expectedVersion: number; definition: unknown },
): Promise<{ design: Design; findings: Finding[] }> {
  const definition = demandFrame(input.definition);
  // The code is the form's name for ever: a working copy cannot change it.
  const saved = await updateDesign(tx, input.code, input.expectedVersion, { ...definition, code: input.code });
  if (saved) return { design: saved, findings: analyseForm(saved.definition) };
  const current = await getDesign(tx, input.code);
  throw problem(staleDesign, {
    current: {
      definition: current.definition,
      version: current.version,
      updatedAt: current.updatedAt,
      updatedBy: current.updatedBy,
    },
    given: definition,
  });
}

/** Drops a working copy; a form that was never published goes with it. @throws staleDesign, designNotFound */
export async function discardDesign(tx: Tx, code: string, expectedVersion: number): Promise<void> {
  const design = await getDesign(tx, code);
  if (!(await deleteDesign(tx, code, expectedVersion))) throw problem(staleDesign);
  publish(tx, designDiscarded, { subject: { kind: 'form', id: design.formId }, payload: { code } });
  await deleteUnpublishedForm(tx, code);
}

/**
 * Publishes the working copy as the next version and ends it. Errors of the analysis block; warnings do not.
 * @throws invalidDefinition with `findings`, staleDesign, designNotFound
 */
export async function publishDesign(
  tx: Tx,
  input: {
    code: string;
    expectedVersion: number;
    validFrom: string;
    validTo: string | null;
    earlierUntil: string | null;
  },
): Promise<{ version: number; isNew: boolean; formVersionId: string }> {
  const design = await getDesign(tx, input.code);
  if (design.version !== input.expectedVersion) throw problem(staleDesign);
  const errors = analyseForm(design.definition).filter((finding) => finding.level === 'error');
  if (errors.length > 0) throw problem(invalidDefinition, { findings: errors });
  const published = await publishForm(tx, {
    definition: design.definition,
    validFrom: input.validFrom,
    validTo: input.validTo,
    earlierUntil: input.earlierUntil,
  });
  if (!(await deleteDesign(tx, input.code, input.expectedVersion))) throw problem(staleDesign);
  return published;
}

/** Puts an earlier version into the working copy, to be looked at and published anew. @throws formNotFound */
export async function restoreVersion(tx: Tx, code: string, version: number): Promise<Design> {
  const old = await findVersionByNumber(tx, code, version);
  if (!old) throw problem(formNotFound);
  const design = await openDesign(tx, code);
  const saved = await updateDesign(tx, code, design.version, old.definition);
  if (!saved) throw problem(staleDesign);
  publish(tx, designStarted, { subject: { kind: formVersionKind, id: old.id }, payload: { code, from: version } });
  return saved;
}
