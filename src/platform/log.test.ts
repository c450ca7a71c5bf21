import { expect, test } from 'vitest';
import { createLogger, type Logger } from './log.ts';

function heard(speak: (log: Logger) => void): string[] {
  const lines: string[] = [];
  speak(createLogger('debug', { write: (line: string) => void lines.push(line) }));
  return lines;
}

test('a line of the log is one line of JSON with a time of a zone, whatever is written', () => {
  const lines = heard((log) => {
    log.warn({ path: 'x\r\n{"level":60,"msg":"forged"}' }, 'first\nsecond\r\u2028third\u001b[31m');
    log.child({ requestId: 'A\nB' }).error({ err: new Error('broken\nline') }, 'failed');
  });
  expect(lines).toHaveLength(2);
  for (const line of lines) {
    expect(line.trimEnd()).not.toMatch(/[\r\n\u001b]/);
    const said = JSON.parse(line) as { level: number; time: string };
    expect(said.level).toBeLessThan(60);
    expect(said.time).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  }
});

test.each([
  ['a password in an address', new Error('cannot reach postgres://sen:hunter2-secret@db/sen'), 'hunter2-secret'],
  ['a token of a client', new Error(`no such client sen_${'k'.repeat(43)}`), 'kkkkkkkk'],
  ['a bearer token', new Error('sent Authorization: Bearer abc.def-ghi=='), 'abc.def'],
  ['a private key of back-ups', new Error('AGE-SECRET-KEY-1QQQQQQQ is no recipient'), '1QQQQQQQ'],
  ['the number of a citizen', new Error('duplicate key (040190000017)'), '040190000017'],
])('%s in an error is not written', (_name, error, secret) => {
  const [line = ''] = heard((log) => log.error({ err: error }, error.message));
  expect(line).not.toContain(secret);
  expect(line).toContain('[Redacted]');
  expect(JSON.parse(line)).toBeTypeOf('object');
});

test('fields that hold secrets are not written, two levels down either', () => {
  const secrets = {
    password: 'S3cr3t-1',
    token: 'S3cr3t-2',
    headers: { cookie: 'S3cr3t-3', authorization: 'S3cr3t-4' },
    config: { databaseUrl: 'S3cr3t-5', s3: { secretKey: 'S3cr3t-6' } },
    form: { answers: { name: 'S3cr3t-7' } },
  };
  const [line = ''] = heard((log) => log.info(secrets, 'settings'));
  expect(line).not.toContain('S3cr3t');
});

test('ids and references stay readable', () => {
  const id = '01900000-0000-7000-8000-000000000001';
  const [line = ''] = heard((log) => log.info({ id, requestId: '0A1B2C3D4E5F' }, 'done'));
  expect(line).toContain(id);
  expect(line).toContain('0A1B2C3D4E5F');
});
