import { demoAccounts, findApplicantAccount } from '../../foundation/identity/index.ts';
import { demoOfficers } from '../../foundation/organisations/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { answerDelegation, listGiven, proposeDelegation } from '../delegations/index.ts';
import { demoUnit, insertBreachExample, insertMergerExample } from './demo-cases.ts';
import { makeRequest } from './request-data.ts';

const actorOf = (account: { id: string; name: string }): Actor => ({
  kind: 'citizen',
  id: account.id,
  label: account.name,
  accountId: account.id,
  grants: new Map(),
  scopes: [],
  assurance: 1,
});

/** The demo citizen follows her father's dossiers, stands for her child (waiting for the counter), and has asked for a correction. */
export async function loadPeopleExamples({ db, clock }: AppContext): Promise<void> {
  const login = (role: string): string => demoAccounts.find((each) => each.role === role)?.login ?? '';
  const daughter = await findApplicantAccount(db.reader, login('citizen'));
  const father = await findApplicantAccount(db.reader, login('father'));
  if (!daughter || !father || (await listGiven(db.reader, father.id, null, 1)).length > 0) return;
  await inTransaction(db, { actor: systemActor('demo'), clock }, async (tx) => {
    const today = localDate(tx.now);
    const commune = await demoUnit(tx, demoOfficers.leader);
    const given = {
      otherAccountId: daughter.id,
      ward: null,
      kind: 'relative',
      relation: 'con gái',
      rights: { submit: false, see: true, receive: false },
      validFrom: today,
      validTo: null,
      papers: [],
    } as const;
    const id = await proposeDelegation(tx, actorOf(father), {
      ...given,
      initiator: 'giver',
      scope: 'procedure',
      scopeValues: ['2.000635'],
    });
    await answerDelegation(tx, actorOf(daughter), id, true);
    await proposeDelegation(tx, actorOf(daughter), {
      ...given,
      initiator: 'delegate',
      otherAccountId: null,
      ward: { name: 'Trần Minh Khôi', identity: null, birthDate: '2019-06-01' },
      relation: 'mẹ đẻ',
      scope: 'all',
      scopeValues: [],
      rights: { submit: true, see: true, receive: true },
    });
    await makeRequest(tx, daughter.id, {
      kind: 'correct',
      text: 'Số nhà trong tài khoản chưa đúng, đề nghị sửa theo căn cước.',
      details: { field: 'addressLine', value: 'Số 21, đường Nguyễn Sinh Sắc' },
      unitId: commune,
    });
    await insertBreachExample(tx, commune);
    await insertMergerExample(tx, father.id, commune);
  });
}
