import { beforeAll, describe, expect, test } from 'vitest';
import { importCalendarFile } from '../../engines/calendar/index.ts';
import {
  demoOfficers,
  grantsOf,
  holdersOf,
  listOfficersByStaffCode,
  loadProvinceUnits,
  postsOf,
} from '../../foundation/organisations/index.ts';
import { loadDemoStaff } from '../../foundation/organisations/demo-staff.ts';
import type { Actor } from '../../platform/access.ts';
import { readConfig } from '../../platform/config.ts';
import { newId } from '../../platform/ids.ts';
import { createLogger } from '../../platform/log.ts';
import { isProblem } from '../../platform/problems.ts';
import { testDatabase } from '../../testing/database.ts';
import { loadProvinceProcedures } from '../procedures/load-province.ts';
import { findProcedure, offersFor, type Offer, type Procedure } from '../procedures/index.ts';
import { readProvinceProcedures } from '../procedures/province-folder.ts';
import { assignDossier, listAssignees, nextRight } from './assign-dossier.ts';
import { completeDossier } from './complete-dossier.ts';
import { currentStepOf, states, type Dossier } from './dossier.ts';
import { findDossier } from './dossier-queries.ts';
import { postElsewhere } from './dossier-problems.ts';
import { termsOf } from './procedure-terms.ts';
import { approveDossier, finishStep, startStep } from './process-steps.ts';
import { receiveDossier } from './receive-dossier.ts';
import { returnResult } from './return-result.ts';
import { aCitizen, aDossier, TEST_SECRET } from './testing.ts';
import { submitDossier } from './submit-dossier.ts';
import { readFileSync } from 'node:fs';

/* Every procedure that the province ships, from receipt to the result in hand, by its example officers and their real rights. */

const db = await testDatabase();
const config = readConfig({ SEN_MODE: 'test', DATABASE_URL: db.url, SEN_METRICS_PORT: 'off' });
const context = { db, clock: db.clock, config, log: createLogger('silent') };
const today = '2026-11-23';
const codes = readProvinceProcedures(config.provinceFolder).procedures.map((file) => file.code);
const officers = new Map<string, Actor>();

/** An officer at a post, with what organisations says they may do there today. */
async function actorAt(officerId: string, postId: string, unitId: string, label: string): Promise<Actor> {
  return {
    kind: 'official',
    id: officerId,
    label,
    accountId: newId(),
    postId,
    unitId,
    grants: await grantsOf(db.reader, officerId, postId, today),
    scopes: [],
    assurance: 2,
  };
}

beforeAll(async () => {
  await loadProvinceUnits(context);
  await loadDemoStaff(context);
  await loadProvinceProcedures(context);
  await db.write((tx) =>
    importCalendarFile(tx, JSON.parse(readFileSync(`${config.provinceFolder}/calendar.json`, 'utf8'))),
  );
  for (const officer of await listOfficersByStaffCode(db.reader, Object.values(demoOfficers))) {
    const [post] = await postsOf(db.reader, [officer.id], today);
    officers.set(officer.staffCode, await actorAt(officer.id, post!.postId, post!.unitId, officer.fullName));
  }
}, 120_000);

/** The demo officers' commune where communes offer it, otherwise the department's. */
async function offerOf(procedure: Procedure): Promise<Offer> {
  const offers = await offersFor(db.reader, procedure.id, today);
  const reach = officers.get(demoOfficers.frontDesk)?.grants.get('dossiers.receive') ?? [];
  const own = offers.find((offer) => reach !== 'all' && reach.includes(offer.receivingUnitId));
  const offer = own ?? offers[0];
  if (!offer) throw new Error(`nobody offers ${procedure.code}`);
  return offer;
}

const submitted = async (procedure: Procedure, offer: Offer): Promise<Dossier> => {
  const terms = await termsOf(db.reader, procedure, offer, 'online', db.clock.now());
  const place = {
    procedureId: procedure.id,
    procedureVersionId: procedure.versionId,
    receivingUnitId: offer.receivingUnitId,
    competentUnitId: offer.unitId,
  };
  const input = { ...aDossier(place), terms, offerId: offer.id };
  const { dossierId } = await db.write((tx) => submitDossier(tx, aCitizen(), input, TEST_SECRET));
  return (await findDossier(db.reader, dossierId))!;
};

/** Somebody whose post may do what comes next, the demo officers before others. */
async function workerFor(dossier: Dossier): Promise<Actor> {
  const permission = nextRight(dossier);
  const holders = await holdersOf(db.reader, permission.name, dossier.handlingUnitId, today);
  const demo = [...officers.values()].find((actor) => holders.some((holder) => holder.postId === actor.postId));
  const holder = holders[0];
  if (!holder)
    throw new Error(`nobody has ${permission.name} over unit ${dossier.handlingUnitId} (state ${dossier.state})`);
  return demo ?? actorAt(holder.officerId, holder.postId, holder.unitId, holder.fullName);
}

describe.each(codes)('procedure %s', (code) => {
  test('each role that a step names is held by an officer over the unit of the step', async () => {
    const procedure = (await findProcedure(db.reader, code, today))!;
    const offer = await offerOf(procedure);
    const terms = await termsOf(db.reader, procedure, offer, 'online', db.clock.now());
    const unitOf = (unit: (typeof terms.steps)[number]['unit']) =>
      unit === 'receiving' ? offer.receivingUnitId : unit === 'competent' ? offer.unitId : unit.unitId;
    const wanted = [
      ['dossiers.receive', offer.receivingUnitId, 'front-desk'],
      ['dossiers.return', offer.receivingUnitId, 'front-desk'],
      ...terms.steps.map((step) => [
        step.kind === 'approve' ? 'dossiers.approve' : 'dossiers.process',
        unitOf(step.unit),
        step.role,
      ]),
    ] as const;
    for (const [permission, unitId, role] of wanted) {
      const holders = await holdersOf(db.reader, permission!, unitId!, today);
      const roles = await db.reader.raw<{ key: string }>(
        `select distinct r.key from organisations.post_role pr join organisations.role r on r.id = pr.role_id where pr.post_id = any($1)`,
        [holders.map((holder) => holder.postId)],
      );
      expect(
        roles.map(({ key }) => key),
        `${permission} for ${role}`,
      ).toContain(role);
    }
  });

  test('a dossier goes from receipt to the result in hand, each step assigned to somebody who can do it', async () => {
    const procedure = (await findProcedure(db.reader, code, today))!;
    let dossier = await submitted(procedure, await offerOf(procedure));
    const by = async (
      work: (tx: Parameters<Parameters<typeof db.write>[0]>[0], actor: Actor) => Promise<Dossier>,
    ): Promise<void> => {
      const actor = await workerFor(dossier);
      dossier = await db.write((tx) => work(tx, actor));
    };
    const reference = () => ({ dossierId: dossier.id, version: dossier.version });
    await by((tx, actor) => receiveDossier(tx, actor, reference()));
    expect(dossier.code).not.toBeNull();
    for (let step = currentStepOf(dossier); step && step.finishedAt === null; step = currentStepOf(dossier)) {
      const worker = await workerFor(dossier);
      const [head] = await holdersOf(db.reader, 'dossiers.assign', dossier.handlingUnitId, today);
      const assigner = await actorAt(head!.officerId, head!.postId, head!.unitId, head!.fullName);
      dossier = await db.write((tx) =>
        assignDossier(tx, assigner, { ...reference(), postId: worker.postId ?? null, remark: null }),
      );
      expect(dossier.assigneePostId).toBe(worker.postId);
      if (step.kind === 'approve') {
        await by((tx, actor) => approveDossier(tx, actor, reference()));
        continue;
      }
      await by((tx, actor) => startStep(tx, actor, reference()));
      await by((tx, actor) => finishStep(tx, actor, reference()));
    }
    await by((tx, actor) =>
      completeDossier(tx, actor, { ...reference(), outcome: 'granted', title: 'Kết quả', remark: null, fileId: null }),
    );
    await by((tx, actor) =>
      returnResult(tx, actor, { ...reference(), channel: 'counter', receivedBy: 'Nguyễn Thị Ánh Nguyệt' }),
    );
    expect(dossier.state).toBe(states.returned);
  });
});

test('a birth goes through the hands of the four demo accounts', async () => {
  const procedure = (await findProcedure(db.reader, '1.001193', today))!;
  const dossier = await submitted(procedure, await offerOf(procedure));
  const [clerk, specialist, head, leader] = [
    demoOfficers.frontDesk,
    demoOfficers.specialist,
    demoOfficers.head,
    demoOfficers.leader,
  ].map((code) => officers.get(code)!);
  const reference = { dossierId: dossier.id, version: null };
  const received = await db.write((tx) => receiveDossier(tx, clerk!, reference));
  const offered = (await listAssignees(db.reader, received, today)).map(({ postId }) => postId);
  expect(offered).toContain(specialist!.postId);
  expect(offered).not.toContain(clerk!.postId);
  await db.write((tx) => assignDossier(tx, head!, { ...reference, postId: specialist!.postId! }));
  await db.write((tx) => startStep(tx, specialist!, reference));
  await db.write((tx) => finishStep(tx, specialist!, reference));
  await db.write((tx) => approveDossier(tx, leader!, reference));
  await db.write((tx) =>
    completeDossier(tx, leader!, {
      ...reference,
      outcome: 'granted',
      title: 'Giấy khai sinh',
      remark: null,
      fileId: null,
    }),
  );
  expect(
    (
      await db.write((tx) =>
        returnResult(tx, clerk!, { ...reference, channel: 'counter', receivedBy: 'Nguyễn Thị Ánh Nguyệt' }),
      )
    ).state,
  ).toBe(states.returned);
});

test('a dossier of a commune is not given to a post that has nothing to do with it', async () => {
  const procedure = (await findProcedure(db.reader, '1.001193', today))!;
  const offer = await offerOf(procedure);
  const other = (await offersFor(db.reader, procedure.id, today)).find((each) => each.unitId !== offer.unitId)!;
  const dossier = await submitted(procedure, offer);
  const [stranger] = await holdersOf(db.reader, 'dossiers.receive', other.receivingUnitId, today);
  const refused = await db
    .write((tx) =>
      assignDossier(tx, officers.get(demoOfficers.head)!, {
        dossierId: dossier.id,
        version: null,
        postId: stranger!.postId,
      }),
    )
    .catch((error: unknown) => error);
  expect(isProblem(refused, postElsewhere)).toBe(true);
});
