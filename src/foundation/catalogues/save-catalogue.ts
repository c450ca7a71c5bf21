import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem, staleVersion } from '../../platform/problems.ts';
import { catalogueKind, catalogueSaved } from './catalogue-events.ts';
import { manageCatalogues } from './catalogue-permissions.ts';
import { insertCatalogue, updateCatalogue, type Catalogue } from './catalogue-queries.ts';
import type { CatalogueFacts } from './catalogue.ts';

/** Makes a list, without a version yet. @throws Problem `code-taken` */
export async function createCatalogue(tx: Tx, actor: Actor, facts: CatalogueFacts): Promise<void> {
  demand(actor, manageCatalogues);
  const id = newId();
  await insertCatalogue(tx, id, facts, null);
  publish(tx, catalogueSaved, { subject: { kind: catalogueKind, id }, payload: { code: facts.code } });
}

/** Changes what is said of a list as a whole. @throws Problem `stale-version` */
export async function changeCatalogue(
  tx: Tx,
  actor: Actor,
  catalogue: Catalogue,
  facts: CatalogueFacts,
  rowVersion: number,
): Promise<void> {
  demand(actor, manageCatalogues);
  if (!(await updateCatalogue(tx, catalogue.id, { ...facts, code: catalogue.code }, rowVersion)))
    throw problem(staleVersion);
  publish(tx, catalogueSaved, {
    subject: { kind: catalogueKind, id: catalogue.id },
    payload: { code: catalogue.code },
  });
}
