import { renderToString } from 'preact-render-to-string';
import { PageProvider, type PageAssets } from '../../platform/http/page-context.ts';
import { previewPages } from './preview-pages.tsx';
import { aPageView } from './preview-view.ts';

/** HTML of a preview page, with its doctype. */
export function renderPreview(name: string, assets: PageAssets): string {
  const page = previewPages[name];
  if (!page) throw new Error(`There is no preview page ${name}`);
  return `<!doctype html>${renderToString(<PageProvider view={aPageView(assets, page.view)}>{page.content}</PageProvider>)}`;
}
