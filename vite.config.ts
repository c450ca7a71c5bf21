import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import { jsonLogicWithoutCompiler } from './vite-json-logic.ts';

/**
 * Turbo puts a `<style>` element into the page for its progress bar; the content security policy allows none. Its rules are in
 * workspace.scss instead. Fails the build when a new Turbo no longer has the method.
 */
function turboWithoutInlineStyle(): Plugin {
  const installs = /installStylesheetElement\(\) \{\s*document\.head\.insertBefore\([^)]*\);?\s*\}/;
  return {
    name: 'sen:turbo-without-inline-style',
    transform(code, id) {
      if (!id.includes('@hotwired/turbo/dist')) return null;
      if (!installs.test(code)) throw new Error('Turbo has changed how it adds its style element: see vite.config.ts');
      return { code: code.replace(installs, 'installStylesheetElement() {}'), map: null };
    },
  };
}

/** Vite wraps every dynamic import in 2 kB of preloading; the portal's whole script is smaller than that. */
function plainDynamicImports(): Plugin {
  return {
    name: 'sen:plain-dynamic-imports',
    enforce: 'pre',
    load: (id) => (id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null),
  };
}

/** Writes each text file a second time with brotli and gzip, as tight as they go: the server sends those (`preCompressed`) and compresses nothing itself. */
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'sen:compressed',
    configResolved: (config) => void (folder = resolve(config.root, config.build.outDir)),
    closeBundle() {
      for (const file of globSync('assets/**/*.{js,css,svg}', { cwd: folder })) {
        const path = join(folder, file);
        const bytes = readFileSync(path);
        writeFileSync(`${path}.br`, brotliCompressSync(bytes));
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

const islands = globSync('src/*/{islands,*/islands}/*.{ts,tsx}').filter((file) => !/\.test\.tsx?$/.test(file));

// What browsers load. The server finds the hashed names through dist/client/.vite/manifest.json (src/ui/assets.ts).
export default defineConfig({
  publicDir: 'src/browser/public',
  plugins: [turboWithoutInlineStyle(), plainDynamicImports(), jsonLogicWithoutCompiler(), compressed()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  css: {
    preprocessorOptions: { scss: { loadPaths: ['.', 'node_modules'], quietDeps: true } },
  },
  build: {
    outDir: 'dist/client',
    assetsDir: 'assets',
    manifest: true,
    // Data addresses would need holes in the content security policy.
    assetsInlineLimit: 0,
    modulePreload: false,
    // The kit's style sheets hold a media query for an old browser that the default minifier refuses.
    cssMinify: 'esbuild',
    target: 'es2020',
    cssTarget: ['chrome87', 'safari14', 'firefox78'],
    rollupOptions: {
      preserveEntrySignatures: 'strict',
      input: [
        'src/browser/public.ts',
        'src/browser/workspace.ts',
        'src/browser/service-worker.ts',
        'src/browser/styles/public.scss',
        'src/browser/styles/workspace.scss',
        'src/browser/styles/display.scss',
        ...islands,
      ],
    },
  },
});
