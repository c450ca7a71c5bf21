import { buildApp } from '../src/app.tsx';
import { systemClock } from '../src/platform/clock.ts';
import { readConfig } from '../src/platform/config.ts';
import { openDatabase } from '../src/platform/database.ts';
import type { RegisteredRoute } from '../src/platform/http/web.ts';
import { createLogger } from '../src/platform/log.ts';

/** Every route that the program registers, by building it without a port; it asks its database nothing for that. */
export async function registeredRoutes(): Promise<RegisteredRoute[]> {
  const config = readConfig({
    SEN_MODE: 'test',
    DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
    SEN_METRICS_PORT: 'off',
  });
  const db = openDatabase(config.databaseUrl);
  const assets = { css: () => '', script: () => '', preload: () => [], island: () => null };
  const http = await buildApp({
    context: { db, clock: systemClock, config, log: createLogger('silent') },
    assets,
    assetsFolder: null,
  });
  const routes = [...http.routes];
  await http.app.close();
  await db.close();
  return routes;
}
