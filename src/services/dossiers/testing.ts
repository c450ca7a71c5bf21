import { importCalendarFile } from '../../engines/calendar/index.ts';
import { anOfficial, insertTestPost, insertTestUnit } from '../../foundation/organisations/testing.ts';
import type { Actor, Reach } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import type { ProcedureTerms, StepPlan } from './dossier.ts';
import { dossierPermissions } from './dossier-permissions.ts';
import { submitDossier } from './submit-dossier.ts';
import { receiveDossier } from './receive-dossier.ts';
import type { Acknowledgement, SubmissionInput } from './submission.ts';

/* Builders for tests: of this module, the portal and the front desk. */

export const TEST_SECRET = 'a secret for tests';

export const twoSteps: StepPlan = [
  { kind: 'process', name: { vi: 'Thẩm tra', en: 'Examine' }, role: 'specialist', unit: 'competent', hours: 12 },
  { kind: 'approve', name: { vi: 'Ký duyệt', en: 'Approve' }, role: 'leader', unit: 'competent', hours: 4 },
];

export const someTerms = (facts: Partial<ProcedureTerms> = {}): ProcedureTerms => ({
  procedureCode: '1.001193',
  procedureName: { vi: 'Đăng ký khai sinh', en: 'Birth registration' },
  limit: { amount: 5, unit: 'workingDay' },
  steps: twoSteps,
  ...facts,
});

/** A one-stop counter, the body that decides, and a procedure between them. */
export interface TestPlace {
  receivingUnitId: string;
  competentUnitId: string;
  procedureId: string;
  procedureVersionId: string;
}

let serial = 0;
const withCalendar = new Set<string>();
const OFFICE_HOURS = {
  patterns: [
    {
      validFrom: '2014-01-01',
      validTo: null,
      hours: {
        1: '07:30-11:30, 13:30-17:00',
        2: '07:30-11:30, 13:30-17:00',
        3: '07:30-11:30, 13:30-17:00',
        4: '07:30-11:30, 13:30-17:00',
        5: '07:30-11:30, 13:30-17:00',
      },
      source: 'test',
    },
  ],
  cutOffs: [{ validFrom: '2014-01-01', validTo: null, at: '15:00', source: 'test' }],
  holidays: [],
  swaps: [],
};

/** Inserts units, a published procedure and office hours (half past seven to five, a break at noon). */
export async function insertPlace(tx: Tx, facts: { agencyCode?: string } = {}): Promise<TestPlace> {
  const number = ++serial;
  const receivingUnitId = await insertTestUnit(tx, {
    nameVi: `Trung tâm Phục vụ hành chính công ${number}`,
    agencyCode: facts.agencyCode ?? `H41.${10 + number}`,
    validFrom: '2014-01-01',
  });
  const competentUnitId = await insertTestUnit(tx, { nameVi: `Sở Tư pháp ${number}`, validFrom: '2014-01-01' });
  const [procedureId, procedureVersionId] = [newId(), newId()];
  await tx.raw(`insert into procedures.procedure (id, code, created_at) values ($1, $2, now())`, [
    procedureId,
    `T.${newId().slice(-12)}`,
  ]);
  await tx.raw(
    `insert into procedures.procedure_version (id, procedure_id, number, status, source, name_vi, levels, audiences, service_level, online_scope, intake_channel, valid_from, content, content_hash, created_at, published_at)
     values ($1, $2, 1, 'published', 'province', 'Đăng ký khai sinh', '{commune}', '{citizen}', 4, 'full', 'local', '2014-01-01', '{}', 'test', now(), now())`,
    [procedureVersionId, procedureId],
  );
  const [database] = await tx.raw<{ name: string }>('select current_database() as name');
  if (!withCalendar.has(database!.name)) await importCalendarFile(tx, OFFICE_HOURS);
  withCalendar.add(database!.name);
  return { receivingUnitId, competentUnitId, procedureId, procedureVersionId };
}

/** A submission as the portal would make it. */
export const aDossier = (place: TestPlace, facts: Partial<SubmissionInput> = {}): SubmissionInput => ({
  key: newId(),
  procedureId: place.procedureId,
  procedureVersionId: place.procedureVersionId,
  offerId: null,
  terms: someTerms(),
  formSubmissionId: null,
  applicant: {
    kind: 'citizen',
    accountId: null,
    name: 'Nguyễn Thị Ánh Nguyệt',
    identity: '040190001234',
    phone: '0912345678',
    email: 'nguyet@example.vn',
    address: 'Phường Vinh Tân, Nghệ An',
    submitterName: null,
  },
  channel: 'online',
  delivery: 'counter',
  deliveryAddress: null,
  supportUnitId: null,
  receivingUnitId: place.receivingUnitId,
  competentUnitId: place.competentUnitId,
  papers: [
    { componentCode: 'GKS', name: 'Giấy chứng sinh', fileId: null, originals: 1, copies: 0, isElectronic: false },
  ],
  ...facts,
});

export const aCitizen = (accountId: string = newId()): Actor => ({
  kind: 'citizen',
  id: accountId,
  label: 'Nguyễn Thị Ánh Nguyệt',
  accountId,
  grants: new Map(),
  scopes: [],
  assurance: 2,
});

/** An account row for applicants; returns its id. */
export async function insertAccount(tx: Tx): Promise<string> {
  const id = newId();
  await tx.raw(
    `insert into identity.account (id, kind, status, name, created_at, updated_at) values ($1, 'citizen', 'active', 'Nguyễn Thị Ánh Nguyệt', now(), now())`,
    [id],
  );
  return id;
}

/** An official with every right of this module over the reach (or only those named). */
export const anOfficer = (
  reach: Reach,
  permissions: readonly string[] = dossierPermissions.map(({ name }) => name),
): Actor => anOfficial(Object.fromEntries(permissions.map((name) => [name, reach])));

/** A clerk of the counter and a specialist of the competent body, with their posts. */
export async function insertOfficers(
  tx: Tx,
  place: TestPlace,
): Promise<{ clerk: Actor; specialist: Actor; leader: Actor }> {
  const post = async (unitId: string, actor: Actor): Promise<Actor> => ({
    ...actor,
    unitId,
    postId: await insertTestPost(tx, { unitId }),
  });
  const { receivingUnitId, competentUnitId } = place;
  return {
    clerk: await post(receivingUnitId, {
      ...anOfficer([receivingUnitId], ['dossiers.view', 'dossiers.receive', 'dossiers.return']),
      label: 'Cán bộ một cửa',
    }),
    specialist: await post(competentUnitId, {
      ...anOfficer([competentUnitId], ['dossiers.view', 'dossiers.process']),
      label: 'Chuyên viên',
    }),
    leader: await post(competentUnitId, {
      ...anOfficer(
        [competentUnitId],
        ['dossiers.view', 'dossiers.approve', 'dossiers.assign', 'dossiers.stop', 'dossiers.extend'],
      ),
      label: 'Lãnh đạo',
    }),
  };
}

/** A submitted dossier. */
export const insertDossier = (
  tx: Tx,
  place: TestPlace,
  facts: Partial<SubmissionInput> = {},
): Promise<Acknowledgement> =>
  submitDossier(tx, aCitizen(facts.applicant?.accountId ?? newId()), aDossier(place, facts), TEST_SECRET);

/** A dossier that has been received. */
export async function insertReceivedDossier(tx: Tx, place: TestPlace, facts: Partial<SubmissionInput> = {}) {
  const { dossierId } = await insertDossier(tx, place, facts);
  return receiveDossier(tx, anOfficer('all'), { dossierId, version: null });
}
