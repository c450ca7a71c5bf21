import type { Config } from '../../platform/config.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { defineJob, enqueue, type JobContext } from '../../platform/jobs.ts';
import { problem } from '../../platform/problems.ts';
import { demand, type Actor } from '../../platform/access.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { readBlob } from './blob-store.ts';
import { scannerVersion, scanStream, ScannerAway } from './clamd.ts';
import { infectionFound, infectionReleased } from './file-events.ts';
import { manageFiles } from './file-permissions.ts';
import { readPolicy } from './file-policy.ts';
import { fileMissing } from './file-problems.ts';
import { freeBlob, holdBlob, isHeld, readHeld } from './quarantine.ts';
import {
  filesOfDigest,
  findScanner,
  listScanBacklog,
  listStaleScans,
  releaseScan,
  saveScan,
  saveScannedUntil,
  saveScanner,
  scanStates,
  type FileOfDigest,
} from './scan-queries.ts';

const BATCH = 200;

/** Infected bytes and the files that name them. */
export interface Infection {
  digest: string;
  signature: string;
  files: readonly FileOfDigest[];
}
/** Tells owners and administrators; the composition says how, for both belong to modules that stand on this one. */
export type TellOfInfection = (tx: Tx, infection: Infection) => Promise<void>;
let tellOfInfection: TellOfInfection = async () => {};
export const provideInfectionNotice = (tell: TellOfInfection): void => void (tellOfInfection = tell);

let isScanning = false;
/** Tells this process whether new files are to be looked through. */
export const switchScanning = (config: Config): void => void (isScanning = config.clamd !== null);

/** Asks for new bytes to be looked through once the transaction has committed. Costs nothing where there is no scanner. */
export function askForScan(tx: Tx, digests: readonly Buffer[]): void {
  if (isScanning && digests.length > 0)
    enqueue(tx, scanFiles, { digests: digests.map((digest) => digest.toString('hex')) });
}

const asScanner = <R>(context: JobContext, work: (tx: Tx) => Promise<R>): Promise<R> =>
  inTransaction(
    context.db,
    { actor: systemActor('files.scan'), clock: context.clock, requestId: context.requestId },
    work,
  );

/** Looks through bytes, each once; what is infected goes into quarantine at once and its owners and administrators are told. */
export const scanFiles = defineJob<{ digests: string[]; again?: boolean }>('files.scan', {
  async run(context, { digests, again }) {
    const { clamd } = context.config;
    if (clamd === null) return;
    const engine = await scannerVersion(clamd);
    const wanted = digests.map((hex) => Buffer.from(hex, 'hex'));
    const known = await scanStates(context.db.reader, wanted);
    for (const sha256 of wanted) {
      const state = known.get(sha256.toString('hex'));
      if (state === 'infected' || state === 'released' || (state === 'clean' && !again)) continue;
      await scanOne(context, clamd, engine, sha256);
    }
  },
});

async function scanOne(context: JobContext, clamd: string, engine: string, sha256: Buffer): Promise<void> {
  const folder = context.config.filesFolder;
  const stream = (await isHeld(folder, sha256)) ? readHeld(folder, sha256) : readBlob(folder, sha256);
  const verdict = await scanStream(clamd, stream).catch((error: unknown) => {
    if (error instanceof ScannerAway) throw error;
    return { state: 'failed' as const, reason: String(error) }; // gone or not readable: the next sweep tries again
  });
  if (verdict.state === 'infected') await holdBlob(folder, sha256);
  await asScanner(context, async (tx) => {
    const signature =
      verdict.state === 'infected' ? verdict.signature : verdict.state === 'failed' ? verdict.reason : null;
    const state = await saveScan(tx, sha256, verdict.state, signature, engine);
    if (state !== 'infected') return;
    const files = await filesOfDigest(tx, sha256);
    const digest = sha256.toString('hex');
    publish(tx, infectionFound, {
      subject: { kind: 'blob', id: digest },
      payload: { sha256: digest, signature: signature ?? '', files: files.length },
    });
    await tellOfInfection(tx, { digest, signature: signature ?? '', files });
  });
  if (verdict.state === 'infected') return;
  if (await isHeld(folder, sha256)) await freeBlob(folder, sha256);
}

/**
 * Every five minutes: notes whether the scanner answers, looks through what was not asked for one by one (sent by machines, or while the scanner was
 * away), and looks again at clean files when signatures have changed.
 */
export async function sweepScans(context: JobContext): Promise<void> {
  const { clamd } = context.config;
  if (clamd === null) return;
  const engine = await scannerVersion(clamd).catch(() => null);
  await asScanner(context, (tx) => saveScanner(tx, engine !== null, engine));
  if (engine === null) return;
  const scanner = await findScanner(context.db.reader);
  let after = scanner?.scannedUntil ?? '00000000-0000-0000-0000-000000000000';
  for (let round = 0; round < 20; round++) {
    const files = await listScanBacklog(context.db.reader, after, BATCH);
    if (files.length === 0) break;
    await scanFiles.run(context, { digests: files.map((file) => file.sha256.toString('hex')) });
    after = files.at(-1)!.id;
    await asScanner(context, (tx) => saveScannedUntil(tx, notTooYoung(after, context.clock.now())));
  }
  const { rescanDays } = await readPolicy(context.db.reader);
  const since = new Date(context.clock.now().getTime() - rescanDays * 86_400_000);
  const stale = await listStaleScans(context.db.reader, engine, since, BATCH);
  if (stale.length > 0)
    await scanFiles.run(context, { digests: stale.map((digest) => digest.toString('hex')), again: true });
}

/** Ids are in order of time, but a transaction may commit late: the last ten minutes are walked over again. */
function notTooYoung(id: string, now: Date): string {
  const edge = (now.getTime() - 600_000).toString(16).padStart(12, '0');
  const youngest = `${edge.slice(0, 8)}-${edge.slice(8)}-7000-8000-000000000000`;
  return id < youngest ? id : youngest;
}

/** Gives a file back that the scanner was wrong about. @throws forbidden, fileMissing */
export async function releaseInfected(tx: Tx, actor: Actor, input: { sha256: Buffer; remark: string }): Promise<void> {
  demand(actor, manageFiles);
  if (!(await releaseScan(tx, input.sha256, input.remark))) throw problem(fileMissing);
  const sha256 = input.sha256.toString('hex');
  publish(tx, infectionReleased, { subject: { kind: 'blob', id: sha256 }, payload: { sha256, remark: input.remark } });
  enqueue(tx, freeHeld, { sha256 });
}

/** The bytes follow the decision. */
export const freeHeld = defineJob<{ sha256: string }>('files.free-held', {
  run: ({ config }, { sha256 }) => freeBlob(config.filesFolder, Buffer.from(sha256, 'hex')),
});
