import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../../platform/config.ts';
import { isOutOfSpace, measureSpace, noteSpace, stateOf, type Volume } from '../../platform/space.ts';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import { paths } from '../../ui/paths.ts';

const app = await testApp();
const chief = await signedInOfficial(app, ['operations.view', 'operations.manage'], { reach: 'all' });
const GB = 1_000_000_000;
const limits = { spaceWarnMb: 5_000, spaceStopMb: 300 };
const volume = (state: Volume['state'], uses: Volume['uses'] = ['data']): Volume => ({
  uses,
  path: '/x',
  freeBytes: 1,
  totalBytes: 2,
  state,
});
afterAll(() => noteSpace([]));

test.each<[number, number, Volume['state']]>([
  [50 * GB, 100 * GB, 'fine'],
  [4.9 * GB, 100 * GB, 'low'],
  [0.29 * GB, 100 * GB, 'stop'],
  [0.29 * GB, 1 * GB, 'fine'],
  [0.19 * GB, 1 * GB, 'low'],
  [0.04 * GB, 1 * GB, 'stop'],
  [0, 0, 'fine'],
])('%i of %i bytes free is %s', (freeBytes, totalBytes, state) => {
  expect(stateOf({ freeBytes, totalBytes }, limits)).toBe(state);
});

test('the volumes in use are measured, each once', async () => {
  const volumes = await measureSpace({ ...app.context.config, backupsFolder: app.context.config.filesFolder });
  expect(volumes).toHaveLength(1);
  expect(volumes[0]).toMatchObject({ uses: ['files', 'backups'] });
  expect(volumes[0]?.totalBytes).toBeGreaterThan(volumes[0]?.freeBytes ?? 0);
  expect(await measureSpace({ ...app.context.config, filesFolder: '/nowhere/at/all' })).toEqual([]);
});

test('errors of a full disk are known, of the file system, of PostgreSQL, and told by another thread', () => {
  for (const error of [
    { code: 'ENOSPC' },
    { code: 'EDQUOT' },
    { code: '53100' },
    new Error('x: ENOSPC: no space left'),
  ])
    expect(isOutOfSpace(error)).toBe(true);
  for (const error of [null, undefined, new Error('no'), { code: '23505' }]) expect(isOutOfSpace(error)).toBe(false);
});

describe('when a disk is almost full', () => {
  const fields = {
    tu: '2026-12-05T22:00',
    den: '2026-12-06T02:00',
    'noi-dung': 'Bảo trì <b>',
    'noi-dung-en': 'x',
    'phien-ban': '0',
  };
  test('reading goes on under a banner; what is sent is refused in words, and can be sent again as it was', async () => {
    noteSpace([volume('stop')]);
    const looked = await chief.get(paths.adminBackups());
    expect(looked.statusCode).toBe(200);
    expect(looked.body).toContain('Tạm dừng nhận dữ liệu mới');
    const sent = await chief.post(paths.adminDowntime(), fields);
    expect(sent.statusCode).toBe(503);
    expect(sent.headers['retry-after']).toBe('20');
    expect(sent.body).toContain('chưa được ghi nhận');
    expect(sent.body).toContain('value="Bảo trì &lt;b>"');
    const machine = await app.app.inject({ method: 'POST', url: '/api/v1/dossiers', payload: {} });
    expect([401, 503]).toContain(machine.statusCode);
    expect((await app.app.inject(paths.home())).statusCode).toBe(200);
  });
  test('and there is space again, the same form is taken', async () => {
    noteSpace([volume('fine')]);
    expect((await chief.post(paths.adminDowntime(), fields)).statusCode).toBe(303);
  });
  test('back-ups alone being out of space stops nobody', async () => {
    noteSpace([volume('stop', ['backups'])]);
    expect((await chief.post(paths.adminDowntimeCancel(), { 'phien-ban': '1' })).statusCode).toBe(303);
  });
});

test('settings of back-ups that cannot work are one sentence at the start', () => {
  const base = { DATABASE_URL: 'postgres://x/y', SEN_MODE: 'test' };
  const key = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
  const read = (more: Record<string, string>) => () => readConfig({ ...base, ...more });
  expect(read({ SEN_BACKUPS: '/b', SEN_BACKUP_COPY: '/c', SEN_BACKUP_RECIPIENTS: key })().backupRecipients).toEqual([
    key,
  ]);
  expect(read({ SEN_BACKUP_COPY: '/c', SEN_BACKUP_RECIPIENTS: key })).toThrow('needs SEN_BACKUPS');
  expect(read({ SEN_BACKUPS: '/b', SEN_BACKUP_COPY: '/c' })).toThrow('needs SEN_BACKUP_RECIPIENTS');
  expect(read({ SEN_BACKUP_RECIPIENTS: 'AGE-SECRET-KEY-1ABC' })).toThrow('holds a private key');
  expect(read({ SEN_BACKUP_RECIPIENTS: 'ssh-ed25519 AAAA' })).toThrow('must hold public keys');
  expect(read({ SEN_BACKUP_DAYS: '0' })).toThrow('SEN_BACKUP_DAYS must be');
  expect(read({ SEN_SPACE_STOP_MB: '9000' })).toThrow('must not be larger');
});
