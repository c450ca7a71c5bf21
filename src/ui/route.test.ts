import { expect, test } from 'vitest';
import { localisedPath } from '../platform/http/page-context.ts';
import { paths } from './paths.ts';
import { queryString, route } from './route.ts';

test('a route builds addresses and knows its pattern', () => {
  const dossier = route('/ho-so/:id');
  expect(dossier({ id: 'H41.12-1' })).toBe('/ho-so/H41.12-1');
  expect(dossier.pattern).toBe('/ho-so/:id');
  expect(paths.application({ draftId: 'a' })).toBe('/nop-ho-so/a');
  expect(paths.application({ draftId: 'a', page: 2 })).toBe('/nop-ho-so/a/2');
  expect(paths.home()).toBe('/');
  expect(paths.search({ q: 'khai sinh' })).toBe('/tim-kiem?q=khai+sinh');
});

test('hostile values stay inside their segment', () => {
  expect(paths.procedure({ code: '../../quan-tri?x#y' })).toBe('/thu-tuc-hanh-chinh/..%2F..%2Fquan-tri%3Fx%23y');
});

test('a missing parameter is a programming error', () => {
  expect(() => paths.procedure({ code: '' })).toThrow('needs code');
});

test('empty query values are left out, lists repeat', () => {
  expect(queryString({ a: '', b: null, c: undefined, d: 0, e: ['x', 'y'] })).toBe('?d=0&e=x&e=y');
  expect(queryString({})).toBe('');
});

test('no two routes are the same, and none has diacritics or capitals', () => {
  const patterns = Object.values(paths).map((path) => path.pattern);
  expect(new Set(patterns).size).toBe(patterns.length);
  for (const pattern of patterns) expect(pattern.replace(/:\w+\??/g, '')).toMatch(/^[a-z0-9/.-]*$/);
});

test('English addresses carry /en, machines and files do not', () => {
  expect(localisedPath('en', '/')).toBe('/en');
  expect(localisedPath('en', '/tra-cuu?a=1')).toBe('/en/tra-cuu?a=1');
  expect(localisedPath('en', '/en/tra-cuu')).toBe('/en/tra-cuu');
  expect(localisedPath('vi', '/tra-cuu')).toBe('/tra-cuu');
  for (const path of [
    '/api/v1/procedures',
    '/assets/x.css',
    '#phone',
    'tel:1022',
    '//evil.example',
    'https://vnanet.vn',
  ]) {
    expect(localisedPath('en', path)).toBe(path);
  }
});
