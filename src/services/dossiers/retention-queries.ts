import type { EndedOwner, OwnedFile } from '../../foundation/files/index.ts';
import { statement, type Reader } from '../../platform/database.ts';
import type { State } from './dossier.ts';

/* What the keeping of files asks of dossiers. */

const ended = statement(
  'dossiers.list_ended',
  `select id, coalesce(returned_at, finished_at) as at, coalesce(code, tracking_number) as label from dossiers.dossier
   where state = $1 and coalesce(returned_at, finished_at) < $2 and id > $3 order by id limit $4`,
);
const still = statement(
  'dossiers.list_still_ended',
  `select id from dossiers.dossier where state = $1 and id = any($2::uuid[]) and coalesce(returned_at, finished_at) < $3`,
);
const named = statement(
  'dossiers.list_named_elsewhere',
  `select n.file_id as id from unnest($1::uuid[], $2::text[]) as f (file_id, owner_id) join
     (select file_id, dossier_id from dossiers.paper where file_id = any($1::uuid[])
      union all select file_id, dossier_id from dossiers.result where file_id = any($1::uuid[])) n
   on n.file_id = f.file_id where n.dossier_id::text <> f.owner_id`,
);
const byCode = statement(
  'dossiers.find_held',
  `select id, coalesce(code, tracking_number) as label from dossiers.dossier where code = $1 or tracking_number = $1 limit 1`,
);

/** Dossiers that ended in a state before that moment, by id. */
export const listEndedDossiers = (
  reader: Reader,
  state: State,
  before: Date,
  after: string | null,
  limit: number,
): Promise<EndedOwner[]> =>
  reader.run<EndedOwner>(ended, [state, before, after ?? '00000000-0000-0000-0000-000000000000', limit]);
export const listStillEnded = async (
  reader: Reader,
  state: State,
  ids: readonly string[],
  before: Date,
): Promise<Set<string>> =>
  new Set((await reader.run<{ id: string }>(still, [state, ids, before])).map((row) => row.id));
/** Of these files those that a dossier names which does not own them. */
export const listNamedElsewhere = async (reader: Reader, files: readonly OwnedFile[]): Promise<Set<string>> => {
  const ids = files.map((file) => file.fileId);
  const owners = files.map((file) => file.ownerId);
  return new Set((await reader.run<{ id: string }>(named, [ids, owners])).map((row) => row.id));
};
export const findHeldDossier = async (
  reader: Reader,
  code: string,
): Promise<{ id: string; label: string } | undefined> =>
  (await reader.run<{ id: string; label: string }>(byCode, [code]))[0];
