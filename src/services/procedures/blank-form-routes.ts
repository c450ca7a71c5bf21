import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { getFile, sendFile } from '../../foundation/files/index.ts';
import { localDate } from '../../platform/clock.ts';
import { streamed, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { listTemplates } from './package/package-queries.ts';
import { formNotThere, procedureNotFound } from './procedure-problems.ts';
import { findProcedure } from './procedure-queries.ts';
import type { Procedure } from './procedure.ts';
import { renderBlankForm } from './render-form.ts';

const rateLimit = { name: 'procedures.templates', limit: 60, windowSeconds: 60, by: 'address' } as const;

/** Kinds of files a province may ship as templates; everything else is sent as bytes. */
const TYPES: Record<string, string> = {
  '.pdf': 'application/pdf',
  '.doc': 'application/msword',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  '.xlsx': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  '.odt': 'application/vnd.oasis.opendocument.text',
};

/** Empty forms for everybody: the e-form on paper, and the files a province ships beside its procedures. */
export function blankFormRoutes(web: Web): void {
  web.get(
    paths.procedureBlankForm,
    { access: 'public', rateLimit, cacheSeconds: 300, example: { code: '1.001193' } },
    async (request) => {
      const procedure = await currentOf(request);
      const body = await renderBlankForm(request.reader, procedure.versionId, request.locale);
      return {
        kind: 'data',
        status: 200,
        type: 'application/pdf',
        body,
        headers: inline(`to-khai-${procedure.code}.pdf`),
      };
    },
  );
  web.get(paths.procedureTemplate, { access: 'public', rateLimit }, async (request) =>
    sendTemplate(request, await currentOf(request)),
  );
}

async function currentOf(request: WebRequest): Promise<Procedure> {
  const code = request.params['code'] ?? '';
  const procedure = await findProcedure(request.reader, code, localDate(request.now));
  if (!procedure) throw problem(procedureNotFound);
  return procedure;
}

const inline = (fileName: string) => ({ 'content-disposition': `inline; filename="${fileName}"` });

/** Only a file that the procedure itself names: what stands in the address never becomes a path. */
async function sendTemplate(request: WebRequest, { content }: Procedure): Promise<Reply> {
  const asked = request.params['fileId'];
  const named = content.papers
    .flatMap((group) => group.papers)
    .map((paper) => paper.template?.file)
    .find((file) => file === asked);
  if (named === undefined || !/^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(named)) throw problem(formNotThere);
  const kept = (await listTemplates(request.reader, [named])).get(named);
  if (kept) return sendFile(request, await getFile(request.reader, kept.fileId));
  const path = join(request.config.provinceFolder, 'templates', named);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) throw problem(formNotThere);
  const type = TYPES[extname(named).toLowerCase()] ?? 'application/octet-stream';
  return streamed(createReadStream(path), { fileName: named, type, sizeBytes: found.size });
}
