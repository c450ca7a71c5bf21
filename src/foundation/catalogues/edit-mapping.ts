import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { catalogueKind, mappingChanged } from './catalogue-events.ts';
import { manageCatalogues } from './catalogue-permissions.ts';
import type { Catalogue } from './catalogue-queries.ts';
import { endMapping, insertMapping } from './mapping-queries.ts';

export interface Pair {
  fromCode: string;
  toCode: string;
  validFrom: string | null;
  validTo: string | null;
  note: string | null;
}

/** Maps a code of one list to a code of another. @throws Problem `mapping-there` */
export async function addPair(tx: Tx, actor: Actor, from: Catalogue, to: Catalogue, pair: Pair): Promise<void> {
  demand(actor, manageCatalogues);
  await insertMapping(tx, from.id, to.id, [{ ...pair, id: newId(), source: 'person' }]);
  tell(tx, from, to, 1, 0);
}

/** Gives a pair its last day. @throws notFound when it has one, or is not of this list */
export async function endPair(
  tx: Tx,
  actor: Actor,
  from: Catalogue,
  to: Catalogue,
  id: string,
  lastDay: string,
): Promise<void> {
  demand(actor, manageCatalogues);
  if (!(await endMapping(tx, id, from.id, lastDay))) throw problem(notFound);
  tell(tx, from, to, 0, 1);
}

const tell = (tx: Tx, from: Catalogue, to: Catalogue, added: number, ended: number): void =>
  publish(tx, mappingChanged, {
    subject: { kind: catalogueKind, id: from.id },
    payload: { code: from.code, target: to.code, added, ended },
  });
