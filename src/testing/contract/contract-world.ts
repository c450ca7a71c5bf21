import { createClient } from '../../foundation/identity/api-clients.ts';
import { loadProvinceCatalogues } from '../../foundation/catalogues/index.ts';
import { publishForm } from '../../engines/forms/index.ts';
import { aForm, textField } from '../../engines/forms/testing.ts';
import {
  completeDossier,
  finishStep,
  receiveDossier,
  requestFee,
  requestSupplement,
  startStep,
  submitDossier,
  approveDossier,
  type SubmissionInput,
} from '../../services/dossiers/index.ts';
import { aDossier, anOfficer, insertPlace, type TestPlace } from '../../services/dossiers/testing.ts';
import { definedScopes } from '../../platform/access.ts';
import type { Actor } from '../../platform/access.ts';
import { newId } from '../../platform/ids.ts';
import type { TestApp } from '../app.ts';

/* What the contract tests stand on: a place, a procedure with a form, programs, and dossiers in every state. */

/** What a case adds to the example of the document. */
export interface Given {
  params?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
  payload?: Buffer;
}

export interface World {
  place: TestPlace;
  procedureCode: string;
  formCode: string;
  /** A token with every scope over the units of the place. */
  token: string;
  clientId: string;
  tokenWith(scopes: readonly string[]): Promise<string>;
  /** A dossier that the client submitted, brought to a state. */
  dossierIn(state: 1 | 2 | 4 | 5 | 6 | 9): Promise<{ id: string; version: number; feeId: string }>;
}

const officer = anOfficer('all');

export async function contractWorld(app: TestApp): Promise<World> {
  const { db, context } = app;
  await loadProvinceCatalogues(context);
  const place = await db.write((tx) => insertPlace(tx));
  const formCode = 'thu-hop-dong';
  const form = await db.write((tx) =>
    publishForm(tx, {
      definition: { ...aForm([[textField('hoTen')]]), code: formCode },
      validFrom: '2020-01-01',
    }),
  );
  const procedureCode = '9.999999';
  await db.reader.raw('update procedures.procedure set code = $2 where id = $1', [place.procedureId, procedureCode]);
  await db.reader.raw(
    `update procedures.procedure_version set form_version_id = $2, content = $3::jsonb where procedure_id = $1`,
    [place.procedureId, form.formVersionId, JSON.stringify(CONTENT)],
  );
  await db.reader.raw(
    `insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, created_at) values ($4, $1, $2, $3, '2014-01-01', now())`,
    [place.competentUnitId, place.procedureId, place.receivingUnitId, newId()],
  );
  const units = [place.receivingUnitId, place.competentUnitId];
  let made = 0;
  const tokenWith = (scopes: readonly string[]) =>
    db.write((tx) => createClient(tx, `contract ${++made}`, scopes, units));
  const token = await tokenWith(definedScopes().map(({ name }) => name));
  const [client] = await db.reader.raw<{ id: string }>(`select id from identity.api_client where name = 'contract 1'`);
  const clientId = client!.id;
  const actor: Actor = {
    kind: 'client',
    id: clientId,
    label: 'contract 1',
    accountId: null,
    grants: new Map(),
    scopes: ['dossiers.submit'],
    assurance: 0,
  };
  const submission = (): SubmissionInput => {
    const input = aDossier(place);
    return { ...input, terms: { ...input.terms, procedureCode } };
  };
  return {
    place,
    procedureCode,
    formCode,
    token,
    clientId,
    tokenWith,
    dossierIn: (state) =>
      db.write(async (tx) => {
        const { dossierId } = await submitDossier(tx, actor, submission(), context.config.secret);
        const reference = { dossierId, version: null };
        if (state > 1) await receiveDossier(tx, officer, reference);
        const item = { paperId: null, componentCode: null, name: 'Giấy chứng sinh', what: 'Nộp lại' };
        if (state === 5)
          await requestSupplement(tx, officer, { ...reference, reason: 'Mờ', items: [item], answerBy: null });
        if (state === 6)
          await requestFee(tx, officer, { ...reference, fees: [{ name: 'Lệ phí', amountDong: 8000, moment: 2 }] });
        if (state === 4 || state === 9) {
          await startStep(tx, officer, reference);
          await finishStep(tx, officer, reference);
          await approveDossier(tx, officer, reference);
        }
        if (state === 9)
          await completeDossier(tx, officer, {
            ...reference,
            outcome: 'granted',
            title: 'Kết quả',
            remark: null,
            fileId: null,
          });
        const [row] = await tx.raw<{ version: number; feeId: string }>(
          `select version, (select f.id from dossiers.fee f where f.dossier_id = d.id limit 1) as "feeId" from dossiers.dossier d where id = $1`,
          [dossierId],
        );
        return { id: dossierId, version: row!.version, feeId: row!.feeId };
      }),
  };
}

const CONTENT = {
  summary: null,
  type: null,
  competentAgency: { vi: 'Ủy ban nhân dân cấp xã' },
  receivingAddress: null,
  authorisedAgency: null,
  coordinatingAgency: null,
  order: [{ case: null, steps: [{ vi: 'Nộp tờ khai' }] }],
  sets: 1,
  files: { accept: ['pdf'], maxMegabytes: 10, maxFiles: 10, maxTotalMegabytes: 50 },
  sourceUrl: null,
  otherAudiences: [],
  channels: [
    { kind: 'online', time: { amount: 5, unit: 'workingDay', text: null }, feesKnown: true, fees: [], note: null },
    { kind: 'counter', time: { amount: 5, unit: 'workingDay', text: null }, feesKnown: true, fees: [], note: null },
  ],
  papers: [],
  results: [],
  legalBases: [],
  conditions: null,
  related: [],
  keywords: { vi: [], en: [] },
  steps: {
    steps: [
      { key: 'a', name: { vi: 'Thẩm tra' }, kind: 'process', role: 'specialist', unit: 'competent', hours: 12 },
      { key: 'b', name: { vi: 'Ký duyệt' }, kind: 'approve', role: 'leader', unit: 'competent', hours: 4 },
    ],
  },
};
