import { Gauge } from 'prom-client';
import { registry } from '../../platform/metrics.ts';
import type { AppContext } from '../../platform/module.ts';
import { alarmsOf, readBackupState } from './backup-health.ts';

const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
  new Gauge({ name, help, labelNames, registers: [registry] });

const age = gauge('sen_backup_age_seconds', 'Time since the last run that went well, by kind', ['kind']);
const failed = gauge('sen_backup_failed', '1 when the last run of the kind failed', ['kind']);
const archiveAge = gauge('sen_archive_age_seconds', 'Time since a segment of the log was last archived');
const archiveFailures = gauge(
  'sen_archive_failures',
  'Attempts to archive the log that failed since the server began to count',
);
const copyAge = gauge('sen_backup_copy_age_seconds', 'Time since something was last copied to the second place');
const alarms = gauge('sen_backup_alarm', '1 for each alarm of the back-ups that stands', ['alarm']);
const INTERVAL_MS = 30_000;

/** Reads the state of the back-ups now and every half minute, for the metrics. */
export async function watchBackups({ db, config, log }: AppContext): Promise<void> {
  const look = async () => {
    const state = await readBackupState(db.reader, config, new Date());
    const seconds = (from: Date, now = state.now) => (now.getTime() - from.getTime()) / 1_000;
    for (const [kind, run] of state.lastDone) {
      age.set({ kind }, seconds(run.startedAt));
      const bad = state.lastFailed.get(kind);
      failed.set({ kind }, bad && bad.startedAt > run.startedAt ? 1 : 0);
    }
    for (const [kind] of state.lastFailed) if (!state.lastDone.has(kind)) failed.set({ kind }, 1);
    if (state.archiver?.lastArchivedAt) archiveAge.set(seconds(state.archiver.lastArchivedAt, state.archiver.now));
    archiveFailures.set(state.archiver?.failures ?? 0);
    if (state.newestCopyAt) copyAge.set(seconds(state.newestCopyAt));
    alarms.reset();
    for (const alarm of alarmsOf(state)) alarms.set({ alarm }, 1);
  };
  const quietly = () => look().catch((error: unknown) => log.warn({ err: error }, 'state of back-ups not read'));
  await quietly();
  setInterval(() => void quietly(), INTERVAL_MS).unref();
}
