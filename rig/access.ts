import { randomInt } from 'node:crypto';
import { Agent } from 'node:http';
import { speak, type Spoken } from './_http-client.ts';
import { fingerprint, kinds, markersIn, mayRead, type Kind, type Things } from './_planted.ts';
import { startProduct, stopProduct } from './_product.ts';
import { fullForm, isHarmless, mayDo, plainValues, thingOf } from './_rights.ts';
import { registeredRoutes } from './_routes.ts';
import { openTown, PUBLIC_HOST } from './_secured.ts';
import { houses, type House, type Visitor } from './_town.ts';

/*
 * Every route × everybody × whose thing it is, against the running product in production mode. A leak is an answer with a planted word that its reader
 * may not read, a success where the rights table says no, or anything planted that has changed. Writes are tried by those who may not;
 * `seen` counts what rightful readers found, so that a product which answers nothing at all does not pass.
 * `--control` runs the program with one guard taken out from outside (`_broken-guard.mjs`): the same run must find leaks.
 *
 * npm run rig -- access [--control]
 */

const isControl = process.argv.includes('--control');
const NOWHERE = '01900000-0000-7000-8000-00000000dead';
const AT_ONCE = 16;
const site = await openTown('access', 18_461);
const { town, things, read } = site;
const product = await startProduct({ ...site.place, preload: isControl ? ['rig/_broken-guard.mjs'] : [] });

const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
const everyRoute = await registeredRoutes();
const counts = { n: 0, leaks: 0, denied: 0, allowed: 0, limited: 0, failed: 0 };
const seen = new Map<Kind, number>(kinds.map((kind) => [kind, 0]));
const told = new Map<string, number>();

/** One line for each sort of leak, with the first example. */
function report(sort: string, example: string): void {
  counts.leaks++;
  const times = (told.get(sort) ?? 0) + 1;
  told.set(sort, times);
  if (times === 1) process.stdout.write(`LEAK ${sort}: ${example}\n`);
}

interface Attempt {
  visitor: Visitor;
  method: string;
  pattern: string;
  address: string;
  house: House | null;
  body?: { type: string; text: string } | undefined;
}

function judge(attempt: Attempt, answer: Spoken): void {
  const { visitor, method, pattern, house } = attempt;
  counts.n++;
  const line = `${method} ${attempt.address} as ${visitor.name} → ${answer.status}`;
  if (answer.status === 429) counts.limited++;
  if (answer.status >= 500 || answer.status === 0) {
    counts.failed++;
    process.stdout.write(`FAILED ${line}\n`);
  }
  for (const found of markersIn(answer.text))
    if (mayRead(visitor, found.house, found.kind)) seen.set(found.kind, (seen.get(found.kind) ?? 0) + 1);
    else report(`${method} ${pattern} tells ${found.kind} to ${visitor.kind}`, `${line}, of house ${found.house}`);
  const isAllowed = mayDo(visitor, method, pattern, house);
  counts[isAllowed ? 'allowed' : 'denied']++;
  if (!isAllowed && answer.status >= 200 && answer.status < 300 && !isHarmless(method, pattern))
    report(`${method} ${pattern} answers ${visitor.kind}`, line);
}

async function attempt(one: Attempt): Promise<void> {
  const answer = await speak(agent, {
    port: site.place.port,
    method: one.method,
    path: one.address,
    headers: {
      host: PUBLIC_HOST,
      'x-forwarded-for': `10.${randomInt(250)}.${randomInt(250)}.${randomInt(250)}`,
      'sec-fetch-site': 'same-origin',
      accept: one.pattern.startsWith('/api/') ? 'application/json' : 'text/html',
      ...one.visitor.headers,
      ...(one.body ? { 'content-type': one.body.type } : {}),
    },
    body: one.body?.text,
  });
  judge(one, answer);
}

async function inParallel(work: readonly Attempt[]): Promise<void> {
  const queue = [...work];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let next = queue.pop(); next; next = queue.pop()) await attempt(next);
    }),
  );
}

/** The address of a route for a house's things; null when it names nothing of that house. */
function addressFor(pattern: string, own: Things, example: Record<string, string> | undefined): string | null {
  let isOwned = false;
  const path = pattern.replaceAll(/:(\w+)\??/g, (_whole, name: string) => {
    const thing = thingOf(pattern, name, own);
    if (thing !== undefined) isOwned = true;
    return encodeURIComponent(thing ?? example?.[name] ?? plainValues[name] ?? NOWHERE);
  });
  return isOwned ? path.replace(/(.)\/$/, '$1') : null;
}

const plainAddress = (pattern: string, example: Record<string, string> | undefined): string =>
  pattern
    .replaceAll(/:(\w+)\??/g, (_whole, name: string) =>
      encodeURIComponent(example?.[name] ?? plainValues[name] ?? NOWHERE),
    )
    .replace(/(.)\/$/, '$1');

/** Other ways to write the same address, which must not lead past a guard. */
const spellings = (address: string): string[] => [
  `/en${address}`,
  `${address}/`,
  address.replace(/[a-z]/, (letter) => `%${letter.codePointAt(0)!.toString(16)}`),
  `/${address}`,
  address.replace('/', '/./'),
  `${address}?_method=GET&debug=1`,
];

/** Who tries other spellings: nobody, a person, an official, each of whom has no right to most things. */
const SPELLERS: ReadonlySet<string> = new Set(['signed out', 'stranger', 'leader of other commune']);

/** Ends the session of whoever calls it, or makes another: these are tried by nobodies only. */
const ENDS_SESSION = /^\/(dang-xuat|doi-vi-tri|mo-khoa)|^\/tai-khoan\/(phien|tu-cach|mat-khau)/;

function attemptsOn(method: string, pattern: string, example: Record<string, string> | undefined): Attempt[] {
  const targets: { address: string; house: House | null }[] = houses.flatMap((house) => {
    const address = addressFor(pattern, things[house], example);
    return address === null ? [] : [{ address, house }];
  });
  if (targets.length === 0) targets.push({ address: plainAddress(pattern, example), house: null });
  const made: Attempt[] = [];
  for (const [at, visitor] of town.visitors.entries()) {
    if (ENDS_SESSION.test(pattern) && visitor.kind !== 'nobody' && visitor.kind !== 'client') continue;
    for (const { address, house } of targets) {
      const one = { visitor, method, pattern, address, house };
      if (method === 'GET') {
        made.push(one);
        if (at % 4 === 0) made.push({ ...one, address: `/en${address}` });
        if (SPELLERS.has(visitor.name))
          made.push(...spellings(address).map((spelled) => ({ ...one, address: spelled })));
      } else if (!mayDo(visitor, method, pattern, house)) {
        const form = fullForm(visitor.csrf, things[house ?? 1]).toString();
        const isApi = pattern.startsWith('/api/');
        made.push({
          ...one,
          body: isApi
            ? { type: 'application/json', text: '{}' }
            : { type: 'application/x-www-form-urlencoded', text: form },
        });
        for (const [header, value] of [
          ['x-http-method-override', 'GET'],
          ['x-original-url', '/'],
          ['x-rewrite-url', '/'],
        ] as const)
          if (visitor.name === 'stranger' || visitor.name === 'signed out')
            made.push({
              ...one,
              visitor: { ...visitor, headers: { ...visitor.headers, [header]: value } },
              body: { type: 'application/x-www-form-urlencoded', text: form },
            });
      }
    }
  }
  return made;
}

/** The guard that a control breaks is one over things, so it is looked for where routes name some. */
const namesThings = (pattern: string): boolean =>
  [...pattern.matchAll(/:(\w+)/g)].some(([, name = '']) => thingOf(pattern, name, things[1]) !== undefined);
const routes = isControl ? everyRoute.filter(({ pattern }) => namesThings(pattern)) : everyRoute;
const startedAt = performance.now();
let before = await fingerprint(read, things);
for (const [at, { method, pattern, options }] of routes.entries()) {
  if (isControl && counts.leaks > 100) break;
  const work = attemptsOn(method, pattern, options.example);
  await read('truncate platform.rate_limit');
  await inParallel(work);
  if (method !== 'GET') {
    const after = await fingerprint(read, things);
    for (const [name, hash] of Object.entries(after))
      if (hash !== before[name]) report(`${method} ${pattern} changed ${name}`, `by one of ${work.length} attempts`);
    before = after;
  }
  if (at % 50 === 49)
    process.stdout.write(`${at + 1} of ${routes.length} routes, ${counts.n} attempts, ${counts.leaks} leaks\n`);
}
const seconds = (performance.now() - startedAt) / 1000;
agent.destroy();
await site.close();
await stopProduct(product);
const unseen = kinds.filter((kind) => seen.get(kind) === 0);
if (unseen.length > 0) process.stdout.write(`nobody who may has seen: ${unseen.join(', ')}\n`);
for (const [sort, times] of told) process.stdout.write(`${times} × ${sort}\n`);
process.stdout.write(
  `${JSON.stringify({ rig: 'access', control: isControl, leaks: counts.leaks, n: counts.n, routes: routes.length, people: town.visitors.length, denied: counts.denied, seen: [...seen.values()].reduce((sum, one) => sum + one, 0), unseen: unseen.length, limited: counts.limited, errors_5xx: counts.failed, per_s: Math.round(counts.n / seconds) })}\n`,
);
const isSound = counts.leaks === 0 && counts.failed === 0 && unseen.length === 0 && counts.n >= 50_000;
process.exit((isControl ? counts.leaks > 0 : isSound) ? 0 : 1);
