import { Type } from 'typebox';
import { localDate } from '../../../platform/clock.ts';
import { download, json, page, seeOther, type Reply } from '../../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isId, newId } from '../../../platform/ids.ts';
import { isProblem, notFound, problem } from '../../../platform/problems.ts';
import { freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { paths } from '../../../ui/paths.ts';
import { analyseForm } from '../analyse-form.ts';
import { changeInWords, compareDefinitions } from '../compare-definitions.ts';
import { formLimits, type FormDefinition, type Group } from '../definition.ts';
import { manageForms } from '../form-permissions.ts';
import { formNotFound, invalidDefinition, staleDesign } from '../form-problems.ts';
import { findVersionByNumber, listVersions } from '../form-queries.ts';
import { isDay } from '../logic.ts';
import { retireForm } from '../publish-form.ts';
import { DesignerPage, NoDesignPage, shownFindings } from '../views/designer-page.tsx';
import { FormOverviewPage, FormVersionPage } from '../views/form-versions-pages.tsx';
import { PublishPage, publishWords } from '../views/publish-page.tsx';
import { findDesign, listSavedGroups, putSavedGroup, deleteSavedGroup } from './design-queries.ts';
import {
  demandFrame,
  discardDesign,
  getDesign,
  openDesign,
  publishDesign,
  restoreVersion,
  saveDesign,
} from './edit-design.ts';
import { codeFrom } from './field-names.ts';
import { readyGroups } from './group-library.ts';

const access = { permission: manageForms };
const example = { code: 'dang-ky-khai-sinh' };

/** The working copy: the designer, its saves, publishing; versions, comparing, restoring. */
export function designRoutes(web: Web): void {
  web.get(paths.adminForm, { access, example }, overviewPage);
  web.post(paths.adminFormOpen, { access }, async (request) => {
    const design = await request.command((tx) => openDesign(tx, codeOf(request)));
    return seeOther(request.href(paths.adminFormDesign({ code: design.code })));
  });
  web.get(paths.adminFormDesign, { access, example, framing: 'holds-frames' }, designerPage);
  web.post(
    paths.adminFormDesign,
    {
      access,
      body: Type.Object({ expectedVersion: Type.Integer({ minimum: 1 }), definition: Type.Unknown() }),
      bodyLimitBytes: formLimits.definitionBytes * 2,
    },
    saveFromDesigner,
  );
  web.get(paths.adminFormGroups, { access }, async (request) => json(await groupsFor(request)));
  web.post(
    paths.adminFormGroups,
    { access, body: Type.Object({ remove: Type.Optional(Type.String()), group: Type.Optional(Type.Unknown()) }) },
    keepGroup,
  );
  web.get(paths.adminFormPublication, { access, example }, async (request) => {
    const known = await findDesign(request.reader, codeOf(request));
    if (!known) return noDesign(request);
    return publishPage(request, freshForm({ validFrom: localDate(request.now), earlier: 'month' }));
  });
  web.post(paths.adminFormPublication, { access }, publishFromPage);
  web.post(paths.adminFormDiscard, { access }, async (request) => {
    const form = await request.form();
    await request.command((tx) => discardDesign(tx, codeOf(request), numberOf(form.get('version'))));
    const isLeft = (await listVersions(request.reader, codeOf(request))).length > 0;
    return seeOther(request.href(isLeft ? paths.adminForm({ code: codeOf(request) }) : paths.adminForms()));
  });
  web.get(paths.adminFormVersion, { access, example: { ...example, version: '1' } }, versionPage);
  web.post(paths.adminFormRestore, { access }, async (request) => {
    await request.command((tx) => restoreVersion(tx, codeOf(request), numberOf(request.params['version'])));
    return seeOther(request.href(paths.adminFormDesign({ code: codeOf(request) })));
  });
  web.post(paths.adminFormRetirement, { access }, async (request) => {
    const version = await versionOf(request);
    await request.command((tx) => retireForm(tx, version.id));
    return seeOther(request.href(paths.adminForm({ code: codeOf(request) })));
  });
  web.get(paths.adminFormFile, { access, example: { ...example, version: '1' } }, async (request) => {
    const isDesign = request.params['version'] === 'dang-soan';
    const definition = isDesign
      ? (await getDesign(request.reader, codeOf(request))).definition
      : (await versionOf(request)).definition;
    const fileName = `${definition.code}${isDesign ? '' : `-${request.params['version']}`}.json`;
    return download(`${JSON.stringify(definition, null, 2)}\n`, { fileName, type: 'application/json' });
  });
}

const codeOf = (request: WebRequest): string => (request.params['code'] ?? '').slice(0, 80);
const numberOf = (text: string | null | undefined): number => {
  const number = Number(text);
  return Number.isSafeInteger(number) && number > 0 && number < 2 ** 31 ? number : 0;
};

async function versionOf(request: WebRequest) {
  const found = await findVersionByNumber(request.reader, codeOf(request), numberOf(request.params['version']));
  if (!found) throw problem(formNotFound);
  return found;
}

async function overviewPage(request: WebRequest): Promise<Reply> {
  const code = codeOf(request);
  const versions = await listVersions(request.reader, code);
  const design = await findDesign(request.reader, code);
  if (versions.length === 0 && !design) throw problem(formNotFound);
  const today = localDate(request.now);
  const current = versions
    .filter((each) => each.status === 'published' && each.validFrom <= today && (each.validTo ?? today) >= today)
    .sort((a, b) => (a.validFrom < b.validFrom ? 1 : a.validFrom > b.validFrom ? -1 : b.version - a.version))[0];
  return page(
    <FormOverviewPage
      code={code}
      title={design?.definition.title ?? versions[0]!.definition.title}
      design={design ?? null}
      findings={design ? analyseForm(design.definition) : []}
      versions={versions.map(({ definition, ...version }) => ({
        ...version,
        pages: definition.ui.pages.length,
        fields: definition.ui.pages.reduce(
          (sum, each) => sum + each.groups.reduce((n, group) => n + group.fields.length, 0),
          0,
        ),
      }))}
      currentId={current?.id ?? null}
      today={today}
      isPublished={request.query.get('da-cong-bo') === '1'}
    />,
  );
}

/** A form without a working copy says how to begin one. */
async function noDesign(request: WebRequest): Promise<Reply> {
  const [latest] = await listVersions(request.reader, codeOf(request));
  if (!latest) throw problem(formNotFound);
  return page(<NoDesignPage code={latest.code} title={latest.definition.title} version={latest.version} />);
}

async function groupsFor(request: WebRequest) {
  const saved = await listSavedGroups(request.reader);
  return {
    ready: readyGroups,
    saved: saved.map(({ id, titleVi, titleEn, content }) => ({ id, title: { vi: titleVi, en: titleEn }, content })),
  };
}

async function designerPage(request: WebRequest): Promise<Reply> {
  const design = await findDesign(request.reader, codeOf(request));
  if (!design) return noDesign(request);
  return page(
    <DesignerPage
      code={design.code}
      definition={design.definition}
      version={design.version}
      findings={analyseForm(design.definition)}
      groups={await groupsFor(request)}
      paths={{
        save: request.href(paths.adminFormDesign({ code: design.code })),
        preview: request.href(paths.adminFormPreview({ code: design.code })),
        groups: request.href(paths.adminFormGroups()),
        publish: request.href(paths.adminFormPublication({ code: design.code })),
        back: request.href(paths.adminForm({ code: design.code })),
        file: request.href(paths.adminFormFile({ code: design.code, version: 'dang-soan' })),
      }}
      start={request.query.get('cho') ?? ''}
    />,
  );
}

async function saveFromDesigner(request: WebRequest): Promise<Reply> {
  const { expectedVersion, definition } = request.json as { expectedVersion: number; definition: unknown };
  try {
    const saved = await request.command((tx) => saveDesign(tx, { code: codeOf(request), expectedVersion, definition }));
    return json({
      version: saved.design.version,
      savedAt: saved.design.updatedAt,
      findings: shownFindings(saved.findings, request.locale),
    });
  } catch (error) {
    if (!isProblem(error, staleDesign)) throw error;
    // Both values: the designer shows what the other one changed and lets the person choose.
    const current = error.details['current'] as { definition: FormDefinition };
    const mine = demandFrame(definition);
    const changes = compareDefinitions(mine, current.definition).map((change) =>
      changeInWords(change, { before: mine, after: current.definition }, request.locale),
    );
    const findings = shownFindings(analyseForm(current.definition), request.locale);
    return json({ ...error.details, changes, findings }, { status: 409 });
  }
}

async function keepGroup(request: WebRequest): Promise<Reply> {
  const { remove, group } = request.json as { remove?: string; group?: unknown };
  if (remove !== undefined) {
    const isGone = isId(remove) && (await request.command((tx) => deleteSavedGroup(tx, remove)));
    if (!isGone) throw problem(notFound);
    return json(await groupsFor(request));
  }
  const content = demandGroup(group);
  const title = content.title ?? content.repeat?.itemTitle ?? { vi: '', en: '' };
  if (title.vi.trim() === '') throw problem(invalidDefinition, { defects: [] });
  await request.command((tx) =>
    putSavedGroup(tx, { id: newId(), titleVi: title.vi.trim(), titleEn: title.en.trim() || title.vi.trim(), content }),
  );
  return json(await groupsFor(request));
}

/** A group as it may stand in the library. @throws invalidDefinition */
function demandGroup(value: unknown): Group {
  const frame = demandFrame({
    code: 'thu-vien',
    title: { vi: 'Thư viện', en: 'Library' },
    schema: { type: 'object' },
    ui: { pages: [{ id: 'trang', title: { vi: 'Trang', en: 'Page' }, groups: [value] }] },
  });
  const group = frame.ui.pages[0]!.groups[0]!;
  return { ...group, id: codeFrom(group.title?.vi ?? group.id ?? 'nhom') };
}

async function publishPage(request: WebRequest, form: FormState, status = 200): Promise<Reply> {
  const design = await getDesign(request.reader, codeOf(request));
  const [latest] = await listVersions(request.reader, design.code);
  return page(
    <PublishPage
      code={design.code}
      title={design.definition.title}
      definition={design.definition}
      designVersion={design.version}
      findings={analyseForm(design.definition)}
      before={latest ? { version: latest.version, definition: latest.definition } : null}
      changes={latest ? compareDefinitions(latest.definition, design.definition) : []}
      form={form}
    />,
    { status },
  );
}

async function publishFromPage(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const own = publishWords.in(request.locale);
  const values = {
    validFrom: (fields.get('validFrom') ?? '').trim().slice(0, 20),
    validTo: (fields.get('validTo') ?? '').trim().slice(0, 20),
    earlier: fields.get('earlier') ?? 'month',
    earlierUntil: (fields.get('earlierUntil') ?? '').trim().slice(0, 20),
  };
  const errors: Record<string, string> = {};
  const { validFrom, validTo, earlierUntil } = values;
  if (!isDay(validFrom)) errors['validFrom'] = own.dayWrong;
  else if (validFrom < localDate(request.now)) errors['validFrom'] = own.dayPast;
  if (validTo !== '' && !isDay(validTo)) errors['validTo'] = own.dayWrong;
  else if (validTo !== '' && validTo < validFrom) errors['validTo'] = own.endBefore;
  if (values.earlier === 'day' && !isDay(earlierUntil)) errors['earlierUntil'] = own.dayWrong;
  if (Object.keys(errors).length > 0) return publishPage(request, { values, errors }, 422);
  const until = { never: null, month: dayAfter(validFrom, 30), now: dayAfter(validFrom, -1), day: earlierUntil }[
    values.earlier
  ];
  try {
    await request.command((tx) =>
      publishDesign(tx, {
        code: codeOf(request),
        expectedVersion: numberOf(fields.get('version')),
        validFrom,
        validTo: validTo === '' ? null : validTo,
        earlierUntil: until ?? null,
      }),
    );
  } catch (error) {
    if (isProblem(error, invalidDefinition)) return publishPage(request, { values, errors: {} }, 422);
    if (isProblem(error, staleDesign)) return publishPage(request, { values, errors: { version: own.stale } }, 409);
    throw error;
  }
  return seeOther(request.href(`${paths.adminForm({ code: codeOf(request) })}?da-cong-bo=1`));
}

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

async function versionPage(request: WebRequest): Promise<Reply> {
  const version = await versionOf(request);
  const versions = await listVersions(request.reader, version.code);
  const wanted = numberOf(request.query.get('voi')) || version.version - 1;
  const other = versions.find((each) => each.version === wanted);
  return page(
    <FormVersionPage
      shown={version}
      other={other ?? null}
      numbers={versions.map((each) => each.version)}
      changes={other ? compareDefinitions(other.definition, version.definition) : []}
    />,
  );
}
