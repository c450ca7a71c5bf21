import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem, staleVersion, type LocalText } from '../../platform/problems.ts';
import { phraseDeleted, phraseSaved } from './desk-events.ts';
import { phraseNotFound } from './desk-problems.ts';
import {
  deletePhrase,
  findPhrase,
  insertPhrase,
  phrasePurposes,
  updatePhrase,
  type Phrase,
  type PhrasePurpose,
} from './desk-queries.ts';

export interface PhraseInput {
  purpose: PhrasePurpose;
  title: string;
  body: string;
  /** For everybody of the unit, or for oneself. */
  isForUnit: boolean;
}

/** Reads the form of a phrase. */
export function readPhrase(form: URLSearchParams): { errors: Record<string, LocalText>; input: PhraseInput } {
  const errors: Record<string, LocalText> = {};
  const [title, body] = [(form.get('title') ?? '').trim(), (form.get('body') ?? '').trim()];
  if (title === '' || title.length > 120)
    errors['title'] = {
      vi: 'Hãy ghi tên mẫu câu, nhiều nhất 120 chữ cái',
      en: 'Name the phrase, at most 120 characters',
    };
  if (body === '' || body.length > 2_000)
    errors['body'] = {
      vi: 'Hãy ghi nội dung, nhiều nhất 2.000 chữ cái',
      en: 'Write the phrase, at most 2,000 characters',
    };
  const purpose = phrasePurposes.find((each) => each === form.get('purpose')) ?? 'any';
  return { errors, input: { purpose, title, body, isForUnit: form.get('owner') === 'unit' } };
}

/** Keeps a new phrase, or changes one of the officer's own or their unit's. @throws phraseNotFound, staleVersion */
export async function savePhrase(
  tx: Tx,
  actor: Actor,
  input: PhraseInput,
  existing: { id: string; version: number } | null,
): Promise<void> {
  const { purpose, title, body } = input;
  const id = existing?.id ?? newId();
  if (existing) {
    const before = await findPhrase(tx, existing.id, actor.id, actor.unitId ?? null);
    if (!before) throw problem(phraseNotFound);
    if (!(await updatePhrase(tx, { ...existing, purpose, title, body, updatedBy: actor.label })))
      throw problem(staleVersion, {
        seen: { version: existing.version },
        current: { version: before.version, title: before.title, body: before.body },
      });
  } else {
    const unitId = input.isForUnit ? (actor.unitId ?? null) : null;
    const owner: Pick<Phrase, 'officerId' | 'unitId'> =
      unitId === null ? { officerId: actor.id, unitId: null } : { officerId: null, unitId };
    await insertPhrase(tx, { id, ...owner, purpose, title, body, updatedBy: actor.label });
  }
  publish(tx, phraseSaved, { subject: { kind: 'phrase', id }, payload: { purpose, title } });
}

/** Forgets a phrase of the officer's own or of their unit. @throws phraseNotFound */
export async function removePhrase(tx: Tx, actor: Actor, id: string): Promise<void> {
  const phrase = await findPhrase(tx, id, actor.id, actor.unitId ?? null);
  if (!phrase) throw problem(phraseNotFound);
  await deletePhrase(tx, id);
  publish(tx, phraseDeleted, { subject: { kind: 'phrase', id }, payload: { title: phrase.title } });
}
