import fastifyStatic from '@fastify/static';
import { renderToString } from 'preact-render-to-string';
import { modules as allModules } from './modules.ts';
import { placeOf } from './doors.ts';
import { apiDocumentRoutes } from './api/routes.tsx';
import { pageViewFor } from './page-view.ts';
import { PageProvider, type PageAssets, type PageProvince } from './platform/http/page-context.ts';
import { createHttp, type Http } from './platform/http/server.ts';
import { json } from './platform/http/reply.ts';
import { problem, unavailable } from './platform/problems.ts';
import type { AppContext, Module } from './platform/module.ts';
import { renderProblem } from './problem-page.tsx';
import { isAllowedOrigin, missingProof, provinceTexts, resolveClient, resolveSession } from './wiring.ts';

export interface AppOptions {
  context: AppContext;
  assets: PageAssets;
  /** Folder of built files served under /assets/; null when there is none. */
  assetsFolder: string | null;
  modules?: readonly Module[];
  addressLimit?: number;
  /** False: every page is made anew; for measuring. */
  cachePages?: boolean;
  scriptHashes?: readonly string[];
}

/** Builds the whole web application without listening: pages, API, health. */
export async function buildApp(options: AppOptions): Promise<Http> {
  const { context, assets } = options;
  const modules = options.modules ?? allModules;
  const texts: Record<'vi' | 'en', PageProvince> = provinceTexts(context);
  const http = await createHttp({
    context,
    resolveSession,
    missingProof,
    resolveClient: (token) => resolveClient(context, token),
    allowsOrigin: (origin) => isAllowedOrigin(context.db.reader, origin),
    renderProblem,
    placeOf,
    ...(options.addressLimit === undefined ? {} : { addressLimit: options.addressLimit }),
    ...(options.cachePages === undefined ? {} : { cachePages: options.cachePages }),
    ...(options.scriptHashes === undefined ? {} : { scriptHashes: options.scriptHashes }),
    async renderDocument(request, reply, csrfToken) {
      const view = await pageViewFor({ context, modules, assets, province: texts[request.locale], request, csrfToken });
      return `<!doctype html>${renderToString(<PageProvider view={view}>{reply.vnode}</PageProvider>)}`;
    },
  });
  if (options.assetsFolder !== null)
    await http.app.register(fastifyStatic, {
      root: options.assetsFolder,
      prefix: '/assets/',
      maxAge: '1y',
      immutable: true,
      preCompressed: true,
      index: false,
      list: false,
    });
  const web = http.webFor('app');
  web.get('/health/live', { access: 'public', machine: true }, () => json({ status: 'live' }));
  web.get('/health/ready', { access: 'public', machine: true }, async () => {
    if (http.isDraining() || !(await context.db.isReady())) throw problem(unavailable);
    return json({ status: 'ready' });
  });
  for (const module of modules) module.routes?.(http.webFor(module.name), context);
  apiDocumentRoutes(http, context);
  await http.app.ready();
  return http;
}
