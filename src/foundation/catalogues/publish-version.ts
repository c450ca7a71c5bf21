import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { invalidInput, problem, staleVersion } from '../../platform/problems.ts';
import { isDate } from '../../platform/day.ts';
import { catalogueKind, versionPublished } from './catalogue-events.ts';
import { manageCatalogues } from './catalogue-permissions.ts';
import { draftMissing } from './catalogue-problems.ts';
import type { Catalogue } from './catalogue-queries.ts';
import { demandSound } from './edit-draft.ts';
import { itemsOf, lockDraft, publishDraft } from './version-queries.ts';

export interface Publication {
  /** Row version of the draft that was seen. */
  rowVersion: number;
  validFrom: string;
  decision: string | null;
  note: string | null;
}

/**
 * Publishes the draft: from `validFrom` on it is the list, and nobody changes it any more. The version before ends the day before by
 * that alone. A day in the past is allowed: lists are often learned of late.
 * @throws Problem `no-draft`, `list-wrong`, `same-start`, `stale-version` when somebody changed the draft meanwhile
 */
export async function publishVersion(tx: Tx, actor: Actor, catalogue: Catalogue, input: Publication): Promise<void> {
  demand(actor, manageCatalogues);
  if (!isDate(input.validFrom)) throw problem(invalidInput, { errors: [{ pointer: '/validFrom', message: 'no day' }] });
  const draft = await lockDraft(tx, catalogue.id);
  if (!draft) throw problem(draftMissing);
  const items = await itemsOf(tx, draft.id);
  demandSound(items);
  if (!(await publishDraft(tx, { id: draft.id, rowVersion: input.rowVersion }, input))) throw problem(staleVersion);
  publish(tx, versionPublished, {
    subject: { kind: catalogueKind, id: catalogue.id },
    payload: { code: catalogue.code, number: draft.number, validFrom: input.validFrom, items: items.length },
  });
}
