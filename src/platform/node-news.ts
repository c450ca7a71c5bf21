import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Database } from './database.ts';
import type { Logger } from './log.ts';

/*
 * What the other processes must hear of at once, because each keeps something in memory that it changes (pages for everybody, rules): a
 * NOTIFY in the transaction that publishes the event, heard by every process within moments of the commit.
 */

const CHANNEL = 'sen_news';
/** The longest payload that PostgreSQL takes is 8,000 bytes. */
const LONGEST = 7_000;
const ALIVE_MS = 10_000;
const AGAIN_MS = 500;

let isNews: (eventName: string) => boolean = () => false;

/** Says of which events every process must hear. Called once, by the composition. */
export function provideNews(decide: (eventName: string) => boolean): void {
  isNews = decide;
}

/** What a transaction with these events has to tell, or null. */
export function newsOf(eventNames: readonly string[]): string | null {
  const names = [...new Set(eventNames)].filter((name) => isNews(name)).join(',');
  return names === '' ? null : names.slice(0, LONGEST);
}

export const TELL_SQL = `select pg_notify('${CHANNEL}', $1)`;

/**
 * Calls `onNews` after each commit that has news, of whatever process, and once after each time that nothing could be heard. Holds one
 * connection of the pool.
 */
export function hearNews(db: Database, log: Logger, onNews: () => void): { stop(): Promise<void> } {
  const ending = new AbortController();
  const { signal } = ending;
  const hear = async (client: pg.PoolClient): Promise<void> => {
    const lost = new Promise<never>((_done, fail) => {
      client.once('error', fail);
      client.once('end', () => fail(new Error('The connection has ended')));
    });
    lost.catch(() => {});
    client.on('notification', onNews);
    try {
      await client.query(`listen ${CHANNEL}`);
      onNews();
      while (!signal.aborted) {
        await Promise.race([sleep(ALIVE_MS, undefined, { signal }).catch(() => {}), lost]);
        // A server that stands still says nothing; this notices it.
        await client.query({ text: 'select 1', query_timeout: ALIVE_MS } as pg.QueryConfig);
      }
      await client.query(`unlisten ${CHANNEL}`);
    } finally {
      client.off('notification', onNews);
    }
  };
  const hearing = (async () => {
    while (!signal.aborted) {
      let client: pg.PoolClient | null = null;
      let broken: Error | undefined;
      try {
        client = await db.connect();
        await hear(client);
      } catch (error) {
        broken = error as Error;
        if (!signal.aborted) log.warn({ err: error }, 'news of other processes are not heard for a moment');
      }
      client?.release(broken);
      if (broken) await sleep(AGAIN_MS, undefined, { signal }).catch(() => {});
    }
  })();
  return {
    stop() {
      ending.abort();
      return hearing;
    },
  };
}
