import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { modules } from '../modules.ts';

/* The house stays as drawn in docs/architecture.md: each rule here says what to do when it fails. */

const FLOORS = ['platform', 'ui', 'foundation', 'engines', 'office', 'services', 'insight'] as const;
const COMPOSITION = 'composition';

interface Import {
  from: string;
  to: string;
  typeOnly: boolean;
}
interface Place {
  floor: string;
  module: string | null;
  file: string;
}

const files = globSync('src/**/*.{ts,tsx}').sort();
const isTest = (file: string) =>
  /\.test\.tsx?$/.test(file) ||
  file.startsWith('src/testing/') ||
  basename(file) === 'testing.ts' ||
  /\/testing\//.test(file);
const source = files.filter((file) => !isTest(file));

function importsOf(file: string): Import[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  const requests = [
    ...module.staticImports.map((i) => ({
      request: i.moduleRequest.value,
      typeOnly: i.entries.length > 0 && i.entries.every((e) => e.isType),
    })),
    ...module.staticExports.flatMap((e) =>
      e.entries.flatMap((x) => (x.moduleRequest ? [{ request: x.moduleRequest.value, typeOnly: x.isType }] : [])),
    ),
  ];
  return requests
    .filter(({ request }) => request.startsWith('.'))
    .map(({ request, typeOnly }) => ({ from: file, to: join(dirname(file), request), typeOnly }));
}

function placeOf(file: string): Place {
  const [, floor, second] = file.split('/');
  if (floor === 'browser') return { floor: 'browser', module: null, file };
  if (!floor || !(FLOORS as readonly string[]).includes(floor)) return { floor: COMPOSITION, module: null, file };
  const hasModules = floor !== 'platform' && floor !== 'ui';
  return { floor, module: hasModules ? (second ?? null) : null, file };
}

const level = (floor: string) =>
  floor === COMPOSITION ? FLOORS.length : FLOORS.indexOf(floor as (typeof FLOORS)[number]);
const imports = source.flatMap(importsOf);
const say = ({ from, to }: Import) => `${from} → ${to}`;

describe('floors', () => {
  test('an import goes to a lower floor, or sideways', () => {
    const broken = imports.filter(({ from, to }) => {
      const [a, b] = [placeOf(from), placeOf(to)];
      return a.floor !== 'browser' && b.floor !== 'browser' && level(b.floor) > level(a.floor);
    });
    expect(broken.map(say), 'move the code down, declare an extension point below, or publish an event').toEqual([]);
  });

  test('another module is reached through its index.ts only', () => {
    const broken = imports.filter(({ from, to }) => {
      const [a, b] = [placeOf(from), placeOf(to)];
      if (b.module === null || (a.floor === b.floor && a.module === b.module)) return false;
      if (a.floor === 'browser') return !to.includes('/islands/');
      if (from === 'src/modules.ts') return basename(to) !== 'module.ts';
      return basename(to) !== 'index.ts';
    });
    expect(broken.map(say), "export what is needed from the other module's index.ts").toEqual([]);
  });

  test('a module on the same floor is listed in uses, and uses has no cycle', () => {
    const uses = new Map(modules.map((module) => [module.name, new Set(module.uses)]));
    const missing = imports.filter(({ from, to }) => {
      const [a, b] = [placeOf(from), placeOf(to)];
      if (a.floor !== b.floor || a.module === null || b.module === null || a.module === b.module) return false;
      return !uses.get(a.module)?.has(b.module);
    });
    expect(missing.map(say), 'list it in `uses` of the manifest, if no cycle comes of it').toEqual([]);
    const reaches = (name: string, target: string, seen = new Set<string>()): boolean =>
      [...(uses.get(name) ?? [])].some(
        (next) => next === target || (!seen.has(next) && reaches(next, target, seen.add(next))),
      );
    expect(
      [...uses.keys()].filter((name) => reaches(name, name)),
      'break the cycle with an event',
    ).toEqual([]);
  });
});

describe('files', () => {
  const named = (pattern: RegExp) => imports.filter(({ from }) => pattern.test(basename(from)));

  test('views hold no data access, clock or session', () => {
    const broken = imports.filter(
      ({ from, to, typeOnly }) =>
        from.includes('/views/') &&
        !typeOnly &&
        /-queries\.ts$|\/platform\/(database|transaction|session|config|jobs|events)\.ts$/.test(to),
    );
    expect(broken.map(say), 'pass it in as a prop').toEqual([]);
  });

  test('queries know their own module and the platform only', () => {
    const broken = named(/-queries\.ts$/).filter(({ from, to, typeOnly }) => {
      const [a, b] = [placeOf(from), placeOf(to)];
      return !typeOnly && b.floor !== 'platform' && (a.floor !== b.floor || a.module !== b.module);
    });
    expect(broken.map(say), 'read in batches through the other module, in the use case or route').toEqual([]);
  });

  test('only queries files, migrations and the platform speak SQL', () => {
    const sql =
      /\b(select\s+[\s\S]{1,400}?\sfrom\s+[a-z_]+\.[a-z_]+|insert\s+into\s+[a-z_]+\.[a-z_]+|update\s+[a-z_]+\.[a-z_]+\s+set|delete\s+from\s+[a-z_]+\.[a-z_]+)/i;
    const allowed = /-queries\.ts$|^src\/platform\//;
    const broken = source.filter((file) => !allowed.test(file) && sql.test(stripComments(readFileSync(file, 'utf8'))));
    expect(broken, 'move the SQL into a *-queries.ts file').toEqual([]);
  });

  test('a module names only its own tables', () => {
    const schemas = modules.map((module) => module.name);
    const broken = source.flatMap((file) => {
      const own = placeOf(file).module;
      if (!file.endsWith('-queries.ts')) return [];
      const text = stripComments(readFileSync(file, 'utf8'));
      return schemas
        .filter(
          (schema) => schema !== own && new RegExp(`\\b(from|join|into|update)\\s+${schema}\\.[a-z]`, 'i').test(text),
        )
        .map((schema) => `${file} names tables of ${schema}`);
    });
    expect(broken, "ask the other module's front door").toEqual([]);
  });

  test('production code does not import tests', () => {
    expect(imports.filter(({ to }) => isTest(to)).map(say)).toEqual([]);
  });

  test('front doors export by name', () => {
    const broken = source.filter(
      (file) => basename(file) === 'index.ts' && /export \*/.test(readFileSync(file, 'utf8')),
    );
    expect(broken, 'write the exports out, about ten of them').toEqual([]);
  });

  test('no catch-all names', () => {
    expect(
      source.filter((file) => /(^|[/-])(utils?|helpers?|common|misc)([./-]|$)/.test(file)),
      'name it after what it does',
    ).toEqual([]);
  });

  test('every module has a manifest, a front door and a README', () => {
    const folders = [
      ...new Set(source.flatMap((file) => (placeOf(file).module ? [file.split('/').slice(0, 3).join('/')] : []))),
    ];
    const present = new Set(globSync('src/*/*/*'));
    const missing = folders.flatMap((folder) =>
      ['module.ts', 'index.ts', 'README.md'].map((name) => join(folder, name)).filter((path) => !present.has(path)),
    );
    expect(missing).toEqual([]);
    expect(folders.map((folder) => basename(folder)).sort()).toEqual(modules.map((module) => module.name).sort());
  });
});

function stripComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
