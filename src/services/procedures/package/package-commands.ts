import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { localDate } from '../../../platform/clock.ts';
import type { Actor } from '../../../platform/access.ts';
import type { AppContext, CliCommand } from '../../../platform/module.ts';
import { isProblem } from '../../../platform/problems.ts';
import { inTransaction } from '../../../platform/transaction.ts';
import { parseDay } from '../../../platform/day.ts';
import { manageProcedures } from '../procedure-permissions.ts';
import { applyPackage, storeTemplates } from './apply-package.ts';
import { exportPackage } from './export-package.ts';
import { planPackage, type Plan } from './plan-package.ts';
import { packageLimits, readPackage } from './read-package.ts';

const USAGE = `Usage: npx sen procedure export CODE… --out FILE.zip
       npx sen procedure import FILE.zip [--check] [--publish] [--from YYYY-MM-DD] [--no-communes]\n`;

/** `npx sen procedure …`: packages between provinces. */
export const procedureCommand: CliCommand = {
  name: 'procedure',
  summary: "Pack procedures into one file; take another province's package over",
  usage: 'npx sen procedure export CODE… --out FILE | import FILE [--check] [--publish] [--from DATE] [--no-communes]',
  async run(context, [verb, ...args]) {
    try {
      const { values, positionals } = parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
          out: { type: 'string' },
          from: { type: 'string' },
          check: { type: 'boolean' },
          publish: { type: 'boolean' },
          'no-communes': { type: 'boolean' },
        },
      });
      if (verb === 'export' && values.out && positionals.length > 0)
        return await pack(context, positionals, values.out);
      if (verb === 'import' && positionals.length === 1) return await take(context, positionals[0]!, values);
    } catch (error) {
      if (isProblem(error)) {
        process.stderr.write(`${error.definition.title.en} ${JSON.stringify(error.details)}\n`);
        return 1;
      }
      if ((error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS'))
        process.stderr.write(`${(error as Error).message}\n`);
      else throw error;
    }
    process.stderr.write(USAGE);
    return 2;
  },
};

async function pack(context: AppContext, codes: readonly string[], out: string): Promise<number> {
  const onDate = localDate(context.clock.now());
  const { bytes, left } = await exportPackage(context.db.reader, context.config, { codes, onDate });
  writeFileSync(out, bytes);
  for (const code of left) process.stderr.write(`${code} is not here and was left out\n`);
  process.stdout.write(`${codes.length - left.length} procedures in ${out}, ${bytes.length} bytes\n`);
  return left.length === 0 ? 0 : 1;
}

const actor: Actor = {
  kind: 'system',
  id: null,
  label: 'sen procedure import',
  accountId: null,
  grants: new Map([[manageProcedures.name, 'all']]),
  scopes: [],
  assurance: 0,
};

async function take(
  context: AppContext,
  file: string,
  values: {
    from?: string | undefined;
    check?: boolean | undefined;
    publish?: boolean | undefined;
    'no-communes'?: boolean | undefined;
  },
): Promise<number> {
  if (!existsSync(file) || !statSync(file).isFile() || statSync(file).size > packageLimits.bytes) {
    process.stderr.write(`${file} is no file of at most ${packageLimits.bytes / 1024 / 1024} MiB\n`);
    return 1;
  }
  const today = localDate(context.clock.now());
  const validFrom = values.from === undefined ? today : parseDay(values.from);
  if (validFrom === null) {
    process.stderr.write(`${values.from} is no day\n`);
    return 2;
  }
  const read = await readPackage(readFileSync(file));
  if ('faults' in read) {
    for (const one of read.faults) process.stderr.write(`${one.place}: ${one.kind} ${one.message}\n`);
    process.stderr.write('The package is refused; nothing has changed.\n');
    return 1;
  }
  const mapping = { communes: values['no-communes'] !== true };
  tellPlan(await planPackage(context.db.reader, context.config, read, mapping, today));
  if (values.check) return 0;
  const templates = await storeTemplates(context.config.filesFolder, read);
  const mode = values.publish ? 'publish' : 'draft';
  const results = await inTransaction(context.db, { actor, clock: context.clock }, async (tx) =>
    applyPackage(tx, actor, {
      pack: read,
      plan: await planPackage(tx, context.config, read, mapping, today),
      templates,
      mode,
      validFrom,
    }),
  );
  for (const one of results) process.stdout.write(`${one.code}: ${one.outcome}\n`);
  return 0;
}

function tellPlan(plan: Plan): void {
  const say = (text: string) => process.stdout.write(`  ${text}\n`);
  for (const one of plan.procedures) say(`${one.packed.code} ${one.packed.name.vi}: ${one.state}`);
  for (const field of plan.fields) say(`field ${field.code} → ${field.to}`);
  for (const unit of plan.units) say(`unit ${unit.name} → ${unit.found.find((one) => one.id === unit.to)?.name ?? 'none'}`);
  for (const role of plan.roles.filter((one) => !one.isKnown)) say(`role ${role.role} is not here`);
  for (const [kind, parts] of [['form', plan.forms], ['catalogue', plan.catalogues], ['template', plan.templates]] as const)
    for (const part of parts) say(`${kind} ${part.name}: ${part.state}, ${part.choice}`);
} // prettier-ignore
