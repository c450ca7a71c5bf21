import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { outbound } from '../../src/platform/http/outbound.ts';
import type { Peer, PeerPlace } from '../_peer.ts';
import { startProduct, stopProduct } from '../_product.ts';

/*
 * Apache with mod_auth_openidc, an OpenID client that is certified and has nothing of ours in it: two protected sites join the
 * sign-on of the demonstration, a person signs in to one, is let into the other without a word more, and both end with the sign-out.
 */

const MODULES = [
  'mpm_event',
  'authn_core',
  'authz_core',
  'authz_user',
  'auth_openidc',
  'headers',
  'cgid',
  'alias',
  'mime',
  'dir',
  'env',
];
const PRINT = '#!/bin/sh\nprintf "content-type: text/plain\\n\\n"\nenv | grep -E "^(OIDC_|REMOTE_USER)" | sort\n';

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

interface Site {
  port: number;
  clientId: string;
  secret: string;
}

function apacheConfig(folder: string, site: Site, issuer: string): string {
  const loaded = MODULES.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`);
  const at = `http://localhost:${site.port}`;
  return `${loaded.join('\n')}
ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${site.port}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
LogLevel warn
ScriptSock ${folder}/cgi
TypesConfig /etc/mime.types
User www-data
Group www-data
DocumentRoot ${folder}/www
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID ${site.clientId}
OIDCClientSecret ${site.secret}
OIDCRedirectURI ${at}/kin/tro-lai
OIDCCryptoPassphrase ${site.clientId}-phrase
OIDCScope "openid profile identity"
OIDCPKCEMethod S256
OIDCRemoteUserClaim sub
OIDCIDTokenSignedResponseAlg ES256
OIDCUserInfoTokenMethod authz_header
OIDCSessionType server-cache
OIDCStateMaxNumberOfCookies 10 true
ScriptAlias /kin/ai ${folder}/www/ai.sh
<Location /kin>
  AuthType openid-connect
  Require valid-user
</Location>
<Directory ${folder}/www>
  Options +ExecCGI
  Require all granted
</Directory>
`;
}

/** Starts an Apache of its own for one site. It drops to www-data itself. */
async function startApache(folder: string, site: Site, issuer: string): Promise<ChildProcess> {
  mkdirSync(join(folder, 'www'), { recursive: true });
  writeFileSync(join(folder, 'www', 'ai.sh'), PRINT, { mode: 0o755 });
  writeFileSync(join(folder, 'apache.conf'), apacheConfig(folder, site, issuer));
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'www-data'], { encoding: 'utf8' })));
  for (const path of [folder, join(folder, 'www')]) chownSync(path, uid ?? 33, gid ?? 33);
  const child = spawn('/usr/sbin/apache2', ['-f', join(folder, 'apache.conf'), '-DFOREGROUND'], { stdio: 'ignore' });
  for (let tries = 0; tries < 100; tries++) {
    const up = await fetch(`http://localhost:${site.port}/`).catch(() => null);
    if (up) return child;
    if (child.exitCode !== null) break;
    await sleep(100);
  }
  throw new Error(`Apache did not start: ${logOf(folder)}`);
}
const logOf = (folder: string): string => {
  try {
    return readFileSync(join(folder, 'error.log'), 'utf8').slice(-1_500);
  } catch {
    return 'it said nothing';
  }
};

const LOCAL = { outboundAllow: ['127.0.0.0/8', '::1'] };

/** A browser without a script: cookies by host and port, redirects and `Refresh` headers followed. */
class Visitor {
  readonly jar = new Map<string, Map<string, string>>();
  async ask(address: string, form?: Record<string, string>): Promise<{ url: string; status: number; body: string }> {
    let url = new URL(address);
    let body = form;
    for (let hop = 0; hop < 25; hop++) {
      const cookies = this.jar.get(url.host) ?? new Map<string, string>();
      this.jar.set(url.host, cookies);
      const answer = await outbound(LOCAL, url, {
        method: body ? 'POST' : 'GET',
        headers: {
          accept: 'text/html',
          'sec-fetch-mode': 'navigate',
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(body ? { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' } : {}),
        },
        ...(body ? { body: new URLSearchParams(body).toString() } : {}),
        timeoutMs: 30_000,
      });
      for (const line of answer.headers.getSetCookie()) {
        const [pair = ''] = line.split(';');
        const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
        if (value === '' || /expires=Thu, 01 Jan 1970|max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      const next = answer.headers.get('location') ?? /^0; url=(.*)$/.exec(answer.headers.get('refresh') ?? '')?.[1];
      if (!next) return { url: url.href, status: answer.status, body: await answer.text() };
      url = new URL(next, url);
      body = undefined;
    }
    throw new Error(`redirects without end at ${url.href}`);
  }
}

/** Enters an application as the province does with its page, and gives it a known secret. */
async function enterApp(url: string, site: Site, name: string, product: string): Promise<void> {
  const { createHash, randomUUID } = await import('node:crypto');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const id = randomUUID();
  const at = `http://localhost:${site.port}`;
  await client.query(
    `insert into identity.relying_app (id, client_id, unit_id, name_vi, name_en, purpose_vi, purpose_en, home_url, contact, kind, status, audience, redirect_uris,
       post_logout_uris, backchannel_uri, auth_method, secret_hash, secret_made_at, requested_by, created_at, updated_at)
     select $1, $2, id, $3, $3, 'x', 'x', $4, 'x', 'web', 'active', '{citizen}', array[$5], array[$6], $7, 'client_secret_basic', $8, now(), 'rig', now(), now()
     from organisations.unit limit 1`,
    [
      id,
      site.clientId,
      name,
      at,
      `${at}/kin/tro-lai`,
      `${product}/`,
      `http://127.0.0.1:${site.port}/kin/tro-lai?logout=backchannel`,
      createHash('sha256').update(site.secret).digest(),
    ],
  );
  await client.query(
    `insert into identity.relying_app_claim (app_id, claim, purpose, legal_basis) values ($1, 'name', 'a', 'b'), ($1, 'identity_number', 'a', 'b')`,
    [id],
  );
  await client.end();
}

/** What became of the sign-outs, when a check fails. */
async function deliveriesOf(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query('select status, attempts, last_error from identity.logout_delivery');
  await client.end();
  return JSON.stringify(rows);
}

async function run(place: PeerPlace): Promise<{ passed: number; failed: number; notes: Record<string, string> }> {
  const { url, folder } = place;
  let passed = 0;
  let failed = 0;
  const check = (what: string, isRight: boolean, more = ''): void => {
    if (isRight) passed += 1;
    else failed += 1;
    place.tell(`${isRight ? '✓' : '✗'} ${what}${isRight ? '' : ` ${more.slice(0, 400)}`}`);
  };
  const port = await freePort();
  const at = `http://localhost:${port}`;
  // The settings of the demonstration: its people, its clock, and calls to this machine.
  Object.assign(process.env, { SEN_MODE: 'demo', SEN_PUBLIC_URL: at, SEN_NATIONAL_ISSUER: 'off' });
  const product = await startProduct({ url, files: join(folder, 'files'), port });
  const apaches: ChildProcess[] = [];
  try {
    const sites: Site[] = [];
    for (const name of ['thu-vien', 'hoc']) {
      const site = { port: await freePort(), clientId: `rig-${name}`, secret: `secret-of-${name}` };
      await enterApp(url, site, name, at);
      apaches.push(await startApache(join(folder, name), site, `${at}/oidc`));
      sites.push(site);
    }
    const [library, courses] = sites as [Site, Site];
    const page = (site: Site) => `http://localhost:${site.port}/kin/ai`;
    const visitor = new Visitor();
    const asked = await visitor.ask(page(library));
    check(
      'a protected page leads to the sign-in page of the province',
      asked.body.includes('name="password"'),
      asked.url + asked.body,
    );
    const told = await visitor.ask(asked.url, { login: '040190000017', password: 'Sen-Demo-Cong-Dan-1' });
    check('the person is told what the application learns', told.body.includes('Số định danh cá nhân'), told.url);
    const inside = await visitor.ask(told.url, { answer: 'yes' });
    check(
      'the protected page opens',
      inside.url.startsWith(page(library)) && inside.status === 200,
      `${inside.url} ${inside.body}${logOf(join(folder, 'thu-vien'))}`,
    );
    check(
      'claims arrive',
      /OIDC_CLAIM_name=.*Ch/.test(inside.body) && inside.body.includes('OIDC_CLAIM_identity_number=040190000017'),
      inside.body,
    );
    check(
      'claims that were not registered do not',
      !/OIDC_CLAIM_(birthdate|email|phone_number|sso)=/.test(inside.body),
      inside.body,
    );
    const second = await visitor.ask(page(courses));
    const let2 = second.url.startsWith(page(courses)) ? second : await visitor.ask(second.url, { answer: 'yes' });
    check(
      'a second application opens without a password',
      !second.body.includes('name="password"') && let2.url.startsWith(page(courses)),
      let2.url,
    );
    // The application forgets the browser; the province does not.
    visitor.jar.delete(`localhost:${library.port}`);
    const silent = await visitor.ask(page(library));
    check('and the next time without any page at all', silent.url.startsWith(page(library)), silent.url);
    const wrong = await visitor.ask(
      `${at}/oidc/auth?client_id=${library.clientId}&response_type=code&scope=openid&redirect_uri=https://evil.example.vn/&code_challenge=x&code_challenge_method=S256`,
    );
    check(
      'a wrong return address is refused in the house',
      wrong.url.startsWith(at) && wrong.status === 400,
      wrong.url,
    );
    // Signing out of the portal: its own page, its own token.
    await visitor.ask(`${at}/dang-nhap?ve=/tai-khoan`);
    const account = await visitor.ask(`${at}/dang-xuat`);
    const csrf = /name="_csrf" value="([^"]+)"/.exec(account.body)?.[1] ?? '';
    const before = await visitor.ask(page(courses));
    check(
      'the session of the application is open before the sign-out',
      before.url.startsWith(page(courses)),
      before.url,
    );
    await visitor.ask(`${at}/dang-xuat`, { _csrf: csrf });
    const over = async (): Promise<boolean> => {
      const [a, b] = [await visitor.ask(page(library)), await visitor.ask(page(courses))];
      return a.body.includes('name="password"') && b.body.includes('name="password"');
    };
    let isOver = false;
    for (let tries = 0; tries < 50 && !isOver; tries++) {
      isOver = await over();
      if (!isOver) await sleep(200);
    }
    check('the sign-out of the portal has reached both applications', isOver, await deliveriesOf(url));
  } finally {
    for (const apache of apaches) apache.kill('SIGTERM');
    await stopProduct(product);
  }
  const version = execFileSync('/usr/sbin/apache2', ['-v'], { encoding: 'utf8' }).match(/Apache\/([\d.]+)/)?.[1] ?? '';
  return { passed, failed, notes: { apache: version } };
}

export default {
  name: 'openid-client',
  packages: ['apache2', 'libapache2-mod-auth-openidc'],
  programs: ['apache2'],
  run,
} satisfies Peer;
