import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem } from '../../platform/problems.ts';
import { agencyScheme } from '../rules/index.ts';
import { getUnit } from './get-unit.ts';
import { identifierAssigned, identifierEnded } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { codeWrong, unitMissing } from './organisation-problems.ts';
import { endIdentifierRow, insertIdentifier } from './unit-write-queries.ts';

/**
 * Gives a unit an agency identifier of either shape (QCVN 102:2016 or QĐ 20/2020/QĐ-TTg Đ4) from a day on.
 * @throws Problem `code-wrong` (422), `code-taken`, `code-overlap`
 */
export async function assignIdentifier(
  tx: Tx,
  actor: Actor,
  input: { unitId: string; code: string; validFrom: string; validTo?: string | null },
): Promise<void> {
  demand(actor, manageOrganisations, { unitId: input.unitId });
  const scheme = agencyScheme(input.code);
  if (scheme === null) throw problem(codeWrong, { code: input.code });
  await getUnit(tx, input.unitId, input.validFrom);
  const { unitId, code, validFrom } = input;
  await insertIdentifier(tx, { unitId, scheme, code, isExample: false, validFrom, validTo: input.validTo ?? null });
  publish(tx, identifierAssigned, {
    subject: { kind: 'unit', id: unitId },
    unitId,
    payload: { unitId, code, validFrom },
  });
}

/** Ends an identifier on a day; documents and dossiers of that time keep it. @throws Problem `unit-missing` */
export async function endIdentifier(
  tx: Tx,
  actor: Actor,
  input: { unitId: string; identifierId: string; lastDay: string },
): Promise<void> {
  const { unitId, lastDay } = input;
  demand(actor, manageOrganisations, { unitId });
  const code = await endIdentifierRow(tx, input.identifierId, unitId, lastDay);
  if (code === undefined) throw problem(unitMissing);
  publish(tx, identifierEnded, { subject: { kind: 'unit', id: unitId }, unitId, payload: { unitId, code, lastDay } });
}
