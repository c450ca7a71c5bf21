import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';

/** The promises of the portal's weight, held on the built files: CSS ≤ 30 kB, loader ≤ 2 kB, island page ≤ 15 kB, fonts ≤ 90 kB. */
interface Entry {
  file: string;
  imports?: string[];
  dynamicImports?: string[];
}

const client = 'dist/client';
let manifest: Record<string, Entry> = {};

beforeAll(() => {
  if (!existsSync(join(client, '.vite/manifest.json'))) {
    execFileSync('node_modules/.bin/vite', ['build', '--logLevel', 'error'], { stdio: 'inherit' });
  }
  manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8')) as Record<string, Entry>;
}, 120_000);

const bytesOf = (file: string): number => gzipSync(readFileSync(join(client, file)), { level: 9 }).length;

/** The entry and everything it imports at once. */
function filesOf(key: string, seen = new Set<string>()): Set<string> {
  const entry = manifest[key];
  if (!entry || seen.has(entry.file)) return seen;
  seen.add(entry.file);
  for (const imported of entry.imports ?? []) filesOf(imported, seen);
  return seen;
}

const total = (files: Iterable<string>): number => [...files].reduce((sum, file) => sum + bytesOf(file), 0);

function pageWith(islands: readonly string[]): number {
  const files = filesOf('src/browser/public.ts');
  for (const key of islands) {
    filesOf(key, files);
    if (key.endsWith('.tsx')) filesOf('src/browser/hydrate.ts', files);
  }
  return total(files);
}

describe('what a citizen downloads', () => {
  test('the style sheet is at most 30 kB', () => {
    expect(bytesOf(manifest['src/browser/styles/public.scss']?.file ?? '')).toBeLessThanOrEqual(30_000);
  });

  test('the loader is at most 2 kB, with all it imports at once', () => {
    expect(total(filesOf('src/browser/public.ts'))).toBeLessThanOrEqual(2000);
  });

  test('what wakes an island is at most 8 kB, so that an island of 5 kB stays within 15', () => {
    expect(total([...filesOf('src/browser/public.ts'), ...filesOf('src/browser/hydrate.ts')])).toBeLessThanOrEqual(
      8000,
    );
  });

  // Loader, island, what wakes it (nothing for plain ones) and everything they import. Exceptions have names here.
  // Officials' editors (docs/features/forms.md); each has a limit of its own below.
  const exceptions: string[] = ['src/engines/forms/islands/form-designer.tsx'];
  test('a page with an island is at most 15 kB of script', () => {
    const islands = Object.keys(manifest).filter((key) => /\/islands\/[a-z0-9-]+\.tsx?$/.test(key));
    expect(islands).toContain('src/engines/forms/islands/live-form.ts');
    const heavy = islands.filter((key) => !exceptions.includes(key) && pageWith([key]) > 15_000);
    expect(heavy.map((key) => `${key}: ${pageWith([key])} bytes`)).toEqual([]);
  });

  test('a page of an e-form, with all that makes it livelier, is at most 15 kB of script', () => {
    const islands = Object.keys(manifest).filter(
      (key) => key.startsWith('src/engines/forms/islands/') && !exceptions.includes(key),
    );
    expect(pageWith(islands)).toBeLessThanOrEqual(15_000);
  });

  test('the form designer of officials is at most 40 kB of script', () => {
    const designer = filesOf('src/engines/forms/islands/form-designer.tsx');
    filesOf('src/browser/hydrate.ts', designer);
    expect(total(designer)).toBeLessThanOrEqual(40_000);
  });

  test('the fonts are at most 90 kB together', () => {
    const fonts = Object.values(manifest).filter((entry) => entry.file.endsWith('.woff2'));
    expect(fonts).toHaveLength(4);
    const bytes = fonts.reduce((sum, entry) => sum + readFileSync(join(client, entry.file)).length, 0);
    expect(bytes).toBeLessThanOrEqual(90_000);
  });

  test('style sheets name only files that were built, and no address outside', () => {
    for (const sheet of ['public', 'workspace']) {
      const css = readFileSync(join(client, manifest[`src/browser/styles/${sheet}.scss`]?.file ?? ''), 'utf8');
      const addresses = [...css.matchAll(/url\(["']?([^"')]+)/g)].map((match) => match[1] ?? '');
      expect(addresses.filter((address) => !existsSync(join(client, address)))).toEqual([]);
    }
  });

  test('nothing writes a style element into the page', () => {
    const script = [...filesOf('src/browser/workspace.ts')]
      .map((file) => readFileSync(join(client, file), 'utf8'))
      .join('');
    expect(script).not.toMatch(/installStylesheetElement\(\)\{[^}]/);
  });
});
