import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Tx } from '../../platform/database.ts';
import { newId, isId } from '../../platform/ids.ts';
import { defineJob, enqueue } from '../../platform/jobs.ts';
import { systemActor } from '../../platform/transaction.ts';
import { importCatalogue } from './import-catalogue.ts';
import { insertImport } from './import-queries.ts';

export const maxUploadBytes = 60 * 1024 * 1024;

/** Where an uploaded catalogue waits for its job; web and worker share the folder of files. */
const uploadPath = (filesFolder: string, importId: string): string => join(filesFolder, 'catalogue-imports', importId);

/** Keeps an upload until its import has run. Nothing half-written stays. */
export async function keepUpload(filesFolder: string, stream: Readable): Promise<string> {
  const importId = newId();
  await mkdir(join(filesFolder, 'catalogue-imports'), { recursive: true });
  try {
    await pipeline(stream, createWriteStream(uploadPath(filesFolder, importId), { flags: 'wx' }));
  } catch (error) {
    await dropUpload(filesFolder, importId);
    throw error;
  }
  return importId;
}

/** Forgets an upload. */
export const dropUpload = (filesFolder: string, importId: string): Promise<void> =>
  isId(importId) ? rm(uploadPath(filesFolder, importId), { force: true }) : Promise.resolve();

/** Reads an uploaded catalogue in the background. */
export const importCatalogueJob = defineJob<{ importId: string; fileName: string }>('procedures.import-catalogue', {
  maxAttempts: 3,
  async run({ db, clock, config, requestId }, { importId, fileName }) {
    const context = { actor: systemActor('procedures.import'), clock, requestId };
    await importCatalogue(db, context, createReadStream(uploadPath(config.filesFolder, importId)), {
      importId,
      fileName,
    });
    await dropUpload(config.filesFolder, importId);
  },
});

/** Opens an import of a kept upload and has it run. */
export async function startImport(tx: Tx, input: { importId: string; fileName: string }): Promise<void> {
  await insertImport(tx, { id: input.importId, fileName: input.fileName, state: 'waiting' });
  enqueue(tx, importCatalogueJob, input);
}
