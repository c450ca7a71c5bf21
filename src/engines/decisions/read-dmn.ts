import { DmnModdle, type DmnElement } from 'dmn-moddle';
import { problem } from '../../platform/problems.ts';
import { xmlFault } from '../../platform/xml-guard.ts';
import type { Decision, DecisionLogic, DecisionModel } from './decision-model.ts';
import { modelUnreadable } from './decision-problems.ts';
import { TABLE_LIMITS, type DecisionTable, type HitPolicy } from './decision-table.ts';
import type { Shape, ValueType } from './feel-values.ts';

const MODEL_13 = 'https://www.omg.org/spec/DMN/20191111/MODEL/';

/**
 * Reads a DMN file: decision tables and literal expressions with the data they need. Files of DMN 1.1 to 1.5 differ in their namespaces only, as far as this
 * goes, and are read alike. Parts that are not claimed are listed, not guessed.
 * @throws modelUnreadable with the reason: hostile XML, no DMN, two decisions of one name, decisions that need each other
 */
export async function readDmn(xml: string): Promise<DecisionModel> {
  const fault = xmlFault(xml);
  if (fault) throw problem(modelUnreadable, { reason: fault });
  const root = await parse(xml.replaceAll(/https?:\/\/www\.omg\.org\/spec\/DMN\/\d{8}\/MODEL\/?(?=["'])/g, MODEL_13));
  const elements = list(root['drgElement']);
  const types = typesOf(list(root['itemDefinition']));
  const unclaimed: { element: string; name: string }[] = [];
  const names = new Map(elements.map((each) => [text(each['id']), nameOf(each)]));
  const inputs: Record<string, Shape> = {};
  const decisions: Decision[] = [];
  for (const element of elements) {
    if (element.$type === 'dmn:InputData') inputs[nameOf(element)] = shapeOf(element['variable'], types);
    else if (element.$type === 'dmn:Decision') {
      const decision = decisionOf(element, names, elements, types);
      if (decision) decisions.push(decision);
      else
        unclaimed.push({
          element: (element['decisionLogic'] as DmnElement | undefined)?.$type ?? 'none',
          name: nameOf(element),
        });
    } else if (!['dmn:KnowledgeSource'].includes(element.$type))
      unclaimed.push({ element: element.$type, name: nameOf(element) });
  }
  if (list(root['import']).length > 0) unclaimed.push({ element: 'dmn:Import', name: '' });
  return { name: text(root['name']), inputs, decisions: inOrder(decisions), unclaimed };
}

async function parse(xml: string): Promise<DmnElement> {
  try {
    const { rootElement } = await DmnModdle().fromXML(xml);
    if (rootElement.$type === 'dmn:Definitions') return rootElement;
  } catch (error) {
    throw problem(modelUnreadable, { reason: 'not-well-formed', message: (error as Error).message.slice(0, 200) });
  }
  throw problem(modelUnreadable, { reason: 'no-dmn' });
}

const list = (value: unknown): readonly DmnElement[] => (Array.isArray(value) ? (value as DmnElement[]) : []);
const text = (value: unknown): string => (typeof value === 'string' ? value.normalize('NFC').trim() : '');
const nameOf = (element: DmnElement): string => text(element['name']) || text(element['id']);
const bodyOf = (value: unknown): string => text((value as DmnElement | undefined)?.['text']);
const optional = (value: unknown): string | null => (value === undefined ? null : bodyOf(value) || null);

const SIMPLE_TYPES: Readonly<Record<string, ValueType>> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  date: 'date',
  time: 'time',
  'date and time': 'dateTime',
  dateTime: 'dateTime',
  duration: 'duration',
  'days and time duration': 'duration',
  dayTimeDuration: 'duration',
  'years and months duration': 'duration',
  yearMonthDuration: 'duration',
};

/** The declared types of a file by name; one that leads back to itself is any. */
function typesOf(items: readonly DmnElement[]): (reference: string) => Shape {
  const byName = new Map(items.map((item) => [nameOf(item), item]));
  const find = (reference: string, seen: readonly string[]): Shape => {
    const name = reference.replace(/^[A-Za-z]+:/, '');
    const item = byName.get(name);
    if (item && !seen.includes(name)) return of(item, [...seen, name]);
    return SIMPLE_TYPES[name] ?? 'any';
  };
  const of = (item: DmnElement, seen: readonly string[]): Shape => {
    const parts = list(item['itemComponent']);
    if (parts.length > 0) return Object.fromEntries(parts.map((part) => [nameOf(part), of(part, seen)]));
    return item['typeRef'] === undefined ? 'any' : find(text(item['typeRef']), seen);
  };
  return (reference) => find(reference, []);
}

const shapeOf = (variable: unknown, types: (reference: string) => Shape): Shape => {
  const reference = text((variable as DmnElement | undefined)?.['typeRef']);
  return reference === '' ? 'any' : types(reference);
};

function decisionOf(
  element: DmnElement,
  names: ReadonlyMap<string, string>,
  elements: readonly DmnElement[],
  types: (reference: string) => Shape,
): Decision | null {
  const logic = logicOf(element['decisionLogic'] as DmnElement | undefined, types);
  if (logic === null || list(element['knowledgeRequirement']).length > 0) return null;
  const required = (kind: 'requiredInput' | 'requiredDecision'): string[] =>
    list(element['informationRequirement']).flatMap((requirement) => {
      const href = text((requirement[kind] as DmnElement | undefined)?.['href']);
      const name = names.get(href.slice(href.lastIndexOf('#') + 1));
      return name === undefined ? [] : [name];
    });
  const all = [...required('requiredInput'), ...required('requiredDecision')];
  const isDecision = (name: string) => elements.some((e) => e.$type === 'dmn:Decision' && nameOf(e) === name);
  return {
    id: text(element['id']),
    name: nameOf(element),
    shape: shapeOf(element['variable'], types),
    inputs: all.filter((name) => !isDecision(name)),
    decisions: all.filter(isDecision),
    logic,
  };
}

function logicOf(logic: DmnElement | undefined, types: (reference: string) => Shape): DecisionLogic | null {
  if (logic?.$type === 'dmn:LiteralExpression' && isFeel(logic)) return { kind: 'expression', text: bodyOf(logic) };
  if (logic?.$type === 'dmn:DecisionTable') return { kind: 'table', table: tableOf(logic, types) };
  return null;
}

const isFeel = (element: DmnElement): boolean => {
  const language = text(element['expressionLanguage']);
  return language === '' || /feel/i.test(language);
};

const POLICIES: Readonly<Record<string, HitPolicy>> = {
  UNIQUE: 'U',
  ANY: 'A',
  PRIORITY: 'P',
  FIRST: 'F',
  'RULE ORDER': 'R',
  'OUTPUT ORDER': 'O',
  COLLECT: 'C',
};
const AGGREGATIONS: Readonly<Record<string, HitPolicy>> = { SUM: 'C+', MIN: 'C<', MAX: 'C>', COUNT: 'C#' };

function tableOf(table: DmnElement, types: (reference: string) => Shape): DecisionTable {
  const policy = POLICIES[text(table['hitPolicy']).toUpperCase() || 'UNIQUE'];
  if (policy === undefined) throw problem(modelUnreadable, { reason: 'hit-policy' });
  const aggregation = AGGREGATIONS[text(table['aggregation']).toUpperCase()];
  const simple = (reference: unknown): ValueType => {
    const shape = text(reference) === '' ? 'any' : types(text(reference));
    return typeof shape === 'string' ? shape : 'any';
  };
  const [inputs, outputs, rules] = [list(table['input']), list(table['output']), list(table['rule'])];
  if (inputs.length > TABLE_LIMITS.inputs || outputs.length > TABLE_LIMITS.outputs || rules.length > TABLE_LIMITS.rules)
    throw problem(modelUnreadable, { reason: 'too-large' });
  return {
    hitPolicy: policy === 'C' && aggregation !== undefined ? aggregation : policy,
    inputs: inputs.map((input) => ({
      label: text(input['label']),
      expression: bodyOf(input['inputExpression']),
      type: simple((input['inputExpression'] as DmnElement | undefined)?.['typeRef']),
      allowed: optional(input['inputValues']),
    })),
    outputs: outputs.map((output) => ({
      name: text(output['name']),
      type: simple(output['typeRef']),
      allowed: optional(output['outputValues']),
      fallback: optional(output['defaultOutputEntry']),
    })),
    rules: rules.map((rule, at) => ({
      id: text(rule['id']) || `rule-${at + 1}`,
      when: list(rule['inputEntry']).map((entry) => bodyOf(entry) || '-'),
      gives: list(rule['outputEntry']).map(bodyOf),
      note: text(rule['description']),
    })),
  };
}

/** Decisions so that each stands behind those it needs. */
function inOrder(decisions: readonly Decision[]): Decision[] {
  const ordered: Decision[] = [];
  let waiting = [...decisions];
  if (new Set(decisions.map(({ name }) => name)).size < decisions.length)
    throw problem(modelUnreadable, { reason: 'same-name' });
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name));
    const ready = waiting.filter((decision) => decision.decisions.every((name) => !names.has(name)));
    if (ready.length === 0) throw problem(modelUnreadable, { reason: 'circle', decisions: [...names].slice(0, 5) });
    ordered.push(...ready);
    waiting = waiting.filter((decision) => !ready.includes(decision));
  }
  return ordered;
}
