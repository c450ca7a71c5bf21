import { formatDossierCode, type RulePack } from '../../foundation/rules/index.ts';
import { agencyCodesOf, ancestorsOf } from '../../foundation/organisations/index.ts';
import type { Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { agencyWithoutIdentifier } from './dossier-problems.ts';
import { nextCodeNumber } from './dossier-queries.ts';

export interface IssuedCode {
  code: string;
  codeAgency: string;
  codeDate: string;
  codeSequence: number;
}

/**
 * Gives the next dossier code of the receiving agency on the day of receipt, by the pattern of that day's rules. The agency is the
 * receiving unit, or the nearest unit above it that has an identifier. The counter's row is locked until the commit: no two
 * transactions get one number; a number lost to a rollback before it was shown is given again, one that was committed never is.
 * @throws agencyWithoutIdentifier; rules.sequence-exhausted when the pattern has no more numbers (9,999 a day in vn-2018)
 */
export async function issueCode(tx: Tx, receivingUnitId: string, pack: RulePack, day: string): Promise<IssuedCode> {
  const line = (await ancestorsOf(tx, receivingUnitId, day)).map((unit) => unit.id);
  const codes = await agencyCodesOf(tx, line, pack.agencyIdentifier.scheme, day);
  const agency = line
    .toReversed()
    .map((id) => codes.get(id))
    .find((code) => code !== undefined);
  if (agency === undefined) throw problem(agencyWithoutIdentifier, { day });
  const sequence = await nextCodeNumber(tx, agency, day);
  return {
    code: formatDossierCode(pack, { agency, date: day, sequence }),
    codeAgency: agency,
    codeDate: day,
    codeSequence: sequence,
  };
}
