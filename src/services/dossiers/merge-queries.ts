import { statement, type Reader, type Tx } from '../../platform/database.ts';

const count = statement(
  'dossiers.count_merge_dossiers',
  `select (select count(*)::int from dossiers.dossier where applicant_account_id = $1) as own,
     (select count(*)::int from dossiers.dossier where submitter_account_id = $1 and applicant_account_id is distinct from $1) as "handedIn"`,
);
const applicant = statement(
  'dossiers.merge_applicant',
  'update dossiers.dossier set applicant_account_id = $2 where applicant_account_id = $1 returning id',
);
const applicantBack = statement(
  'dossiers.unmerge_applicant',
  'update dossiers.dossier set applicant_account_id = $1 where applicant_account_id = $2 and id = any($3::uuid[])',
);
const submitter = statement(
  'dossiers.merge_submitter',
  'update dossiers.dossier set submitter_account_id = $2 where submitter_account_id = $1 returning id',
);
const submitterBack = statement(
  'dossiers.unmerge_submitter',
  'update dossiers.dossier set submitter_account_id = $1 where submitter_account_id = $2 and id = any($3::uuid[])',
);

const ids = (rows: { id: string }[]): string[] => rows.map((row) => row.id);

/** How many dossiers an account has: one person's, so a bounded number. */
export const countMergeDossiers = async (
  reader: Reader,
  accountId: string,
): Promise<{ own: number; handedIn: number }> =>
  (await reader.run<{ own: number; handedIn: number }>(count, [accountId]))[0] ?? { own: 0, handedIn: 0 };
/** Dossiers of an account become another's; returns them. */
export const mergeApplicant = async (tx: Tx, from: string, to: string): Promise<string[]> =>
  ids(await tx.run<{ id: string }>(applicant, [from, to]));
export const unmergeApplicant = (tx: Tx, from: string, to: string, moved: readonly string[]): Promise<object[]> =>
  tx.run(applicantBack, [from, to, moved]);
/** Dossiers that an account handed in count as handed in by another; returns them. */
export const mergeSubmitter = async (tx: Tx, from: string, to: string): Promise<string[]> =>
  ids(await tx.run<{ id: string }>(submitter, [from, to]));
export const unmergeSubmitter = (tx: Tx, from: string, to: string, moved: readonly string[]): Promise<object[]> =>
  tx.run(submitterBack, [from, to, moved]);
