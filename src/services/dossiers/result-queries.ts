import { statement, type Tx } from '../../platform/database.ts';

export interface ResultFacts {
  outcome: 'granted' | 'refused';
  title: string;
  remark: string | null;
  fileId: string | null;
  by: string;
}

const next = statement(
  'dossiers.next_result_number',
  'select coalesce(max(number), 0) + 1 as number from dossiers.result where dossier_id = $1',
);
const insert = statement(
  'dossiers.insert_result',
  `insert into dossiers.result (dossier_id, number, code, outcome, title, remark, file_id, decided_at, decided_by)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const forget = statement(
  'dossiers.delete_last_result',
  `delete from dossiers.result r where dossier_id = $1 and number = (select max(number) from dossiers.result where dossier_id = $1)`,
);

/** Writes the n-th result of a locked dossier under the code that `codeOf` gives; returns that code. */
export async function insertResult(
  tx: Tx,
  dossierId: string,
  codeOf: (n: number) => string,
  facts: ResultFacts,
): Promise<string> {
  const [row] = await tx.run<{ number: number }>(next, [dossierId]);
  const code = codeOf(row!.number);
  await tx.run(insert, [
    dossierId,
    row!.number,
    code,
    facts.outcome,
    facts.title.trim(),
    facts.remark,
    facts.fileId,
    tx.now,
    facts.by,
  ]);
  return code;
}

/** Takes back a result that nobody has been given yet. */
export const deleteLastResult = (tx: Tx, dossierId: string): Promise<object[]> => tx.run(forget, [dossierId]);
