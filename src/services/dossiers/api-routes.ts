import { Readable } from 'node:stream';
import { Type, type Static } from 'typebox';
import { defaultPaperKinds, storeUpload, type StoredBlob } from '../../foundation/files/index.ts';
import type { Values } from '../../engines/forms/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { said } from '../../platform/http/api-schema.ts';
import { requestKey } from '../../platform/http/idempotency.ts';
import { json } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { newId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import {
  findProcedure,
  offerNotFound,
  offersFor,
  procedureNotFound,
  type Offer,
  type Procedure,
} from '../procedures/index.ts';
import { dossierDocs } from './api-doc.ts';
import { contentNotBase64, unitNeeded } from './api-problems.ts';
import { states } from './dossier.ts';
import { readScope, submitPaperScope, submitScope, viewScope } from './dossier-permissions.ts';
import { termsOf } from './procedure-terms.ts';
import { openClientDossier, trackDossier } from './read-dossier.ts';
import { submissionQueue } from './submit-dossier.ts';
import { judgeAnswers, submitWithAnswers } from './submit-with-answers.ts';
import type { SubmissionInput } from './submission.ts';

const closed = { additionalProperties: false };
/** Something to read: no control characters, not only blanks. */
const text = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f]*$' });
const maybe = (maxLength: number) => Type.Optional(Type.Union([Type.Null(), text(maxLength)]));
const channel = Type.Union([Type.Literal('counter'), Type.Literal('online'), Type.Literal('post')]);

const SubmitBody = Type.Object(
  {
    procedureCode: text(40),
    /** The competent unit; may be left out where one unit alone offers the procedure. */
    unitId: Type.Optional(Type.String({ pattern: '^[0-9a-f-]{36}$' })),
    applicant: Type.Object(
      {
        kind: Type.Union([Type.Literal('citizen'), Type.Literal('business'), Type.Literal('household')]),
        name: text(300),
        identity: maybe(20),
        phone: maybe(20),
        email: maybe(254),
        address: maybe(500),
        submitterName: maybe(300),
      },
      closed,
    ),
    delivery: Type.Optional(channel),
    deliveryAddress: maybe(500),
    /** The values of the procedure's e-form by the names of its fields, as its JSON Schema describes them. */
    answers: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown(), { maxProperties: 500 })),
    papers: Type.Array(
      Type.Object(
        {
          componentCode: maybe(60),
          name: text(500),
          fileName: Type.Optional(text(255)),
          // No maxLength: counting the letters of megabytes costs more than reading them, and the body and the file have limits.
          contentBase64: Type.Optional(Type.String()),
        },
        closed,
      ),
      { maxItems: 40 },
    ),
  },
  closed,
);
type SubmitBody = Static<typeof SubmitBody>;

const MAX_PAPER_BYTES = 20 * 1024 * 1024;

/** The public API: submit a dossier, follow it. */
export function apiRoutes(web: Web, context: AppContext): void {
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
      const stored = await storePapers(context.config.filesFolder, body);
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

  web.get(
    paths.apiDossier,
    {
      access: 'public',
      machine: true,
      query: Type.Object({
        secret: Type.Optional(Type.String({ maxLength: 200, ...said('Mã tra cứu', 'Secret of the acknowledgement') })),
      }),
      rateLimit: { name: 'dossiers.track', limit: 60, windowSeconds: 60, by: 'address' },
      api: dossierDocs.follow,
      example: { code: 'H41.12-20261122-0000001' },
    },
    async (request) => {
      const code = request.params['code'] ?? '';
      const { actor } = request;
      const reads = actor.kind === 'client' && [readScope, viewScope].some((scope) => actor.scopes.includes(scope));
      if (!reads) return json(await trackDossier(request.reader, code, request.query.get('secret') ?? ''));
      const dossier = await request.command((tx) => openClientDossier(tx, actor, code));
      return json({
        id: dossier.id,
        code: dossier.code,
        state: dossier.state,
        procedureCode: dossier.terms.procedureCode,
        submittedAt: dossier.submittedAt,
        receivedAt: dossier.receivedAt,
        dueAt: dossier.dueAt,
        finishedAt: dossier.finishedAt,
        returnedAt: dossier.returnedAt,
        isOnTime: dossier.isOnTime,
      });
    },
  );
}

/** Writes the papers' bytes to the store before anything else: what the transaction names is on disk. @throws contentNotBase64 */
function storePapers(folder: string, body: SubmitBody): Promise<(StoredBlob | null)[]> {
  const contents = body.papers.map(({ contentBase64 }) =>
    contentBase64 === undefined ? null : bytesOf(contentBase64),
  );
  return Promise.all(
    body.papers.map(({ name, fileName }, index) => {
      const bytes = contents[index];
      if (!bytes) return Promise.resolve(null);
      const upload = { fileName: fileName ?? name, stream: Readable.from([bytes]) };
      return storeUpload(folder, upload, { maxBytes: MAX_PAPER_BYTES, kinds: defaultPaperKinds });
    }),
  );
}

/** Decodes base64. Node skips what is no base64, so a wrong letter shows in the length: no second walk over megabytes. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64');
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (text.length % 4 !== 0 || bytes.length !== (text.length / 4) * 3 - padding) throw problem(contentNotBase64);
  return bytes;
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

/** Procedure and offer of a code, remembered for seconds: they change once a month and are asked for at every submission. */
function offerCache(keepMs = 5_000) {
  const kept = new Map<string, { until: number; found: Promise<{ procedure: Procedure; offer: Offer }> }>();
  return (reader: Reader, code: string, unitId: string | null, now: Date) => {
    const name = `${code}/${unitId ?? ''}/${localDate(now)}`;
    const known = kept.get(name);
    if (known && known.until > Date.now()) return known.found;
    if (kept.size > 5_000) kept.clear();
    const found = findOffered(reader, code, unitId, localDate(now));
    kept.set(name, { until: Date.now() + keepMs, found });
    found.catch(() => kept.delete(name));
    return found;
  };
}

async function findOffered(reader: Reader, code: string, unitId: string | null, day: string) {
  const procedure = await findProcedure(reader, code, day);
  if (!procedure) throw problem(procedureNotFound);
  const offers = await offersFor(reader, procedure.id, day);
  const offer = unitId === null && offers.length === 1 ? offers[0] : offers.find((each) => each.unitId === unitId);
  if (!offer) throw problem(unitId === null && offers.length > 1 ? unitNeeded : offerNotFound);
  return { procedure, offer };
}
