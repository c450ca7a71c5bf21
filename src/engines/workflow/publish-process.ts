import { createHash } from 'node:crypto';
import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { checkTable, readTable, type DecisionTable } from '../decisions/index.ts';
import { compileProcess } from './compile-process.ts';
import { insertDefinition, type PublishedProcess } from './definition-queries.ts';
import { finding, type ProcessFinding } from './finding.ts';
import { readBpmn } from './read-bpmn.ts';
import { checkProcess } from './soundness.ts';
import { processPublished } from './workflow-events.ts';
import { ownProcesses } from './workflow-permissions.ts';
import { processUnsound } from './workflow-problems.ts';

export interface ProcessFile {
  readonly xml: string;
  /** Tables of its rule tasks by their keys, with the names they may speak of (null = not checked). */
  readonly tables?: Readonly<Record<string, unknown>>;
  readonly validFrom: string;
  readonly validTo?: string | null;
}

/** Everything that is wrong with a file, and what would be run of it. @throws processUnreadable */
export async function lookThrough(file: Pick<ProcessFile, 'xml' | 'tables'>) {
  const tables: Record<string, DecisionTable> = {};
  const found: ProcessFinding[] = [];
  for (const [key, given] of Object.entries(file.tables ?? {})) {
    const table = readTable(given);
    tables[key] = table;
    // What a table speaks of is known when it runs; its own faults are known now.
    for (const each of checkTable(table, new Set()))
      if (each.code !== 'unknown-name')
        found.push(finding(`table-${each.code}`, { id: key, name: '' }, each.text.vi, each.text.en, each.severity));
  }
  const { definition, findings } = compileProcess(await readBpmn(file.xml), tables);
  return { definition, findings: [...found, ...findings, ...(definition ? checkProcess(definition) : [])] };
}

/**
 * Publishes a version of a process: what runs from `validFrom` on. Running instances stay on theirs.
 * @throws forbidden; processUnreadable; processUnsound with every finding; versionTaken when two publish at once
 */
export async function publishProcess(
  tx: Tx,
  actor: Actor,
  file: ProcessFile,
): Promise<PublishedProcess & { warnings: readonly ProcessFinding[] }> {
  demand(actor, ownProcesses);
  const { definition, findings } = await lookThrough(file);
  if (!definition || findings.some(({ severity }) => severity === 'error')) throw problem(processUnsound, { findings });
  const made = {
    id: newId(),
    key: definition.key,
    name: definition.name,
    checksum: createHash('sha256').update(file.xml).digest('hex'),
    validFrom: file.validFrom,
    validTo: file.validTo ?? null,
  };
  const version = await insertDefinition(tx, { ...made, xml: file.xml, content: definition });
  publish(tx, processPublished, {
    subject: { kind: 'process-definition', id: made.id },
    payload: { key: made.key, version, validFrom: made.validFrom, checksum: made.checksum },
  });
  return { ...made, version, warnings: findings };
}
