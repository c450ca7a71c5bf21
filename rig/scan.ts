import { spawn, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { resolve } from 'node:path';
import { bases, words } from './_exposed-paths.ts';
import { sendersOf } from './_fuzz-world.ts';
import { speak } from './_http-client.ts';
import { keepSignedIn } from './_keep-signed-in.ts';
import { startProduct, stopProduct } from './_product.ts';
import { mayDo, plainValues, thingOf } from './_rights.ts';
import { registeredRoutes } from './_routes.ts';
import { openTown, PUBLIC_HOST } from './_secured.ts';
import { houses, type Visitor } from './_town.ts';

/*
 * Two scanners of others against the running product in production mode: sqlmap tries SQL injection on every form and query parameter and every parameter in
 * a path, signed in as somebody who may open it; ffuf looks for what should not lie on a server. They come from Debian (`apt-get install sqlmap
 * ffuf`); the rig installs nothing. `--control` puts a hole for each into the program from outside (`_open-doors.mjs`): both must be found.
 *
 * npm run rig -- scan [--control] [--only sqlmap|ffuf]
 */

const isControl = process.argv.includes('--control');
const onlyAt = process.argv.indexOf('--only');
const only = onlyAt < 0 ? null : process.argv[onlyAt + 1];
const FOLDER = resolve('.sen/rig-scan');
const AT_ONCE = 3;

const missing = ['sqlmap', 'ffuf'].filter((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0);
if (missing.length > 0) {
  process.stdout.write(
    `Debian's ${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing: apt-get install ${missing.join(' ')}\n`,
  );
  process.stdout.write(`${JSON.stringify({ rig: 'scan', control: isControl, skipped: missing })}\n`);
  process.exit(2);
}

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const site = await openTown('scan', 18_481);
const product = await startProduct({ ...site.place, preload: isControl ? ['rig/_open-doors.mjs'] : [] });
const origin = `http://127.0.0.1:${site.place.port}`;
const visitors = sendersOf(site);
const restore = await keepSignedIn(site, visitors);
const keeping = setInterval(() => void restore().catch(() => {}), 2_000);
const agent = new Agent({ keepAlive: true });

interface Target {
  method: 'GET' | 'POST';
  /** With a star where a parameter of the path stands. */
  path: string;
  fields: [name: string, value: string][];
  visitor: Visitor;
}

const ENDS_SESSION = /^\/(dang-xuat|doi-vi-tri|mo-khoa|phien-lam-viec)|\/tai-khoan\/(phien|tu-cach|mat-khau|dong)/;
const decoded = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<');

/** The forms of a page, with their fields and the values that stand in them. */
function formsIn(html: string): { method: string; action: string; fields: [string, string][] }[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, head = '', inside = '']) => {
    const attribute = (of: string, name: string): string =>
      decoded(new RegExp(`\\b${name}="([^"]*)"`).exec(of)?.[1] ?? '');
    const fields = [...inside.matchAll(/<(?:input|select|textarea|button)\b([^>]*)>/g)]
      .map(([, field = '']): [string, string] => [attribute(field, 'name'), attribute(field, 'value') || '1'])
      .filter(([name]) => name !== '');
    return { method: attribute(head, 'method').toUpperCase() || 'GET', action: attribute(head, 'action'), fields };
  });
}

/** Every parameter once: of forms, of queries, of paths. */
async function findTargets(): Promise<Target[]> {
  const targets: Target[] = [];
  const known = new Set<string>();
  const add = (target: Target): void => {
    const place = target.path.split('?')[0]!.replaceAll(/[0-9a-f-]{36}/g, ':id');
    const fresh = target.fields.filter(([name]) => name !== '_csrf' && !known.has(`${target.method} ${place} ${name}`));
    for (const [name] of fresh) known.add(`${target.method} ${place} ${name}`);
    if (fresh.length > 0 || target.path.includes('*')) targets.push(target);
  };
  for (const { method, pattern, options } of await registeredRoutes()) {
    if (method !== 'GET' || /\/xuat\/|tai-ve|\.pdf/.test(pattern) || ENDS_SESSION.test(pattern)) continue;
    const address = (star: string) =>
      pattern.replaceAll(/:(\w+)\??/g, (_whole, name: string) => {
        const thing = houses.map((house) => thingOf(pattern, name, site.things[house])).find(Boolean);
        return (
          encodeURIComponent(thing ?? options.example?.[name] ?? plainValues[name] ?? 'x') + (name === star ? '*' : '')
        );
      });
    const may = visitors.filter((one) => mayDo(one, 'GET', pattern, null));
    const visitor = may.find(({ kind }) => kind !== 'nobody') ?? may[0] ?? visitors[0]!;
    for (const [, name = ''] of pattern.matchAll(/:(\w+)/g))
      add({ method: 'GET', path: address(name), fields: [], visitor });
    const headers = { host: PUBLIC_HOST, 'x-forwarded-for': '10.7.7.7', accept: 'text/html', ...visitor.headers };
    const { text } = await speak(agent, { port: site.place.port, method: 'GET', path: address(''), headers });
    for (const form of formsIn(text)) {
      const path = (form.action || address('')).split('#')[0]!;
      if (!path.startsWith('/') || ENDS_SESSION.test(path)) continue;
      add({ method: form.method === 'POST' ? 'POST' : 'GET', path, fields: form.fields, visitor });
    }
    for (const [, link = ''] of text.matchAll(/href="(\/[^"#]*\?[^"#]+)"/g)) {
      const at = new URL(decoded(link), origin);
      add({ method: 'GET', path: at.pathname, fields: [...at.searchParams].slice(0, 8), visitor });
    }
  }
  return targets;
}

/** Requests as a proxy of Burp would have written them down: sqlmap reads many from one file. */
function burpLog(targets: readonly Target[]): string {
  const line = '='.repeat(54);
  return targets
    .map(({ method, path, fields, visitor }) => {
      const query = new URLSearchParams(fields).toString();
      const head = [
        `${method} ${path}${method === 'GET' && query ? `${path.includes('?') ? '&' : '?'}${query}` : ''} HTTP/1.1`,
        `Host: 127.0.0.1:${site.place.port}`,
        'X-Forwarded-For: 10.7.7.8',
        'Sec-Fetch-Site: same-origin',
        ...Object.entries(visitor.headers).map(
          ([name, value]) => `${name[0]!.toUpperCase()}${name.slice(1)}: ${value}`,
        ),
        ...(method === 'POST' ? ['Content-Type: application/x-www-form-urlencoded'] : []),
      ];
      return `${line}\n10:00:00  ${origin}  [127.0.0.1]\n${line}\n${head.join('\n')}\n\n${method === 'POST' ? query : ''}\n${line}\n\n\n`;
    })
    .join('');
}

function runProgram(program: string, args: readonly string[], log: string): Promise<string> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', () => {
      writeFileSync(log, said);
      done(said);
    });
  });
}

interface SqlFinding {
  url: string;
  parameter: string;
}

/** Runs sqlmap over the targets and returns what it calls injectable: lines of its table with a parameter in them. */
async function runSqlmap(targets: readonly Target[], number: number): Promise<SqlFinding[]> {
  const file = `${FOLDER}/requests-${number}.log`;
  const out = `${FOLDER}/sqlmap-${number}`;
  writeFileSync(file, burpLog(targets));
  await runProgram(
    'sqlmap',
    [
      '-l',
      file,
      '--batch',
      '--ignore-stdin',
      '--disable-coloring',
      '--dbms=PostgreSQL',
      '--technique=BEST',
      '--level=1',
      '--risk=1',
      '--time-sec=2',
      '--timeout=20',
      '--retries=1',
      '--skip=_csrf,cookie,user-agent,referer,host',
      '--skip-static',
      '--ignore-code=401,403,404,409,413,422,429',
      '--drop-set-cookie',
      '--flush-session',
      `--output-dir=${out}`,
    ],
    `${FOLDER}/sqlmap-${number}.log`,
  );
  return globSync(`${out}/results-*.csv`).flatMap((csv) =>
    readFileSync(csv, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .filter(([url, , parameter]) => url && parameter)
      .map(([url = '', , parameter = '']) => ({ url, parameter })),
  );
}

/** Answers that are meant for everybody. */
const PUBLIC_FILES =
  /^\/(en\/)?(api\/(v1\/)?)?(openapi\.json|docs|robots\.txt|sitemap\.xml)$|^\/(en\/)?\.well-known\/security\.txt$/;

async function runFfuf(): Promise<{ exposed: string[]; tried: number }> {
  const debian = '/usr/share/dirb/wordlists/common.txt';
  const all = [
    ...new Set([...words, ...(existsSync(debian) ? readFileSync(debian, 'utf8').split('\n').filter(Boolean) : [])]),
  ];
  writeFileSync(`${FOLDER}/words.txt`, `${all.join('\n')}\n`);
  writeFileSync(`${FOLDER}/bases.txt`, `${bases.map((base) => base || './').join('\n')}\n`);
  const exposed: string[] = [];
  for (const [at, base] of bases.entries()) {
    const out = `${FOLDER}/ffuf-${at}.json`;
    await runProgram(
      'ffuf',
      [
        '-u',
        `${origin}/${base}FUZZ`,
        '-w',
        `${FOLDER}/words.txt`,
        '-mc',
        'all',
        '-fc',
        '404,400,401,403,301,302,303,405,429',
        '-t',
        '8',
        '-H',
        `X-Forwarded-For: 10.7.${at}.9`,
        '-H',
        `Host: ${PUBLIC_HOST}`,
        '-of',
        'json',
        '-o',
        out,
        '-s',
      ],
      `${FOLDER}/ffuf-${at}.log`,
    );
    const { results = [] } = JSON.parse(existsSync(out) ? readFileSync(out, 'utf8') : '{}') as {
      results?: { url: string; status: number; length: number }[];
    };
    for (const { url, status } of results) {
      const path = new URL(url).pathname;
      if (!PUBLIC_FILES.test(path)) exposed.push(`${status} ${path}`);
    }
  }
  return { exposed, tried: all.length * bases.length };
}

const startedAt = performance.now();
const hole: Target = {
  method: 'GET',
  path: '/lo-hong',
  fields: [['ma', '1.001193']],
  visitor: visitors.find(({ kind }) => kind === 'nobody')!,
};
const found = only === 'ffuf' ? [] : isControl ? [] : await findTargets();
const targets = isControl && only !== 'ffuf' ? [hole] : found;
const parameters = targets.reduce(
  (sum, { fields, path }) => sum + fields.filter(([name]) => name !== '_csrf').length + (path.includes('*') ? 1 : 0),
  0,
);
process.stdout.write(`${targets.length} requests with ${parameters} parameters for sqlmap\n`);
const injectable: SqlFinding[] = [];
const groups = Array.from({ length: Math.ceil(targets.length / 12) }, (_none, at) =>
  targets.slice(at * 12, at * 12 + 12),
);
let next = 0;
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let at = next++; at < groups.length; at = next++) {
      const hits = await runSqlmap(groups[at]!, at);
      for (const { url, parameter } of hits) process.stdout.write(`INJECTABLE ${parameter} of ${url}\n`);
      injectable.push(...hits);
      process.stdout.write(
        `sqlmap: group ${at + 1} of ${groups.length}, ${Math.round((performance.now() - startedAt) / 1000)} s\n`,
      );
    }
  }),
);
const files = only === 'sqlmap' ? { exposed: [], tried: 0 } : await runFfuf();
for (const line of files.exposed) process.stdout.write(`EXPOSED ${line}\n`);
const seconds = Math.round((performance.now() - startedAt) / 1000);
clearInterval(keeping);
agent.destroy();
await site.close();
await stopProduct(product);
process.stdout.write(
  `${JSON.stringify({ rig: 'scan', control: isControl, injectable: injectable.length, exposed: files.exposed.length, n: parameters + files.tried, parameters, paths: files.tried, seconds })}\n`,
);
const isFound = (only === 'ffuf' || injectable.length > 0) && (only === 'sqlmap' || files.exposed.length > 0);
process.exit((isControl ? isFound : injectable.length === 0 && files.exposed.length === 0) ? 0 : 1);
