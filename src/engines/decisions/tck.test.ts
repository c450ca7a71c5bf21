import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isProblem } from '../../platform/problems.ts';
import { evaluateDecision, isUndecided } from './decision-model.ts';
import type { Value } from './feel-values.ts';
import { readDmn } from './read-dmn.ts';
import { readXml, type XmlElement } from './testing/read-xml.ts';

/*
 * The published conformance cases of DMN (dmn-tck/tck, Apache-2.0; see testing/tck/SOURCE.txt). Every result of every vendored case is asked; how many agree
 * is pinned, and each that does not is named with the reason.
 */

const FOLDER = join(import.meta.dirname, 'testing', 'tck');

/** Cases that do not agree, by suite: how many, and why. A suite that is not named agrees in full. */
const NOT_AGREED: Readonly<Record<string, readonly [cases: number, reason: string]>> = {
  '0009-invocation-arithmetic-test-01': [3, 'business knowledge models are not claimed'],
  '0002-string-functions-test-01': [2, 'boxed contexts are not claimed'],
  '0003-iteration-test-01': [1, 'business knowledge models are not claimed'],
  '0016-some-every-test-01': [
    4,
    'relations and business knowledge models are not claimed, and two decisions stand on them',
  ],
  '0033-for-loops-test-01': [1, 'business knowledge models are not claimed'],
  '0036-dt-variable-input-test-01': [2, 'a test that compares the input with null: the library lets it pass'],
  '0067-feel-split-function-test-01': [
    1,
    'a pattern given by name in another order: patterns are looked at before they run',
  ],
  '0069-feel-list-test-01': [3, 'the library takes a list of one for its member'],
  '0072-feel-in-test-01': [4, 'null in null: the library says true'],
  '0074-feel-properties-test-01': [10, 'boxed contexts are not claimed'],
  '0099-arithmetic-negation-test-01': [
    5,
    'negative durations by sign, which the library does not know; functions of one’s own are refused',
  ],
  '1100-feel-decimal-function-test-01': [1, 'the number of digits is not cut to a whole number'],
  '1115-feel-date-function-test-01': [8, 'years before 0 and beyond 275,760'],
  '1120-feel-duration-function-test-01': [5, 'durations of millions of years; PT0S written otherwise'],
};

interface Outcome {
  readonly id: string;
  readonly verdict: 'passed' | 'differs' | 'unclaimed' | 'refused';
  readonly note: string;
}

const kids = (element: XmlElement, name: string): XmlElement[] =>
  element.children.filter((child) => child.name === name);

function valueOf(element: XmlElement): Value {
  const [list] = kids(element, 'list');
  if (list) return list.attributes['nil'] === 'true' ? null : kids(list, 'item').map(valueOf);
  const components = kids(element, 'component');
  if (components.length > 0)
    return Object.fromEntries(components.map((part) => [part.attributes['name']!, valueOf(part)]));
  const [value] = kids(element, 'value');
  if (!value || value.attributes['nil'] === 'true') return null;
  const type = (value.attributes['type'] ?? 'string').replace(/^\w+:/, '');
  if (['decimal', 'double', 'integer', 'float', 'int', 'long'].includes(type)) return Number(value.text);
  return type === 'boolean' ? value.text.trim() === 'true' : value.text;
}

/** Numbers to eight digits (the kit's own measure); seconds and zones in whichever of their spellings. */
function agree(a: Value, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-8 * Math.max(1, Math.abs(b));
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each: Value, i) => agree(each, (b as Value[])[i]!));
  if (typeof a === 'object' && typeof b === 'object' && a !== null && b !== null) {
    const [left, right] = [a as Record<string, Value>, b as Record<string, Value>];
    const names = Object.keys(left);
    return (
      names.length === Object.keys(right).length &&
      names.every((name) => name in right && agree(left[name]!, right[name]!))
    );
  }
  return (
    a === b ||
    (typeof a === 'string' &&
      typeof b === 'string' &&
      a.replace(/^-?PT?0[A-Z]$/, 'P0') === b.replace(/^-?PT?0[A-Z]$/, 'P0'))
  );
}

async function outcomesOf(file: string): Promise<Outcome[]> {
  const cases = readXml(readFileSync(file, 'utf8'));
  const model = await readDmn(readFileSync(join(dirname(file), kids(cases, 'modelName')[0]!.text.trim()), 'utf8'));
  return kids(cases, 'testCase').flatMap((each) => {
    const given = Object.fromEntries(
      kids(each, 'inputNode').map((node) => [node.attributes['name']!.normalize('NFC'), valueOf(node)]),
    );
    return kids(each, 'resultNode').map((node): Outcome => {
      const name = node.attributes['name']!.normalize('NFC');
      const id = `${basename(file, '.xml')} ${each.attributes['id']} ${name}`;
      const expected = valueOf(kids(node, 'expected')[0]!);
      if (!model.decisions.some((decision) => decision.name === name))
        return { id, verdict: 'unclaimed', note: model.unclaimed.map((u) => u.element).join() };
      try {
        const { value } = evaluateDecision(model, name, given);
        return {
          id,
          verdict: agree(value, expected) ? 'passed' : 'differs',
          note: `${JSON.stringify(value)} for ${JSON.stringify(expected)}`,
        };
      } catch (error) {
        if (expected === null && (isUndecided(error) || node.attributes['errorResult'] === 'true'))
          return { id, verdict: 'passed', note: 'error' };
        const fault = isProblem(error) ? JSON.stringify(error.details) : String(error);
        return { id, verdict: 'refused', note: fault.slice(0, 200) };
      }
    });
  });
}

const files = globSync('**/*.xml', { cwd: FOLDER }).sort();
const outcomes = (await Promise.all(files.map((file) => outcomesOf(join(FOLDER, file))))).flat();
const count = (verdict: Outcome['verdict'], level?: string) =>
  outcomes.filter(
    (each) =>
      each.verdict === verdict &&
      (!level || files.some((f) => f.startsWith(level) && basename(f, '.xml') === each.id.split(' ')[0])),
  ).length;

describe('the published cases of DMN', () => {
  test('as many agree as did before', () => {
    const total = outcomes.length;
    process.stdout.write(
      `DMN TCK: ${count('passed')} of ${total} results agree (level 2: ${count('passed', 'cl2')}); ${count('differs')} differ, ${count('refused')} refused, ${count('unclaimed')} not claimed\n`,
    );
    if (process.env['SEN_TELL_CASES'])
      for (const each of outcomes)
        if (each.verdict !== 'passed') process.stdout.write(`${each.verdict} ${each.id}: ${each.note}\n`);
    expect({ passed: count('passed'), total }).toEqual({ passed: 1016, total: 1066 });
  });
  test('those that do not are named, with the reason', () => {
    const open: Record<string, number> = {};
    for (const { id, verdict } of outcomes) {
      const suite = id.split(' ')[0]!;
      if (verdict !== 'passed') open[suite] = (open[suite] ?? 0) + 1;
    }
    expect(open).toEqual(Object.fromEntries(Object.entries(NOT_AGREED).map(([suite, [cases]]) => [suite, cases])));
  });
});
