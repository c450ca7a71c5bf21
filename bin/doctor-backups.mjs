// What npx sen doctor says of the back-ups.
import { join } from 'node:path';
import { backupsFolder } from './database.mjs';

export const good = (text) => ({ ok: true, text });
export const bad = (text, todo) => ({ ok: false, text, todo });
const hours = (since, now) => (now - since) / 3_600_000;

/** Whether back-ups are made, archived and tried. `embedded`: the log is archived by our own server. */
export async function checkBackups(client, embedded) {
  const folder = backupsFolder();
  if (folder === undefined)
    return process.env['SEN_MODE'] === 'production'
      ? bad(
          'There are no automatic back-ups.',
          'Set SEN_BACKUPS to a folder for them; see docs/guides/run-in-production.md.',
        )
      : good('There are no automatic back-ups (SEN_BACKUPS is not set).');
  const { rows: made } = await client.query("select to_regclass('operations.backup_run') is not null as made");
  if (!made[0].made) return good('Automatic back-ups begin with the next start.');
  const { rows: runs } = await client.query(
    `select kind, max(started_at) filter (where outcome = 'done') as done, max(started_at) filter (where outcome = 'failed') as failed, now() as now
     from operations.backup_run group by kind`,
  );
  for (const { kind, done, failed, now } of runs) {
    if (failed !== null && (done === null || failed > done))
      return bad(`The last run of ${kind} failed.`, 'npx sen backup status and the page Back-up and restore say why.');
    if (done !== null && hours(done, now) > 26)
      return bad(`The last ${kind} is ${Math.round(hours(done, now))} hours old.`, 'Start a worker (SEN_ROLE).');
  }
  const { rows } = await client.query('select *, now() as now from pg_stat_archiver');
  const [archiver] = rows;
  const todo = `Check rights and space of ${join(folder, 'wal')}.`;
  if (embedded && archiver.last_failed_time !== null && !(archiver.last_archived_time > archiver.last_failed_time))
    return bad(`The log cannot be archived (${archiver.failed_count} attempts failed).`, todo);
  if (embedded && archiver.last_archived_time !== null && hours(archiver.last_archived_time, archiver.now) > 0.25)
    return bad('The log was not archived for more than 15 minutes.', todo);
  return good(
    runs.length === 0 ? 'Automatic back-ups are on; none was made yet.' : 'Back-ups are made, archived and tried.',
  );
}
