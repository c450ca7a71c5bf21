import { outbound } from '../../platform/http/outbound.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { findNewestCheckpoint, insertCosignature, type IssuedCheckpoint } from './checkpoint-queries.ts';
import type { Finding } from './finding.ts';
import { parseNote, parseSignatures, parseVerifierKey, signedAt, verifierKey, type Verifier } from './signed-note.ts';
import { readConsistency } from './tree-reader.ts';
import { listWitnesses, saveWitness, type KnownWitness } from './witness-queries.ts';

type Context = Pick<AppContext, 'db' | 'clock' | 'config' | 'log'>;
const TIMEOUT_MS = 10_000;
const MAX_ANSWER = 64 * 1024;

/** A witness of `SEN_LEDGER_WITNESSES`: its address, and its key where the operator wrote it down. */
interface NamedWitness {
  address: string;
  key: Verifier | null;
}
function namedWitnesses(entries: readonly string[]): NamedWitness[] {
  return entries.map((entry) => {
    const at = entry.search(/https?:\/\//);
    return {
      address: entry.slice(at).replace(/\/+$/, ''),
      key: at > 0 ? parseVerifierKey(entry.slice(0, at - 1)) : null,
    };
  });
}

/**
 * Asks every configured witness to cosign the newest checkpoint, when it has not yet (C2SP tlog-witness). A witness that is away is asked again next time. One that
 * has seen more entries than the log has is a finding.
 */
export async function askWitnesses(context: Context): Promise<Finding[]> {
  const newest = await findNewestCheckpoint(context.db.reader);
  if (!newest) return [];
  const known = new Map((await listWitnesses(context.db.reader)).map((witness) => [witness.address, witness]));
  const findings: Finding[] = [];
  for (const named of namedWitnesses(context.config.ledgerWitnesses)) {
    const before = known.get(named.address);
    if (before?.size === newest.size && before.failure === null) continue;
    const outcome = await askOne(context, named, before, newest).catch((error: unknown) => ({
      failure: error instanceof Error ? error.message : String(error),
    }));
    if (outcome !== null && 'finding' in outcome) findings.push(outcome.finding);
    if (outcome !== null && 'failure' in outcome && before)
      await inTransaction(context.db, { actor: systemActor('ledger'), clock: context.clock }, (tx) =>
        saveWitness(tx, { ...before, cosignedAt: null, failure: outcome.failure }),
      );
    if (outcome !== null && 'failure' in outcome && outcome.failure !== before?.failure)
      context.log.warn({ witness: named.address, failure: outcome.failure }, 'a witness did not cosign');
  }
  return findings;
}

type Outcome = null | { failure: string } | { finding: Finding; failure: string };

async function askOne(
  context: Context,
  named: NamedWitness,
  before: KnownWitness | undefined,
  newest: IssuedCheckpoint,
): Promise<Outcome> {
  const key = named.key ?? (before ? parseVerifierKey(before.verifierKey) : await keyAt(context, named.address));
  if (!key || key.type !== 4) return { failure: 'The witness names no key for cosignatures' };
  // One that has cosigned more than there is now is asked what it has seen.
  let older = before && before.size <= newest.size ? before.size : 0;
  for (let tries = 0; tries < 2; tries += 1) {
    const answer = await submit(context, named.address, older, newest);
    if (answer.status === 200) return keep(context, named.address, key, newest, answer.body);
    if (answer.status !== 409)
      return { failure: `The witness answered ${answer.status}: ${answer.body.slice(0, 200).trim()}` };
    const size = /^(0|[1-9]\d{0,15})\n$/.exec(answer.body);
    if (!size) return { failure: 'The witness holds another root for this size' };
    older = Number(size[1]);
    if (older <= newest.size) continue;
    const finding: Finding = {
      kind: 'log-cut',
      place: `entries ${newest.size} to ${older - 1}`,
      leaf: newest.size,
      recorded: String(older),
      found: String(newest.size),
    };
    return { finding, failure: `The witness has cosigned ${older} entries` };
  }
  return { failure: 'The witness changed its mind twice' };
}

async function keyAt({ config }: Context, address: string): Promise<Verifier | null> {
  const answer = await outbound(config, `${address}/key`, { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER });
  return answer.status === 200 ? parseVerifierKey((await answer.text()).trim()) : null;
}

async function submit(
  { config, db }: Context,
  address: string,
  older: number,
  newest: IssuedCheckpoint,
): Promise<{ status: number; body: string }> {
  const proof = older > newest.size ? [] : await readConsistency(db.reader, older, newest.size);
  const lines = [`old ${older}`, ...proof.map((hash) => hash.toString('base64'))];
  const answer = await outbound(config, `${address}/add-checkpoint`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: `${lines.join('\n')}\n\n${newest.note}`,
    timeoutMs: TIMEOUT_MS,
    maxBytes: MAX_ANSWER,
  });
  return { status: answer.status, body: await answer.text() };
}

async function keep(
  context: Context,
  address: string,
  key: Verifier,
  newest: IssuedCheckpoint,
  body: string,
): Promise<Outcome> {
  const text = parseNote(newest.note)?.text ?? '';
  const lines = parseSignatures(body) ?? [];
  const line = lines.find((each) => signedAt({ text, signatures: [each] }, key) !== null);
  if (!line) return { failure: 'The cosignature is not by the key of this witness' };
  const seconds = signedAt({ text, signatures: [line] }, key)!;
  await inTransaction(context.db, { actor: systemActor('ledger'), clock: context.clock }, async (tx) => {
    const cosignedAt = new Date(seconds * 1000);
    const written = `— ${line.name} ${Buffer.concat([line.keyId, line.bytes]).toString('base64')}\n`;
    await insertCosignature(tx, newest, { verifierKey: verifierKey(key), line: written, cosignedAt });
    await saveWitness(tx, { address, verifierKey: verifierKey(key), size: newest.size, cosignedAt, failure: null });
  });
  return null;
}
