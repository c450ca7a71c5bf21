import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { isProblem } from '../../platform/problems.ts';
import type { AppContext, CliCommand } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { parseDay } from '../../platform/day.ts';
import { ChangeFileError, readChangeFile } from './change-file.ts';
import {
  findOperation,
  listOperations,
  listParts,
  type ImportReport,
  type OperationFacts,
} from './operation-queries.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { previewPlan } from './preview-operation.ts';
import { planFromFile } from './plan-from-file.ts';
import { openAmbiguities, type OperationPreview } from './reorganisation.ts';
import { runOperation } from './run-operation.ts';
import { createOperation } from './save-operation.ts';
import { checkOperation, contradictionsOf, startOperation, startUndo } from './start-operation.ts';

const operator: Actor = {
  ...systemActor('Dòng lệnh'),
  accountId: null,
  grants: new Map([[manageOrganisations.name, 'all']]),
  scopes: [],
  assurance: 2,
};
const say = (line: string) => process.stdout.write(`${line}\n`);
const write = <R>(context: AppContext, work: Parameters<typeof inTransaction<R>>[2]): Promise<R> =>
  inTransaction(context.db, { actor: operator, clock: context.clock }, work);

/** Figures by kind, and what is open: at most `limit` of each. */
function sayPreview(preview: OperationPreview, decisions: Readonly<Record<string, string>>, limit = 30): number {
  const sums = new Map<string, number>();
  for (const line of preview.lines) sums.set(line.kind, (sums.get(line.kind) ?? 0) + line.count);
  for (const [kind, sum] of sums) say(`  ${(preview.kinds[kind]?.en ?? kind).padEnd(36)} ${sum}`);
  const open = openAmbiguities(preview, decisions);
  say(`To be decided by a person: ${open.length}`);
  for (const { key, title } of open.slice(0, limit)) say(`  ${key}  ${title.vi}`);
  say(`In the way: ${preview.obstacles.length}`);
  for (const { unitId, text } of preview.obstacles.slice(0, limit)) say(`  ${unitId ?? ''}  ${text.vi}`);
  return open.length + preview.obstacles.length;
}

interface ReadFile extends OperationFacts {
  report: ImportReport;
}
async function factsOf(context: AppContext, path: string, asked: Options): Promise<ReadFile> {
  const file = await readChangeFile(await readFile(path), basename(path));
  const effectiveOn = asked.day ?? file.effectiveOn ?? localDate(context.clock.now());
  const { plan, report } = await planFromFile(context.db.reader, file, effectiveOn);
  return {
    title: file.title.slice(0, 300),
    decisionNumber: asked.decision ?? (file.decisionNumber || '-'),
    issuingBody: file.issuingBody || '-',
    effectiveOn,
    decisionFileId: null,
    plan: { ...plan, decisions: asked.decisions },
    report: report(basename(path)),
  };
}

async function apply(context: AppContext, id: string): Promise<number> {
  await write(context, async (tx) => {
    await checkOperation(tx, operator, { id, version: null });
    await startOperation(tx, operator, id);
  });
  return follow(context, id);
}

async function follow(context: AppContext, id: string): Promise<number> {
  const done = await runOperation(context, id, { pause: () => sleep(500), onStep: () => sayParts(context, id) });
  say(`${done?.state ?? 'gone'}: ${done?.title ?? id}`);
  return done?.state === 'done' || done?.state === 'undone' ? 0 : 1;
}
async function sayParts(context: AppContext, id: string): Promise<void> {
  const parts = await listParts(context.db.reader, id);
  process.stderr.write(`  ${parts.map((part) => `${part.name} ${part.moved}/${part.expected}`).join('  ')}\n`);
}

async function undo(context: AppContext, title: string): Promise<number> {
  const found = await listOperations(context.db.reader, {
    state: 'done',
    text: null,
    from: null,
    to: null,
    after: null,
    limit: 500,
  });
  const row = found.find((each) => each.title === title || each.id === title);
  const operation = row && (await findOperation(context.db.reader, row.id));
  if (!operation) {
    process.stderr.write('No finished operation has this title or id.\n');
    return 1;
  }
  const { blocks, stays } = await contradictionsOf(context.db.reader, operation);
  for (const { text } of [...blocks, ...stays]) say(`  ${text.en}`);
  await write(context, (tx) => startUndo(tx, operator, operation.id));
  return follow(context, operation.id);
}

interface Options {
  mode: 'dry-run' | 'draft' | 'apply' | 'undo';
  day: string | null;
  decision: string | null;
  decisions: Record<string, string>;
}
function optionsOf(args: readonly string[]): Options | null {
  const options: Options = { mode: 'dry-run', day: null, decision: null, decisions: {} };
  for (const arg of args) {
    const [name, value = ''] = arg.split(/=(.*)/s, 2);
    if (name === '--dry-run' || name === '--draft' || name === '--apply' || name === '--undo')
      options.mode = name.slice(2) as Options['mode'];
    else if (name === '--on' && parseDay(value) !== null) options.day = parseDay(value);
    else if (name === '--decision' && value !== '') options.decision = value.slice(0, 100);
    else if (name === '--decide' && /^[\w:-]{3,120}=[\w:-]{1,120}$/.test(value)) {
      const at = value.indexOf('=');
      options.decisions[value.slice(0, at)] = value.slice(at + 1);
    } else return null;
  }
  return options;
}

async function run(context: AppContext, args: readonly string[]): Promise<number> {
  const [path, ...rest] = args;
  const options = optionsOf(rest);
  if (path === undefined || path.startsWith('--') || options === null) {
    process.stderr.write(`Usage: ${reorganiseCommand.usage}\n`);
    return 2;
  }
  try {
    if (options.mode === 'undo') return await undo(context, await titleOf(path));
    const { report, ...facts } = await factsOf(context, path, options);
    say(`${facts.title} (${facts.effectiveOn}, ${facts.decisionNumber}): ${facts.plan.changes.length} changes`);
    for (const { line, text, fault } of report.unresolved.slice(0, 100)) say(`  row ${line}: ${text}: ${fault}`);
    const preview = await previewPlan(context.db.reader, { id: newId(), ...facts });
    const open = sayPreview(preview, facts.plan.decisions);
    if (options.mode === 'dry-run') return 0;
    if (options.mode === 'apply' && open > 0) return 1;
    const id = await write(context, (tx) => createOperation(tx, operator, facts, report));
    say(`Kept as draft ${id}`);
    return options.mode === 'apply' ? await apply(context, id) : 0;
  } catch (error) {
    const isExpected =
      isProblem(error) || error instanceof ChangeFileError || (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isExpected) throw error;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

/** What `--undo` names: a file that was applied (its title), or the title or id itself. */
async function titleOf(path: string): Promise<string> {
  try {
    return (await readChangeFile(await readFile(path), basename(path))).title;
  } catch {
    return path; // no file: the title or the id of the operation
  }
}

/** `npx sen organisations reorganise FILE`: a whole change of units from a file, looked at, applied or undone. */
export const reorganiseCommand: CliCommand = {
  name: 'organisations reorganise',
  summary: 'A change of units from a file: what would move (default), as a draft, applied, or undone',
  usage:
    'npx sen organisations reorganise FILE [--dry-run|--draft|--apply|--undo] [--on=DATE] [--decision=NUMBER] [--decide=KEY=CHOICE …]',
  run,
};
