import { findCurrentForm, formNotFound, formView, getFormVersion } from '../../engines/forms/index.ts';
import { localDate } from '../../platform/clock.ts';
import { conditional } from '../../platform/http/conditional.ts';
import type { Web } from '../../platform/http/web.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { procedureDocs } from './api-doc.ts';
import { procedureNotFound } from './procedure-problems.ts';
import { findProcedure } from './procedure-queries.ts';

/** The e-form of a procedure for partners. */
export function formApiRoutes(web: Web): void {
  web.get(
    paths.apiProcedureForm,
    {
      access: 'public',
      machine: true,
      api: procedureDocs.form,
      example: { code: '1.001193' },
    },
    async (request) => {
      const today = localDate(request.now);
      const procedure = await findProcedure(request.reader, request.params['code'] ?? '', today);
      if (!procedure) throw problem(procedureNotFound);
      if (procedure.formVersionId === null) throw problem(formNotFound);
      const pinned = await getFormVersion(request.reader, procedure.formVersionId);
      return conditional(request, formView((await findCurrentForm(request.reader, pinned.code, today)) ?? pinned));
    },
  );
}
