import { argon2, createHash, createPublicKey, verify } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildApp } from '../src/app.tsx';
import { insertFactor } from '../src/foundation/identity/factor-queries.ts';
import { derive } from '../src/platform/seal.ts';
import { insertCitizen } from '../src/foundation/identity/testing.ts';
import { softwarePasskey, type SoftwarePasskey } from '../src/foundation/identity/testing/software-passkey.ts';
import { modules } from '../src/modules.ts';
import { tokenRates } from './_token-issue.ts';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import { newId } from '../src/platform/ids.ts';
import { createLogger } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';
import { readAssets } from '../src/ui/assets.ts';

/**
 * Whole sign-ins per second over HTTP (page, password or passkey, OpenID provider, code exchange, session: six requests each), eight
 * people at a time (while some wait for the database, others hash), each with no cookie but the mark of the browser they always use. The limit of the password is argon2id alone, with the parameters that are stored, two at a time as the product allows
 * itself; the limit of a passkey is the bare check of the same kind of signature. Tokens of a service (client credentials) have a bare
 * `oidc-provider` with everything in memory as their limit, over HTTP too. Product and limit take turns; medians of the rounds.
 */
const ROUNDS = Number(process.argv[2] ?? 3);
const SECONDS = Number(process.argv[3] ?? 6);
const PEOPLE = Number(process.argv[4] ?? 8);
const PASSWORD = 'con cá vàng 27';

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('Run it as npm run bench -- login');
await migrate(url, 'db/migrations');
const db = openDatabase(url, { max: 10, applicationName: 'bench-login' });
await db.reader.raw('select platform.ensure_event_partitions(current_date, 2)');
const PORT = 18_000 + (process.pid % 2_000);
const origin = `http://localhost:${PORT}`;
const config = {
  ...readConfig({ SEN_MODE: 'test', DATABASE_URL: url, SEN_METRICS_PORT: 'off', PORT: String(PORT) }),
  filesFolder: mkdtempSync(join(tmpdir(), 'sen-bench-')),
  // Every sign-in of the bench comes from an address of its own, or the limits per address would be measured.
  trustedProxies: ['127.0.0.1'],
};
const context = { db, clock: systemClock, config, log: createLogger('silent') };
const { app } = await buildApp({
  context,
  modules,
  assets: readAssets('dist/client'),
  assetsFolder: null,
  addressLimit: 1e9,
});
await app.listen({ port: PORT, host: '127.0.0.1' });

interface Person {
  login: string;
  key: SoftwarePasskey;
}
const persons: Person[] = [];
for (let at = 0; at < PEOPLE * 2; at++) {
  const key = softwarePasskey(origin);
  const login = `bench${at}.${process.pid}@example.vn`;
  await inTransaction(db, { actor: systemActor('bench') }, async (tx) => {
    const identityNumber = `0961${String(process.pid).padStart(6, '0').slice(-6)}${String(at).padStart(2, '0')}`;
    const account = await insertCitizen(tx, { password: PASSWORD, email: login, identityNumber });
    if (at < PEOPLE) return;
    const publicKey = key.cose;
    await insertFactor(tx, {
      id: newId(),
      accountId: account.id,
      kind: 'passkey',
      name: 'bench',
      credentialId: key.id,
      publicKey,
    });
  });
  persons.push({ login, key });
}

let serial = 0;
const marks = new Map<string, string>();
/** One sign-in without a session, from a browser the account was used with before, from the first page to the session. */
async function signIn(person: Person, way: 'password' | 'passkey'): Promise<void> {
  const cookies = new Map<string, string>();
  const mark = marks.get(person.login);
  if (mark) cookies.set('sen_device', mark);
  const address = `10.${(++serial >> 16) & 255}.${(serial >> 8) & 255}.${serial & 255}`;
  const call = async (path: string, body?: URLSearchParams): Promise<Response> => {
    const answer = await fetch(origin + path, {
      method: body ? 'POST' : 'GET',
      redirect: 'manual',
      headers: {
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-forwarded-for': address,
        accept: 'text/html',
        ...(body ? { 'sec-fetch-site': 'same-origin' } : {}),
      },
      ...(body ? { body } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
  const follow = async (answer: Response): Promise<{ last: Response; path: string }> => {
    let [last, path] = [answer, ''];
    for (let hop = 0; hop < 8; hop++) {
      const location = last.headers.get('location');
      if (!location || location.endsWith('/tai-khoan')) return { last, path };
      path = location;
      await last.arrayBuffer();
      last = await call(path);
    }
    return { last, path };
  };
  const page = await follow(await call('/dang-nhap?ve=/tai-khoan'));
  await page.last.arrayBuffer();
  const uid = page.path.split('/').at(-1) ?? '';
  const challenge = derive(config.secret, 'passkey-sign-in', uid).toString('base64url');
  const sent =
    way === 'password'
      ? await call(page.path, new URLSearchParams({ login: person.login, password: PASSWORD }))
      : await call(`${page.path}/khoa-truy-cap`, new URLSearchParams({ answer: person.key.get({ challenge }) }));
  await (await follow(sent)).last.arrayBuffer();
  marks.set(person.login, cookies.get('sen_device') ?? '');
  if (!cookies.get('sen_session')) throw new Error(`the ${way} sign-in failed at ${page.path} with ${sent.status}`);
}

const times: number[] = [];
/** How often work is done a second, with so many at a time. */
async function rate(atOnce: number, work: (worker: number) => Promise<void>, note = false): Promise<number> {
  const end = performance.now() + SECONDS * 1_000;
  const start = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async (_, worker) => {
      while (performance.now() < end) {
        const began = performance.now();
        await work(worker);
        if (note) times.push(performance.now() - began);
        done++;
      }
    }),
  );
  return done / ((performance.now() - start) / 1_000);
}
const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const [stored] = await db.reader.raw<{ hash: string }>(
  `select password_hash as hash from identity.account where password_hash is not null order by id desc limit 1`,
);
const [, memory, passes, parallelism] = /m=(\d+),t=(\d+),p=(\d+)/.exec(stored?.hash ?? '') ?? [];
const hash = promisify(argon2);
const nonce = Buffer.alloc(16, 7);
const argon = (): Promise<unknown> =>
  hash('argon2id', {
    message: PASSWORD,
    nonce,
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: 32,
  });

const signed = JSON.parse(persons[0]!.key.get({ challenge: 'x' })) as {
  response: { clientDataJSON: string; authenticatorData: string; signature: string };
};
const part = (name: keyof typeof signed.response): Buffer => Buffer.from(signed.response[name], 'base64url');
const publicKey = createPublicKey({ key: persons[0]!.key.jwk, format: 'jwk' });
const bare = async (): Promise<void> => {
  const data = createHash('sha256').update(part('clientDataJSON')).digest();
  if (!verify('sha256', Buffer.concat([part('authenticatorData'), data]), publicKey, part('signature')))
    throw new Error('the signature is not right');
  await Promise.resolve();
};

for (const [at, person] of persons.entries()) await signIn(person, at < PEOPLE ? 'password' : 'passkey');
const tokens = await tokenRates(context, origin);
const rounds = {
  password: [] as number[],
  argon: [] as number[],
  passkey: [] as number[],
  bare: [] as number[],
  token: [] as number[],
  plain: [] as number[],
};
for (let round = 0; round < ROUNDS; round++) {
  rounds.password.push(await rate(PEOPLE, (worker) => signIn(persons[worker]!, 'password'), true));
  rounds.argon.push(await rate(2, async () => void (await argon())));
  rounds.passkey.push(await rate(PEOPLE, (worker) => signIn(persons[PEOPLE + worker]!, 'passkey')));
  rounds.bare.push(await rate(1, bare));
  rounds.token.push(await rate(PEOPLE, tokens.product));
  rounds.plain.push(await rate(PEOPLE, tokens.bare));
}
const [product = 0, limit = 1, passkey = 0, verified = 1, token = 0, plain = 1] = [
  rounds.password,
  rounds.argon,
  rounds.passkey,
  rounds.bare,
  rounds.token,
  rounds.plain,
].map(median);
times.sort((a, b) => a - b);
const round = (value: number | undefined, digits = 1): number => Number((value ?? 0).toFixed(digits));
process.stdout.write(
  `${JSON.stringify({
    bench: 'login',
    unit: 'sign-in/s',
    product: round(product),
    limit: round(limit),
    ratio: round(product / limit, 3),
    p50_ms: round(times[Math.floor(times.length * 0.5)]),
    p99_ms: round(times[Math.floor(times.length * 0.99)]),
    n: times.length,
    passkey: { product: round(passkey), limit: round(verified), ratio: round(passkey / verified, 4) },
    token_product: round(token),
    token_limit: round(plain),
    token_ratio: round(token / plain, 3),
    argon2id: `m=${memory},t=${passes},p=${parallelism}`,
  })}\n`,
);
await tokens.close();
await app.close();
await db.close();
