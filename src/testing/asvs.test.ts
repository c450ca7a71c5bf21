import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/* The list of OWASP ASVS 5.0 stays whole and true: every number once, every file there, every count right. */

const text = readFileSync('docs/security/asvs.md', 'utf8');
const rows = text
  .split('\n')
  .filter((line) => /^\| *V\d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, id = '', level = '', words = '', state = '', proof = '']) => ({ id, level, words, state, proof }));
const filesOf = (proof: string): string[] => [...proof.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

/** Requirements of levels 1 and 2 in each section of the standard's version 5.0.0. */
const SECTIONS =
  'V1.1:2 V1.2:9 V1.3:11 V1.4:3 V1.5:2 V2.1:3 V2.2:3 V2.3:4 V2.4:1 V3.2:2 V3.3:4 V3.4:6 V3.5:5 V3.7:2 V4.1:3 V4.2:1 V4.3:2 V4.4:4 V5.1:1 V5.2:3 V5.3:2 V5.4:3 V6.1:3 V6.2:12 V6.3:4 V6.4:4 V6.5:5 V6.6:3 V6.8:4 V7.1:3 V7.2:4 V7.3:2 V7.4:5 V7.5:2 V7.6:2 V8.1:2 V8.2:3 V8.3:1 V8.4:1 V9.1:3 V9.2:4 V10.1:2 V10.2:2 V10.3:4 V10.4:11 V10.5:5 V10.6:2 V10.7:3 V11.1:2 V11.2:3 V11.3:3 V11.4:4 V11.5:1 V11.6:1 V12.1:3 V12.2:2 V12.3:4 V13.1:1 V13.2:5 V13.3:2 V13.4:5 V14.1:2 V14.2:4 V14.3:3 V15.1:3 V15.2:3 V15.3:7 V16.1:1 V16.2:5 V16.3:4 V16.4:3 V16.5:3 V17.1:1 V17.2:4 V17.3:2';

test('it names the 253 requirements of levels 1 and 2, each once', () => {
  expect(rows).toHaveLength(253);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(253);
  const counted = new Map<string, number>();
  for (const { id } of rows) {
    const section = id.split('.').slice(0, 2).join('.');
    counted.set(section, (counted.get(section) ?? 0) + 1);
  }
  expect([...counted].map(([section, count]) => `${section}:${count}`).join(' ')).toBe(SECTIONS);
  expect(rows.filter(({ level }) => level === '1')).toHaveLength(70);
  expect(rows.filter(({ level }) => level !== '1' && level !== '2')).toEqual([]);
});

test('what is proved names tests or rigs that exist, what is written down names documents or data', () => {
  const wrong = rows.flatMap(({ id, state, proof }) => {
    const files = filesOf(proof);
    const isTest = (file: string): boolean => /\.test\.(ts|tsx|mjs)$|^rig\/[a-z-]+\.ts$/.test(file);
    if (state === 'proved' && !files.some(isTest)) return [`${id} names no test`];
    if (state === 'written down' && files.length === 0) return [`${id} names no document`];
    return ['proved', 'written down'].includes(state)
      ? files.filter((file) => !existsSync(file)).map((file) => `${id} names ${file}`)
      : [];
  });
  expect(wrong).toEqual([]);
});

test('every other line says why, and the counts at the top are true', () => {
  const states = ['proved', 'written down', 'not applicable', 'not yet'];
  expect(rows.filter(({ state }) => !states.includes(state))).toEqual([]);
  expect(rows.filter(({ state, proof }) => state.startsWith('not') && proof.length < 5)).toEqual([]);
  expect(rows.filter(({ words }) => words.length < 4)).toEqual([]);
  for (const state of states) {
    const count = rows.filter((row) => row.state === state).length;
    expect(text).toMatch(new RegExp(`\\| ${state} +\\| ${count} +\\|`));
  }
});
