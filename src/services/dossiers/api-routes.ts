import { Type } from 'typebox';
import type { StoredBlob } from '../../foundation/files/index.ts';
import type { Values } from '../../engines/forms/index.ts';
import { anId, oneOf, said } from '../../platform/http/api-schema.ts';
import { requestKey } from '../../platform/http/idempotency.ts';
import { json } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { newId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import type { Offer, Procedure } from '../procedures/index.ts';
import { agencyApiRoutes } from './api/agency-routes.ts';
import { dueDateRoutes } from './api/due-date-routes.ts';
import { ownApiRoutes } from './api/own-routes.ts';
import { storeSent, uploadPaperRoutes, withUploads } from './api/papers.ts';
import { PaperBody, text } from './api/schemas.ts';
import { dossierDocs } from './api-doc.ts';
import { states } from './dossier.ts';
import { submitPaperScope, submitScope } from './dossier-permissions.ts';
import { offerCache } from './find-offered.ts';
import { termsOf } from './procedure-terms.ts';
import { submissionQueue } from './submit-dossier.ts';
import { judgeAnswers, submitWithAnswers } from './submit-with-answers.ts';
import type { SubmissionInput } from './submission.ts';

const closed = { additionalProperties: false };
const maybe = (maxLength: number, vi: string, en: string) =>
  Type.Optional(Type.Union([Type.Null(), text(maxLength, vi, en)]));
const channel = oneOf(['counter', 'online', 'post'], said('Cách nhận kết quả', 'How the result is to be handed over'));

const SubmitBody = Type.Object(
  {
    procedureCode: text(40, 'Mã thủ tục', 'Code of the procedure'),
    unitId: Type.Optional(
      anId(
        'Cơ quan giải quyết; bỏ trống nếu chỉ có một cơ quan',
        'The competent unit; may be left out where one unit alone offers the procedure',
      ),
    ),
    applicant: Type.Object(
      {
        kind: oneOf(['citizen', 'business', 'household'], said('Người nộp là', 'Who asks')),
        name: text(300, 'Họ tên, tên doanh nghiệp', 'Name'),
        identity: maybe(20, 'Số định danh, mã số thuế', 'Identity number or tax code'),
        phone: maybe(20, 'Điện thoại', 'Phone'),
        email: maybe(254, 'Thư điện tử', 'E-mail'),
        address: maybe(500, 'Địa chỉ', 'Address'),
        submitterName: maybe(300, 'Người nộp thay', 'Who hands it in for the applicant'),
      },
      { ...closed, title: 'ApplicantInput' },
    ),
    delivery: Type.Optional(channel),
    deliveryAddress: maybe(500, 'Nơi nhận qua bưu chính', 'Where the post brings it'),
    answers: Type.Optional(
      Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), {
        maxProperties: 500,
        ...said(
          'Nội dung biểu mẫu điện tử, theo tên trường',
          'The values of the procedure’s e-form by the names of its fields, as its JSON Schema describes them',
        ),
      }),
    ),
    papers: Type.Array(PaperBody, { maxItems: 40, ...said('Thành phần hồ sơ', 'The checklist') }),
  },
  closed,
);
interface SubmitBody {
  procedureCode: string;
  unitId?: string;
  applicant: {
    kind: 'citizen' | 'business' | 'household';
    name: string;
    identity?: string | null;
    phone?: string | null;
    email?: string | null;
    address?: string | null;
    submitterName?: string | null;
  };
  delivery?: 'counter' | 'online' | 'post';
  deliveryAddress?: string | null;
  answers?: Record<string, unknown>;
  papers: PaperBody[];
}

/** The public API of dossiers: submit, follow, go on with; work on those of an agency; due dates. */
export function apiRoutes(web: Web, context: AppContext): void {
  ownApiRoutes(web);
  agencyApiRoutes(web);
  uploadPaperRoutes(web);
  dueDateRoutes(web);
  const submit = submissionQueue(context.db, context.clock, context.config.secret);
  const offerOf = offerCache();

  web.post(
    paths.apiDossiers,
    {
      access: { scope: submitScope },
      machine: true,
      body: SubmitBody,
      bodyLimitBytes: 64 * 1024 * 1024,
      api: dossierDocs.submit,
    },
    async (request) => {
      const key = requestKey(request);
      const body = request.json as SubmitBody;
      const { procedure, offer } = await offerOf(request.reader, body.procedureCode, body.unitId ?? null, request.now);
      const answers = await judgeAnswers(request.reader, procedure.formVersionId, body.answers as Values | undefined, {
        paperOnly: request.actor.scopes.includes(submitPaperScope),
        now: request.now,
      });
      const stored = await withUploads(request, body.papers, await storeSent(request, body.papers));
      const input = await submissionOf(request, key, body, procedure, offer, stored);
      const files = stored.flatMap((blob, index) => (blob ? [{ id: input.papers[index]!.fileId!, blob }] : []));
      const { secret } = context.config;
      const acknowledgement = answers
        ? await submitWithAnswers((work) => request.command(work), request.actor, input, answers, files, secret)
        : await submit(request.actor, input, request.requestId, files);
      return json(
        {
          id: acknowledgement.dossierId,
          state: states.submitted,
          submittedAt: acknowledgement.submittedAt,
          trackingNumber: acknowledgement.trackingNumber,
          trackingSecret: acknowledgement.trackingSecret,
          isNew: acknowledgement.isNew,
        },
        {
          status: acknowledgement.isNew ? 201 : 200,
          headers: { location: paths.apiDossier({ code: acknowledgement.dossierId }) },
        },
      );
    },
  );
}

async function submissionOf(
  request: WebRequest,
  key: string,
  body: SubmitBody,
  procedure: Procedure,
  offer: Offer,
  stored: readonly (StoredBlob | null)[],
): Promise<SubmissionInput> {
  const { applicant } = body;
  return {
    key,
    procedureId: procedure.id,
    procedureVersionId: procedure.versionId,
    offerId: offer.id,
    terms: await termsOf(request.reader, procedure, offer, 'online', request.now),
    formSubmissionId: null,
    applicant: {
      kind: applicant.kind,
      accountId: null,
      name: applicant.name.trim().normalize('NFC'),
      identity: applicant.identity ?? null,
      phone: applicant.phone ?? null,
      email: applicant.email ?? null,
      address: applicant.address ?? null,
      submitterName: applicant.submitterName ?? null,
    },
    channel: 'online',
    delivery: body.delivery ?? 'counter',
    deliveryAddress: body.deliveryAddress ?? null,
    supportUnitId: null,
    receivingUnitId: offer.receivingUnitId,
    competentUnitId: offer.unitId,
    papers: body.papers.map((paper, index) => ({
      componentCode: paper.componentCode ?? null,
      name: paper.name.normalize('NFC'),
      fileId: stored[index] ? newId() : null,
      originals: 0,
      copies: 0,
      isElectronic: stored[index] !== null,
    })),
    // The papers by the digest of their bytes: file ids differ between two sendings, contents do not.
    contentDigest: JSON.stringify({
      ...body,
      papers: body.papers.map((paper, i) => ({ ...paper, contentBase64: stored[i]?.sha256.toString('hex') })),
    }),
  };
}
