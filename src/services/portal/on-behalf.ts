import { listAccountNames } from '../../foundation/identity/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { listMandatesFor, mandateEnded, withNames, type Delegation, type Ward } from '../delegations/index.ts';
import type { Procedure } from '../procedures/index.ts';

/** For whom an application is made. */
export interface Applicant {
  /** Null for a ward without an account. */
  accountId: string | null;
  kind: 'citizen' | 'business';
  name: string;
  ward: Ward | null;
  delegationId: string | null;
}

/** Mandates in force with which the actor may hand in a procedure for others. */
export async function mandatesFor(
  reader: Reader,
  actor: Actor,
  procedure: Pick<Procedure, 'code' | 'fieldCode'>,
  now: Date,
): Promise<Delegation[]> {
  if (!actor.accountId) return [];
  const { code, fieldCode } = procedure;
  return withNames(reader, await listMandatesFor(reader, actor.accountId, localDate(now), { code, fieldCode }));
}

/**
 * Who is the applicant of an application: the person themselves, or the giver of a mandate that is still in force for this procedure.
 * @throws mandateEnded as soon as it expired or was withdrawn
 */
export async function applicantOf(
  reader: Reader,
  actor: Actor,
  account: { id: string; kind: 'citizen' | 'business'; name: string },
  delegationId: string | null,
  procedure: Pick<Procedure, 'code' | 'fieldCode'>,
  dossier: { applicantAccountId: string | null } | null,
  now: Date,
): Promise<Applicant> {
  if (delegationId === null)
    return { accountId: account.id, kind: account.kind, name: account.name, ward: null, delegationId };
  if (dossier) {
    // The right over the dossier was asked when it was opened: a mandate for one dossier names no procedure.
    const { applicantAccountId } = dossier;
    const giver = (await listAccountNames(reader, applicantAccountId ? [applicantAccountId] : [])).get(
      applicantAccountId ?? '',
    );
    return {
      accountId: applicantAccountId,
      kind: giver?.kind === 'business' ? 'business' : 'citizen',
      name: giver?.name ?? '',
      ward: null,
      delegationId,
    };
  }
  const mandate = (await mandatesFor(reader, actor, procedure, now)).find((one) => one.id === delegationId);
  if (!mandate) throw problem(mandateEnded);
  return {
    accountId: mandate.giverAccountId,
    kind: mandate.giverKind,
    name: mandate.giverName,
    ward: mandate.ward,
    delegationId,
  };
}
