import { findApplicantAccount } from '../../foundation/identity/index.ts';
import { registerFiles, type StoredBlob } from '../../foundation/files/index.ts';
import { notify } from '../../foundation/notifications/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { formatDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { maxProposals, type DelegationKind, type DelegationScope, type Ward } from './delegation.ts';
import { delegationProposed, type DelegationFacts } from './delegation-events.ts';
import { proposedMessage } from './delegation-messages.ts';
import { delegationNotFound, notAnOperator, tooManyProposals } from './delegation-problems.ts';
import {
  countProposals,
  findSame,
  insertDelegation,
  insertPapers,
  isOperator,
  type StoredDelegation,
} from './delegation-queries.ts';

export interface NewDelegation {
  /** Who proposes: the giver, or the one who would act. For a ward the delegate does. */
  initiator: 'giver' | 'delegate';
  /** The account on the other side; null for a ward. */
  otherAccountId: string | null;
  ward: Ward | null;
  kind: DelegationKind;
  relation: string | null;
  scope: DelegationScope;
  scopeValues: readonly string[];
  rights: { submit: boolean; see: boolean; receive: boolean };
  validFrom: string;
  validTo: string | null;
  papers: readonly { fileId: string; blob: StoredBlob }[];
}

const fold = (name: string): string =>
  name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase().replaceAll(/\s+/g, ' ').trim();

/**
 * The account of a number and a name: both must be right, so that nobody learns from a number who has an account. Null otherwise,
 * and for officials.
 */
export async function findOther(reader: Reader, number: string, name: string): Promise<{ id: string } | null> {
  const found = await findApplicantAccount(reader, number);
  return found && fold(found.name) === fold(name) ? { id: found.id } : null;
}

/** What an event says of a delegation. */
export const factsOf = (d: StoredDelegation): DelegationFacts => ({
  giverAccountId: d.giverAccountId,
  delegateAccountId: d.delegateAccountId,
  kind: d.kind,
  scope: d.scope,
  scopeValues: d.scopeValues,
  rights: [d.maySubmit && 'submit', d.maySee && 'see', d.mayReceive && 'receive'].filter((each) => each !== false),
  validFrom: d.validFrom,
  validTo: d.validTo,
});
export const until = (d: Pick<StoredDelegation, 'validTo'>): string =>
  d.validTo === null ? 'đến khi được rút lại' : `đến hết ngày ${formatDate(d.validTo)}`;

/**
 * Proposes a delegation; it gives no right until the other side accepts, or an official confirms one for a ward. The same proposal made
 * twice is one. Returns its id. @throws tooManyProposals, notAnOperator, delegationNotFound
 */
export async function proposeDelegation(tx: Tx, actor: Actor, input: NewDelegation): Promise<string> {
  const accountId = actor.accountId ?? '';
  if (actor.kind !== 'citizen' && actor.kind !== 'business') throw problem(delegationNotFound);
  const giverAccountId = input.ward ? null : input.initiator === 'giver' ? accountId : input.otherAccountId;
  const delegateAccountId = input.initiator === 'giver' ? (input.otherAccountId ?? '') : accountId;
  const today = localDate(tx.now);
  if ((await countProposals(tx, accountId)) >= maxProposals) throw problem(tooManyProposals, { limit: maxProposals });
  if (input.kind === 'post' && !(await isOperator(tx, delegateAccountId, today))) throw problem(notAnOperator);
  const row: StoredDelegation = {
    id: newId(),
    giverAccountId,
    ward: input.ward,
    delegateAccountId,
    kind: input.kind,
    relation: input.relation,
    scope: input.scope,
    scopeValues: [...input.scopeValues],
    maySubmit: input.rights.submit,
    maySee: input.rights.see,
    mayReceive: input.rights.receive,
    validFrom: input.validFrom,
    validTo: input.validTo,
    state: 'proposed',
    initiator: input.initiator,
    proposedAt: tx.now,
    answeredAt: null,
    answeredBy: null,
    answeredUnitId: null,
    basis: null,
    endedAt: null,
    endedBy: null,
    endReason: null,
    version: 1,
  };
  const known = giverAccountId === null ? undefined : await findSame(tx, row, today);
  if (known) return known;
  await insertDelegation(tx, row);
  await keepPapers(tx, row.id, actor.label, input.papers);
  publish(tx, delegationProposed, { subject: { kind: 'delegation', id: row.id }, payload: factsOf(row) });
  if (input.otherAccountId !== null)
    await notify(tx, {
      recipient: { kind: 'account', id: input.otherAccountId },
      template: proposedMessage,
      values: { who: actor.label, until: until(row) },
      about: { kind: 'delegation', id: row.id },
      link: paths.delegation({ id: row.id }),
      key: `delegations.proposed/${row.id}`,
    });
  return row.id;
}

/** Puts papers (a birth certificate, a written mandate) to a delegation. */
export async function keepPapers(
  tx: Tx,
  delegationId: string,
  by: string,
  papers: readonly { fileId: string; blob: StoredBlob }[],
): Promise<void> {
  if (papers.length === 0) return;
  const owner = { kind: 'delegation', id: delegationId };
  await registerFiles(
    tx,
    papers.map(({ fileId, blob }) => ({ id: fileId, blob, owner, uploadedBy: by })),
  );
  await insertPapers(
    tx,
    delegationId,
    papers.map((paper) => paper.fileId),
    by,
  );
}
