import { renderToString } from 'preact-render-to-string';
import { loadAddressBook } from '../../../foundation/organisations/index.ts';
import { localDate } from '../../../platform/clock.ts';
import { page, type Reply } from '../../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { problem } from '../../../platform/problems.ts';
import { paths } from '../../../ui/paths.ts';
import type { FormDefinition, Values } from '../definition.ts';
import { parseFormPost, type Typed } from '../form-post.ts';
import { manageForms } from '../form-permissions.ts';
import { formNotFound } from '../form-problems.ts';
import { findVersionByNumber, listVersions } from '../form-queries.ts';
import { journeyOf, pageAfter } from '../journey.ts';
import { loadOptionBook } from '../option-catalogues.ts';
import type { Circumstances, FormError } from '../validate-answers.ts';
import { renderFormPage } from '../views/form-page.tsx';
import { PreviewPage } from '../views/preview-page.tsx';
import { findDesign } from './design-queries.ts';

const access = { permission: manageForms };
const knownField = '_known';

/** The form as people will see it, drawn by the same code; it can be tried out and stores nothing. */
export function previewRoutes(web: Web): void {
  const options = { access, example: { code: 'dang-ky-khai-sinh' }, framing: 'framed' } as const;
  web.get(paths.adminFormPreview, options, async (request) => {
    const definition = await definitionFor(request);
    return show(request, definition, request.query.get('trang') ?? '', { values: {} });
  });
  web.post(paths.adminFormPreview, { access, framing: 'framed' }, tryOut);
}

/** The working copy, or a version asked for by its number, or the newest. */
async function definitionFor(request: WebRequest): Promise<FormDefinition> {
  const code = request.params['code'] ?? '';
  const number = Number(request.query.get('phien-ban'));
  if (Number.isSafeInteger(number) && number > 0 && number < 2 ** 31) {
    const version = await findVersionByNumber(request.reader, code, number);
    if (!version) throw problem(formNotFound);
    return version.definition;
  }
  const found = (await findDesign(request.reader, code)) ?? (await listVersions(request.reader, code))[0];
  if (!found) throw problem(formNotFound);
  return found.definition;
}

type Shown = {
  values: Values;
  errors?: readonly FormError[];
  typed?: Typed;
  revealed?: readonly string[];
  isDone?: boolean;
  status?: number;
};

async function circumstancesOf(request: WebRequest, definition: FormDefinition): Promise<Circumstances> {
  return {
    today: localDate(request.now),
    context: { channel: 'online' },
    books: {
      addresses: await loadAddressBook(),
      options: await loadOptionBook(request.reader, definition),
    },
  };
}

async function show(request: WebRequest, definition: FormDefinition, wanted: string, shown: Shown): Promise<Reply> {
  const { locale } = request;
  const circumstances = await circumstancesOf(request, definition);
  const { pages } = definition.ui;
  const pageId = (pages.find((each) => each.id === wanted) ?? pages[0])?.id;
  const frame = {
    title: definition.title[locale] || definition.title.vi,
    code: definition.code,
    isDone: shown.isDone ?? false,
  };
  try {
    const body = renderFormPage({
      definition,
      pageId: pageId ?? '',
      locale,
      surroundings: circumstances,
      books: circumstances.books,
      canSave: false,
      caption: definition.title[locale] || definition.title.vi,
      hidden: { [knownField]: JSON.stringify(shown.values), _page: pageId ?? '' },
      ...shown,
    });
    // What is half made may not be drawable yet: that must be told in words, not as a failure of the page around.
    renderToString(body);
    return page(<PreviewPage {...frame}>{body}</PreviewPage>, { status: shown.status ?? 200 });
  } catch (error) {
    request.log.debug({ err: error, code: definition.code }, 'a working copy cannot be drawn yet');
    return page(<PreviewPage {...frame} isBroken />);
  }
}

async function tryOut(request: WebRequest): Promise<Reply> {
  const definition = await definitionFor(request);
  const fields = await request.form(async ({ stream }) => {
    stream.resume();
    return null;
  });
  const pageId = fields.get('_page') ?? '';
  if (!definition.ui.pages.some((each) => each.id === pageId)) return show(request, definition, pageId, { values: {} });
  const known = valuesOf(fields.get(knownField));
  const circumstances = await circumstancesOf(request, definition);
  try {
    const parsed = parseFormPost(definition, pageId, fields, known, circumstances);
    const { values, typed, revealed } = parsed;
    if (parsed.command.kind !== 'continue') return await show(request, definition, pageId, { values, typed });
    // Files are not kept here: a question for files is taken as answered.
    const isFile = (at: string): boolean =>
      definition.ui.pages.some((each) =>
        each.groups.some((group) =>
          group.fields.some((field) => field.type === 'file' && field.name === at.split('.').at(-1)),
        ),
      );
    const errors = parsed.errors.filter((error) => !isFile(error.at));
    if (errors.length > 0) return await show(request, definition, pageId, { values, typed, errors, status: 422 });
    if (revealed.length > 0) return await show(request, definition, pageId, { values, typed, revealed });
    const after = pageAfter(definition, journeyOf(definition, values, circumstances), pageId);
    return await show(request, definition, after ?? '', { values: after ? values : {}, isDone: after === null });
  } catch (error) {
    request.log.debug({ err: error, code: definition.code }, 'a working copy cannot be tried out yet');
    return show(request, definition, pageId, { values: {} });
  }
}

function valuesOf(text: string | null): Values {
  try {
    const parsed: unknown = JSON.parse((text ?? '').slice(0, 300_000));
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? (parsed as Values) : {};
  } catch {
    return {};
  }
}
