import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { judgePdf } from './judge/judge-pdf.ts';
import { reportOf } from './report.ts';
import { readTrust } from './trust-list.ts';

/* The thread that judges one file, apart from the program: a hostile file can neither hold up nor bring down anything else. */

const { bytes, trustFolder, now } = workerData as { bytes: Uint8Array; trustFolder: string; now: number };
const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const at = new Date(now);
const found = judgePdf(file, readTrust(trustFolder), at);
parentPort?.postMessage(
  reportOf(found, { sha256: createHash('sha256').update(file).digest('hex'), bytes: file.length }, at),
);
