import { createHmac, randomInt } from 'node:crypto';
import { notify } from '../../foundation/notifications/index.ts';
import { recordReading } from '../../foundation/readings/index.ts';
import type { Actor } from '../../platform/access.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { isId, newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { consentGiven, consentUsed, consentWithdrawn } from './paper-events.ts';
import { consentUsedMessage } from './paper-messages.ts';
import { codeNotValid, paperNotFound } from './paper-problems.ts';
import { listPapersByIds } from './paper-queries.ts';
import { readPaperOf, withFiles, type OfferedPaper } from './take-paper.ts';
import { insertConsent, listConsentsFor, useConsent, withdrawConsents } from './use-queries.ts';

/** Minutes in which an official may type a code, and minutes for which what it opened stays open. */
export const codeMinutes = 15;
export const openMinutes = 60;
/** Papers that one code may open. */
export const maxConsentPapers = 50;

const hashOf = ({ secret }: Pick<Config, 'secret'>, code: string): Buffer =>
  createHmac('sha256', secret).update(`paperstore.consent/${code}`).digest();

/**
 * Gives leave to take some papers: answers a code of eight digits, shown this once, that one official can use once. Codes given before that
 * nobody has used end. @throws paperNotFound when none of the papers is the account's
 */
export async function giveConsent(
  tx: Tx,
  config: Config,
  accountId: string,
  paperIds: readonly string[],
): Promise<string> {
  const papers = await listPapersByIds(tx, accountId, paperIds.filter(isId).slice(0, maxConsentPapers));
  if (papers.length === 0) throw problem(paperNotFound);
  await withdrawConsents(tx, accountId, null);
  const expiresAt = new Date(tx.now.getTime() + codeMinutes * 60_000);
  const ids = papers.map((paper) => paper.id);
  for (;;) {
    const code = String(randomInt(0, 100_000_000)).padStart(8, '0');
    const id = newId();
    if (!(await insertConsent(tx, { id, accountId, hash: hashOf(config, code), paperIds: ids, expiresAt }))) continue;
    publish(tx, consentGiven, {
      subject: { kind: 'account', id: accountId },
      payload: { papers: ids.length, expiresAt: expiresAt.toISOString() },
    });
    return code;
  }
}

/** Takes a code back that nobody has used. */
export async function withdrawConsent(tx: Tx, accountId: string, id: string): Promise<void> {
  if (!isId(id)) return;
  const ended = await withdrawConsents(tx, accountId, id);
  if (ended.length > 0) publish(tx, consentWithdrawn, { subject: { kind: 'account', id: accountId }, payload: {} });
}

/**
 * An official at the counter types the code that the person shows: from then on the papers stand on that intake, for this official and an hour.
 * The person is told and sees it among the readings. @throws codeNotValid
 */
export async function useCode(
  tx: Tx,
  actor: Actor,
  config: Config,
  input: { code: string; intakeId: string },
): Promise<number> {
  const code = input.code.replaceAll(/\D/g, '');
  if (code.length !== 8 || actor.id === null) throw problem(codeNotValid);
  const consent = await useConsent(tx, hashOf(config, code), {
    intakeId: input.intakeId,
    officerId: actor.id,
    label: actor.label,
    unitId: actor.unitId ?? null,
  });
  if (!consent) throw problem(codeNotValid);
  const { accountId, paperIds } = consent;
  const papers = await listPapersByIds(tx, accountId, paperIds);
  await recordReading(
    tx,
    actor,
    papers.map((paper) => readPaperOf(config, paper)),
    { work: 'paper', purpose: 'Xem giấy tờ bạn cho lấy tại quầy' },
  );
  publish(tx, consentUsed, {
    subject: { kind: 'account', id: accountId },
    payload: { papers: papers.length, intakeId: input.intakeId },
  });
  await notify(tx, {
    recipient: { kind: 'account', id: accountId },
    template: consentUsedMessage,
    values: { who: actor.postName ?? 'Cán bộ một cửa', count: String(papers.length) },
    about: { kind: 'account', id: accountId },
    link: paths.storeCodes(),
    unitId: actor.unitId ?? null,
    key: `paperstore.consent-used/${consent.id}`,
  });
  return papers.length;
}

/** What codes have opened for an official on an intake, within the hour. */
export async function consentedPapers(
  reader: Reader,
  intakeId: string,
  officerId: string,
  now: Date,
): Promise<OfferedPaper[]> {
  const since = new Date(now.getTime() - openMinutes * 60_000);
  const all: OfferedPaper[] = [];
  for (const { accountId, paperIds } of await listConsentsFor(reader, intakeId, officerId, since))
    all.push(...(await withFiles(reader, await listPapersByIds(reader, accountId, paperIds))));
  return all;
}
