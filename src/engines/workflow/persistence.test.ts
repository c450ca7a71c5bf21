import { beforeAll, describe, expect, test } from 'vitest';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { isProblem } from '../../platform/problems.ts';
import { createLogger } from '../../platform/log.ts';
import type { JobContext } from '../../platform/jobs.ts';
import { readConfig } from '../../platform/config.ts';
import { testDatabase } from '../../testing/database.ts';
import { insertTestOfficer, insertTestPost, insertTestUnit } from '../../foundation/organisations/testing.ts';
import { advance, advanceAlone, startProcess } from './advance.ts';
import { findProcess, findValidProcess } from './definition-queries.ts';
import {
  assignMany,
  claimWork,
  completeMany,
  completeWork,
  completeWorkAlone,
  releaseWork,
  setParts,
} from './do-work.ts';
import { findInstance } from './instance-queries.ts';
import { migrateInstance } from './migrate-instance.ts';
import { fireTimers, ProcessError, provideService, runErrands, sendMessage, tellFallingDue } from './run-errands.ts';
import { aHead, aWorker, publishDrawing } from './testing.ts';
import { draw } from './testing/draw.ts';
import { findWork, listParts, listWorkOf, listWorkOfPosts, listWorkOfUnits } from './work-queries.ts';

const db = await testDatabase();
const sql = <Row extends object>(text: string, values: unknown[] = []) => db.reader.raw<Row>(text, values);
const system = { actor: systemActor('test'), clock: db.clock };
const job = (): JobContext => ({
  db,
  clock: db.clock,
  config: readConfig({ SEN_MODE: 'test', DATABASE_URL: db.url, PORT: '8080', SEN_METRICS_PORT: 'off' }),
  log: createLogger('silent'),
  attempt: 1,
  requestId: 'test',
});

let unitId = '';
let other = '';
let post = '';
let second = '';
let officerId = '';
beforeAll(async () => {
  await db.write(async (tx) => {
    unitId = await insertTestUnit(tx);
    other = await insertTestUnit(tx);
    post = await insertTestPost(tx, { unitId, permissions: [] });
    second = await insertTestPost(tx, { unitId, permissions: [] });
    officerId = (await insertTestOfficer(tx, { postIds: [post] })).id;
  });
});
const worker = () => aWorker({ postId: post, unitId, officerId }, [unitId]);
const head = () => aHead({ postId: second, unitId }, [unitId]);
const stranger = () => aWorker({ postId: null, unitId: other }, [other], 'Người ngoài');

let serial = 0;
/** Publishes a drawing under a key of its own and starts it. */
async function started(
  xml: string,
  variables: Record<string, unknown> = {},
  more: Parameters<typeof publishDrawing>[2] = {},
) {
  const key = `qt${++serial}`;
  const own = xml.replace('<process id="thu"', `<process id="${key}"`);
  return db.write(async (tx) => {
    const published = await publishDrawing(tx, own, more);
    const { id } = await startProcess(tx, {
      key,
      subject: { kind: 'test', id: `${serial}` },
      places: { competentUnitId: unitId },
      variables,
    });
    return { id, key, published, xml: own };
  });
}
const openWork = async (instanceId: string) =>
  (await listWorkOf(db.reader, instanceId)).filter(({ status }) => status === 'open');
const eventsOf = (instanceId: string) =>
  sql<{ name: string }>(
    `select name from platform.event where subject_kind = 'process' and subject_id = $1 order by id`,
    [instanceId],
  );
const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (isProblem(error)) return error.definition.code;
    throw error;
  }
  return 'nothing refused';
};

const three = draw('s -> t1 -> t2 -> t3 -> e');

describe('publishing', () => {
  test('versions, their files as they came, and the one that is valid on a day', async () => {
    const { key, published, xml } = await started(three);
    expect(published).toMatchObject({ key, version: 1, warnings: [] });
    expect((await findProcess(db.reader, published.id))!.xml).toBe(xml);
    await db.write((tx) => publishDrawing(tx, xml, { validFrom: '2026-12-01' }));
    expect((await findValidProcess(db.reader, key, '2026-11-23'))!.version).toBe(1);
    expect((await findValidProcess(db.reader, key, '2026-12-02'))!.version).toBe(2);
    expect(await findValidProcess(db.reader, key, '2025-12-31')).toBeUndefined();
  });
  test('what cannot run is not published, and says why; nor by somebody who may not', async () => {
    const findings = await db
      .write((tx) => publishDrawing(tx, draw('s -> t1')))
      .then(
        () => [],
        (error: { details: { findings: { code: string }[] } }) => error.details.findings,
      );
    expect(findings.map(({ code }) => code)).toEqual(['no-end']);
    const { publishProcess } = await import('./publish-process.ts');
    expect(await codeOf(db.write((tx) => publishProcess(tx, worker(), { xml: three, validFrom: '2026-01-01' })))).toBe(
      'platform.forbidden',
    );
  });
});

describe('a process in the database', () => {
  test('is started and moved on, each step with one event and the tasks it opens', async () => {
    const { id } = await started(three);
    for (const node of ['t1', 't2', 't3']) {
      const [work, ...more] = await openWork(id);
      expect(work).toMatchObject({ node, nameVi: `Việc ${node}`, role: 'specialist', unitId, postId: null });
      expect(more).toEqual([]);
      await db.write((tx) => completeWork(tx, worker(), { instanceId: id, token: work!.token, key: 'k' }), worker());
    }
    expect(await findInstance(db.reader, id)).toMatchObject({ status: 'completed', version: 4 });
    expect((await eventsOf(id)).map(({ name }) => name)).toEqual([
      'workflow.process-started',
      'workflow.process-moved',
      'workflow.process-moved',
      'workflow.process-ended',
    ]);
    expect((await listWorkOf(db.reader, id)).map(({ status, endedBy }) => [status, endedBy])).toEqual(
      Array.from({ length: 3 }, () => ['done', 'Cán bộ']),
    );
  });

  test('a key that comes again is done once; another key finds the task over', async () => {
    const { id } = await started(three);
    const [work] = await openWork(id);
    const input = { instanceId: id, token: work!.token, key: 'bấm' };
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        completeWorkAlone(db, system, worker(), input).then(
          (a) => a.isApplied,
          () => 'refused',
        ),
      ),
    );
    expect(answers.filter((answer) => answer === true)).toHaveLength(1);
    expect(await openWork(id)).toMatchObject([{ node: 't2' }]);
    expect(await codeOf(completeWorkAlone(db, system, worker(), { ...input, key: 'khác' }))).toBe('workflow.work-over');
    expect((await findInstance(db.reader, id))!.version).toBe(2);
  });

  test('many at once on one instance: every task once, and the join opens once', async () => {
    const branches = Array.from({ length: 8 }, (_, i) => `p1 -> t${i} -> p2`).join('\n');
    const { id } = await started(draw(`s -> p1\n${branches}\np2 -> t9 -> e`));
    const work = await openWork(id);
    const done = await Promise.all(
      work.map(({ token }) => completeWorkAlone(db, system, worker(), { instanceId: id, token, key: 'k' })),
    );
    expect(done.every(({ isApplied }) => isApplied)).toBe(true);
    expect((await openWork(id)).map(({ node }) => node)).toEqual(['t9']);
    expect((await eventsOf(id)).filter(({ name }) => name === 'workflow.process-moved')).toHaveLength(8);
  });

  test('a step and what its caller writes stand or fall together', async () => {
    const { id } = await started(three);
    const [work] = await openWork(id);
    const failing = inTransaction(db, system, async (tx) => {
      await advance(tx, id, { id: 'x', kind: 'complete', token: work!.token, variables: {} });
      throw new Error('on purpose');
    });
    await expect(failing).rejects.toThrow('on purpose');
    expect((await openWork(id)).map(({ node }) => node)).toEqual(['t1']);
    expect((await eventsOf(id)).length).toBe(1);
  });

  test('what was started once is not started twice', async () => {
    const { id, key } = await started(three);
    const again = await db.write((tx) =>
      startProcess(tx, { id, key, subject: { kind: 'test', id: 'x' }, places: {}, variables: {} }),
    );
    expect(again).toMatchObject({ id, isNew: false });
    expect(await openWork(id)).toHaveLength(1);
  });
});

describe('who does a task', () => {
  test('claimed by one, given back, assigned by a head of the unit only, and not back to who had it', async () => {
    const { id } = await started(three);
    const reference = { instanceId: id, token: (await openWork(id))[0]!.token };
    await db.write((tx) => claimWork(tx, worker(), reference));
    const rival = { ...worker(), postId: second };
    expect(await codeOf(db.write((tx) => claimWork(tx, rival, reference)))).toBe('workflow.work-taken');
    expect(await codeOf(completeWorkAlone(db, system, rival, { ...reference, key: 'k' }))).toBe('platform.forbidden');
    expect(
      (await listWorkOfPosts(db.reader, [post], { limit: 10, after: null })).map(({ instanceId }) => instanceId),
    ).toContain(id);
    await db.write((tx) => releaseWork(tx, worker(), reference));
    expect((await findWork(db.reader, reference))!.postId).toBeNull();
    expect(await codeOf(db.write((tx) => assignMany(tx, worker(), [reference], post)))).toBe('platform.forbidden');
    expect(
      (await db.write((tx) => assignMany(tx, aHead({ postId: null, unitId: other }, [other]), [reference], post)))
        .refused,
    ).toHaveLength(1);
    expect(await db.write((tx) => assignMany(tx, head(), [reference], second))).toEqual({
      done: [reference],
      refused: [],
    });
    expect(await codeOf(completeWorkAlone(db, system, worker(), { ...reference, key: 'k' }))).toBe(
      'platform.forbidden',
    );
    expect((await completeWorkAlone(db, system, rival, { ...reference, key: 'k' })).isApplied).toBe(true);
  });

  test('strangers do not learn that there is such a task', async () => {
    const { id } = await started(three);
    const reference = { instanceId: id, token: (await openWork(id))[0]!.token };
    for (const attempt of [
      () => completeWorkAlone(db, system, stranger(), { ...reference, key: 'k' }),
      () => db.write((tx) => claimWork(tx, stranger(), reference)),
      () => db.write((tx) => setParts(tx, stranger(), reference, [])),
      () =>
        completeWorkAlone(db, system, worker(), {
          instanceId: '019a0000-0000-7000-8000-000000000000',
          token: 1,
          key: 'k',
        }),
    ])
      expect(await codeOf(attempt())).toBe('workflow.work-not-found');
  });

  test('whoever acts at a post does its work', async () => {
    const { id } = await started(three);
    const reference = { instanceId: id, token: (await openWork(id))[0]!.token };
    await db.write((tx) => assignMany(tx, head(), [reference], post));
    const deputy = await db.write(async (tx) => {
      const officer = await insertTestOfficer(tx, { postIds: [second] });
      await tx.raw(
        `insert into organisations.substitution (id, post_id, from_officer_id, to_officer_id, document_number, valid_from, valid_to, created_at)
         values (gen_random_uuid(), $1, $2, $3, '1/QĐ', '2026-11-01', '2026-11-30', now())`,
        [post, officerId, officer.id],
      );
      return officer.id;
    });
    const acting = { ...worker(), id: deputy, postId: second };
    expect((await completeWorkAlone(db, system, acting, { ...reference, key: 'k' })).isApplied).toBe(true);
  });

  test('several have a part; many are done and assigned at once, what is refused is told', async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => (await started(three)).id));
    const work = (await Promise.all(ids.map(openWork))).map(([each]) => ({
      instanceId: each!.instanceId,
      token: each!.token,
    }));
    await db.write((tx) =>
      setParts(tx, head(), work[0]!, [
        { postId: post, part: 'co-operating' },
        { postId: second, part: 'following' },
      ]),
    );
    expect(await listParts(db.reader, work[0]!)).toEqual([
      { postId: post, part: 'co-operating' },
      { postId: second, part: 'following' },
    ]);
    expect((await db.write((tx) => assignMany(tx, head(), work, post))).done).toHaveLength(3);
    const inputs = [...work, { instanceId: ids[0]!, token: 999 }].map((each) => ({ ...each, key: 'hàng loạt' }));
    const answer = await completeMany(db, system, worker(), inputs);
    expect(answer.done).toHaveLength(3);
    expect(answer.refused).toEqual([{ instanceId: ids[0], token: 999, code: 'workflow.work-not-found' }]);
  });

  test('lists go on behind the last one shown', async () => {
    const page = { role: 'specialist', onlyFree: true, limit: 2 };
    const all = await listWorkOfUnits(db.reader, [unitId], { ...page, limit: 200, after: null });
    const first = await listWorkOfUnits(db.reader, [unitId], { ...page, after: null });
    const next = await listWorkOfUnits(db.reader, [unitId], { ...page, after: first.at(-1)! });
    expect([...first, ...next].map(({ instanceId }) => instanceId)).toEqual(
      all.slice(0, 4).map(({ instanceId }) => instanceId),
    );
  });
});

describe('what happens by itself', () => {
  test('timers fire when they are due, once, also with two workers', async () => {
    const { id } = await started(
      draw(
        `s -> t1 -> x1 -> e
        han -> t2 -> x1`,
        '<userTask id="t1" sen:role="r"/><boundaryEvent id="han" attachedToRef="t1"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>',
      ),
    );
    await fireTimers(job());
    expect((await openWork(id)).map(({ node }) => node)).toEqual(['t1']);
    db.clock.set('2026-11-24T08:00:01+07:00');
    await Promise.all([fireTimers(job()), fireTimers(job())]);
    expect((await openWork(id)).map(({ node }) => node)).toEqual(['t2']);
    expect((await findInstance(db.reader, id))!.version).toBe(2);
    expect(await sql('select from workflow.timer where instance_id = $1', [id])).toEqual([]);
  });

  test('tasks have due dates in working hours, and are told of before and at the moment, once each', async () => {
    db.clock.set('2026-11-24T08:00:00+07:00');
    await db.write(async (tx) => {
      const { importCalendarFile } = await import('../calendar/index.ts');
      const { readFile } = await import('node:fs/promises');
      await importCalendarFile(tx, JSON.parse(await readFile('province/nghe-an/calendar.json', 'utf8')) as object);
    });
    const { id } = await started(draw('s -> t1 -> e', '<userTask id="t1" sen:role="r" sen:hours="8"/>'));
    const [work] = await openWork(id);
    expect(work!.dueAt!.getTime()).toBeGreaterThan(new Date('2026-11-24T16:00:00+07:00').getTime());
    const told = async () => {
      await tellFallingDue(job());
      const found = await sql<{ late: boolean }>(
        `select (payload->>'isLate')::boolean as late from platform.event where name = 'workflow.work-falls-due' and subject_id = $1 order by id`,
        [id],
      );
      return found.map(({ late }) => late);
    };
    expect(await told()).toEqual([]);
    db.clock.set(new Date(work!.dueAt!.getTime() - 3_600_000));
    expect(await told()).toEqual([false]);
    expect(await told()).toEqual([false]);
    db.clock.set(work!.dueAt!);
    expect(await told()).toEqual([false, true]);
    expect(await told()).toEqual([false, true]);
  });

  test('services are asked with a key, tried again, and may answer with an error of the process', async () => {
    const keys: string[] = [];
    let fails = 1;
    provideService('dân cư', async (_context, { key, variables }) => {
      keys.push(key);
      if (fails-- > 0) throw new Error('mất mạng');
      if (variables['số'] === 'sai') throw new ProcessError('không có');
      return { tên: 'Nguyễn Văn An' };
    });
    const xml = draw(
      `s -> hoi -> t1 -> e
      loi -> t2 -> e2`,
      '<serviceTask id="hoi" sen:reference="dân cư"/><boundaryEvent id="loi" attachedToRef="hoi"><errorEventDefinition errorRef="E"/></boundaryEvent>',
      '<error id="E" errorCode="không có"/>',
    );
    const { id } = await started(xml, { số: '1' });
    await runErrands(job());
    expect(await openWork(id)).toEqual([]);
    db.clock.set(new Date(db.clock.now().getTime() + 60_000));
    await runErrands(job());
    expect((await openWork(id)).map(({ node }) => node)).toEqual(['t1']);
    expect(new Set(keys).size).toBe(1);
    expect((await findInstance(db.reader, id))!.state.variables['tên']).toBe('Nguyễn Văn An');
    const wrong = await started(xml, { số: 'sai' });
    await runErrands(job());
    expect((await openWork(wrong.id)).map(({ node }) => node)).toEqual(['t2']);
    expect(await sql('select from workflow.errand')).toEqual([]);
  });

  test('a called process runs on its own and answers; a message finds the one that waits', async () => {
    const inner = await started(draw('s -> t5 -> e'));
    const outer = await started(
      draw(
        's -> goi -> cho -> t1 -> e',
        `<callActivity id="goi" calledElement="${inner.key}"/><intermediateCatchEvent id="cho"><messageEventDefinition messageRef="M"/></intermediateCatchEvent>`,
        '<message id="M" name="trả lời" sen:correlation="số"/>',
      ),
      { số: 'A1' },
    );
    await runErrands(job());
    const [child] = await sql<{ id: string }>('select id from workflow.instance where parent_id = $1', [outer.id]);
    const [work] = await openWork(child!.id);
    await completeWorkAlone(db, system, worker(), {
      instanceId: child!.id,
      token: work!.token,
      key: 'k',
      variables: { kết: 'tốt' },
    });
    await runErrands(job());
    expect((await findInstance(db.reader, outer.id))!.state.variables['kết']).toBe('tốt');
    const message = { id: 'm1', name: 'trả lời', variables: {} };
    expect(await sendMessage(db, system, { ...message, key: 'B2' })).toBe(false);
    expect(await sendMessage(db, system, { ...message, key: 'A1' })).toBe(true);
    expect(await sendMessage(db, system, { ...message, key: 'A1' })).toBe(false);
    expect((await openWork(outer.id)).map(({ node }) => node)).toEqual(['t1']);
  });

  test('a signal of one process reaches all that wait', async () => {
    const waiting = draw(
      's -> cho -> t1 -> e',
      '<intermediateCatchEvent id="cho"><signalEventDefinition signalRef="S"/></intermediateCatchEvent>',
      '<signal id="S" name="bão"/>',
    );
    const ids = [(await started(waiting)).id, (await started(waiting)).id];
    await started(
      draw(
        's -> phat -> e',
        '<intermediateThrowEvent id="phat"><signalEventDefinition signalRef="S"/></intermediateThrowEvent>',
        '<signal id="S" name="bão"/>',
      ),
    );
    await runErrands(job());
    for (const id of ids) expect((await openWork(id)).map(({ node }) => node)).toEqual(['t1']);
  });

  test('cancelled, an instance leaves no task, timer or subscription', async () => {
    const { id } = await started(
      draw(
        `s -> p1 -> t1 -> p2 -> e
        p1 -> cho -> p2`,
        '<intermediateCatchEvent id="cho"><timerEventDefinition><timeDuration>P9D</timeDuration></timerEventDefinition></intermediateCatchEvent>',
      ),
    );
    await advanceAlone(db, system, id, { id: 'rút', kind: 'cancel', reason: 'rút' });
    expect(await openWork(id)).toEqual([]);
    expect(await sql('select from workflow.timer where instance_id = $1', [id])).toEqual([]);
    expect(await findInstance(db.reader, id)).toMatchObject({ status: 'cancelled' });
  });
});

describe('another version', () => {
  test('a running instance moves there with its tasks, or not at all', async () => {
    const { id, key } = await started(three);
    const next = (chains: string) =>
      db.write((tx) =>
        publishDrawing(tx, draw(chains).replace('<process id="thu"', `<process id="${key}"`), {
          validFrom: '2027-01-01',
        }),
      );
    const owner = { ...head(), grants: new Map([['workflow.publish', 'all' as const]]) };
    const without = await next('s -> t2 -> e');
    expect(
      await codeOf(db.write((tx) => migrateInstance(tx, owner, { instanceId: id, definitionId: without.id }))),
    ).toBe('workflow.not-migrated');
    const renamed = await next('s -> t7 -> e');
    expect(
      await codeOf(db.write((tx) => migrateInstance(tx, worker(), { instanceId: id, definitionId: renamed.id }))),
    ).toBe('platform.forbidden');
    await db.write((tx) =>
      migrateInstance(tx, owner, { instanceId: id, definitionId: renamed.id, plan: { t1: 't7' } }),
    );
    const [work] = await openWork(id);
    expect(work).toMatchObject({ node: 't7', nameVi: 'Việc t7' });
    await completeWorkAlone(db, system, worker(), { instanceId: id, token: work!.token, key: 'k' });
    expect((await findInstance(db.reader, id))!.status).toBe('completed');
  });
});
