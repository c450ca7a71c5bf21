import { statement, type Reader } from '../../platform/database.ts';
import type { Channel, State } from './dossier.ts';

/* Dossiers that programs handed in over the public API: whose they are, and when they changed last. */

const isOwn = statement(
  'dossiers.is_client_dossier',
  'select 1 as found from dossiers.client_dossier where dossier_id = $1 and client_id = $2',
);

/** Whether a client submitted a dossier. */
export const isClientDossier = async (reader: Reader, dossierId: string, clientId: string): Promise<boolean> =>
  (await reader.run(isOwn, [dossierId, clientId])).length > 0;

export interface ClientDossierRow {
  id: string;
  code: string | null;
  state: State;
  version: number;
  procedureCode: string;
  procedureName: { vi: string; en: string };
  channel: Channel;
  submittedAt: Date;
  receivedAt: Date | null;
  dueAt: Date | null;
  finishedAt: Date | null;
  returnedAt: Date | null;
  isOnTime: boolean | null;
  changedAt: Date;
}
// A walk along (client, change): the oldest change first, so that a program that asks for what is new never misses one.
const list = statement(
  'dossiers.list_client_dossiers',
  `select d.id, d.code, d.state, d.version, d.terms->>'procedureCode' as "procedureCode", d.terms->'procedureName' as "procedureName", d.channel,
     d.submitted_at as "submittedAt", d.received_at as "receivedAt", d.due_at as "dueAt", d.finished_at as "finishedAt",
     d.returned_at as "returnedAt", d.is_on_time as "isOnTime", c.changed_at as "changedAt"
   from dossiers.client_dossier c join dossiers.dossier d on d.id = c.dossier_id
   where c.client_id = $1 and (c.changed_at, c.dossier_id) > ($2::timestamptz, $3::uuid) and ($4::smallint is null or d.state = $4)
   order by c.changed_at, c.dossier_id limit $5`,
);

/** What a client submitted, by the time of the last change; `since` counts itself in. */
export const listClientDossiers = (
  reader: Reader,
  clientId: string,
  page: { since: Date | null; after: { at: string; id: string } | null; state: number | null; limit: number },
): Promise<ClientDossierRow[]> =>
  reader.run<ClientDossierRow>(list, [
    clientId,
    page.after?.at ?? page.since ?? new Date('2000-01-01T00:00:00Z'),
    page.after?.id ?? '00000000-0000-0000-0000-000000000000',
    page.state,
    page.limit,
  ]);
