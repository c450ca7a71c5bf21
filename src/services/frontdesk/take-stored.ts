import { registerFile } from '../../foundation/files/index.ts';
import { demand, type Actor } from '../../platform/access.ts';
import type { Config } from '../../platform/config.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { mayReceive } from '../dossiers/index.ts';
import { consentedPapers, paperNotFound, takePaper } from '../paperstore/index.ts';
import { lockIntake, updateIntake } from './desk-queries.ts';
import { intakeNotFound } from './desk-problems.ts';
import { intakeOwner } from './take-in.ts';

/**
 * Puts a paper of a person's store to a line of the checklist, as its scan. Only what the person's code has opened for this clerk and intake;
 * the reading is recorded. @throws intakeNotFound, paperNotFound, forbidden
 */
export async function takeStored(
  tx: Tx,
  actor: Actor,
  config: Config,
  input: { intakeId: string; paperId: string; key: string; procedureName: string },
): Promise<void> {
  demand(actor, mayReceive);
  const intake = await lockIntake(tx, input.intakeId, actor.id ?? '');
  if (!intake || intake.dossierId !== null) throw problem(intakeNotFound);
  const open = await consentedPapers(tx, intake.id, actor.id ?? '', tx.now);
  const paper = open.find((each) => each.id === input.paperId);
  if (!paper || !intake.facts.papers.some((each) => each.key === input.key)) throw problem(paperNotFound);
  const fileId = newId();
  const blob = await takePaper(tx, config, {
    accountId: paper.accountId,
    paperId: paper.id,
    limits: null,
    place: 'intake',
    placeId: intake.id,
    fileId,
    about: input.procedureName,
    reading: { by: actor, work: 'paper', purpose: 'Lấy giấy tờ trong kho vào hồ sơ tại quầy' },
  });
  await registerFile(tx, blob, intakeOwner(intake.id), fileId);
  const papers = intake.facts.papers.map((each) => (each.key === input.key ? { ...each, fileId } : each));
  await updateIntake(tx, intake.id, { ...intake.facts, papers }, null);
}
