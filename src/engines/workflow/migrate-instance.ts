import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem, staleVersion } from '../../platform/problems.ts';
import { nodeOf } from './definition.ts';
import { contentOf } from './definition-queries.ts';
import { lockInstance, saveMigration } from './instance-queries.ts';
import { migrateState, type MigrationPlan } from './migrate-state.ts';
import { processMigrated } from './workflow-events.ts';
import { ownProcesses } from './workflow-permissions.ts';
import { notMigrated, processNotFound } from './workflow-problems.ts';

/**
 * Moves a running instance to another version of its process, where it goes on from the like of where it stands. Who has a task and when it is due stay.
 * @throws forbidden; processNotFound when either is unknown or the instance has ended; notMigrated with every obstacle, and nothing is changed
 */
export async function migrateInstance(
  tx: Tx,
  actor: Actor,
  input: { instanceId: string; definitionId: string; plan?: MigrationPlan },
): Promise<void> {
  demand(actor, ownProcesses);
  const instance = await lockInstance(tx, input.instanceId);
  const to = await contentOf(tx, input.definitionId);
  const from = instance && (await contentOf(tx, instance.definitionId));
  if (!instance || !from || !to || instance.status !== 'running') throw problem(processNotFound);
  if (from.key !== to.key) throw problem(notMigrated, { obstacles: [{ node: to.root, code: 'other-process' }] });
  const plan = input.plan ?? {};
  const { state, obstacles } = migrateState(from, to, instance.state, plan);
  if (state === null) throw problem(notMigrated, { obstacles });
  const work = state.tokens
    .filter(({ wait }) => wait.kind === 'work')
    .map(({ id, node }) => {
      const { name, nameEn, work: rule } = nodeOf(to, node);
      return { token: id, node, name_vi: name || node, name_en: nameEn || name || node, role: rule?.role ?? null };
    });
  if (!(await saveMigration(tx, instance, input.definitionId, state, work))) throw problem(staleVersion);
  publish(tx, processMigrated, {
    subject: { kind: 'process', id: instance.id },
    unitId: instance.unitId,
    payload: { fromDefinitionId: instance.definitionId, toDefinitionId: input.definitionId, plan },
  });
}
