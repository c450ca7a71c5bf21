import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { carryOver, type Carried } from './carry-over.ts';
import type { Books } from './books.ts';
import { formLimits, type Values } from './definition.ts';
import { canonicalJson } from './diff-submissions.ts';
import { evaluateForm } from './evaluate-form.ts';
import { recordVisit, stoppedAt } from './figures/record-visit.ts';
import { draftDiscarded, draftKind, draftStarted } from './form-events.ts';
import { answersRefused, draftNotFound, staleDraft, tooManyDrafts } from './form-problems.ts';
import {
  countDraftsLocked,
  deleteDraft,
  findDraft,
  insertDraft,
  listDraftsOf,
  updateDraft,
  type Draft,
  type Owner,
} from './form-queries.ts';
import { getFormVersion } from './publish-form.ts';
import { voidSigningOfDraft } from './signing/sign-form.ts';

/** Drafts one owner may have at once. */
export const maxDraftsPerOwner = 20;
/** Days a draft is kept after its last save. */
export const draftKeptDays = 30;

const expiryFrom = (now: Date): Date => new Date(now.getTime() + draftKeptDays * 86_400_000);

/** PostgreSQL's jsonb takes neither NUL nor half of a surrogate pair; nobody types them. */
function demandStorable(values: Values): void {
  const text = JSON.stringify(values);
  if (text.length > formLimits.valuesBytes) throw problem(answersRefused, { limit: formLimits.valuesBytes });
  if (/\\u0000|\\ud[89a-f]/i.test(text)) throw problem(answersRefused);
}

/** Starts a draft of a form version. Throws `tooManyDrafts`, `formNotFound`. The answers given are reduced to what the form knows. */
export async function startDraft(
  tx: Tx,
  input: {
    owner: Owner;
    formVersionId: string;
    subject: { kind: string; id: string };
    values?: Values;
    page?: string | null;
  },
): Promise<Draft> {
  const { definition } = await getFormVersion(tx, input.formVersionId);
  if ((await countDraftsLocked(tx, input.owner)) >= maxDraftsPerOwner)
    throw problem(tooManyDrafts, { limit: maxDraftsPerOwner });
  const { values } = evaluateForm(definition, input.values ?? {}, { today: localDate(tx.now) });
  demandStorable(values);
  const draft = await insertDraft(tx, {
    id: newId(),
    owner: input.owner,
    formVersionId: input.formVersionId,
    subject: input.subject,
    values,
    page: input.page ?? null,
    expiresAt: expiryFrom(tx.now),
  });
  await recordVisit(tx, { formVersionId: draft.formVersionId, page: '', outcome: 'started' });
  publish(tx, draftStarted, {
    subject: { kind: draftKind, id: draft.id },
    payload: { formVersionId: draft.formVersionId, subjectKind: draft.subject.kind, subjectId: draft.subject.id },
  });
  return draft;
}

/**
 * Saves a draft. A save is the person's own working copy and leaves no event: it may happen every few seconds. Throws
 * `staleDraft` with both values when somebody saved since `expectedVersion`; `draftNotFound` when it is gone or another's.
 */
export async function saveDraft(
  tx: Tx,
  input: { id: string; owner: Owner; expectedVersion: number; values: Values; page?: string | null },
): Promise<Draft> {
  demandStorable(input.values);
  const current = await getDraft(tx, input.id, input.owner, tx.now);
  const { definition } = await getFormVersion(tx, current.formVersionId);
  const saved = await updateDraft(tx, {
    ...input,
    page: input.page ?? null,
    expiresAt: expiryFrom(tx.now),
    stoppedAt: stoppedAt(definition, input.values, localDate(tx.now)),
  });
  if (saved) {
    if (canonicalJson(current.values) !== canonicalJson(saved.values)) await voidSigningOfDraft(tx, saved.id);
    return saved;
  }
  const newer = await getDraft(tx, input.id, input.owner, tx.now);
  throw problem(staleDraft, {
    current: { values: newer.values, page: newer.page, version: newer.version, updatedAt: newer.updatedAt },
    given: input.values,
  });
}

/** What taking a draft to another version would keep, change and lose; nothing is written. Throws `draftNotFound`, `formNotFound`. */
export async function previewMove(
  reader: Reader,
  input: { draft: Draft; formVersionId: string; today: string; books?: Books | undefined },
): Promise<Carried> {
  const before = await getFormVersion(reader, input.draft.formVersionId);
  const after = await getFormVersion(reader, input.formVersionId);
  return carryOver(before.definition, after.definition, input.draft.values, input);
}

/**
 * Moves a draft to another version of its form: answers of the same name and kind stay, what does not is kept in words with the draft until its
 * owner has seen it. Throws as `saveDraft`.
 */
export async function moveDraft(
  tx: Tx,
  input: { id: string; owner: Owner; expectedVersion: number; formVersionId: string; books?: Books | undefined },
): Promise<Draft> {
  const draft = await getDraft(tx, input.id, input.owner, tx.now);
  const from = await getFormVersion(tx, draft.formVersionId);
  const { definition } = await getFormVersion(tx, input.formVersionId);
  const today = localDate(tx.now);
  const { values, ...report } = carryOver(from.definition, definition, draft.values, { today, books: input.books });
  const moved = await updateDraft(tx, {
    id: input.id,
    owner: input.owner,
    expectedVersion: input.expectedVersion,
    formVersionId: input.formVersionId,
    values,
    page: null,
    expiresAt: expiryFrom(tx.now),
    stoppedAt: stoppedAt(definition, values, today),
    carried: { ...report, fromVersion: from.version },
  });
  if (moved) {
    await voidSigningOfDraft(tx, moved.id);
    return moved;
  }
  throw problem(staleDraft, {
    current: { values: draft.values, page: draft.page, version: draft.version },
    given: values,
  });
}

/** A draft of this owner. Throws `draftNotFound` for one that is missing, another's, or kept too long. */
export async function getDraft(reader: Reader, id: string, owner: Owner, now: Date): Promise<Draft> {
  const isId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id);
  const draft = isId ? await findDraft(reader, id, owner) : undefined;
  if (!draft || draft.expiresAt <= now) throw problem(draftNotFound);
  return draft;
}

/** Drafts of an owner, the latest first; at most 100. */
export async function listDrafts(reader: Reader, owner: Owner, now: Date): Promise<Draft[]> {
  return listDraftsOf(reader, owner, now);
}

/** Throws a draft away. Throws `draftNotFound`. */
export async function discardDraft(tx: Tx, id: string, owner: Owner): Promise<void> {
  await getDraft(tx, id, owner, tx.now);
  const draft = await deleteDraft(tx, id, owner);
  if (!draft) throw problem(draftNotFound);
  await recordLeft(tx, draft);
  publish(tx, draftDiscarded, {
    subject: { kind: draftKind, id },
    payload: { formVersionId: draft.formVersionId, page: draft.page, reason: 'discarded' },
  });
}

/** Counts where a draft was left: the page and the question, nothing else. */
export async function recordLeft(tx: Tx, draft: Draft): Promise<void> {
  const errors = draft.stoppedAt === null ? [] : [{ at: draft.stoppedAt, message: { vi: '', en: '' } }];
  await recordVisit(tx, { formVersionId: draft.formVersionId, page: draft.page ?? '', outcome: 'left', errors });
}
