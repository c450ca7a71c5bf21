import { existsSync } from 'node:fs';
import { localDate } from '../../platform/clock.ts';
import type { AppContext, CliCommand } from '../../platform/module.ts';
import { isDate } from '../../platform/day.ts';
import { findCatalogue } from './catalogue-queries.ts';
import { fileOf } from './export-items.ts';
import { catalogueFilesAt, loadCatalogueFiles } from './load-catalogue-files.ts';
import { itemsOf, versionOn } from './version-queries.ts';

const USAGE =
  'Usage: npx sen catalogues import FILE.json|FOLDER\n       npx sen catalogues export CODE [--on YYYY-MM-DD]\n';

/** `npx sen catalogues …`: takes lists over from files, and gives one as a file. */
export const cataloguesCommand: CliCommand = {
  name: 'catalogues',
  summary: 'Import shared catalogues from files, or export one',
  usage: 'npx sen catalogues import FILE | export CODE',
  async run(context, [verb, name, ...options]) {
    if (verb === 'import' && name !== undefined && options.length === 0) return importFiles(context, name);
    if (verb === 'export' && name !== undefined) return exportOne(context, name, options);
    process.stderr.write(USAGE);
    return 2;
  },
};

async function importFiles(context: AppContext, path: string): Promise<number> {
  if (!existsSync(path)) {
    process.stderr.write(`${path} is not there\n`);
    return 1;
  }
  const report = await loadCatalogueFiles(context, catalogueFilesAt(path));
  for (const fault of report.faults) process.stderr.write(`${fault.file} ${fault.place}: ${fault.message}\n`);
  process.stdout.write(
    `${report.files} files: ${report.added} catalogues added, ${report.changed} changed, ${report.versions} versions published\n`,
  );
  return report.files > 0 && report.faults.length === 0 ? 0 : 1;
}

async function exportOne(context: AppContext, code: string, options: readonly string[]): Promise<number> {
  const [option, day = localDate(context.clock.now())] = options;
  if ((option !== undefined && (option !== '--on' || options.length !== 2)) || !isDate(day)) {
    process.stderr.write(USAGE);
    return 2;
  }
  const catalogue = await findCatalogue(context.db.reader, code);
  const version = catalogue && (await versionOn(context.db.reader, catalogue.id, day));
  if (!catalogue || !version) {
    process.stderr.write(catalogue ? `${code} has no version in force on ${day}\n` : `There is no catalogue ${code}\n`);
    return 1;
  }
  const items = await itemsOf(context.db.reader, version.id);
  const file = fileOf(catalogue, { validFrom: version.validFrom ?? day, decision: version.decision, items });
  process.stdout.write(`${JSON.stringify(file, null, 2)}\n`);
  return 0;
}
