import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import { readerOver, openDatabase, statement, type Database } from './database.ts';
import { isDatabaseAway, outcomeUnknown } from './database-failures.ts';
import { databaseHosts, primaryUrl } from './database-hosts.ts';
import { isProblem } from './problems.ts';
import { inOneStatement, inTransaction, systemActor } from './transaction.ts';

const db = await testDatabase();
const server = new URL(db.url);
const context = { actor: systemActor('test') };
await db.reader.raw('create table public.note (text text primary key)');
const insert = statement('test.insert_note', 'insert into public.note (text) values ($1) on conflict do nothing');
const noted = async () =>
  (await db.reader.raw<{ text: string }>('select text from public.note order by 1')).map((row) => row.text);

/** A host before the test server, whose line can be cut, and which can stand still. */
interface Host {
  port: number;
  /** `open`; `still`: what is sent is taken and never answered; `gone`: nobody listens. */
  become(state: 'open' | 'still' | 'gone'): Promise<void>;
  close(): Promise<void>;
}
async function hostBefore(target: URL): Promise<Host> {
  const sockets = new Set<Socket>();
  let isStill = false;
  let listening: Server | null = null;
  let port = 0;
  const listen = async () => {
    listening = createServer((incoming) => {
      const outgoing = connect(Number(target.port), target.hostname);
      for (const socket of [incoming, outgoing]) {
        sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => sockets.delete(socket));
      }
      incoming.on('data', (chunk) => void (isStill || outgoing.write(chunk)));
      outgoing.on('data', (chunk) => void (isStill || incoming.write(chunk)));
      incoming.on('close', () => outgoing.destroy());
      outgoing.on('close', () => incoming.destroy());
    });
    await new Promise<void>((done) => listening?.listen(port, '127.0.0.1', done));
    port = (listening.address() as AddressInfo).port;
  };
  const close = async () => {
    const closing = new Promise((done) => (listening ? listening.close(done) : done(null)));
    for (const socket of sockets) socket.destroy();
    listening = null;
    await closing;
  };
  await listen();
  return {
    get port() {
      return port;
    },
    async become(state) {
      isStill = state === 'still';
      if (state === 'gone') await close();
      else if (!listening) await listen();
    },
    close,
  };
}

const opened: { close(): Promise<unknown> }[] = [];
afterAll(async () => {
  for (const one of opened) await one.close();
});
async function host(): Promise<Host> {
  const made = await hostBefore(server);
  opened.push(made);
  return made;
}
function over(hosts: readonly { port: number }[], options = {}): Database {
  const list = hosts.map(({ port }) => `127.0.0.1:${port}`).join(',');
  const url = `postgres://${server.username}:${server.password}@${list}${server.pathname}?target_session_attrs=read-write`;
  const made = openDatabase(url, { max: 4, ...options });
  opened.unshift(made);
  return made;
}

describe('the hosts of a database URL', () => {
  test('are read as libpq writes them, each with its own port', () => {
    const hosts = databaseHosts('postgres://u:p%40@a:1,b,[::1]:3/sen?target_session_attrs=read-write&sslmode=disable');
    expect(hosts.map(({ host, port }) => `${host} ${port}`)).toEqual(['a 1', 'b 5432', '::1 3']);
    expect(hosts[1]?.url).toBe('postgres://u:p%40@b/sen?sslmode=disable');
  });
  test('an ordinary URL is left as it is', () => {
    const url = 'postgres://u:p@h/sen?sslmode=require';
    expect(databaseHosts(url)).toEqual([{ host: 'h', port: 5432, url }]);
  });
  test.each([
    'postgres://u:p@a,,b/sen',
    'postgres://u:p@a:99999,b/sen',
    `postgres://u:p@${Array.from({ length: 17 }, () => 'a').join(',')}/sen`,
    'postgres://u:p@a,b/sen?target_session_attrs=standby',
    'postgres://u:p@a/sen?target_session_attrs=read-only',
  ])('%s is refused in one sentence without the password', (url) => {
    expect(() => databaseHosts(url)).toThrow(/^(?!.*u:p)[^\n]*$/);
  });
});

describe('a cluster', () => {
  test('is served through the host that answers, and by the other one when that goes', async () => {
    const [a, b] = [await host(), await host()];
    await a.become('gone');
    const cluster = over([a, b]);
    await inTransaction(cluster, context, (tx) => tx.run(insert, ['first']));
    await a.become('open');
    await b.become('gone');
    expect(await cluster.reader.raw('select 1 as one')).toEqual([{ one: 1 }]);
    await inTransaction(cluster, context, (tx) => tx.run(insert, ['second']));
    await inOneStatement(cluster, context, (tx) => tx.run(insert, ['third']));
    expect(await noted()).toEqual(['first', 'second', 'third']);
    expect(
      await primaryUrl(
        `postgres://${server.username}:${server.password}@127.0.0.1:${b.port},127.0.0.1:${a.port}${server.pathname}`,
      ),
    ).toContain(`:${a.port}/`);
  });

  test('whose only host that can write is gone says so, after a while, as a failure that passes', async () => {
    const [a, b] = [await host(), await host()];
    await Promise.all([a.become('gone'), b.become('gone')]);
    const cluster = over([a, b], { patienceMs: 300 });
    const failure: unknown = await inTransaction(cluster, context, (tx) => tx.run(insert, ['never'])).catch(
      (error: unknown) => error,
    );
    expect(isDatabaseAway(failure)).toBe(true);
    expect(await cluster.isReady()).toBe(false);
    await expect(primaryUrl(`postgres://u:p@127.0.0.1:${a.port},127.0.0.1:${b.port}/sen`, 0)).rejects.toThrow(
      'ECONNREFUSED',
    );
  });
});

describe('a commit', () => {
  test('that the server does not answer is neither done nor undone, and nobody waits for ever', async () => {
    const still = await host();
    const one = over([still], { commitTimeoutMs: 300, patienceMs: 100 });
    await inTransaction(one, context, (tx) => tx.run(insert, ['before']));
    const answer = inTransaction(one, context, async (tx) => {
      await tx.run(insert, ['lost']);
      await still.become('still');
    });
    await expect(answer).rejects.toSatisfy((error) => isProblem(error, outcomeUnknown));
    await still.become('open');
    const alone = inOneStatement(one, context, async (tx) => {
      await still.become('still');
      return tx.run(insert, ['lost too']);
    });
    await expect(alone).rejects.toSatisfy((error) => isProblem(error, outcomeUnknown));
    expect(await noted()).not.toContain('lost');
  });

  test('whose standby did not confirm it is not acknowledged, although the server answers that it is done', async () => {
    const admin = new pg.Client({ connectionString: db.url });
    await admin.connect();
    const one = openDatabase(db.url, { max: 1 });
    opened.unshift(one);
    // A broken-off wait is answered like this (the routine is what the program holds to, the words are translated).
    const client = await one.connect();
    const pid = (await client.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid;
    client.emit('notice', { routine: 'SyncRepWaitForLSN' } as never);
    client.release();
    await expect(inTransaction(one, context, (tx) => tx.run(insert, ['unconfirmed']))).rejects.toSatisfy((error) =>
      isProblem(error, outcomeUnknown),
    );
    // That connection is not used again.
    await expect.poll(() => readerOver(admin).raw('select 1 from pg_stat_activity where pid = $1', [pid])).toEqual([]);
    await inTransaction(one, context, (tx) => tx.run(insert, ['confirmed']));
    await admin.end();
  });

  test('is tried again when the server took no writes for a moment', async () => {
    const one = openDatabase(db.url, { max: 2 });
    opened.unshift(one);
    const name = server.pathname.slice(1);
    await db.reader.raw(`alter database "${name}" set default_transaction_read_only = on`);
    let tries = 0;
    await inTransaction(one, context, async (tx) => {
      if (++tries === 2) await db.reader.raw(`alter database "${name}" reset default_transaction_read_only`);
      await tx.run(insert, ['after the freeze']);
    });
    expect(tries).toBeGreaterThan(1);
    expect(await noted()).toContain('after the freeze');
  });
});
