import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/* What `deploy/` gives to whoever runs the product, held to by the programs that read it. A program that is not here is said to be missing. */

const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
const run = (program: string, args: readonly string[]) => {
  const ran = spawnSync(program, args, { env, encoding: 'utf8' });
  return { code: ran.error ? null : ran.status, said: `${ran.stdout ?? ''}${ran.stderr ?? ''}` };
};
const isThere = (program: string, arg: string) => run(program, [arg]).code !== null;
const read = (path: string) => readFileSync(resolve('deploy', path), 'utf8');

describe('nginx', () => {
  const canRun = isThere('nginx', '-v') && isThere('openssl', 'version');
  test.skipIf(!canRun)('takes the configuration of deploy/nginx (skipped without nginx and openssl)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'sen-nginx-'));
    mkdirSync(join(folder, 'snippets'));
    cpSync(resolve('deploy/nginx/sen-proxy.conf'), join(folder, 'snippets/sen-proxy.conf'));
    const key = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'fullchain.pem'), '-subj', '/CN=sen.example'];
    expect(run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', ...key]).code).toBe(0);
    const sites = ['sen.conf', 'sen-admin.conf']
      .map((name) => read(`nginx/${name}`))
      .join('\n')
      // A port and an address that a test may take.
      .replace(/^\s*listen \[::\].*$/gm, '')
      .replace(/listen (?:[\d.]+:)?(\d+)/g, (_all, port) => `listen 127.0.0.1:${18_000 + Number(port)}`)
      .replaceAll('/etc/ssl/sen', folder)
      .replaceAll('/var/log/nginx', folder);
    writeFileSync(
      join(folder, 'nginx.conf'),
      `pid ${folder}/pid; error_log ${folder}/error.log; events {} http { client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;\n${sites}\n}`,
    );
    const { code, said } = run('nginx', ['-t', '-p', folder, '-c', join(folder, 'nginx.conf')]);
    expect(said).toContain('syntax is ok');
    expect(said).toContain('test is successful');
    expect(code).toBe(0);
  });

  test('lets idle connections go before the program does, and never sends a form twice', () => {
    const [, seconds] = /keepalive_timeout (\d+)s;/.exec(read('nginx/sen.conf').split('server {')[0] ?? '') ?? [];
    const [, program] = /PROXY_IDLE_MS = ([\d_]+)/.exec(readFileSync('src/platform/http/server.ts', 'utf8')) ?? [];
    expect(Number(seconds) * 1_000).toBeLessThan(Number(program?.replaceAll('_', '')));
    expect(`${read('nginx/sen.conf')}${read('nginx/sen-proxy.conf')}`.replaceAll(/#.*/g, '')).not.toContain(
      'non_idempotent',
    );
  });
});

describe('systemd', () => {
  test.skipIf(!isThere('systemd-analyze', '--version'))(
    'takes the units of deploy/systemd (skipped without systemd-analyze)',
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'sen-units-'));
      const units = readdirSync(resolve('deploy/systemd')).map((name) => {
        const path = join(folder, name.replace('@.', '@8080.'));
        // The program is not installed where the test runs.
        writeFileSync(path, read(`systemd/${name}`).replaceAll('/opt/sen/node_modules/.bin/node', '/usr/bin/env'));
        return path;
      });
      expect(units.length).toBeGreaterThan(2);
      const { code, said } = run('systemd-analyze', ['verify', '--man=no', ...units]);
      expect(said).not.toMatch(/Unknown|Invalid|Failed to parse|ignoring/i);
      expect(code).toBe(0);
    },
  );
});

test('the guide names every file of deploy/', () => {
  const guide = readFileSync('docs/guides/run-in-production.md', 'utf8');
  const files = readdirSync(resolve('deploy'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('.'),
  );
  expect(files.filter((name) => !guide.includes(`deploy/${name}`))).toEqual([]);
});
