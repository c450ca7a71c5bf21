import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { ConfigError, settingOf } from './environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'sen-secrets-'));
function fileWith(text: string, mode = 0o600, name = `f${Math.random().toString(36).slice(2)}`): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe('a secret from a file', () => {
  test('is read without the line end, and wins over nothing', () => {
    expect(settingOf({ SEN_SECRET_FILE: fileWith(`${'s'.repeat(40)}\n`) }, 'SEN_SECRET')).toBe('s'.repeat(40));
    expect(settingOf({ SEN_SECRET_FILE: fileWith('\n') }, 'SEN_SECRET')).toBeUndefined();
  });
  test.each([0o604, 0o602, 0o644, 0o666, 0o777])('is refused when everybody may use the file (%o)', (mode) => {
    const path = fileWith('s'.repeat(40), mode);
    expect(() => settingOf({ SEN_SECRET_FILE: path }, 'SEN_SECRET')).toThrow(/everybody may use.*chmod 600/);
  });
  test.each([0o600, 0o400, 0o440, 0o640])('is taken from a file of its own user and group (%o)', (mode) => {
    expect(settingOf({ DATABASE_URL_FILE: fileWith('postgres://a/b', mode) }, 'DATABASE_URL')).toBe('postgres://a/b');
  });
  test('that is missing, a folder, binary or huge is one sentence and not a guess', () => {
    for (const path of [join(folder, 'none'), folder, fileWith('a\0b'), fileWith('x'.repeat(70_000))]) {
      expect(() => settingOf({ SEN_SECRET_FILE: path }, 'SEN_SECRET')).toThrow(ConfigError);
    }
  });
  test('must not contradict the environment', () => {
    const path = fileWith('one');
    expect(settingOf({ SEN_SECRET: 'one', SEN_SECRET_FILE: path }, 'SEN_SECRET')).toBe('one');
    expect(() => settingOf({ SEN_SECRET: 'two', SEN_SECRET_FILE: path }, 'SEN_SECRET')).toThrow(/different things/);
  });
  test('that is no secret may be read by everybody', () => {
    expect(settingOf({ SEN_MAIL_FROM_FILE: fileWith('a@b.vn', 0o644) }, 'SEN_MAIL_FROM')).toBe('a@b.vn');
  });
});

describe('credentials of systemd', () => {
  test('are found by the name of the setting; other settings are not looked for there', () => {
    fileWith('postgres://c/d', 0o440, 'DATABASE_URL');
    fileWith('2', 0o440, 'SEN_NATIONAL_LEVEL');
    const env = { CREDENTIALS_DIRECTORY: folder };
    expect(settingOf(env, 'DATABASE_URL')).toBe('postgres://c/d');
    expect(settingOf({ ...env, DATABASE_URL: 'postgres://e/f' }, 'DATABASE_URL')).toBe('postgres://e/f');
    expect(settingOf(env, 'SEN_NATIONAL_LEVEL')).toBeUndefined();
  });
});

test('no sentence about a wrong setting says what a secret was', () => {
  const secret = 'hunter2-hunter2';
  const wrong: Record<string, string>[] = [
    { DATABASE_URL: `mysql://sen:${secret}@h/d` },
    { DATABASE_URL: 'postgres://a/b', SEN_SECRET: secret },
    { DATABASE_URL: 'postgres://a/b', SEN_SECRET: secret, SEN_SECRET_FILE: fileWith(`${secret}x`) },
    {
      DATABASE_URL: 'postgres://a/b',
      SEN_S3_ENDPOINT: 'nothing',
      SEN_S3_ACCESS_KEY: secret,
      SEN_S3_SECRET_KEY: secret,
    },
    {
      DATABASE_URL: 'postgres://a/b',
      SEN_BACKUPS: '/x',
      SEN_BACKUP_COPY: '/y',
      SEN_BACKUP_RECIPIENTS: `AGE-SECRET-KEY-1${secret}`,
    },
  ];
  for (const env of wrong) {
    let said = '';
    try {
      readConfig(env);
    } catch (error) {
      said = (error as Error).message;
    }
    expect(said).not.toBe('');
    expect(said).not.toContain(secret);
  }
});

describe('in production nothing crosses the network unencrypted', () => {
  const production = (more: Record<string, string>) =>
    readConfig({
      SEN_MODE: 'production',
      SEN_SECRET: 's'.repeat(40),
      SEN_PUBLIC_URL: 'https://dichvucong.example.vn',
      DATABASE_URL: 'postgres://sen@127.0.0.1/sen',
      ...more,
    });
  const AWAY = 'postgres://sen:p@10.20.1.11:5432,10.20.1.12:5432/sen';

  test.each([
    ['database', { DATABASE_URL: 'postgres://sen:p@db.example.vn/sen' }],
    ['database', { DATABASE_URL: `${AWAY}?sslmode=require` }],
    ['database', { DATABASE_URL: `${AWAY}?sslmode=no-verify` }],
    ['database', { DATABASE_URL: 'postgres://sen:p@127.0.0.1:5432,10.20.1.12:5432/sen' }],
    ['clamd', { SEN_CLAMD: 'tcp://10.20.1.9:3310' }],
    ['mail', { SEN_SMTP_URL: 'smtp://relay.example.vn?requireTLS=false' }],
    ['proxy', { HOST: '0.0.0.0' }],
  ])('%s is refused in %j, unless the way below is said to be encrypted', (name, more) => {
    expect(() => production(more)).toThrow(new RegExp(`SEN_PLAIN_CONNECTIONS=${name}`));
    expect(production({ ...more, SEN_PLAIN_CONNECTIONS: name }).plainConnections).toEqual([name]);
    const others = ['database', 'clamd', 'mail', 'sms', 'proxy'].filter((each) => each !== name).join(', ');
    expect(() => production({ ...more, SEN_PLAIN_CONNECTIONS: others })).toThrow(ConfigError);
  });

  test.each([
    { DATABASE_URL: `${AWAY}?sslmode=verify-full&sslrootcert=/etc/sen/ca.pem` },
    { DATABASE_URL: 'postgres://sen@localhost/sen' },
    { DATABASE_URL: 'postgres://sen@/sen?host=/run/postgresql' },
    { SEN_CLAMD: 'unix:/run/clamav/clamd.ctl' },
    { SEN_CLAMD: 'tcp://127.0.0.1:3310' },
    { SEN_SMTP_URL: 'smtp://mail.example.vn' },
    { SEN_SMTP_URL: 'smtp://127.0.0.1?requireTLS=false' },
    { HOST: '::1' },
  ])('%j is fine', (more) => {
    expect(production(more as Record<string, string>).mode).toBe('production');
  });

  test('an exception that is none is named, and outside production nothing is asked', () => {
    expect(() => production({ SEN_PLAIN_CONNECTIONS: 'everything' })).toThrow(/this is none: everything/);
    expect(readConfig({ DATABASE_URL: AWAY, HOST: '0.0.0.0' }).plainConnections).toEqual([]);
  });
});
