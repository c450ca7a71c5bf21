import { localDate } from '../../../platform/clock.ts';
import { page, type Reply } from '../../../platform/http/reply.ts';
import { tableExport } from '../../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { problem } from '../../../platform/problems.ts';
import { paths } from '../../../ui/paths.ts';
import { manageForms } from '../form-permissions.ts';
import { formNotFound } from '../form-problems.ts';
import { listVersions } from '../form-queries.ts';
import { isDay } from '../logic.ts';
import { FiguresPage, figureWords } from '../views/figures-page.tsx';
import { countIdleDrafts, readFigures } from './figure-queries.ts';
import { figuresOf } from './figures-of.ts';

const access = { permission: manageForms };
const example = { code: 'dang-ky-khai-sinh' };
/** A draft that nobody touched for so long counts as stopped. */
const idleHours = 24;

/** Where people stop, how long pages take, which questions are answered wrongly. */
export function figureRoutes(web: Web): void {
  web.get(paths.adminFormFigures, { access, example }, async (request) => {
    const { figures, ...shown } = await figuresFor(request);
    return page(<FiguresPage {...shown} figures={figures} />);
  });
  web.get(paths.adminFormFiguresExport, { access, example: { ...example, format: 'csv' } }, exportFigures);
}

async function figuresFor(request: WebRequest) {
  const code = request.params['code'] ?? '';
  const versions = await listVersions(request.reader, code);
  const [latest] = versions;
  if (!latest) throw problem(formNotFound);
  const today = localDate(request.now);
  const day = (name: string, fallback: string): string => {
    const value = request.query.get(name) ?? '';
    return isDay(value) ? value : fallback;
  };
  const to = day('den', today);
  const monthBefore = new Date(Date.parse(`${to}T00:00:00Z`) - 29 * 86_400_000).toISOString().slice(0, 10);
  const from = day('tu', monthBefore);
  const number = Number(request.query.get('phien-ban'));
  const chosen = versions.find((each) => each.version === number);
  const ids = (chosen ? [chosen] : versions).map((each) => each.id);
  const idleBefore = new Date(request.now.getTime() - idleHours * 3_600_000);
  const rows = await readFigures(request.reader, ids, from, to);
  const idle = await countIdleDrafts(request.reader, ids, idleBefore, request.now);
  return {
    code,
    title: latest.definition.title,
    numbers: versions.map((each) => each.version),
    chosen: chosen?.version ?? null,
    from,
    to,
    figures: figuresOf((chosen ?? latest).definition, rows, idle),
  };
}

async function exportFigures(request: WebRequest): Promise<Reply> {
  const { figures, code } = await figuresFor(request);
  const own = figureWords.in(request.locale);
  const { locale } = request;
  const pages = figures.pages.map((each) => ({
    page: each.title[locale],
    question: '',
    passed: each.passed,
    refused: each.refused,
    left: each.left,
    idle: each.idle,
    seconds: each.medianSeconds,
  }));
  const questions = figures.questions.map((each) => ({
    page: each.page[locale],
    question: each.label[locale],
    passed: null,
    refused: each.refused,
    left: each.left,
    idle: each.idle,
    seconds: null,
  }));
  return tableExport(request.params['format'] ?? '', {
    locale,
    name: `${locale === 'en' ? 'figures' : 'so-lieu'}-${code}`,
    rows: [...pages, ...questions],
    columns: [
      { heading: own.page, value: (row) => row.page, width: 40 },
      { heading: own.question, value: (row) => row.question, width: 50 },
      { heading: own.passed, value: (row) => row.passed },
      { heading: own.refused, value: (row) => row.refused },
      { heading: own.left, value: (row) => row.left },
      { heading: own.idle, value: (row) => row.idle },
      { heading: own.medianSeconds, value: (row) => row.seconds },
    ],
  });
}
