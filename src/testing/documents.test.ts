import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';

/* What the documents say exists, exists: a document that lies costs more than none. */

function markdownBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['node_modules', 'dist', '.sen', '.git'].includes(entry.name) ? [] : markdownBelow(path);
    return entry.name.endsWith('.md') ? [path] : [];
  });
}

const documents = ['README.md', 'CONTRIBUTING.md', ...markdownBelow('docs'), ...markdownBelow('src')].filter((path) =>
  existsSync(path),
);
const read = (path: string): string => readFileSync(path, 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

test('every relative link and picture leads somewhere', () => {
  const broken = documents.flatMap((path) =>
    [...read(path).matchAll(/\]\(([^)\s]+)\)|<img [^>]*src="([^"]+)"/g)]
      .map((match) => (match[1] ?? match[2] ?? '').split('#')[0] ?? '')
      .filter((target) => target !== '' && !/^[a-z]+:/.test(target))
      .filter((target) => !existsSync(normalize(join(dirname(path), target))))
      .map((target) => `${path}: ${target}`),
  );
  expect(broken).toEqual([]);
});

test('every npm command, bench and rig that a document names exists', () => {
  const wrong = documents.flatMap((path) => {
    const text = read(path);
    const run = [...text.matchAll(/npm run ([a-z]+)(?: -- ([a-z0-9-]+))?/g)].filter(([, name = '', script]) => {
      if (!(name in scripts)) return true;
      return (name === 'bench' || name === 'rig') && script !== undefined && !existsSync(`${name}/${script}.ts`);
    });
    const short = [...text.matchAll(/npm (start|test)\b/g)].filter(([, name = '']) => !(name in scripts));
    return [...run, ...short].map(([said]) => `${path}: ${said}`);
  });
  expect(wrong).toEqual([]);
});

test('every document names folders and files of the house that are there', () => {
  const wrong = documents.flatMap((path) =>
    [...read(path).matchAll(/`((?:src|docs|bin|db|province|bench|rig|e2e)\/[\w./-]*\w)`/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !existsSync(target) && !path.includes('guides'))
      .map((target) => `${path}: ${target}`),
  );
  expect(wrong).toEqual([]);
});

/** What is wrong with one row of the requirements. */
function faultsOf([
  ,
  id = '',
  english = '',
  vietnamese = '',
  modules = '',
  tests = '',
  state = '',
]: string[]): string[] {
  const named = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
  const faults = [];
  if (english === '' || vietnamese === '') faults.push('has no name in one of the languages');
  if (!/^(whole|part: without .+|not yet)$/.test(state)) faults.push(`has the state "${state}"`);
  if ((state === 'not yet') !== (modules === '' && tests === ''))
    faults.push('names module and test if, and only if, there is something');
  for (const path of named(tests))
    if (!/\.test\.(ts|tsx|mjs)$/.test(path) || !existsSync(path)) faults.push(`names the test ${path}`);
  for (const name of named(modules)) if (!existsSync(`src/${name}`)) faults.push(`names the module ${name}`);
  return faults.map((fault) => `${id} ${fault}`);
}

test('the requirements name all 280 systems once, and only modules and tests that exist', () => {
  const rows = read('docs/requirements.md')
    .split('\n')
    .filter((line) => /^\| *S\d+ *\|/.test(line))
    .map((line) => line.split('|').map((cell) => cell.trim()));
  expect(rows.map((cells) => cells[1])).toEqual(
    Array.from({ length: 280 }, (_, i) => `S${String(i + 1).padStart(2, '0')}`),
  );
  expect(rows.flatMap(faultsOf)).toEqual([]);
});
