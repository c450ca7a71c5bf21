import { Agent, request } from 'node:http';
import { answers, type Query } from './_search-texts.ts';

/**
 * The load of `bench/search.ts`, a process of its own: sends queries at fixed times whether or not earlier ones were answered
 * (open load) and measures from the time a query was due, so that waiting in line counts.
 */
interface Order {
  port: number;
  perSecond: number;
  warmUp: number;
  queries: Query[];
}

const agent = new Agent({ keepAlive: true, maxSockets: 200 });

function ask(port: number, query: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', agent, path: `/?q=${encodeURIComponent(query)}` }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200) resolve(JSON.parse(Buffer.concat(parts).toString('utf8')) as string[]);
        else reject(new Error(`status ${response.statusCode}`));
      });
    })
      .on('error', reject)
      .end();
  });
}

process.once('message', (message) => void run(message as Order));

async function run(order: Order): Promise<void> {
  const { port, perSecond, warmUp, queries } = order;
  const times: number[] = [];
  const misses: Query[] = [];
  let first = 0;
  let five = 0;
  let failed = 0;
  const start = performance.now() + 100;
  let end = start;
  await Promise.all(
    queries.map(async (query, index) => {
      const due = start + (index * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      try {
        const titles = await ask(port, query.typed);
        end = performance.now();
        if (index < warmUp) return;
        times.push(end - due);
        const place = titles.slice(0, 5).findIndex((title) => answers(title, query.meant));
        if (place === 0) first++;
        if (place >= 0) five++;
        else misses.push(query);
      } catch {
        failed++;
      }
    }),
  );
  process.send?.({ times, first, five, failed, misses: misses.slice(0, 40), seconds: (end - start) / 1000 }, () =>
    process.exit(0),
  );
}
