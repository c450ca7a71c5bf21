import { Agent, request } from 'node:http';

/**
 * The load of `bench/worklist.ts`, a process of its own: requests go out at fixed times whether or not earlier ones were
 * answered (open load); times are measured from when a request was due, so that waiting in line counts.
 */
interface Order {
  port: number;
  perSecond: number;
  warmUp: number;
  paths: string[];
}
const agent = new Agent({ keepAlive: true, maxSockets: 200 });

const ask = (port: number, path: string): Promise<number> =>
  new Promise((resolve, reject) => {
    request({ port, host: '127.0.0.1', agent, path }, (response) => {
      let size = 0;
      response.on('data', (part: Buffer) => (size += part.length));
      response.on('error', reject);
      response.on('end', () =>
        response.statusCode === 200 ? resolve(size) : reject(new Error(`status ${response.statusCode}`)),
      );
    })
      .on('error', reject)
      .end();
  });

async function run(order: Order): Promise<void> {
  const { port, perSecond, warmUp, paths } = order;
  const times: { path: string; ms: number }[] = [];
  let failed = 0;
  const start = performance.now() + 100;
  let end = start;
  await Promise.all(
    paths.map(async (path, index) => {
      const due = start + (index * 1000) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      try {
        await ask(port, path);
        end = performance.now();
        if (index >= warmUp) times.push({ path, ms: end - due });
      } catch {
        failed++;
      }
    }),
  );
  process.send?.({ times, failed, seconds: (end - start) / 1000 }, () => process.exit(0));
}
process.once('message', (message) => void run(message as Order));
