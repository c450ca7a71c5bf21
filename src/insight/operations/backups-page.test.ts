import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { registry } from '../../platform/metrics.ts';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import { newId } from '../../platform/ids.ts';
import { paths } from '../../ui/paths.ts';
import { alarmsOf, type BackupState } from './backup-health.ts';
import { watchBackups } from './backup-metrics.ts';
import type { BackupRun, RunKind } from './backup-run-queries.ts';
import { dailyFolder } from './backup-folder.ts';
import { drillDaily } from './drill.ts';
import { recordRun, runDaily } from './run-backup.ts';

const app = await testApp();
const { db } = app;
const chief = await signedInOfficial(app, ['operations.view', 'operations.manage'], { reach: 'all' });
const viewer = await signedInOfficial(app, ['operations.view']);
const clerk = await signedInOfficial(app, ['dossiers.receive']);
const root = mkdtempSync(join(tmpdir(), 'sen-automatic-'));
const context = { ...app.context, config: { ...app.context.config, backupsFolder: root } };

const now = new Date('2026-11-28T03:00:00Z');
const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000);
const run = (kind: RunKind, hours: number, outcome: 'done' | 'failed' = 'done'): BackupRun => ({
  id: newId(),
  kind,
  name: 'x',
  startedAt: hoursAgo(hours),
  endedAt: hoursAgo(hours),
  outcome,
  facts: {},
});
const state = (done: BackupRun[], failed: BackupRun[] = [], rest: Partial<BackupState> = {}): BackupState => ({
  now,
  isOn: true,
  isEmbedded: true,
  isCopied: false,
  archiver: {
    isOn: true,
    lastSegment: 'x',
    lastArchivedAt: hoursAgo(0.01),
    lastFailedSegment: null,
    lastFailedAt: null,
    failures: 0,
    isStandby: false,
    now,
  },
  lastDone: new Map(done.map((one) => [one.kind, one])),
  lastFailed: new Map(failed.map((one) => [one.kind, one])),
  newestCopyAt: null,
  volumes: [],
  ...rest,
});
const every = [run('daily', 2), run('base', 2), run('drill', 1), run('base-drill', 1)];

describe('alarms', () => {
  const archiver = (facts: Partial<NonNullable<BackupState['archiver']>>) => ({
    archiver: { ...state([]).archiver, ...facts } as NonNullable<BackupState['archiver']>,
  });
  test.each<[string, BackupState, string[]]>([
    ['nothing is wrong', state(every), []],
    ['a new installation has a day', state([run('daily', 3)]), []],
    ['back-ups are off', state([], [], { isOn: false }), ['backups-off']],
    ['archiving fails', state(every, [], archiver({ lastFailedAt: hoursAgo(0) })), ['archive-failing']],
    ['archiving failed before it went well', state(every, [], archiver({ lastFailedAt: hoursAgo(1) })), []],
    ['archiving stands still', state(every, [], archiver({ lastArchivedAt: hoursAgo(1) })), ['archive-late']],
    ['the last drill failed', state(every, [run('drill', 0.5, 'failed')]), ['drill-failed']],
    ['a drill failed before one went well', state(every, [run('drill', 9, 'failed')]), []],
    ['no daily back-up since yesterday', state([...every, run('daily', 30)]), ['daily-late']],
    ['a kind never ran', state([...every.slice(0, 3), run('daily', 30)]), ['daily-late', 'base-drill-late']],
    [
      'the second place gets nothing',
      state([...every, run('copy', 2)], [], { isCopied: true, newestCopyAt: hoursAgo(2) }),
      ['copy-late'],
    ],
    [
      'a disk is almost full',
      state(every, [], { volumes: [{ uses: ['data'], path: '/', freeBytes: 1, totalBytes: 100, state: 'stop' }] }),
      ['space-stop'],
    ],
  ])('%s', (_name, found, alarms) => {
    expect(alarmsOf(found)).toEqual(alarms);
  });
});

describe('a daily back-up and its drill', () => {
  test('are made, tried on a scratch server, recorded and shown', async () => {
    const made = await runDaily(context);
    expect(Number(made['rows'])).toBeGreaterThan(20);
    const drilled = await drillDaily(context);
    expect(drilled).toEqual(made);
    expect(readdirSync(join(root, 'drill'))).toEqual([]);
    const { body } = await chief.get(paths.adminBackups());
    expect(body).toContain('Diễn tập phục hồi');
    expect(body).toContain('Thành công');
    expect((await chief.get(`/en${paths.adminBackups({ loai: 'drill' })}`)).body).toContain('Restore drill');
    await watchBackups(context);
    expect(await registry.metrics()).toMatch(/sen_backup_age_seconds\{kind="drill"\} /);
  }, 60_000);

  test('a damaged back-up fails the drill, says so to whoever manages operations, and stands in the list', async () => {
    const [name = ''] = readdirSync(dailyFolder(root));
    const file = join(dailyFolder(root), name, 'manifest.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/"sha256": "[0-9a-f]{64}"/, `"sha256": "${'0'.repeat(64)}"`));
    await expect(drillDaily(context)).rejects.toThrow(/damaged|differences/);
    writeFileSync(file, text);
    await app.drain();
    const { body } = await chief.get(paths.adminBackups());
    expect(body).toContain('Không thành công');
    const told = await db.reader.raw(
      `select 1 from notifications.message where template = 'operations.backup-failed' and recipient_id = $1`,
      [chief.officerId],
    );
    expect(told).toHaveLength(1);
    rmSync(join(dailyFolder(root), name), { recursive: true });
    await expect(drillDaily(context)).rejects.toThrow('There is no daily back-up to try');
  }, 60_000);

  test('a run that was broken off is shown as such once the next one begins', async () => {
    await db.reader.raw(
      `insert into operations.backup_run (id, kind, name, started_at, outcome, facts) values ($1, 'copy', 'x', now(), 'running', '{}')`,
      [newId()],
    );
    await recordRun(context, { kind: 'copy', name: '<b>nas</b>' }, async () => ({ copied: 3 }));
    const { body } = await chief.get(paths.adminBackups({ loai: 'copy' }));
    expect(body).toContain('Bị ngắt giữa chừng');
    expect(body).toContain('3 đã chép');
  });
});

describe('the page', () => {
  test('is for those who may see operations; only who manages them starts something', async () => {
    expect((await viewer.get(paths.adminBackups())).statusCode).toBe(200);
    expect((await clerk.get(paths.adminBackups())).statusCode).toBe(403);
    expect((await viewer.post(paths.adminBackupRun(), { viec: 'sao-luu' })).statusCode).toBe(403);
    expect((await chief.post(paths.adminBackupRun(), { viec: 'dien-tap' })).headers['location']).toContain('da-gui=1');
    const jobs = await db.reader.raw(
      `select 1 from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'operations.run-now'`,
    );
    expect(jobs).toHaveLength(1);
    await app.drain();
  });
  test('does not stumble over hostile filters', async () => {
    for (const query of [
      'loai=x',
      'loai=__proto__',
      'sau=1_2',
      'sau=9e99_x',
      `sau=99999999999999999_${newId()}`,
      "sau='--",
    ])
      expect((await chief.get(`${paths.adminBackups()}?${query}`)).statusCode).toBe(200);
  });
});
