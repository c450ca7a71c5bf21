import { createHash } from 'node:crypto';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId, newReadableCode, newSecret } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { outlineOf } from './outline.ts';
import type { Values } from './definition.ts';
import { draftHandedOver, draftKind } from './form-events.ts';
import { handoffNotFound } from './form-problems.ts';
import { findDraftById, type Draft } from './form-queries.ts';
import { findHandoff, insertHandoff, raiseAttempts, useHandoff } from './handoff-queries.ts';
import { getFormVersion } from './publish-form.ts';

/** Hours in which a draft can be gone on with on another device. */
export const handoffHours = 24;
/** Wrong codes after which a link is dead: whoever photographs the QR code over a shoulder cannot try them all. */
const mostAttempts = 5;

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The link's secret, and the code that is said or shown apart from it. Both are kept as hashes only. */
export type HandoffTicket = { token: string; code: string; expiresAt: Date };

/**
 * Opens the way for a draft to another device. `subject` is what the module above needs to go on with it there. The caller has checked that
 * the draft is the actor's. An older way for the same draft stops working.
 */
export async function offerHandoff(
  tx: Tx,
  input: { draft: Draft; subject: Record<string, string> },
): Promise<HandoffTicket> {
  const [token, code] = [newSecret(24), newReadableCode(6)];
  const expiresAt = new Date(tx.now.getTime() + handoffHours * 3_600_000);
  await insertHandoff(tx, {
    id: newId(),
    tokenHash: hashOf(token),
    codeHash: hashOf(`${token} ${code}`),
    draftId: input.draft.id,
    subject: input.subject,
    expiresAt,
  });
  return { token, code, expiresAt };
}

/** A way that can still be gone, with its draft. @throws handoffNotFound */
export async function openHandoff(
  reader: Reader,
  token: string,
  now: Date,
): Promise<{ id: string; draft: Draft; subject: Record<string, string> }> {
  const found = /^[\w-]{20,60}$/.test(token) ? await findHandoff(reader, hashOf(token)) : undefined;
  const isOpen = found && found.usedAt === null && found.expiresAt > now && found.attempts < mostAttempts;
  const draft = isOpen ? await findDraftById(reader, found.draftId) : undefined;
  if (!found || !draft || draft.expiresAt <= now) throw problem(handoffNotFound);
  return { id: found.id, draft, subject: found.subject };
}

/**
 * Takes the answers of a draft over, once, by link and code. Files stay where they were put: they belong to the one who uploaded them.
 * Returns null for a wrong code; five of them end the way. Commit also then, so that attempts count.
 * @throws handoffNotFound
 */
export async function takeHandoff(
  tx: Tx,
  token: string,
  code: string,
): Promise<{ values: Values; formVersionId: string; page: string | null; subject: Record<string, string> } | null> {
  const open = await openHandoff(tx, token, tx.now);
  const tidy = code
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .slice(0, 20);
  const isRight = await useHandoff(tx, open.id, hashOf(`${token} ${tidy}`), mostAttempts);
  if (!isRight) {
    await raiseAttempts(tx, open.id);
    return null;
  }
  const { draft } = open;
  const { definition } = await getFormVersion(tx, draft.formVersionId);
  const files = new Set(
    outlineOf(definition)
      .entries.filter((entry) => entry.field.type === 'file')
      .map((entry) => entry.key),
  );
  const values = Object.fromEntries(Object.entries(draft.values).filter(([name]) => !files.has(name)));
  publish(tx, draftHandedOver, {
    subject: { kind: draftKind, id: draft.id },
    payload: { formVersionId: draft.formVersionId },
  });
  return { values, formVersionId: draft.formVersionId, page: draft.page, subject: open.subject };
}
