import { Type } from 'typebox';
import { loadAddressBook } from '../../foundation/organisations/index.ts';
import { askedDay } from '../../platform/http/asked-day.ts';
import { said } from '../../platform/http/api-schema.ts';
import { conditional } from '../../platform/http/conditional.ts';
import { json } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { contractOf } from './contract.ts';
import { formLimits, type Values } from './definition.ts';
import { formDocs } from './form-api-doc.ts';
import { formNotFound } from './form-problems.ts';
import { findVersionByNumber, listVersions, type FormVersion } from './form-queries.ts';
import { isDay } from './logic.ts';
import { findCurrentForm } from './publish-form.ts';
import { validateAnswers } from './validate-answers.ts';

const onDate = Type.Optional(
  Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    ...said('Vào ngày nào; bỏ trống là hôm nay', 'Day on which it holds; today when left out'),
  }),
);
const example = { code: 'dang-ky-khai-sinh' };

/** The public API of forms: what is asked, what an answer may be, and whether answers are right. Nothing is stored. */
export function formApiRoutes(web: Web): void {
  const open = { access: 'public', machine: true } as const;
  web.get(
    paths.apiForm,
    {
      ...open,
      query: Type.Object({ on: onDate }),
      api: formDocs.one,
      example,
    },
    async (request) => conditional(request, formView(await currentOf(request))),
  );
  web.get(paths.apiFormVersions, { ...open, api: formDocs.versions, example }, async (request) => {
    const versions = (await listVersions(request.reader, request.params['code'] ?? '')).filter(
      (each) => each.status !== 'draft',
    );
    if (versions.length === 0) throw problem(formNotFound);
    return conditional(request, { items: versions.map(versionView) });
  });
  web.post(
    paths.apiFormValidation,
    {
      ...open,
      query: Type.Object({
        version: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000, ...said('Phiên bản', 'Version') })),
        on: onDate,
      }),
      body: Type.Object({ answers: Type.Record(Type.String({ maxLength: 100 }), Type.Unknown()) }),
      bodyLimitBytes: formLimits.valuesBytes * 2,
      rateLimit: { name: 'forms.validation', limit: 600, windowSeconds: 60, by: 'address' },
      api: formDocs.validation,
    },
    judge,
  );
}

const dayOf = (request: WebRequest): string => askedDay(request, isDay);

async function currentOf(request: WebRequest): Promise<FormVersion> {
  const found = await findCurrentForm(request.reader, request.params['code'] ?? '', dayOf(request));
  if (!found) throw problem(formNotFound);
  return found;
}

const versionView = (version: FormVersion) => ({
  version: version.version,
  status: version.status,
  validFrom: version.validFrom,
  validTo: version.validTo,
  digest: version.digest,
  publishedAt: version.publishedAt,
});

/** A version as partners read it. */
export const formView = (version: FormVersion) => ({
  code: version.code,
  ...versionView(version),
  definition: version.definition,
  answersSchema: contractOf(version.definition),
});

async function judge(request: WebRequest) {
  const number = Number(request.query.get('version'));
  const chosen =
    number > 0 ? await findVersionByNumber(request.reader, request.params['code'] ?? '', number) : undefined;
  if (number > 0 && !chosen) throw problem(formNotFound);
  const version = chosen ?? (await currentOf(request));
  const { answers } = request.json as { answers: Values };
  const judged = validateAnswers(version.definition, answers, {
    today: dayOf(request),
    context: { channel: 'api' },
    versionId: version.id,
    books: { addresses: await loadAddressBook() },
  });
  return json({
    version: version.version,
    isValid: judged.errors.length === 0,
    errors: judged.errors,
    answers: judged.values,
  });
}
