import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Actor } from '../../platform/access.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { readChangeFile } from './change-file.ts';
import { listOperations } from './operation-queries.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { planFromFile } from './plan-from-file.ts';
import { createOperation } from './save-operation.ts';

const loader: Actor = {
  ...systemActor('Dữ liệu của tỉnh'),
  accountId: null,
  grants: new Map([[manageOrganisations.name, 'all']]),
  scopes: [],
  assurance: 2,
};

/**
 * Draws up the changes of units that the province's folder describes (`reorganisations/*.json`) as drafts, each with what no source tells
 * left to a person. Once: nothing is drawn up where there is any operation already.
 */
export async function loadReorganisations(context: AppContext): Promise<void> {
  const folder = join(context.config.provinceFolder, 'reorganisations');
  const known = await listOperations(context.db.reader, {
    state: null,
    text: null,
    from: null,
    to: null,
    after: null,
    limit: 1,
  });
  if (known.length > 0 || !existsSync(folder)) return;
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  for (const name of names.sort()) {
    const file = await readChangeFile(await readFile(join(folder, name)), name);
    const { effectiveOn } = file;
    if (effectiveOn === null) continue;
    await inTransaction(context.db, { actor: loader, clock: context.clock }, async (tx) => {
      const { plan, report } = await planFromFile(tx, file, effectiveOn);
      const { title, decisionNumber, issuingBody } = file;
      const facts = { title, decisionNumber, issuingBody, effectiveOn, decisionFileId: null, plan };
      await createOperation(tx, loader, facts, report(name));
    });
  }
}
