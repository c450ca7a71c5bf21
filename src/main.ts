import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { buildApp } from './app.tsx';
import { backgroundWork } from './background.ts';
import { demoStamp, loadDemo } from './demo.ts';
import { closeJournals } from './foundation/files/index.ts';
import { closeTransports } from './foundation/notifications/index.ts';
import { modules } from './modules.ts';
import { ConfigError, readConfig, type Config } from './platform/config.ts';
import { settableClock, systemClock, type Clock } from './platform/clock.ts';
import { openDatabase } from './platform/database.ts';
import { createLogger, type Logger } from './platform/log.ts';
import { hearNews } from './platform/node-news.ts';
import { serveMetrics } from './platform/metrics.ts';
import { migrate, MigrationError } from './platform/migrate.ts';
import type { AppContext } from './platform/module.ts';
import { watchSpace } from './platform/space.ts';
import { startWorker } from './platform/worker.ts';
import { readAssets } from './ui/assets.ts';
import { demoAccounts, forgetKept, refuseDemoAccounts } from './wiring.ts';

/** The first socket that systemd hands over (sd_listen_fds(3)). */
const FIRST_HANDED_OVER = 3;

/** Listens on the socket that systemd holds for this process, so that connections wait while it is started again; else on its port. */
async function listen(app: FastifyInstance, { port, host }: Config): Promise<void> {
  const isHandedOver = Number(process.env['LISTEN_PID']) === process.pid && Number(process.env['LISTEN_FDS']) > 0;
  if (!isHandedOver) return void (await app.listen({ port, host }));
  await new Promise<void>((done, fail) =>
    app.server.once('error', fail).listen({ fd: FIRST_HANDED_OVER }, () => {
      app.server.off('error', fail);
      done();
    }),
  );
}

/** A clock that starts at the demo's fixed moment and runs on from there. */
function clockOf(config: Config): Clock {
  if (config.fixedNow === null) return systemClock;
  const start = Date.now();
  const fixed = settableClock(config.fixedNow).now().getTime();
  return { now: () => new Date(fixed + (Date.now() - start)) };
}

async function start(): Promise<void> {
  const config = readConfig();
  const log = createLogger(config.logLevel);
  mkdirSync(resolve(config.filesFolder), { recursive: true });
  const applied = await migrate(config.databaseUrl, resolve('db/migrations'));
  if (applied.length > 0) log.info({ applied }, 'migrated');
  const db = openDatabase(config.databaseUrl);
  const context: AppContext = { db, clock: clockOf(config), config, log };
  await db.reader.raw('select platform.ensure_event_partitions(($1::date - 400), 16)', [context.clock.now()]);
  if (config.mode === 'production') await refuseDemoAccounts(context);
  if (config.mode === 'demo') await loadDemo(context, modules, demoStamp(config));
  for (const module of modules) await module.start?.(context);

  const stopWatching = await watchSpace(config, log);
  const stops: Step[] = [['watching the disks', async () => stopWatching()]];
  if (config.role !== 'web') {
    const worker = await startWorker(backgroundWork(modules), context);
    stops.push(['background work', () => worker.stop()]);
  }
  if (config.metricsPort !== null) {
    const metrics = await serveMetrics(config.metricsPort, config.host);
    stops.push(['metrics', () => new Promise((done) => metrics.close(done))]);
  }
  if (config.role !== 'worker') {
    const folder = resolve('dist/client');
    const http = await buildApp({ context, assets: readAssets(folder), assetsFolder: join(folder, 'assets') });
    const { app } = http;
    await listen(app, config);
    await http.listenAdmin();
    stops.unshift(['requests under way', () => http.drain()], ['the server', () => app.close()]);
    const news = hearNews(db, log, () => {
      http.cache.clear();
      forgetKept();
    });
    stops.push(['news of other nodes', () => news.stop()]);
    await announce(context);
  }
  stops.push(['transports', closeTransports], ['journals', closeJournals], ['the database', () => db.close(), 5_000]);
  const stop = async () => {
    for (const step of stops) await endStep(step, log);
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
}

type Step = [name: string, end: () => Promise<unknown>, limitMs?: number];
const STEP_MS = 40_000;

/** Ends one part of the program. What does not end in time, or fails at it, is told and left: the process has to go. */
async function endStep([name, end, limitMs = STEP_MS]: Step, log: Logger): Promise<void> {
  const late = sleep(limitMs, 'late' as const, { ref: false });
  const how = await Promise.race([end().catch((error: unknown) => error), late]);
  if (how === 'late') log.error({ step: name }, 'did not end in time and is left');
  else if (how instanceof Error) log.error({ err: how, step: name }, 'failed to end and is left');
}

async function announce({ config }: AppContext): Promise<void> {
  const lines = [`Sen is ready at ${config.publicUrl}`];
  if (config.admin) lines.push(`Administration answers at ${config.admin.url} only`);
  if (config.mode === 'demo') {
    lines.push('', 'Demo accounts (sign in at the address above):');
    for (const a of demoAccounts())
      lines.push(`  ${a.role.padEnd(15)} ${a.login.padEnd(16)} ${a.password.padEnd(18)} ${a.name}`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}

try {
  await start();
} catch (error) {
  const expected = error instanceof ConfigError || error instanceof MigrationError;
  const code = (error as { code?: unknown } | null)?.code;
  const text = error instanceof Error ? error.message : String(error);
  if (code === 'EADDRINUSE')
    process.stderr.write(`The port is taken: set PORT, SEN_ADMIN_PORT or SEN_METRICS_PORT to a free one (${text}).\n`);
  else if (expected) process.stderr.write(`${text}\n`);
  else process.stderr.write(`Sen could not start: ${error instanceof Error ? (error.stack ?? text) : text}\n`);
  process.exit(1);
}
