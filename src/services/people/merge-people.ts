import {
  accountMerges,
  closeMergedAccount,
  findAccountByNumber,
  findPerson,
  maskContact,
  reopenMergedAccount,
  type AccountMergePlan,
  type MergeLine,
  type MovedThings,
} from '../../foundation/identity/index.ts';
import { notify, type MessageTemplate } from '../../foundation/notifications/index.ts';
import { recordReading, statedReason } from '../../foundation/readings/index.ts';
import { rulesOn } from '../../foundation/rules/index.ts';
import { can, demand, unitActedFor, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { isId, newId } from '../../platform/ids.ts';
import { forbidden, invalidInput, problem, type LocalText } from '../../platform/problems.ts';
import { formatDate } from '../../ui/format.ts';
import { findMerger, hasOpenMerger, insertMerger, lockMerger, updateDecided, updateUndone } from './merger-queries.ts';
import type { Merger } from './merger.ts';
import { accountsMerged, mergerProposed, mergerRefused, mergerUndone } from './people-events.ts';
import { mergerDoneMessage, mergerProposedMessage, mergerUndoneMessage } from './people-messages.ts';
import { mayApproveMergers, mayProposeMergers } from './people-permissions.ts';
import { mergerBlocked, mergerNotFound, mergerSamePerson, mergerSettled, mergerTooLate } from './people-problems.ts';

/** One of the two accounts, as officials compare them. */
export interface MergeSide {
  id: string;
  name: string;
  identityNumber: string;
  birthDate: string;
}
export interface MergerPreview {
  source: MergeSide;
  target: MergeSide;
  lines: readonly MergeLine[];
  obstacles: readonly LocalText[];
}

const folded = (name: string): string => name.normalize('NFC').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/** The account of a citizen by number; null when there is none that could be merged. */
async function sideOf(reader: Reader, number: string): Promise<MergeSide | null> {
  const account = await findAccountByNumber(reader, number);
  if (account?.kind !== 'citizen' || account.status !== 'active') return null;
  const person = await findPerson(reader, account.id);
  return person
    ? { id: account.id, name: person.fullName, identityNumber: person.identityNumber, birthDate: person.birthDate }
    : null;
}

/** What would become of everything, and what stands in the way. Null for a number without an open account of a citizen. */
export async function previewMerger(
  reader: Reader,
  numbers: { source: string; target: string },
): Promise<MergerPreview | { missing: 'source' | 'target' }> {
  const target = await sideOf(reader, numbers.target);
  if (!target) return { missing: 'target' };
  const source = await sideOf(reader, numbers.source);
  if (!source || source.id === target.id) return { missing: 'source' };
  const plan = { sourceId: source.id, targetId: target.id };
  const obstacles: LocalText[] = [];
  if (folded(source.name) !== folded(target.name))
    obstacles.push({
      vi: 'Họ tên ở hai tài khoản khác nhau: sửa cho đúng trước',
      en: 'The names differ: correct them first',
    });
  if (source.birthDate !== target.birthDate)
    obstacles.push({
      vi: 'Ngày sinh ở hai tài khoản khác nhau: sửa cho đúng trước',
      en: 'The dates of birth differ: correct them first',
    });
  if (await hasOpenMerger(reader, [source.id, target.id]))
    obstacles.push({
      vi: 'Một trong hai tài khoản đang chờ duyệt hợp nhất',
      en: 'One of the accounts waits for a merger already',
    });
  const lines: MergeLine[] = [];
  for (const merge of accountMerges()) {
    const part = await merge.preview(reader, plan);
    lines.push(...part.lines);
    obstacles.push(...(part.obstacles ?? []));
  }
  return { source, target, lines, obstacles };
}

const looked = (tx: Tx, actor: Actor, ids: readonly string[]): Promise<void> =>
  recordReading(
    tx,
    actor,
    ids.map((id) => ({ accountId: id, subject: { kind: 'account', id, label: null } })),
    { work: 'administration', purpose: 'Hợp nhất hai tài khoản của một người' },
  );

/** Tells both accounts, each where it is reached now: whoever is not that person can speak up. */
async function tellBoth<Values extends string>(
  tx: Tx,
  merger: Pick<Merger, 'id' | 'sourceId' | 'targetId'>,
  template: MessageTemplate<Values>,
  values: Record<Values, string>,
): Promise<void> {
  for (const id of [merger.sourceId, merger.targetId])
    await notify(tx, {
      recipient: { kind: 'account', id },
      template,
      values,
      about: { kind: 'account', id },
      key: `${template.key}/${merger.id}/${id}`,
    });
}

/** Looks both accounts up for an official, and records that. @throws forbidden */
export async function lookAtMerger(tx: Tx, actor: Actor, numbers: { source: string; target: string }) {
  demand(actor, mayProposeMergers);
  const preview = await previewMerger(tx, numbers);
  if (!('missing' in preview)) await looked(tx, actor, [preview.source.id, preview.target.id]);
  return preview;
}

/** Proposes the merger: the papers seen prove the target's number. Nothing moves yet. @throws mergerBlocked, invalidInput */
export async function proposeMerger(
  tx: Tx,
  actor: Actor,
  input: { source: string; target: string; proof: string },
): Promise<string> {
  const unitId = unitActedFor(actor, mayProposeMergers);
  const proof = statedReason(input.proof);
  const preview = await previewMerger(tx, input);
  if ('missing' in preview || proof === null || !actor.id) throw problem(invalidInput);
  if (preview.obstacles.length > 0) throw problem(mergerBlocked);
  const merger = {
    id: newId(),
    sourceId: preview.source.id,
    targetId: preview.target.id,
    identityNumber: preview.target.identityNumber,
    proof,
    proposedById: actor.id,
    proposedBy: actor.label,
    unitId,
  };
  await insertMerger(tx, merger);
  publish(tx, mergerProposed, {
    subject: { kind: 'account', id: merger.targetId },
    unitId,
    payload: { mergerId: merger.id, sourceId: merger.sourceId },
  });
  await tellBoth(tx, merger, mergerProposedMessage, {
    kept: maskContact(preview.target.identityNumber),
    gone: maskContact(preview.source.identityNumber),
  });
  return merger.id;
}

const mayKnow = (actor: Actor, { unitId }: Merger): boolean =>
  [mayProposeMergers, mayApproveMergers].some((permission) => can(actor, permission, { unitId }));

/** A merger of a unit for whoever may decide on it. @throws mergerNotFound also when the actor may not know of it */
async function lockedMerger(tx: Tx, actor: Actor, id: string): Promise<Merger> {
  demand(actor, mayApproveMergers);
  const merger = isId(id) ? await lockMerger(tx, id) : undefined;
  if (!merger || !mayKnow(actor, merger)) throw problem(mergerNotFound);
  demand(actor, mayApproveMergers, { unitId: merger.unitId });
  return merger;
}

/** A merger with what it would move, or moved. @throws forbidden, mergerNotFound */
export async function openMerger(tx: Tx, actor: Actor, id: string): Promise<{ merger: Merger; sides: MergeSide[] }> {
  if (!can(actor, mayProposeMergers) && !can(actor, mayApproveMergers)) throw problem(forbidden);
  const merger = isId(id) ? await findMerger(tx, id) : undefined;
  if (!merger || !mayKnow(actor, merger)) throw problem(mergerNotFound);
  const sides: MergeSide[] = [];
  for (const accountId of [merger.sourceId, merger.targetId]) {
    const person = await findPerson(tx, accountId);
    if (person)
      sides.push({
        id: accountId,
        name: person.fullName,
        identityNumber: person.identityNumber,
        birthDate: person.birthDate,
      });
  }
  await looked(tx, actor, [merger.sourceId, merger.targetId]);
  return { merger, sides };
}

async function waitingMerger(tx: Tx, actor: Actor, id: string): Promise<Merger> {
  const merger = await lockedMerger(tx, actor, id);
  if (merger.state !== 'proposed') throw problem(mergerSettled);
  // Four eyes: whoever proposed it does not decide.
  if (actor.id === merger.proposedById) throw problem(mergerSamePerson);
  return merger;
}

/** A second official refuses. @throws mergerSamePerson, mergerSettled, invalidInput without a reason */
export async function refuseMerger(tx: Tx, actor: Actor, id: string, reason: string): Promise<void> {
  const merger = await waitingMerger(tx, actor, id);
  const remark = statedReason(reason);
  if (remark === null) throw problem(invalidInput);
  await updateDecided(tx, id, { state: 'refused', by: actor.label, remark, moved: null, undoUntil: null });
  publish(tx, mergerRefused, { subject: { kind: 'account', id: merger.targetId }, payload: { mergerId: id } });
}

/** A second official approves: everything moves, the source closes, both are told. @throws mergerSamePerson, mergerSettled, mergerBlocked */
export async function approveMerger(tx: Tx, actor: Actor, id: string): Promise<void> {
  const merger = await waitingMerger(tx, actor, id);
  const plan: AccountMergePlan = { sourceId: merger.sourceId, targetId: merger.targetId };
  const [source, target] = [await findPerson(tx, merger.sourceId), await findPerson(tx, merger.targetId)];
  const numbers = { source: source?.identityNumber ?? '', target: target?.identityNumber ?? '' };
  const isAsProven = target?.identityNumber === merger.identityNumber;
  const [from, to] = [await sideOf(tx, numbers.source), await sideOf(tx, numbers.target)];
  if (!isAsProven || !from || !to || folded(from.name) !== folded(to.name) || from.birthDate !== to.birthDate)
    throw problem(mergerBlocked);
  const undoUntil = new Date(tx.now.getTime() + rulesOn(localDate(tx.now)).personalData.mergerUndoDays * 86_400_000);
  // Before anything moves: the source is reached at its own addresses once more.
  await tellBoth(tx, merger, mergerDoneMessage, { kept: maskContact(numbers.target), day: formatDate(undoUntil) });
  const moved: Record<string, MovedThings> = {};
  for (const merge of accountMerges()) moved[merge.name] = await merge.apply(tx, plan);
  if (!(await closeMergedAccount(tx, merger.sourceId))) throw problem(mergerBlocked);
  await updateDecided(tx, id, { state: 'done', by: actor.label, remark: null, moved, undoUntil });
  publish(tx, accountsMerged, {
    subject: { kind: 'account', id: merger.targetId },
    payload: { mergerId: id, sourceId: merger.sourceId, moved: countsOf(moved) },
  });
}

/** How many things moved, by contributor and kind. */
const countsOf = (moved: Merger['moved']): Record<string, number> =>
  Object.fromEntries(
    Object.entries(moved ?? {}).flatMap(([name, things]) =>
      Object.entries(things).map(([kind, ids]) => [`${name}.${kind}`, ids.length]),
    ),
  );

/** Gives back what moved, as far as it is still with the target, and opens the source again. @throws mergerTooLate, mergerSettled */
export async function undoMerger(tx: Tx, actor: Actor, id: string, reason: string): Promise<void> {
  const merger = await lockedMerger(tx, actor, id);
  if (merger.state !== 'done') throw problem(mergerSettled);
  if (!merger.undoUntil || merger.undoUntil <= tx.now) throw problem(mergerTooLate);
  const stated = statedReason(reason);
  if (stated === null) throw problem(invalidInput);
  const plan = { sourceId: merger.sourceId, targetId: merger.targetId };
  for (const merge of accountMerges().toReversed()) await merge.undo(tx, plan, merger.moved?.[merge.name] ?? {});
  if (!(await reopenMergedAccount(tx, merger.sourceId))) throw problem(mergerBlocked);
  await updateUndone(tx, id, actor.label, stated);
  publish(tx, mergerUndone, {
    subject: { kind: 'account', id: merger.targetId },
    payload: { mergerId: id, sourceId: merger.sourceId },
  });
  await tellBoth(tx, merger, mergerUndoneMessage, { day: formatDate(tx.now) });
}
