import { can, demand, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { forbidden, invalidInput, problem } from '../../platform/problems.ts';
import { catalogueKind, mappingChanged, mappingDecided, mappingProposed } from './catalogue-events.ts';
import { manageCatalogues, proposeCatalogues } from './catalogue-permissions.ts';
import { importDone, importMissing, ownProposal, proposalDone } from './catalogue-problems.ts';
import type { Catalogue } from './catalogue-queries.ts';
import {
  endMappingChange,
  insertMappingChange,
  listAllPairs,
  lockCatalogues,
  lockMappingChange,
  markProposed,
  updatePairs,
  type MappingChange,
} from './mapping-change-queries.ts';
import { insertMapping } from './mapping-queries.ts';
import { comparePairs, judgePairs, readPairSheet, type PairChange } from './mapping-sheet.ts';
import { namesAround } from './names-around.ts';
import type { Cells } from './sheet-cells.ts';

/** Both lists of a mapping. */
export interface Lists {
  from: Catalogue;
  to: Catalogue;
}

function demandEither(actor: Actor): void {
  if (!can(actor, manageCatalogues)) demand(actor, proposeCatalogues);
}

/** Judges a sheet of pairs line by line and keeps what came of it; the mapping is not touched. Null for a sheet without both codes. */
export async function checkPairs(
  tx: Tx,
  actor: Actor,
  { from, to }: Lists,
  sheet: { fileName: string; cells: Cells; isWhole: boolean },
): Promise<string | null> {
  demandEither(actor);
  const read = readPairSheet(sheet.cells);
  if (!read) return null;
  // A pair may begin later than today: codes of versions to come count too.
  const day = read.reduce(
    (latest, { pair, faults }) =>
      !faults.includes('day') && (pair.validFrom ?? '') > latest ? pair.validFrom! : latest,
    localDate(tx.now),
  );
  const known = {
    from: new Set((await namesAround(tx, from.id, day)).keys()),
    to: new Set((await namesAround(tx, to.id, day)).keys()),
  };
  const rows = judgePairs(read, known, await listAllPairs(tx, from.id, to.id), sheet.isWhole);
  const validCount = rows.filter((row) => row.faults.length === 0).length;
  const id = newId();
  await insertMappingChange(tx, {
    id,
    fromId: from.id,
    toId: to.id,
    fileName: sheet.fileName.slice(0, 255) || 'csv',
    isWhole: sheet.isWhole,
    rows,
    validCount,
    invalidCount: rows.length - validCount,
  });
  return id;
}

/** What the sheet would change now. Pairs that a whole sheet does not name end yesterday. */
export async function previewPairs(reader: Reader, change: MappingChange, now: Date): Promise<PairChange[]> {
  const lastDay = localDate(new Date(now.getTime() - 86_400_000));
  return comparePairs(await listAllPairs(reader, change.fromId, change.toId), change.rows, change.isWhole, lastDay);
}

const payload = ({ from, to }: Lists, changeId: string) => ({ code: from.code, target: to.code, changeId });

/** Asks for the sheet's sound rows to be taken over. Only who uploaded it. @throws importMissing, importDone, forbidden */
export async function proposePairs(tx: Tx, actor: Actor, lists: Lists, id: string, reason: string): Promise<void> {
  demandEither(actor);
  const change = await own(tx, actor, lists, id);
  if (change.validCount === 0) throw problem(invalidInput, { errors: [{ pointer: '/rows' }] });
  if (!(await markProposed(tx, id, reason))) throw problem(importDone);
  publish(tx, mappingProposed, {
    subject: { kind: catalogueKind, id: lists.from.id },
    payload: { ...payload(lists, id), rows: change.validCount },
  });
}

/** Drops a checked sheet, or takes a waiting one back. Only who uploaded it. @throws importMissing, importDone, forbidden */
export async function withdrawPairs(tx: Tx, actor: Actor, lists: Lists, id: string): Promise<void> {
  const change = await own(tx, actor, lists, id);
  if (change.state !== 'checked' && change.state !== 'waiting') throw problem(importDone);
  const state = change.state === 'checked' ? 'discarded' : 'withdrawn';
  await endMappingChange(tx, id, state, null, null);
  if (state === 'withdrawn')
    publish(tx, mappingDecided, {
      subject: { kind: catalogueKind, id: lists.from.id },
      payload: { ...payload(lists, id), state },
    });
}

async function own(tx: Tx, actor: Actor, { from, to }: Lists, id: string): Promise<MappingChange> {
  const change = await lockMappingChange(tx, id);
  if (!change || change.fromId !== from.id || change.toId !== to.id) throw problem(importMissing);
  if (change.proposedById !== actor.id) throw problem(forbidden);
  return change;
}

/**
 * Somebody else approves, and the pairs are written in the same transaction, as they differ from the mapping at that moment; or refuses with a reason.
 * @throws importMissing, proposalDone, ownProposal, invalidInput
 */
export async function decidePairs(
  tx: Tx,
  actor: Actor,
  lists: Lists,
  id: string,
  input: { isApproved: boolean; reason: string },
): Promise<void> {
  demand(actor, manageCatalogues);
  const { from, to } = lists;
  const change = await lockMappingChange(tx, id);
  if (!change || change.fromId !== from.id || change.toId !== to.id) throw problem(importMissing);
  if (change.state !== 'waiting') throw problem(proposalDone);
  if (change.proposedById === actor.id) throw problem(ownProposal);
  if (!input.isApproved && input.reason === '') throw problem(invalidInput, { errors: [{ pointer: '/reason' }] });
  const state = input.isApproved ? 'approved' : 'refused';
  let changes: PairChange[] | null = null;
  if (input.isApproved) {
    await lockCatalogues(tx, [...new Set([from.id, to.id])].toSorted());
    changes = await previewPairs(tx, change, tx.now);
    await write(tx, lists, change, changes);
  }
  await endMappingChange(tx, id, state, input.reason || null, changes);
  publish(tx, mappingDecided, {
    subject: { kind: catalogueKind, id: from.id },
    payload: { ...payload(lists, id), state },
  });
}

async function write(
  tx: Tx,
  { from, to }: Lists,
  change: MappingChange,
  changes: readonly PairChange[],
): Promise<void> {
  const added = changes.filter((each) => each.kind === 'added').map((each) => each.pair);
  const others = changes.filter((each) => each.kind !== 'added').map((each) => each.pair);
  if (added.length > 0)
    await insertMapping(
      tx,
      from.id,
      to.id,
      added.map((pair) => ({ ...pair, id: newId(), source: `sheet/${change.number}` })),
    );
  if (others.length > 0) await updatePairs(tx, from.id, to.id, others);
  publish(tx, mappingChanged, {
    subject: { kind: catalogueKind, id: from.id },
    payload: {
      code: from.code,
      target: to.code,
      added: added.length,
      ended: changes.filter((each) => each.kind === 'ended').length,
    },
  });
}
