import { beforeAll, describe, expect, test } from 'vitest';
import { loadDemo } from '../../demo.ts';
import { modules } from '../../modules.ts';
import { grantsOf, namesOf } from '../../foundation/organisations/index.ts';
import { rulePack } from '../../foundation/rules/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import {
  approveDossier,
  completeDossier,
  finishStep,
  getDossier,
  hasRight,
  listMonthlyFigures,
  openDossierFile,
  possibleActs,
  receiveDossier,
  returnResult,
  startStep,
  trackDossier,
  trackingSecretOf,
  type Act,
} from '../../services/dossiers/index.ts';
import { testApp } from '../../testing/app.ts';
import { demoGenerate } from './demo-commands.ts';
import { generateDossiers } from './generate.ts';

const app = await testApp();
const { db, context } = app;
const rows = <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> =>
  db.reader.raw<Row>(sql, values);
const count = async (what: string): Promise<number> =>
  (await rows<{ n: number }>(`select count(*)::int as n from ${what}`))[0]!.n;

beforeAll(async () => {
  const others = modules.filter(({ name }) => name !== 'demo');
  await loadDemo(context, others);
  await generateDossiers(context, 5_000);
}, 120_000);

/** The official who holds a post, with the rights the post really has. */
async function officialAt(dossierId: string, act: Act, unitId: string): Promise<Actor> {
  const dossier = await getDossier(db.reader, dossierId);
  const posts = await rows<{ officerId: string; postId: string; unitId: string; name: string }>(
    `select a.officer_id as "officerId", p.id as "postId", p.unit_id as "unitId", o.full_name as name from organisations.appointment a
     join organisations.post p on p.id = a.post_id join organisations.officer o on o.id = a.officer_id
     where p.unit_id in (select unit_id from organisations.unit_ancestor where ancestor_id in (select ancestor_id from organisations.unit_ancestor where unit_id = $1 and depth <= 1 union select $1))`,
    [unitId],
  );
  for (const post of posts) {
    const grants = await grantsOf(db.reader, post.officerId, post.postId, localDate(db.clock.now()));
    const actor: Actor = {
      kind: 'official',
      id: post.officerId,
      label: post.name,
      accountId: null,
      postId: post.postId,
      unitId: post.unitId,
      grants,
      scopes: [],
      assurance: 1,
    };
    if (hasRight(actor, act, dossier)) return actor;
  }
  throw new Error(
    `nobody may ${act} at ${(await namesOf(db.reader, [unitId], localDate(db.clock.now()))).get(unitId)?.nameVi}`,
  );
}

describe('the demonstration', () => {
  test('loads 5,000 dossiers, and nothing the second time', async () => {
    expect(await count('dossiers.dossier')).toBe(5_000);
    expect(await generateDossiers(context, 5_000)).toBe(0);
    expect(await count('dossiers.dossier')).toBe(5_000);
  });

  test('shows every national state in believable shares, the old ones mostly finished', async () => {
    const states = await rows<{ state: number; n: number }>(
      'select state, count(*)::int as n from dossiers.dossier group by state order by state',
    );
    expect(states.map(({ state }) => state)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((state) => state !== 6 || states.some((row) => row.state === 6)),
    );
    const returned = states.find(({ state }) => state === 10)!.n;
    expect(returned).toBeGreaterThan(3_800);
    const [late] = await rows<{ share: number }>(
      'select avg((not is_on_time)::int)::float as share from dossiers.dossier where is_on_time is not null',
    );
    expect(late!.share).toBeGreaterThan(0.005);
    expect(late!.share).toBeLessThan(0.12);
    const [order] = await rows<{ bad: number }>(
      `select count(*)::int as bad from dossiers.dossier where submitted_at > $1 or submitted_at < $2 or received_at < submitted_at or finished_at < received_at or returned_at < finished_at`,
      [db.clock.now(), new Date(db.clock.now().getTime() - 367 * 86_400_000)],
    );
    expect(order!.bad).toBe(0);
  });

  test('leaves work for each demo account: at its unit, with what its rights allow', async () => {
    const officers = await rows<{ code: string; postId: string; id: string }>(
      `select o.staff_code as code, a.post_id as "postId", o.id from organisations.officer o join organisations.appointment a on a.officer_id = o.id where o.staff_code like 'DEMO-%'`,
    );
    const day = localDate(db.clock.now());
    const open = await rows<{ id: string }>('select id from dossiers.dossier where state not in (3, 7, 8, 10)');
    const dossiers = await Promise.all(open.map(({ id }) => getDossier(db.reader, id)));
    const waiting = async (code: string, acts: readonly string[]): Promise<number> => {
      const officer = officers.find((each) => each.code === code)!;
      const grants = await grantsOf(db.reader, officer.id, officer.postId, day);
      const actor: Actor = {
        kind: 'official',
        id: officer.id,
        label: code,
        accountId: null,
        postId: officer.postId,
        grants,
        scopes: [],
        assurance: 1,
      };
      return dossiers.filter((dossier) =>
        possibleActs(dossier).some((act) => acts.includes(act) && hasRight(actor, act, dossier)),
      ).length;
    };
    expect(await waiting('DEMO-MOTCUA', ['receive'])).toBeGreaterThanOrEqual(5);
    expect(await waiting('DEMO-MOTCUA', ['returnResult'])).toBeGreaterThanOrEqual(5);
    expect(await waiting('DEMO-CHUYENVIEN', ['startStep', 'finishStep', 'complete'])).toBeGreaterThanOrEqual(10);
    expect(await waiting('DEMO-LANHDAO', ['approve'])).toBeGreaterThanOrEqual(5);
    expect(await waiting('DEMO-TRUONGBOPHAN', ['assign'])).toBeGreaterThanOrEqual(10);
    expect(dossiers.filter(({ dueAt }) => dueAt !== null && localDate(dueAt) === day).length).toBeGreaterThanOrEqual(3);
    expect(dossiers.some(({ dueAt, state }) => dueAt !== null && state !== 9 && localDate(dueAt) < day)).toBe(true);
    expect(
      await count(
        `dossiers.dossier d join identity.login l on l.account_id = d.applicant_account_id where l.value = '040190000017'`,
      ),
    ).toBeGreaterThanOrEqual(5);
  });

  test('keeps the invariants of dossiers: acts, events, figures, codes and people agree', async () => {
    expect(
      await count(
        `dossiers.dossier d where last_act <> (select count(*) from dossiers.act a where a.dossier_id = d.id) or version <> last_act + 1`,
      ),
    ).toBe(0);
    expect(
      await count(
        `dossiers.dossier d where (select count(*) from platform.event e where e.subject_kind = 'dossier' and e.subject_id = d.id::text) <> last_act + 1`,
      ),
    ).toBe(0);
    expect(
      await count(
        `dossiers.dossier d where state <> coalesce((select to_state from dossiers.act a where a.dossier_id = d.id order by number desc limit 1), 1)`,
      ),
    ).toBe(0);
    expect(
      await count(
        'dossiers.act a join dossiers.act b on b.dossier_id = a.dossier_id and b.number = a.number + 1 where b.at < a.at or b.from_state <> a.to_state',
      ),
    ).toBe(0);
    expect(
      await count(`dossiers.dossier where applicant_kind = 'citizen' and applicant_identity !~ '^040[0-3][0-9]{8}$'`),
    ).toBe(0);
    expect(
      await count(
        `dossiers.dossier d join dossiers.code_counter c on c.agency = d.code_agency and c.day = d.code_date where d.code_sequence > c.last_number`,
      ),
    ).toBe(0);
    const coded = await rows<{ rulePack: 'vn-2018' | 'vn-2026'; code: string }>(
      'select rule_pack as "rulePack", code from dossiers.dossier where code is not null',
    );
    for (const { rulePack: pack, code } of coded)
      expect(code).toMatch(rulePack(pack).dossierCode.sequenceDigits === 4 ? /-\d{6}-\d{4}$/ : /-\d{8}-\d{7}$/);
    const figures = await listMonthlyFigures(db.reader, { from: '2025-01-01', to: '2026-12-01' });
    const sum = (thing: 'submitted' | 'received' | 'returned' | 'refused') =>
      figures.reduce((total, row) => total + row[thing], 0);
    expect(sum('submitted')).toBe(5_000);
    expect(sum('received')).toBe(await count(`platform.event where name = 'dossiers.received'`));
    expect(sum('returned')).toBe(await count('dossiers.dossier where state = 10'));
    expect(sum('refused')).toBe(await count('dossiers.dossier where state = 3'));
  });

  test('tells no subscriber of the past: no message, no figure counted twice', async () => {
    const before = await listMonthlyFigures(db.reader, { from: '2025-01-01', to: '2026-12-01' });
    const told = await count('notifications.message'); // of the examples that people.examples makes today
    await app.drain();
    expect(await listMonthlyFigures(db.reader, { from: '2025-01-01', to: '2026-12-01' })).toEqual(before);
    expect(await count('notifications.message')).toBe(told);
  }, 60_000);

  test('makes dossiers that the use cases go on with: received, worked on, approved, decided, returned', async () => {
    const sample = await rows<{ id: string }>(
      'select id from dossiers.dossier where state in (1, 2, 4, 9) order by id desc limit 12',
    );
    for (const { id } of sample)
      for (let guard = 0; guard < 20; guard += 1) {
        const dossier = await getDossier(db.reader, id);
        if (dossier.state === 10) break;
        db.clock.advance(60_000);
        const acts = possibleActs(dossier);
        const step = (name: Act) =>
          officialAt(
            id,
            name,
            name === 'receive' || name === 'returnResult' ? dossier.receivingUnitId : dossier.handlingUnitId,
          );
        const seen = { dossierId: id, version: dossier.version };
        if (acts.includes('receive')) await db.write(async (tx) => receiveDossier(tx, await step('receive'), seen));
        else if (acts.includes('approve'))
          await db.write(async (tx) => approveDossier(tx, await step('approve'), seen));
        else if (acts.includes('startStep')) await db.write(async (tx) => startStep(tx, await step('startStep'), seen));
        else if (acts.includes('complete'))
          await db.write(async (tx) =>
            completeDossier(tx, await step('complete'), {
              ...seen,
              outcome: 'granted',
              title: 'Kết quả',
              remark: null,
              fileId: null,
            }),
          );
        else if (acts.includes('finishStep'))
          await db.write(async (tx) => finishStep(tx, await step('finishStep'), seen));
        else if (acts.includes('returnResult'))
          await db.write(async (tx) =>
            returnResult(tx, await step('returnResult'), { ...seen, channel: 'counter', receivedBy: 'Người nhận' }),
          );
        else throw new Error(`stuck in state ${dossier.state}`);
      }
    const ends = await Promise.all(sample.map(({ id }) => getDossier(db.reader, id)));
    expect(ends.map(({ state }) => state)).toEqual(sample.map(() => 10));
  }, 60_000);

  test('makes dossiers that the file page and public tracking open', async () => {
    const [one] = await rows<{ id: string; code: string }>(
      'select id, code from dossiers.dossier where state = 10 order by id limit 1 offset 700',
    );
    const dossier = await getDossier(db.reader, one!.id);
    const file = await db.write(async (tx) =>
      openDossierFile(tx, await officialAt(one!.id, 'returnResult', dossier.receivingUnitId), one!.id),
    );
    expect(file.history.length).toBe(dossier.lastAct);
    expect(file.results).toHaveLength(1);
    const tracked = await trackDossier(db.reader, one!.code, trackingSecretOf(context.config.secret, one!.id));
    expect(tracked).toMatchObject({ code: one!.code, state: 10, completionPercent: 100 });
  });
});

test('the command says what is wrong with its arguments and refuses production', async () => {
  expect(await demoGenerate.run(context, [])).toBe(1);
  expect(await demoGenerate.run(context, ['--dossiers', 'many'])).toBe(1);
  expect(
    await demoGenerate.run({ ...context, config: { ...context.config, mode: 'production' } }, ['--dossiers', '10']),
  ).toBe(1);
  expect(await demoGenerate.run(context, ['--dossiers', '5100'])).toBe(0);
  expect(await count('dossiers.dossier')).toBe(5_100);
}, 60_000);
