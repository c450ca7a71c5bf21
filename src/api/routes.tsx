import { conditional } from '../platform/http/conditional.ts';
import { page } from '../platform/http/reply.ts';
import type { Http } from '../platform/http/server.ts';
import type { AppContext } from '../platform/module.ts';
import { notFound, problem, problemNamed } from '../platform/problems.ts';
import { paths } from '../ui/paths.ts';
import { releases } from './changes.ts';
import { ApiDocsPage } from './docs-page.tsx';
import { isApiRoute, openApiDocument, parametersOf, problemsOf } from './document.ts';
import { OperationPage } from './operation-page.tsx';
import { ChangesPage, ProblemPage, ProblemsPage } from './problem-pages.tsx';

const CACHED = { access: 'public', cacheSeconds: 60 } as const;

/** The document of the public API for machines, and the same for people: operations, problems, changes. */
export function apiDocumentRoutes(http: Http, context: AppContext): void {
  const web = http.webFor('app');
  const { publicUrl } = context.config;
  let made: Record<string, unknown> | null = null;
  const document = () => (made ??= openApiDocument(http.routes, publicUrl));
  const routes = () => http.routes.filter(isApiRoute);
  web.get(paths.openApi, { access: 'public', machine: true }, (request) =>
    conditional(request, document(), { headers: { 'access-control-allow-origin': '*' } }),
  );
  web.get(paths.apiDocs, CACHED, () =>
    page(<ApiDocsPage routes={routes()} publicUrl={publicUrl} version={releases[0]?.version ?? ''} />),
  );
  web.get(paths.apiOperation, { ...CACHED, example: { operation: 'searchProcedures' } }, (request) => {
    const route = routes().find(({ options }) => options.api.id === request.params['operation']);
    if (!route) throw problem(notFound);
    return page(<OperationPage route={route} parameters={parametersOf(route)} publicUrl={publicUrl} />);
  });
  web.get(paths.apiChanges, CACHED, () => page(<ChangesPage />));
  web.get(paths.apiProblems, CACHED, () => {
    const all = new Map(
      routes()
        .flatMap(problemsOf)
        .map((each) => [each.code, each]),
    );
    const sorted = [...all.values()].sort((a, b) => a.status - b.status || a.code.localeCompare(b.code));
    return page(<ProblemsPage problems={sorted} />);
  });
  web.get(paths.apiProblem, { ...CACHED, example: { code: 'platform.invalid-input' } }, (request) => {
    const found = problemNamed(request.params['code'] ?? '');
    if (!found) throw problem(notFound);
    const users = routes().filter((route) => problemsOf(route).some(({ code }) => code === found.code));
    return page(<ProblemPage problem={found} routes={users} />);
  });
}
