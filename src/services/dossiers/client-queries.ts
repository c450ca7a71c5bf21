import { statement, type Reader } from '../../platform/database.ts';

/* Dossiers that programs handed in over the public API: whose they are, and when they changed last. */

const isOwn = statement(
  'dossiers.is_client_dossier',
  'select 1 as found from dossiers.client_dossier where dossier_id = $1 and client_id = $2',
);

/** Whether a client submitted a dossier. */
export const isClientDossier = async (reader: Reader, dossierId: string, clientId: string): Promise<boolean> =>
  (await reader.run(isOwn, [dossierId, clientId])).length > 0;
