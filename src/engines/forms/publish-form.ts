import { createHash } from 'node:crypto';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { checkFormDefinition } from './check-definition.ts';
import type { FormDefinition } from './definition.ts';
import { canonicalJson } from './diff-submissions.ts';
import { formPublished, formRetired, formVersionKind } from './form-events.ts';
import { formNotFound, invalidDefinition } from './form-problems.ts';
import {
  findCurrentVersion,
  findLatestVersion,
  findVersion,
  insertVersion,
  updateRetired,
  upsertForm,
  type FormVersion,
} from './form-queries.ts';

/** SHA-256 of the canonical JSON (RFC 8785), hexadecimal. */
export const digestOf = (value: unknown): string => createHash('sha256').update(canonicalJson(value)).digest('hex');

/**
 * Publishes a definition as the next version of its form, in force from `validFrom` (default today). The same definition as
 * the latest version's is no new version: that one is returned. Throws `invalidDefinition` with all defects.
 */
export async function publishForm(
  tx: Tx,
  input: { definition: unknown; validFrom?: string; validTo?: string | null; earlierUntil?: string | null },
): Promise<{ formVersionId: string; version: number; isNew: boolean }> {
  const defects = checkFormDefinition(input.definition);
  if (defects.length > 0) throw problem(invalidDefinition, { defects });
  const definition = input.definition as FormDefinition;
  const formId = await upsertForm(tx, { id: newId(), code: definition.code, title: definition.title });
  const digest = digestOf(definition);
  const latest = await findLatestVersion(tx, formId);
  if (latest?.digest === digest) return { formVersionId: latest.id, version: latest.version, isNew: false };
  const id = newId();
  const validFrom = input.validFrom ?? localDate(tx.now);
  const { validTo = null, earlierUntil = null } = input;
  const publishedBy = tx.actor.label;
  const version = await insertVersion(tx, {
    id,
    formId,
    definition,
    digest,
    validFrom,
    validTo,
    earlierUntil,
    publishedBy,
  });
  publish(tx, formPublished, {
    subject: { kind: formVersionKind, id },
    payload: { code: definition.code, version, validFrom, digest },
  });
  return { formVersionId: id, version, isNew: true };
}

/** Takes a version out of use for new drafts; what was submitted with it stays readable. Throws `formNotFound`. */
export async function retireForm(tx: Tx, formVersionId: string): Promise<void> {
  const version = await findVersion(tx, formVersionId);
  if (!version || !(await updateRetired(tx, formVersionId))) throw problem(formNotFound);
  versions.delete(formVersionId);
  publish(tx, formRetired, {
    subject: { kind: formVersionKind, id: formVersionId },
    payload: { code: version.code, version: version.version },
  });
}

const versions = new Map<string, FormVersion>();
const maxVersions = 300;

/**
 * A version by its id, whatever its status. Kept in memory: the definition of a version never changes (its status may be
 * behind by one start of the program on other machines; nothing here depends on it). Throws `formNotFound`.
 */
export async function getFormVersion(reader: Reader, formVersionId: string): Promise<FormVersion> {
  const known = versions.get(formVersionId);
  if (known) return known;
  const found = await findVersion(reader, formVersionId);
  if (!found) throw problem(formNotFound);
  return remember(found);
}

function remember(found: FormVersion): FormVersion {
  const known = versions.get(found.id);
  if (known) return known;
  if (versions.size >= maxVersions) versions.delete(versions.keys().next().value ?? '');
  versions.set(found.id, found);
  return found;
}

/** The version of a form in force on a date (`YYYY-MM-DD`); undefined when there is none. */
export async function findCurrentForm(reader: Reader, code: string, on: string): Promise<FormVersion | undefined> {
  const found = await findCurrentVersion(reader, code, on);
  return found && remember(found);
}
