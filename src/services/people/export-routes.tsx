import { publish } from '../../platform/events.ts';
import { download, page, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { typesetPdf } from '../../platform/typst.ts';
import { formatDateTime, isoDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { collectOwnData } from './export-data.ts';
import { accountIdOf } from './own-account.ts';
import { dataExported } from './people-events.ts';
import { readableSections } from './readable-data.ts';
import { ExportPage } from './views/export-page.tsx';
import { exportWords } from './views/export-words.ts';

const template = new URL('own-data.typ', import.meta.url);

/** The person's own data: `json` for machines, `trang` to read and print, `pdf` to keep. */
async function exportData(request: WebRequest): Promise<Reply> {
  const { reader, actor, now, locale } = request;
  const format = request.params['format'] ?? '';
  if (format !== 'json' && format !== 'trang' && format !== 'pdf') throw problem(notFound);
  const id = accountIdOf(actor);
  const data = await collectOwnData(reader, actor, now);
  await request.command(async (tx) =>
    publish(tx, dataExported, { subject: { kind: 'account', id }, payload: { format } }),
  );
  const name = `du-lieu-cua-toi-${isoDate(now)}`;
  if (format === 'json')
    return download(JSON.stringify(data, null, 2), {
      fileName: `${name}.json`,
      type: 'application/json; charset=utf-8',
    });
  const sections = readableSections(data, locale);
  if (format === 'trang') return page(<ExportPage sections={sections} madeAt={now} isComplete={data.isComplete} />);
  const own = exportWords.in(locale);
  const pdf = typesetPdf(template, {
    lang: locale,
    title: own.title,
    made: own.made(formatDateTime(now, locale)),
    warning: data.isComplete ? null : own.incomplete,
    sections,
  });
  return download(pdf, { fileName: `${name}.pdf`, type: 'application/pdf' });
}

/** Taking one's data away; a member of a business who may only see may not. */
export function exportRoutes(web: Web): void {
  web.get(
    paths.dataExport,
    {
      access: 'submitter',
      example: { format: 'trang' },
      rateLimit: { name: 'people.export', limit: 20, windowSeconds: 600, by: 'account' },
    },
    exportData,
  );
}
