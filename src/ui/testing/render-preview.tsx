import { renderToString } from 'preact-render-to-string';
import { PageProvider, type PageAssets, type PageView } from '../../platform/http/page-context.ts';
import { previewPages } from './preview-pages.tsx';
import { aPageView } from './preview-view.ts';

/** HTML of a preview page, with its doctype; `overrides` change the request around it. */
export function renderPreview(name: string, assets: PageAssets, overrides: Partial<PageView> = {}): string {
  const page = previewPages[name];
  if (!page) throw new Error(`There is no preview page ${name}`);
  return `<!doctype html>${renderToString(<PageProvider view={aPageView(assets, { ...page.view, ...overrides })}>{page.content}</PageProvider>)}`;
}
