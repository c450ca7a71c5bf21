import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { formLimits, type Values } from './definition.ts';
import { evaluateForm } from './evaluate-form.ts';
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
  const saved = await updateDraft(tx, { ...input, page: input.page ?? null, expiresAt: expiryFrom(tx.now) });
  if (saved) return saved;
  const current = await getDraft(tx, input.id, input.owner, tx.now);
  throw problem(staleDraft, {
    current: { values: current.values, page: current.page, version: current.version, updatedAt: current.updatedAt },
    given: input.values,
  });
}

/**
 * Moves a draft to another version of its form: answers whose fields are gone are dropped, the rest is judged anew by the
 * new version. Throws as `saveDraft`.
 */
export async function moveDraft(
  tx: Tx,
  input: { id: string; owner: Owner; expectedVersion: number; formVersionId: string },
): Promise<Draft> {
  const current = await getDraft(tx, input.id, input.owner, tx.now);
  const { definition } = await getFormVersion(tx, input.formVersionId);
  const { values } = evaluateForm(definition, current.values, { today: localDate(tx.now) });
  const moved = await updateDraft(tx, { ...input, values, page: null, expiresAt: expiryFrom(tx.now) });
  if (moved) return moved;
  throw problem(staleDraft, {
    current: { values: current.values, page: current.page, version: current.version },
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
  publish(tx, draftDiscarded, {
    subject: { kind: draftKind, id },
    payload: { formVersionId: draft.formVersionId, page: draft.page, reason: 'discarded' },
  });
}
