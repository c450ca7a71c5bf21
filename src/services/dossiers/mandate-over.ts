import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { findMandate, type DelegationRight, type Mandate } from '../delegations/index.ts';
import type { Dossier } from './dossier.ts';

/** The mandate under which somebody who is not the applicant has this right over the dossier now; undefined: none. */
export async function mandateOver(
  reader: Reader,
  actor: Pick<Actor, 'kind' | 'accountId'>,
  dossier: Dossier,
  right: DelegationRight,
  now: Date,
): Promise<Mandate | undefined> {
  if ((actor.kind !== 'citizen' && actor.kind !== 'business') || !actor.accountId) return undefined;
  return findMandate(
    reader,
    actor.accountId,
    localDate(now),
    {
      giverAccountId: dossier.applicantAccountId,
      delegationId: dossier.applicantAccountId === null ? dossier.delegationId : null,
      fieldCode: dossier.terms.fieldCode ?? null,
      procedureCode: dossier.terms.procedureCode,
      dossierId: dossier.id,
      dossierCode: dossier.code,
      isSubmitter: dossier.submitterAccountId === actor.accountId,
    },
    right,
  );
}

/** Whoever handed a dossier in for its applicant, while they may still see it: they are told what the applicant is told. */
export async function submitterToTell(reader: Reader, dossier: Dossier, now: Date): Promise<string | null> {
  const { submitterAccountId: id } = dossier;
  if (id === null || dossier.delegationId === null || id === dossier.applicantAccountId) return null;
  return (await mandateOver(reader, { kind: 'citizen', accountId: id }, dossier, 'see', now)) ? id : null;
}
