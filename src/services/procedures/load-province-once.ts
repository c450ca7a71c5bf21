import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppContext } from '../../platform/module.ts';
import { findSetting, saveSetting } from '../../platform/settings.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { loadProvinceProcedures } from './load-province.ts';

const SETTING = 'procedures.province-loaded';

/** The province folder's files and the program that reads them: reading and judging them all takes a second, hashing them does not. */
function digestOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of globSync('**/*.json', { cwd: folder }).sort())
    hash.update(name).update(readFileSync(join(folder, name)));
  for (const name of globSync('*.{js,ts}', { cwd: import.meta.dirname }).sort())
    hash.update(readFileSync(join(import.meta.dirname, name)));
  return hash.digest('hex');
}

/**
 * Loads the province's procedures for the demonstration; does nothing when neither the folder nor this module changed since the last
 * load that found no defect. `npx sen procedures load` always loads.
 */
export async function loadProvinceOnce(context: AppContext): Promise<void> {
  const digest = digestOf(context.config.provinceFolder);
  const last = await findSetting<{ digest: string }>(context.db.reader, SETTING);
  if (last?.value.digest === digest) return;
  const { defects } = await loadProvinceProcedures(context);
  for (const defect of defects) context.log.warn(defect, 'a file of the province is left out');
  if (defects.length > 0) return;
  await inTransaction(context.db, { actor: systemActor('procedures'), clock: context.clock }, (tx) =>
    saveSetting(tx, SETTING, { digest }, last?.version ?? 0),
  );
}
