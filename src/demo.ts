import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './platform/config.ts';
import type { AppContext, Module } from './platform/module.ts';
import { findSetting, saveSetting } from './platform/settings.ts';
import { inTransaction, systemActor } from './platform/transaction.ts';

const LOADED = 'demo.loaded';

/**
 * Loads the demonstration province, step by step in order. Each step is idempotent.
 * @param stamp what the steps would do (`demoStamp`): when the database was loaded with the same one, nothing is done
 */
export async function loadDemo(context: AppContext, modules: readonly Module[], stamp?: string): Promise<void> {
  const before = stamp === undefined ? undefined : await findSetting<string>(context.db.reader, LOADED);
  if (before !== undefined && before.value === stamp) return;
  const steps = modules.flatMap((module) => module.demo ?? []).sort((a, b) => a.order - b.order);
  for (const step of steps) {
    const started = Date.now();
    await step.load(context);
    const took = Date.now() - started;
    if (took > 500) process.stdout.write(`  ${step.name} (${(took / 1000).toFixed(1)} s)\n`);
  }
  if (stamp === undefined) return;
  await inTransaction(context.db, { actor: systemActor('demo'), clock: context.clock }, (tx) =>
    saveSetting(tx, LOADED, stamp, before?.version ?? 0),
  );
}

/** The build, the files of the province and the settings that the demonstration depends on, in a few letters; undefined where nothing was built. */
export function demoStamp({ provinceFolder, filesFolder, publicUrl, fixedNow }: Config): string | undefined {
  if (!existsSync('dist/stamp')) return undefined;
  const hash = createHash('sha256').update(readFileSync('dist/stamp'));
  hash.update(JSON.stringify([provinceFolder, filesFolder, publicUrl, fixedNow]));
  const files = readdirSync(provinceFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of files.map((entry) => join(entry.parentPath, entry.name)).sort())
    hash.update(`\0${path}\0`).update(readFileSync(path));
  return hash.digest('base64url');
}
