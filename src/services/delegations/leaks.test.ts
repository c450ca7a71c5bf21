import { describe, expect, test } from 'vitest';
import { insertBusinessAccount, insertCitizen, type TestAccount } from '../../foundation/identity/testing.ts';
import type { Actor } from '../../platform/access.ts';
import { newId } from '../../platform/ids.ts';
import { testDatabase } from '../../testing/database.ts';
import {
  listRepresentedDossiers,
  openOwnDossier,
  submitDossier,
  withdrawDossier,
  type SubmissionInput,
} from '../dossiers/index.ts';
import { aDossier, anOfficer, insertPlace, someTerms, TEST_SECRET } from '../dossiers/testing.ts';
import { answerDelegation, confirmDelegation, refuseDelegation, withdrawDelegation } from './answer-delegation.ts';
import type { DelegationScope } from './delegation.ts';
import { findMandate } from './delegation-queries.ts';
import { nameOperator } from './name-operator.ts';
import { proposeDelegation, type NewDelegation } from './propose-delegation.ts';

/* Who sees whose dossiers under which mandate, and from when on nobody does. */

const db = await testDatabase();
const TODAY = '2026-11-23';
db.clock.set(`${TODAY}T09:00:00+07:00`);
const place = await db.write((tx) => insertPlace(tx));

const actorOf = (account: TestAccount, more: Partial<Actor> = {}): Actor => ({
  kind: account.kind,
  id: account.id,
  label: account.name,
  accountId: account.id,
  grants: new Map(),
  scopes: [],
  assurance: 1,
  ...more,
});
const clerk: Actor = {
  ...anOfficer('all'),
  grants: new Map([
    ['delegations.confirm', 'all'],
    ['delegations.name-operators', 'all'],
  ]),
};
const father = await db.write((tx) => insertCitizen(tx, { name: 'Trần Văn Hòa' }));
const daughter = await db.write((tx) => insertCitizen(tx, { name: 'Trần Thị Mai' }));
const stranger = await db.write((tx) => insertCitizen(tx, { name: 'Lê Văn Lạ' }));

const submit = (applicantAccountId: string | null, facts: Partial<SubmissionInput> = {}) =>
  db.write(async (tx) => {
    const base = aDossier(place, facts);
    const input = { ...base, applicant: { ...base.applicant, accountId: applicantAccountId, ...facts.applicant } };
    return (await submitDossier(tx, actorOf(father), input, TEST_SECRET)).dossierId;
  });
const asked = (facts: Partial<NewDelegation>): NewDelegation => ({
  initiator: 'giver',
  otherAccountId: daughter.id,
  ward: null,
  kind: 'relative',
  relation: 'con gái',
  scope: 'all',
  scopeValues: [],
  rights: { submit: true, see: true, receive: true },
  validFrom: TODAY,
  validTo: null,
  papers: [],
  ...facts,
});
const give = async (facts: Partial<NewDelegation> = {}, isAccepted = true): Promise<string> => {
  const id = await db.write((tx) => proposeDelegation(tx, actorOf(father), asked(facts)));
  if (isAccepted) await db.write((tx) => answerDelegation(tx, actorOf(daughter), id, true));
  return id;
};
const end = (id: string) => db.write((tx) => withdrawDelegation(tx, actorOf(father), id, null));
const sees = async (who: TestAccount, dossierId: string): Promise<boolean> =>
  openOwnDossier(db.reader, actorOf(who), dossierId, db.clock.now()).then(
    () => true,
    () => false,
  );
const listed = async (who: TestAccount): Promise<string[]> =>
  (await listRepresentedDossiers(db.reader, who.id, db.clock.now().toISOString().slice(0, 10))).map((row) => row.id);

describe('a mandate', () => {
  test('gives nothing before it is accepted, all within its scope after, nothing from the moment it is withdrawn', async () => {
    const dossier = await submit(father.id);
    const id = await give({}, false);
    expect(await sees(daughter, dossier)).toBe(false);
    await expect(db.write((tx) => answerDelegation(tx, actorOf(father), id, true))).rejects.toThrow(
      'delegations.settled',
    );
    await expect(db.write((tx) => answerDelegation(tx, actorOf(stranger), id, true))).rejects.toThrow(
      'delegations.not-found',
    );
    await db.write((tx) => answerDelegation(tx, actorOf(daughter), id, true));
    expect(await sees(daughter, dossier)).toBe(true);
    expect(await listed(daughter)).toContain(dossier);
    expect(await sees(stranger, dossier)).toBe(false);
    await end(id);
    expect(await sees(daughter, dossier)).toBe(false);
    expect(await listed(daughter)).toEqual([]);
    await expect(end(id)).rejects.toThrow('delegations.settled');
  });

  const field = { terms: someTerms({ fieldCode: 'ho-tich' }) };
  const other = { terms: someTerms({ procedureCode: '2.000635', fieldCode: 'dat-dai' }) };
  test.each<[DelegationScope, (ids: { a: string; b: string }) => string[], [boolean, boolean]]>([
    ['all', () => [], [true, true]],
    ['field', () => ['ho-tich'], [true, false]],
    ['procedure', () => ['2.000635'], [false, true]],
    ['dossier', ({ b }) => [b], [false, true]],
    ['field', () => ['khong-co'], [false, false]],
  ])('of scope %s covers what it names and nothing else', async (scope, valuesOf, [first, second]) => {
    const a = await submit(father.id, field);
    const b = await submit(father.id, other);
    const id = await give({ scope, scopeValues: valuesOf({ a, b }) });
    expect([await sees(daughter, a), await sees(daughter, b)]).toEqual([first, second]);
    const list = await listed(daughter);
    expect([list.includes(a), list.includes(b)]).toEqual([first, second]);
    await end(id);
  });

  test.each([
    [{ validFrom: '2026-11-24', validTo: null }, false],
    [{ validFrom: TODAY, validTo: TODAY }, true],
    [{ validFrom: TODAY, validTo: '2026-12-31' }, true],
  ])('holds on its days only: %o', async (dates, isSeen) => {
    const dossier = await submit(father.id);
    const id = await give(dates);
    expect(await sees(daughter, dossier)).toBe(isSeen);
    await end(id);
  });

  test('ends with its last day, to the day', async () => {
    const id = await give({ validTo: TODAY });
    const subject = {
      giverAccountId: father.id,
      delegationId: null,
      fieldCode: null,
      procedureCode: '1.001193',
      dossierId: null,
      dossierCode: null,
      isSubmitter: false,
    };
    expect(await findMandate(db.reader, daughter.id, TODAY, subject, 'see')).toMatchObject({ id });
    expect(await findMandate(db.reader, daughter.id, '2026-11-24', subject, 'see')).toBeUndefined();
    await end(id);
  });

  test('gives only the rights it names: who may see may not withdraw, who may not receive gets no result', async () => {
    const dossier = await submit(father.id);
    const id = await give({ rights: { submit: false, see: true, receive: false } });
    expect((await openOwnDossier(db.reader, actorOf(daughter), dossier, db.clock.now())).mandate).toMatchObject({
      maySubmit: false,
      mayReceive: false,
    });
    const withdraw = () =>
      db.write((tx) => withdrawDossier(tx, actorOf(daughter), { dossierId: dossier, version: null, reason: 'Thử' }));
    await expect(withdraw()).rejects.toThrow('dossiers.not-found');
    await end(id);
    const wide = await give();
    await expect(
      db.write((tx) =>
        withdrawDossier(tx, actorOf(daughter, { seesOnly: true }), {
          dossierId: dossier,
          version: null,
          reason: 'Thử',
        }),
      ),
    ).rejects.toThrow('dossiers.not-found');
    expect((await withdraw()).state).toBe(7);
    await end(wide);
  });

  test('ends with the account of the giver', async () => {
    const giver = await db.write((tx) => insertCitizen(tx, { name: 'Ông Nội' }));
    const dossier = await submit(giver.id);
    const id = await db.write((tx) =>
      proposeDelegation(tx, actorOf(daughter), asked({ initiator: 'delegate', otherAccountId: giver.id })),
    );
    await db.write((tx) => answerDelegation(tx, actorOf(giver), id, true));
    expect(await sees(daughter, dossier)).toBe(true);
    await db.write((tx) => tx.raw(`update identity.account set status = 'locked' where id = $1`, [giver.id]));
    expect(await sees(daughter, dossier)).toBe(false);
  });

  test('does not travel: a delegate of a delegate sees nothing', async () => {
    const dossier = await submit(father.id);
    const id = await give();
    const second = await db.write((tx) =>
      proposeDelegation(tx, actorOf(daughter), asked({ otherAccountId: stranger.id })),
    );
    await db.write((tx) => answerDelegation(tx, actorOf(stranger), second, true));
    expect(await sees(stranger, dossier)).toBe(false);
    await end(id);
  });
});

describe('a ward without an account', () => {
  const ward = { name: 'Trần Bé Na', identity: null, birthDate: '2020-02-01' };
  test('is stood for after an official has confirmed it; only dossiers handed in under it are seen', async () => {
    const id = await db.write((tx) =>
      proposeDelegation(
        tx,
        actorOf(daughter),
        asked({ initiator: 'delegate', otherAccountId: null, ward, kind: 'guardian' }),
      ),
    );
    const mine = await submit(null, {
      applicant: { ...aDossier(place).applicant, submitterAccountId: daughter.id, delegationId: id },
    });
    const others = await submit(null);
    expect(await sees(daughter, mine)).toBe(false);
    await expect(db.write((tx) => answerDelegation(tx, actorOf(daughter), id, true))).rejects.toThrow(
      'delegations.settled',
    );
    await expect(db.write((tx) => confirmDelegation(tx, anOfficer('all'), id, 'Giấy khai sinh'))).rejects.toThrow(
      'platform.forbidden',
    );
    await db.write((tx) => confirmDelegation(tx, clerk, id, 'Giấy khai sinh bản chính'));
    expect([await sees(daughter, mine), await sees(daughter, others), await sees(stranger, mine)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(await listed(daughter)).toEqual([mine]);
    await db.write((tx) => withdrawDelegation(tx, clerk, id, 'Người mẹ yêu cầu'));
    expect(await sees(daughter, mine)).toBe(false);
  });

  test('a proposal whose papers prove nothing is refused', async () => {
    const id = await db.write((tx) =>
      proposeDelegation(tx, actorOf(stranger), asked({ initiator: 'delegate', otherAccountId: null, ward })),
    );
    await db.write((tx) => refuseDelegation(tx, clerk, id, 'Giấy khai sinh không có tên người này'));
    await expect(db.write((tx) => confirmDelegation(tx, clerk, id, 'Xem lại'))).rejects.toThrow('delegations.settled');
  });
});

test('the public post has to be named, and then its staff act through its account', async () => {
  const post = await db.write((tx) => insertBusinessAccount(tx, stranger, { name: 'Bưu điện tỉnh Nghệ An' }));
  const proposed = () =>
    db.write((tx) => proposeDelegation(tx, actorOf(father), asked({ otherAccountId: post.id, kind: 'post' })));
  await expect(proposed()).rejects.toThrow('delegations.not-an-operator');
  await db.write((tx) => nameOperator(tx, clerk, post.id));
  const id = await proposed();
  await db.write((tx) => answerDelegation(tx, actorOf(post), id, true));
  const dossier = await submit(father.id);
  expect([await sees(post, dossier), await sees(stranger, dossier)]).toEqual([true, false]);
  expect(await proposed()).toBe(id); // the same once more is the same
});

test('hostile ids are not found, and nothing is told of others', async () => {
  for (const id of ['x', newId(), "'; drop table", '%00'])
    await expect(db.write((tx) => answerDelegation(tx, actorOf(father), id, true))).rejects.toThrow('not-found');
});
