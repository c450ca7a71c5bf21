import { newId } from '../../platform/ids.ts';
import type { TestApp } from '../app.ts';
import type { Given, World } from './contract-world.ts';

/* What the examples of the document cannot know: ids of things that are there, and the state they have to be in. */

type Case = () => Promise<Given>;

/** Operations that cannot succeed here, and why; they are still held to their failures. */
export const ONLY_FAILURES: Readonly<Record<string, string>> = {
  reportMessages: 'no provider over HTTP is set up in tests; see notifications/channels.test.ts',
  reportMessageByAddress: 'the same',
};

export function contractCases(app: TestApp, world: World): Record<string, Case> {
  const call = (
    method: 'GET' | 'POST' | 'PATCH',
    url: string,
    payload: object | Buffer,
    headers: Record<string, string> = {},
  ) =>
    app.app.inject({
      method,
      url,
      payload,
      headers: { authorization: `Bearer ${world.token}`, 'idempotency-key': newId(), ...headers },
    });
  const dossier =
    (state: Parameters<World['dossierIn']>[0], body?: (facts: { feeId: string }) => unknown): Case =>
    async () => {
      const { id, version, feeId } = await world.dossierIn(state);
      return {
        params: { code: id },
        headers: { 'if-match': `"${version}"` },
        ...(body ? { body: body({ feeId }) } : {}),
      };
    };
  const upload = async (): Promise<string> => {
    const answer = await call('POST', '/api/v1/uploads', Buffer.alloc(0), {
      'tus-resumable': '1.0.0',
      'upload-length': '308',
      'upload-metadata': `filename ${Buffer.from('giay.pdf').toString('base64')}`,
    });
    return String(answer.headers.location).split('/').at(-1)!;
  };
  /** A client has 20 at most. */
  const noWebhooks = () => app.db.reader.raw('delete from webhooks.subscription');
  const webhook = async () => {
    await noWebhooks();
    const body = { url: 'https://nhan.example.vn/', kinds: ['dossier.received'] };
    return (await call('POST', '/api/v1/webhooks', body)).json<{ id: string; version: number }>();
  };
  const ofWebhook: Case = async () => ({ params: { id: (await webhook()).id } });
  const ofMessage =
    (isDead: boolean): Case =>
    async () => {
      const { id } = await webhook();
      const { messageId } = (await call('POST', `/api/v1/webhooks/${id}/test`, {})).json<{ messageId: string }>();
      if (isDead) await app.db.reader.raw(`update webhooks.message set status = 'dead' where id = $1`, [messageId]);
      return { params: { id, messageId } };
    };
  /** A draft of the contract's own procedure; there is one at most. */
  const draft =
    (isReady = false): Case =>
    async () => {
      await app.db.reader.raw(`delete from procedures.procedure_version v using procedures.procedure p
        where p.id = v.procedure_id and p.code = '9.999999' and v.status = 'draft'`);
      const reply = await call('POST', '/api/v1/procedure-drafts', {
        code: world.procedureCode,
        reason: 'Cập nhật thử',
      });
      const { id, version, facts } = reply.json<{ id: string; version: number; facts: { content: object } }>();
      if (!isReady) return { params: { id }, headers: { 'if-match': `"${version}"` } };
      const paper = { key: 'to-khai', name: { vi: 'Tờ khai' }, originals: 1, copies: 0, required: true, when: null, template: null, nationalCode: null, presentOnly: false }; // prettier-ignore
      const papers = [{ key: 'chung', title: null, papers: [paper] }];
      const ready = { audiences: ['citizen'], content: { ...facts.content, papers } };
      const changed = await call('PATCH', `/api/v1/procedure-drafts/${id}`, ready, { 'if-match': `"${version}"` });
      if (changed.statusCode !== 200) throw new Error(changed.body);
      return { params: { id }, headers: { 'if-match': String(changed.headers.etag) } };
    };
  const pack = async (): Promise<string> => {
    const answer = await call('GET', `/api/v1/procedure-packages/export?codes=${world.procedureCode}`, {});
    if (answer.statusCode !== 200) throw new Error(answer.body);
    return answer.rawPayload.toString('base64');
  };
  const procedure: Case = async () => ({ params: { code: world.procedureCode } });
  const form: Case = async () => ({ params: { code: world.formCode } });
  const own: Case = dossier(2);
  return {
    getProcedure: procedure,
    listProcedureVersions: procedure,
    listOffersOfProcedure: procedure,
    getProcedureForm: procedure,
    createProcedureDraft: async () => {
      await draft()();
      await app.db.reader.raw(`delete from procedures.procedure_version where status = 'draft'`);
      return {};
    },
    getProcedureDraft: draft(),
    changeProcedureDraft: draft(),
    deleteProcedureDraft: draft(),
    sendProcedureDraft: draft(true),
    exportProcedurePackage: async () => ({ query: { codes: world.procedureCode } }),
    previewProcedurePackage: async () => ({ body: { contentBase64: await pack() } }),
    importProcedurePackage: async () => ({ body: { contentBase64: await pack(), mode: 'draft' } }),
    listOffers: async () => ({ query: { unit: world.place.competentUnitId } }),
    getForm: form,
    listFormVersions: form,
    validateAnswers: async () => ({ ...(await form()), body: { answers: { hoTen: 'An' } } }),
    getUnit: async () => ({ params: { id: world.place.competentUnitId } }),
    computeDueDate: async () => ({ query: { procedure: world.procedureCode, receivedAt: '2026-11-23T01:30:00Z' } }),
    submitDossier: async () => ({
      body: {
        procedureCode: world.procedureCode,
        applicant: { kind: 'citizen', name: 'Nguyễn Thị Ánh Nguyệt' },
        answers: { hoTen: 'An' },
        papers: [{ name: 'Giấy chứng sinh' }],
      },
    }),
    getDossier: own,
    supplementDossier: dossier(5),
    withdrawDossier: dossier(1),
    downloadDossierFile: async () => {
      const { id, version } = await world.dossierIn(4);
      const answer = await call(
        'POST',
        `/api/v1/dossiers/${id}/results`,
        {
          outcome: 'granted',
          title: 'Giấy khai sinh',
          file: {
            fileName: 'kq.pdf',
            contentBase64: Buffer.from(`%PDF-1.7\n${'x'.repeat(300)}\n%%EOF`).toString('base64'),
          },
        },
        { 'if-match': `"${version}"` },
      );
      if (answer.statusCode !== 200) throw new Error(answer.body);
      const [row] = await app.db.reader.raw<{ fileId: string }>(
        'select file_id as "fileId" from dossiers.result where dossier_id = $1',
        [id],
      );
      return { params: { code: id, fileId: row!.fileId } };
    },
    downloadDossierSlip: async () => ({ params: { code: (await world.dossierIn(2)).id, slip: 'receipt' } }),
    listFigures: async () => ({ query: { from: '2026-01', to: '2026-12' } }),
    receiveDossier: dossier(1),
    refuseDossier: dossier(1),
    requestSupplement: dossier(2),
    requestFee: dossier(2),
    recordPayment: dossier(6, ({ feeId }) => ({ payments: [{ feeId, receiptNumber: 'BL-1', method: 'cash' }] })),
    recordStep: dossier(2),
    enterResult: dossier(4),
    handOverResult: dossier(9),
    stopDossier: dossier(2),
    pushState: dossier(1),
    addNote: async () => ({ params: { code: (await world.dossierIn(1)).id } }),
    getUpload: async () => ({ params: { uploadId: await upload() } }),
    appendToUpload: async () => ({
      params: { uploadId: await upload() },
      payload: Buffer.from(`%PDF-1.7\n${'x'.repeat(293)}\n%%EOF`),
      headers: { 'content-type': 'application/offset+octet-stream' },
    }),
    cancelUpload: async () => ({ params: { uploadId: await upload() } }),
    createWebhook: async () => {
      await noWebhooks();
      return {};
    },
    getWebhook: ofWebhook,
    changeWebhook: async () => {
      const { id, version } = await webhook();
      return { params: { id }, headers: { 'if-match': `"${version}"` } };
    },
    deleteWebhook: ofWebhook,
    rotateWebhookSecret: ofWebhook,
    testWebhook: ofWebhook,
    listWebhookMessages: ofWebhook,
    getWebhookMessage: ofMessage(false),
    replayWebhookMessage: ofMessage(true),
    replayWebhookMessages: ofWebhook,
  };
}
