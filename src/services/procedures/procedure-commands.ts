import { createReadStream, existsSync, statSync, writeFileSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { newId } from '../../platform/ids.ts';
import type { AppContext, CliCommand } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { exportDefects } from './defects/export-import.ts';
import { importCatalogue } from './import-catalogue.ts';
import { countDefects, insertImport } from './import-queries.ts';
import { loadProvinceProcedures } from './load-province.ts';
import { defectTitle } from './defects/defect-words.ts';
import { readProvinceProcedures } from './province-folder.ts';

const USAGE = `Usage: npx sen procedures import FILE [--report FILE.xlsx|FILE.csv]
       npx sen procedures load
       npx sen procedures check\n`;

/** `npx sen procedures …`: the national catalogue, the province's own files. */
export const proceduresCommand: CliCommand = {
  name: 'procedures',
  summary: 'Import the national catalogue; load or check the procedures of the province folder',
  usage: 'npx sen procedures import FILE [--report FILE] | load | check',
  async run(context, [verb, ...args]) {
    if (verb === 'import') return importFile(context, args);
    if (verb === 'load') {
      const result = await loadProvinceProcedures(context);
      sayDefects(result.defects);
      process.stdout.write(
        `${result.procedures} procedures, ${result.changed} new or changed, ${result.offersOpened} offers opened\n`,
      );
      return result.defects.length === 0 ? 0 : 1;
    }
    if (verb === 'check') {
      const folder = readProvinceProcedures(context.config.provinceFolder);
      sayDefects(folder.defects);
      process.stdout.write(`${folder.procedures.length} procedures and ${folder.forms.size} forms are right\n`);
      return folder.defects.length === 0 ? 0 : 1;
    }
    process.stderr.write(USAGE);
    return 2;
  },
};

function sayDefects(defects: readonly { file: string; place: string; message: string }[]): void {
  for (const defect of defects) process.stderr.write(`${defect.file} ${defect.place}: ${defect.message}\n`);
}

async function importFile(context: AppContext, args: readonly string[]): Promise<number> {
  const [file, option, report] = args;
  if (file === undefined || (option !== undefined && (option !== '--report' || report === undefined))) {
    process.stderr.write(USAGE);
    return 2;
  }
  if (report !== undefined && !['.csv', '.xlsx'].includes(extname(report))) {
    process.stderr.write('The report must be named .xlsx or .csv\n');
    return 2;
  }
  if (!existsSync(file) || !statSync(file).isFile()) {
    process.stderr.write(`${file} is not a file\n`);
    return 1;
  }
  const importId = newId();
  const transaction = { actor: systemActor('sen procedures import'), clock: context.clock };
  await inTransaction(context.db, transaction, (tx) =>
    insertImport(tx, { id: importId, fileName: basename(file), state: 'running' }),
  );
  const started = performance.now();
  try {
    const counts = await importCatalogue(context.db, transaction, createReadStream(file), {
      importId,
      fileName: basename(file),
      onProgress: ({ lines }) => process.stderr.isTTY && process.stderr.write(`\r${lines} lines`),
    });
    if (process.stderr.isTTY) process.stderr.write('\n');
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(
      `${counts.lines} lines in ${seconds} s: ${counts.created} new, ${counts.changed} changed, ${counts.unchanged} unchanged, ${counts.skipped} skipped\n`,
    );
    for (const row of await countDefects(context.db.reader, importId))
      process.stdout.write(
        `  ${String(row.count).padStart(6)} in ${String(row.procedures).padStart(5)} procedures  ${row.kind}: ${defectTitle(row.kind).en}\n`,
      );
    if (report !== undefined) {
      const reply = await exportDefects(context.db.reader, importId, extname(report).slice(1), 'vi');
      if (reply.kind === 'data') writeFileSync(report, reply.body);
    }
    return 0;
  } catch (error) {
    process.stderr.write(
      `The import broke off: ${error instanceof Error ? error.message : String(error)}\nWhat was read is kept; start it again.\n`,
    );
    return 1;
  }
}
