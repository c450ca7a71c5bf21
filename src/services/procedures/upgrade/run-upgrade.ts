import { analyseForm, getFormVersion } from '../../../engines/forms/index.ts';
import { demand, type Actor } from '../../../platform/access.ts';
import type { Reader, Tx } from '../../../platform/database.ts';
import { publish } from '../../../platform/events.ts';
import { newId } from '../../../platform/ids.ts';
import { problem } from '../../../platform/problems.ts';
import { hashOf } from '../import-catalogue.ts';
import { findOpenRevision } from '../editor/revision-queries.ts';
import { factsOfVersion, insertDraft, withServiceLevel } from '../editor/write-revision.ts';
import { reopenFixedBy } from '../defects/defect-queries.ts';
import { listLostForce } from '../legal/legal-queries.ts';
import { procedureKind, versionDrafted } from '../procedure-events.ts';
import { manageProcedures } from '../procedure-permissions.ts';
import { findVersion, listVersionsByIds } from '../procedure-queries.ts';
import type { Procedure } from '../procedure.ts';
import { publishProcedure, refreshIndex } from '../publish-procedure.ts';
import { insertVersions, lockProcedure, undoPublished } from '../version-queries.ts';
import { deleteDraft } from '../editor/revision-queries.ts';
import { upgradesRun, upgradeTakenBack } from './upgrade-events.ts';
import { upgradeMissing, upgradeUndone } from './upgrade-problems.ts';
import { checkReadiness, verdictOf, type RuleFinding, type TargetScope, type Verdict } from './readiness.ts';
import { countOffersOf, insertLines, insertUpgrade, listLines, lockUpgrade, markUndone, setOutcome, type NewLine } from './upgrade-queries.ts'; // prettier-ignore

/** Most procedures of one operation. */
export const MOST_PROCEDURES = 500;

export interface Readiness {
  procedure: Procedure;
  findings: RuleFinding[];
  verdict: Verdict;
}

/** What the rules of a day say about procedures, in the order of the versions given. Five reads, however many there are, and the forms. */
export async function readinessOf(
  reader: Reader,
  versions: readonly Procedure[],
  input: { scope: TargetScope; onDate: string; paysOnline: boolean },
): Promise<Readiness[]> {
  const { onDate, scope, paysOnline } = input;
  const offers = await countOffersOf(reader, versions.map((one) => one.id), onDate); // prettier-ignore
  const cited = [...new Set(versions.flatMap((one) => one.content.legalBases.map((basis) => basis.number)))];
  const lost = await listLostForce(reader, cited, onDate);
  const list: Readiness[] = [];
  for (const procedure of versions) {
    const form = procedure.formVersionId === null ? null : await getFormVersion(reader, procedure.formVersionId);
    const findings = checkReadiness(
      {
        procedure,
        scope,
        paysOnline,
        offers: offers.get(procedure.id) ?? 0,
        lostForce: procedure.content.legalBases.map((basis) => basis.number).filter((number) => lost.has(number)),
        form: form && {
          isInForce: form.status === 'published' && form.validFrom <= onDate && (form.validTo === null || form.validTo >= onDate),
          errors: analyseForm(form.definition).filter((finding) => finding.level === 'error').length,
        },
      },
      onDate,
    ); // prettier-ignore
    list.push({ procedure, findings, verdict: verdictOf(findings) });
  }
  return list;
}

export interface UpgradeInput {
  versionIds: readonly string[];
  scope: TargetScope;
  mode: 'draft' | 'publish';
  decisionNumber: string;
  decisionDate: string;
  validFrom: string;
  paysOnline: boolean;
}

/**
 * Raises procedures in one transaction: each that is ready gets a new version at the scope (a draft to be reviewed, or published
 * from the day by the decision), those that are not are recorded with why. A procedure that somebody is writing is not touched.
 */
export async function runUpgrade(tx: Tx, actor: Actor, input: UpgradeInput): Promise<{ upgradeId: string }> {
  demand(actor, manageProcedures);
  const upgradeId = newId();
  const versions = await listVersionsByIds(tx, input.versionIds.slice(0, MOST_PROCEDURES));
  const checked = await readinessOf(tx, versions, { ...input, onDate: input.validFrom });
  const lines: NewLine[] = [];
  for (const { procedure, findings, verdict } of checked) {
    await lockProcedure(tx, procedure.id);
    const isOpen = (await findOpenRevision(tx, procedure.code)) !== undefined;
    const isReady = verdict !== 'failed' && !isOpen && procedure.status === 'published';
    const toVersionId = isReady ? await raise(tx, procedure, input) : null;
    const more: RuleFinding[] = isOpen ? [{ rule: 'whole', verdict: 'failed', about: ['draft-open'] }] : [];
    lines.push({
      procedureId: procedure.id,
      fromVersionId: procedure.versionId,
      toVersionId,
      outcome: isReady ? 'upgraded' : 'not-ready',
      findings: [...findings, ...more],
    });
  }
  const upgraded = lines.filter((line) => line.outcome === 'upgraded').length;
  const refused = lines.length - upgraded;
  const { scope, mode, decisionNumber, decisionDate, validFrom, paysOnline } = input;
  const row = { id: upgradeId, scope, mode, decisionNumber, decisionDate, validFrom, paysOnline, upgraded, refused };
  await insertUpgrade(tx, row);
  await insertLines(tx, upgradeId, lines);
  publish(tx, upgradesRun, {
    subject: { kind: 'procedure-upgrade', id: upgradeId },
    payload: { upgradeId, scope, mode, upgraded, refused, reason: decisionNumber },
  });
  return { upgradeId };
}

async function raise(tx: Tx, procedure: Procedure, input: UpgradeInput): Promise<string> {
  const facts = withServiceLevel({
    ...factsOfVersion(procedure),
    source: 'office',
    onlineScope: input.scope,
    partialReason: input.scope === 'partial' ? (procedure.partialReason ?? 'other-technical') : null,
    decisionNumber: input.decisionNumber,
    validFrom: input.validFrom,
    validTo: null,
  });
  // What can be paid online counts as level 4 (TT 32/2017/TT-BTTTT, Điều 5).
  const isLevel4 = input.scope === 'full' && input.paysOnline;
  const raised = isLevel4 ? { ...facts, serviceLevel: 4 as const } : facts;
  if (input.mode === 'draft')
    return (await insertDraft(tx, raised, procedure.versionId, input.decisionNumber)).versionId;
  const [row] = await insertVersions(tx, [
    { facts: raised, versionId: newId(), procedureId: procedure.id, contentHash: hashOf(raised), status: 'draft' },
  ]);
  publish(tx, versionDrafted, {
    subject: { kind: procedureKind, id: procedure.id },
    payload: { code: procedure.code, number: row!.number, versionId: row!.id, source: 'office' },
  });
  await publishProcedure(tx, { versionId: row!.id, validFrom: input.validFrom });
  return row!.id;
}

/**
 * Takes an operation back as a whole: drafts go, published versions are retired and what held before holds again. What was changed
 * since (a later version, a draft under review) is kept and told. @throws upgradeMissing, upgradeUndone
 */
export async function undoUpgrade(
  tx: Tx,
  actor: Actor,
  input: { upgradeId: string; reason: string },
): Promise<{ undone: number; kept: number }> {
  demand(actor, manageProcedures);
  const upgrade = await lockUpgrade(tx, input.upgradeId);
  if (!upgrade) throw problem(upgradeMissing);
  if (upgrade.state === 'undone') throw problem(upgradeUndone);
  let [undone, kept] = [0, 0];
  for (const line of await listLines(tx, upgrade.id)) {
    if (line.outcome !== 'upgraded') continue;
    const isUndone = await lower(tx, line.procedureId, line.toVersionId, input.reason);
    await setOutcome(tx, upgrade.id, line.procedureId, isUndone ? 'undone' : 'kept');
    if (isUndone) undone += 1;
    else kept += 1;
  }
  await markUndone(tx, upgrade.id, input.reason);
  publish(tx, upgradeTakenBack, {
    subject: { kind: 'procedure-upgrade', id: upgrade.id },
    payload: { upgradeId: upgrade.id, undone, kept, reason: input.reason },
  });
  return { undone, kept };
}

async function lower(tx: Tx, procedureId: string, versionId: string | null, reason: string): Promise<boolean> {
  if (versionId === null) return false;
  await lockProcedure(tx, procedureId);
  const version = await findVersion(tx, versionId);
  if (!version) return true; // the draft was discarded already
  if (version.status === 'draft') {
    const revision = await findOpenRevision(tx, version.code);
    if (revision?.versionId !== versionId || revision.state === 'in-review') return false;
    await deleteDraft(tx, versionId);
    return true;
  }
  // Somebody gave it a last day, or published another after it: theirs stands.
  if (version.status !== 'published' || version.validTo !== null) return false;
  const done = await undoPublished(tx, { versionId, rowVersion: version.rowVersion, becomes: 'retired', reason });
  if (!done) return false;
  await reopenFixedBy(tx, versionId);
  await refreshIndex(tx, version.code, version.id);
  return true;
}
