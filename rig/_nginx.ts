import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const PROGRAM_PATH = `${process.env['PATH']}:/usr/sbin:/sbin`;

/** Ends the rig with 2 when there is no nginx here. */
export function demandNginx(): void {
  if (spawnSync('nginx', ['-v'], { env: { ...process.env, PATH: PROGRAM_PATH } }).status === 0) return;
  process.stderr.write('✗ Not installed here: nginx. On Debian 12: apt-get install --no-install-recommends nginx\n');
  process.exit(2);
}

/**
 * Starts nginx in the foreground with the product's own configuration (`deploy/nginx`): without TLS, on loopback, for these nodes. The
 * rates of an address are left out, because all of the load comes from one.
 */
export async function startNginx(folder: string, port: number, nodes: readonly number[]): Promise<ChildProcess> {
  mkdirSync(join(folder, 'snippets'), { recursive: true });
  const proxy = readFileSync(resolve('deploy/nginx/sen-proxy.conf'), 'utf8');
  writeFileSync(join(folder, 'snippets/sen-proxy.conf'), proxy);
  const [settings = '', servers = ''] = readFileSync(resolve('deploy/nginx/sen.conf'), 'utf8').split(/(?=^upstream )/m);
  const [upstream = '', ...rest] = servers.split(/(?=^server \{)/m);
  const service = rest.find((text) => text.includes('proxy_pass')) ?? '';
  const [first = '', ...others] = upstream.split('\n').filter((line) => line.trim().startsWith('server '));
  const site = [
    settings,
    upstream
      .split('\n')
      .filter((line) => !others.includes(line))
      .map((line) =>
        line === first ? nodes.map((node) => first.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${node}`)).join('\n') : line,
      )
      .join('\n'),
    service
      .split('\n')
      .filter((line) => !/^\s*(ssl_|limit_|listen \[|access_log)/.test(line))
      .map((line) => line.replace(/listen 443 ssl http2/, `listen 127.0.0.1:${port}`))
      .join('\n'),
  ].join('\n');
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off; pid ${folder}/pid; error_log ${folder}/error.log; worker_processes 1;
events { worker_connections 2048; }
http {
access_log off; client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fcgi;
uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
${site.replace(/^(limit_|log_format|\s+'rt=).*$/gm, '')}
}
`,
  );
  const env = { ...process.env, PATH: PROGRAM_PATH };
  const child = spawn('nginx', ['-p', folder, '-c', file], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  await new Promise<void>((done, fail) => {
    child.once('exit', (code) => fail(new Error(`nginx ended with ${code}`)));
    setTimeout(done, 500);
  });
  return child;
}
