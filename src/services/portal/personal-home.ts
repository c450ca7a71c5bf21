import { listInvitationsOf } from '../../foundation/identity/index.ts';
import { listContacts } from '../../foundation/notifications/index.ts';
import { invitationToken, listAwaitedSignatures } from '../../engines/forms/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader } from '../../platform/database.ts';
import { paths } from '../../ui/paths.ts';
import { listGiven, listHeld, mayAnswer, withNames } from '../delegations/index.ts';
import { listOwnDossiers, listWaitingForApplicant, type OwnDossierRow } from '../dossiers/index.ts';
import { listExpiring, remindDaysOf, type StoredPaper } from '../paperstore/index.ts';
import { accountOf } from './open-application.ts';

/** Something that the person is asked to do, with where to do it. `name` is what it is about; dates are the last day or moment. */
export interface WaitingThing {
  kind: 'supplement' | 'payment' | 'result' | 'mandate' | 'membership' | 'signature';
  name: { vi: string; en: string };
  path: string;
  until: Date | null;
}

export interface PersonalHome {
  waiting: WaitingThing[];
  underWay: OwnDossierRow[];
  /** More are under way than are shown. */
  hasMore: boolean;
  expiring: StoredPaper[];
  soonDays: number;
}

/** Most rows of each kind: the page leads to the lists that have all. */
const SHOWN = { waiting: 20, underWay: 5, expiring: 10 };
const KIND_OF_STATE = { 5: 'supplement', 6: 'payment', 9: 'result' } as const;

/** What a person's own page shows: what waits for them, what is under way, which papers expire. Read anew at each visit. */
export async function readPersonalHome(reader: Reader, config: Config, actor: Actor, now: Date): Promise<PersonalHome> {
  const account = accountOf(actor);
  const today = localDate(now);
  const soonDays = await remindDaysOf(reader, account.id);
  const until = new Date(Date.parse(`${today}T00:00:00Z`) + soonDays * 86_400_000).toISOString().slice(0, 10);
  const [waiting, open, expiring, mandates, memberships, signatures] = await Promise.all([
    listWaitingForApplicant(reader, account.id, SHOWN.waiting),
    listOwnDossiers(reader, account.id, { closed: false, limit: SHOWN.underWay + 1 }),
    listExpiring(reader, account.id, until, today, SHOWN.expiring),
    mandatesToAnswer(reader, account.id),
    account.kind === 'citizen' ? listInvitationsOf(reader, account.id) : [],
    signaturesToGive(reader, config, account.id, now),
  ]);
  return {
    waiting: [
      ...waiting.map((row): WaitingThing => ({
        kind: KIND_OF_STATE[row.state as 5 | 6 | 9],
        name: row.procedureName,
        path: paths.myDossier({ id: row.id }),
        until: null,
      })),
      ...signatures,
      ...mandates,
      ...memberships.slice(0, SHOWN.waiting).map((one): WaitingThing => ({
        kind: 'membership',
        name: { vi: one.businessName, en: one.businessName },
        path: paths.memberInvitations(),
        until: null,
      })),
    ],
    underWay: open.slice(0, SHOWN.underWay),
    hasMore: open.length > SHOWN.underWay,
    expiring,
    soonDays,
  };
}

async function mandatesToAnswer(reader: Reader, accountId: string): Promise<WaitingThing[]> {
  const some = [
    ...(await listGiven(reader, accountId, null, SHOWN.waiting)),
    ...(await listHeld(reader, accountId, null, SHOWN.waiting)),
  ];
  const asked = (await withNames(reader, some)).filter((one) => mayAnswer(one, accountId));
  return asked.map((one) => {
    const name = one.giverAccountId === accountId ? one.delegateName : one.giverName;
    return { kind: 'mandate', name: { vi: name, en: name }, path: paths.delegation({ id: one.id }), until: null };
  });
}

/** Answers that wait for the person's confirmation: they were invited at an address that is proven to be theirs. */
async function signaturesToGive(reader: Reader, config: Config, accountId: string, now: Date): Promise<WaitingThing[]> {
  const contacts = await listContacts(reader, 'account', accountId);
  const own = contacts.flatMap((one) => (one.verifiedAt ? [one.address] : []));
  return (await listAwaitedSignatures(reader, own, now)).map((one) => ({
    kind: 'signature',
    name: { vi: '', en: '' },
    path: paths.signingInvitation({ token: invitationToken(config.secret, one.id) }),
    until: one.expiresAt,
  }));
}
