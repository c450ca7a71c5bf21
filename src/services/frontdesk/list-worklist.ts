import { holdersOfPosts, listUnitsByIds, offersByUnitLine, staffOf } from './desk-lookups.ts';
import type { Holder } from '../../foundation/organisations/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { listWorklist, searchDossiers, type WorklistFilter, type WorklistRow } from '../dossiers/index.ts';
import { unitsInReach } from './actor-reach.ts';
import { boundsOf, type WorklistAddress } from './worklist-address.ts';

/** A row with what a list says beside it. */
export type ShownRow = WorklistRow & { assigneeName: string | null; unitName: { vi: string; en: string } | null };

/** The filter that an address stands for, held to what the actor may see. */
export async function filterOf(
  reader: Reader,
  actor: Actor,
  address: WorklistAddress,
  now: Date,
): Promise<WorklistFilter> {
  const reach = await unitsInReach(reader, actor, now);
  return {
    queue: address.queue,
    unitIds: address.unitId === null ? reach : reach.filter((id) => id === address.unitId),
    postId: actor.postId ?? null,
    procedureId: address.procedureId,
    state: address.state,
    channel: address.channel,
    assigneePostId: address.assigneePostId,
    ...boundsOf(address),
  };
}

/** Whether a found dossier lies within the other conditions; the search itself knows only units and text. */
function matches(row: WorklistRow, filter: WorklistFilter): boolean {
  return (
    (!filter.procedureId || row.procedureId === filter.procedureId) &&
    (!filter.state || row.state === filter.state) &&
    (!filter.channel || row.channel === filter.channel) &&
    (!filter.assigneePostId || row.assigneePostId === filter.assigneePostId) &&
    (!filter.from || row.attentionAt >= filter.from) &&
    (!filter.to || row.attentionAt < filter.to)
  );
}

/**
 * The rows of a worklist page. With a text the whole reach is searched, whatever the queue, and the best 50 are given; without one
 * it is a page of the queue.
 */
export async function worklistPage(reader: Reader, actor: Actor, address: WorklistAddress, now: Date, size = 50) {
  const filter = await filterOf(reader, actor, address, now);
  if (address.text.length >= 2) {
    const rows = (await searchDossiers(reader, filter.unitIds, address.text)).filter((row) => matches(row, filter));
    return { rows: await withNames(reader, rows, now), next: null, previous: null, filter };
  }
  const page = await listWorklist(reader, filter, {
    now,
    size,
    sort: address.sort,
    after: address.after,
    before: address.before,
  });
  return { ...page, rows: await withNames(reader, page.rows, now), filter };
}

/** Adds names of units and of the people whose turn it is, in three reads for the whole page. */
export async function withNames(reader: Reader, rows: readonly WorklistRow[], now: Date): Promise<ShownRow[]> {
  const unitIds = [...new Set(rows.map((row) => row.handlingUnitId))];
  const day = localDate(now);
  const units = new Map((await listUnitsByIds(reader, unitIds, day)).map((unit) => [unit.id, unit]));
  const postIds = rows.flatMap((row) => row.assigneePostId ?? []);
  const staff = await holdersOfPosts(reader, postIds, day);
  const people = new Map(staff.map((member) => [member.postId, member.fullName]));
  return rows.map((row) => {
    const unit = units.get(row.handlingUnitId);
    return {
      ...row,
      assigneeName: row.assigneePostId === null ? null : (people.get(row.assigneePostId) ?? null),
      unitName: unit ? { vi: unit.nameVi, en: unit.nameEn || unit.nameVi } : null,
    };
  });
}

export interface Choice {
  value: string;
  vi: string;
  en: string;
}
/** A person at a post, as a list offers them. */
export const choiceOf = (member: Pick<Holder, 'postId' | 'fullName' | 'titleVi' | 'titleEn'>): Choice => ({
  value: member.postId,
  vi: `${member.fullName} – ${member.titleVi}`,
  en: `${member.fullName} – ${member.titleEn}`,
});

/** What the filters offer: procedures of the official's line of units, units of their reach, people of those units. */
export async function filterChoices(
  reader: Reader,
  actor: Actor,
  now: Date,
): Promise<{ procedures: Choice[]; units: Choice[]; people: Choice[] }> {
  const day = localDate(now);
  const reach = await unitsInReach(reader, actor, now);
  const units = await listUnitsByIds(reader, reach.slice(0, 300), day);
  const people =
    reach.length <= 20
      ? await staffOf(reader, reach, day)
      : actor.unitId
        ? await staffOf(reader, [actor.unitId], day)
        : [];
  const procedures = await offersByUnitLine(reader, actor, day);
  return {
    procedures: procedures.map((offer) => ({
      value: offer.procedureId,
      vi: offer.name.vi,
      en: offer.name.en ?? offer.name.vi,
    })),
    units:
      units.length > 1
        ? units.map((unit) => ({ value: unit.id, vi: unit.nameVi, en: unit.nameEn || unit.nameVi }))
        : [],
    people: people.map(choiceOf),
  };
}
