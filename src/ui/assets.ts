import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PageAssets } from '../platform/http/page-context.ts';

interface ManifestEntry {
  file: string;
  imports?: string[];
}

const islandPattern =
  /^src\/(?:(?:foundation|engines|office|services|insight)\/([a-z-]+)|(ui))\/islands\/([a-z0-9-]+)\.tsx?$/;

/** Name of an island from its file: `src/engines/forms/islands/money-words.tsx` → `forms/money-words`; null for other files. */
export function islandName(file: string): string | null {
  const match = islandPattern.exec(file);
  return match ? `${match[1] ?? match[2]}/${match[3]}` : null;
}

/**
 * Reads the manifest that Vite left in `clientDir` and answers with hashed addresses under `/assets/`. Without a build
 * (plain tests of pages) the addresses are unhashed and islands stay plain HTML. Reads the disk once, at start.
 */
export function readAssets(clientDir: string): PageAssets {
  const file = join(clientDir, '.vite/manifest.json');
  const manifest = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, ManifestEntry>) : {};
  const address = (key: string, fallback: string): string => `/${manifest[key]?.file ?? `assets/${fallback}`}`;
  const islands = new Map<string, string>();
  for (const [key, entry] of Object.entries(manifest)) {
    const name = islandName(key);
    if (name) islands.set(name, `/${entry.file}`);
  }
  const preloads = (key: string): string[] => {
    const found = new Set<string>();
    const visit = (at: string): void => {
      for (const imported of manifest[at]?.imports ?? []) {
        const target = manifest[imported];
        if (!target || found.has(`/${target.file}`)) continue;
        found.add(`/${target.file}`);
        visit(imported);
      }
    };
    visit(key);
    return [...found];
  };
  const preloadLists = {
    public: preloads('src/browser/public.ts'),
    workspace: preloads('src/browser/workspace.ts'),
  };
  return {
    css: (entry) => address(`src/browser/styles/${entry}.scss`, `${entry}.css`),
    script: (entry) => address(`src/browser/${entry}.ts`, `${entry}.js`),
    preload: (entry) => preloadLists[entry],
    island: (name) => islands.get(name) ?? null,
  };
}
