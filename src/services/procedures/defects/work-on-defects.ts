import { demand, type Actor } from '../../../platform/access.ts';
import type { Tx } from '../../../platform/database.ts';
import { publish } from '../../../platform/events.ts';
import { procedureKind } from '../procedure-events.ts';
import { editProcedures } from '../procedure-permissions.ts';
import type { Procedure } from '../procedure.ts';
import { defectsChanged, defectsRepaired } from './defect-events.ts';
import { acceptDefects, assignDefects, fixByVersion, listOpenOf, openDefects } from './defect-queries.ts';
import { repairedIn } from './defect.ts';

export type DefectAct =
  | { act: 'assign'; to: { id: string; name: string } }
  | { act: 'accept'; reason: string }
  | { act: 'reopen' };

/** Assigns, accepts (with why) or opens defects again; those in another state are left alone. Returns how many changed. */
export async function workOnDefects(
  tx: Tx,
  actor: Actor,
  input: { ids: readonly string[] } & DefectAct,
): Promise<number> {
  demand(actor, editProcedures);
  const changed =
    input.act === 'assign'
      ? await assignDefects(tx, input.ids, input.to)
      : input.act === 'accept'
        ? await acceptDefects(tx, input.ids, input.reason)
        : await openDefects(tx, input.ids);
  if (changed.length > 0)
    publish(tx, defectsChanged, {
      subject: { kind: 'procedure-defects', id: 'all' },
      payload: {
        act: input.act,
        ids: changed.map((one) => one.id),
        to: input.act === 'assign' ? input.to.id : null,
        reason: input.act === 'accept' ? input.reason : null,
      },
    });
  return changed.length;
}

/** Closes the defects that a version, just published, has put right. */
export async function closeRepaired(tx: Tx, version: Procedure): Promise<void> {
  const repaired = repairedIn(await listOpenOf(tx, version.code), version);
  if (repaired.length === 0) return;
  await fixByVersion(
    tx,
    repaired.map((one) => one.id),
    version.versionId,
  );
  publish(tx, defectsRepaired, {
    subject: { kind: procedureKind, id: version.id },
    payload: { code: version.code, versionId: version.versionId, defects: repaired.length },
  });
}
