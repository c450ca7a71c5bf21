import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compileProcess } from './compile-process.ts';
import { readBpmn, writeBpmn } from './read-bpmn.ts';

/* The 21 reference models of the BPMN Model Interchange Working Group (see testing/miwg/SOURCE.txt). */

const FOLDER = join(import.meta.dirname, 'testing', 'miwg');
const files = globSync('*.bpmn', { cwd: FOLDER }).sort();

/** Elements that are lost when a file is written anew: HTML inside of notes, and references to other files. A file nobody changed is kept as it came. */
const LOST: Readonly<Record<string, readonly string[]>> = {
  'C.1.0.bpmn': ['br', 'p'],
  'C.1.1.bpmn': ['br', 'p'],
  'C.8.1.bpmn': [
    'formalExpression',
    'literalExpression',
    'literalExpression',
    'literalExpression',
    'outMessageRef',
    'outMessageRef',
    'outMessageRef',
    'text',
    'text',
    'text',
  ],
};

const elementsOf = (xml: string): string[] =>
  [...xml.replaceAll(/<!--[\s\S]*?-->/g, '').matchAll(/<([A-Za-z][\w:.-]*)/g)]
    .map(([, name]) => name!.replace(/^[\w-]+:/, ''))
    .sort();
const idsOf = (xml: string): string[] => [...xml.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id!).sort();

function missing(before: readonly string[], after: readonly string[]): string[] {
  const left = [...after];
  return before.filter((name) => {
    const at = left.indexOf(name);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

describe('the reference models of the OMG', () => {
  test('are 21', () => expect(files).toHaveLength(21));

  test.each(files)('%s is read and written again with all that is in it', async (name) => {
    const xml = readFileSync(join(FOLDER, name), 'utf8');
    const file = await readBpmn(xml);
    const written = await writeBpmn(file);
    expect(missing(elementsOf(xml), elementsOf(written))).toEqual(LOST[name] ?? []);
    expect(missing(idsOf(xml), idsOf(written)).filter((id) => !LOST[name] && id !== '')).toEqual([]);
    expect(await writeBpmn(await readBpmn(written))).toBe(written);
  });

  test('every element in them is executed, drawn only, or refused by name', async () => {
    const refused = new Set<string>();
    for (const name of files) {
      const file = await readBpmn(readFileSync(join(FOLDER, name), 'utf8'));
      for (const each of compileProcess(file).findings) {
        expect(each.text.vi).toContain(each.element);
        refused.add(each.code);
      }
    }
    expect([...refused].sort()).toEqual(expect.arrayContaining(['not-executed', 'which-process']));
  });
});
