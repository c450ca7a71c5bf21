import { describe, expect, test } from 'vitest';
import { isProblem } from '../../platform/problems.ts';
import { compileProcess } from './compile-process.ts';
import { readBpmn, writeBpmn } from './read-bpmn.ts';
import { checkProcess } from './soundness.ts';
import { bpmnFile, draw } from './testing/draw.ts';

async function codesOf(xml: string): Promise<string[]> {
  const { definition, findings } = compileProcess(await readBpmn(xml));
  const all = [...findings, ...(definition ? checkProcess(definition) : [])];
  for (const { text, element } of all) {
    expect(text.vi).toContain(element);
    expect(text.en).toContain(element);
  }
  return all.map(({ code, element }) => `${code} ${element}`);
}

describe('what is wrong with a drawing is found before it runs, by element', () => {
  test.each([
    ['a parallel join behind a choice', `s -> x1 -> t1 {a} -> p1 -> e\nx1 -> t2 {default} -> p1`, ['never-fills p1']],
    ['a plain merge behind a parallel split', `s -> p1 -> t1 -> x1 -> t3 -> e\np1 -> t2 -> x1`, ['done-twice x1']],
    ['no default', `s -> x1 -> t1 {a} -> x2 -> e\nx1 -> t2 {b} -> x2`, ['no-branch x1']],
    ['no end', 's -> t1', ['no-end thu']],
    ['no start', 't1 -> e', ['starts thu']],
    ['an island', `s -> t1 -> e\nt2 -> e`, ['unreachable t2']],
    ['a way that ends nowhere', `s -> x1 -> t1 {a} -> e\nx1 -> t2 {default}`, ['no-way-out t2']],
    ['a condition nobody can read', `s -> x1 -> t1 {a >} -> x2 -> e\nx1 -> t2 {default} -> x2`, ['expression x1_t1']],
    ['a sound one', `s -> x1 -> t1 {a} -> x2 -> e\nx1 -> t2 {default} -> x2`, []],
  ])('%s', async (_, chains, codes) => {
    expect(await codesOf(draw(chains))).toEqual(codes);
  });

  test.each([
    ['<scriptTask id="kich" name="Kịch bản"/>', 'kich'],
    ['<task id="chung" name="Việc chung"/>', 'chung'],
    ['<complexGateway id="phuc"/>', 'phuc'],
    ['<transaction id="gd"/>', 'gd'],
    ['<adHocSubProcess id="tuy"/>', 'tuy'],
    [
      '<subProcess id="sk" triggeredByEvent="true"><startEvent id="s9"/><endEvent id="e9"/><sequenceFlow id="f9" sourceRef="s9" targetRef="e9"/></subProcess>',
      'sk',
    ],
    ['<intermediateThrowEvent id="bu"><compensateEventDefinition/></intermediateThrowEvent>', 'bu'],
    ['<intermediateCatchEvent id="dieu"><conditionalEventDefinition/></intermediateCatchEvent>', 'dieu'],
    ['<intermediateCatchEvent id="noi"><linkEventDefinition name="a"/></intermediateCatchEvent>', 'noi'],
    ['<receiveTask id="mo" instantiate="true"/>', 'mo'],
  ])('%s is refused by name, and kept in the file', async (element, id) => {
    const xml = draw(`s -> ${id} -> e`, element);
    expect(await codesOf(xml)).toContain(`not-executed ${id}`);
    expect(await writeBpmn(await readBpmn(xml))).toContain(`id="${id}"`);
  });

  test.each([
    ['<userTask id="ai"/>', 'nobody ai'],
    ['<businessRuleTask id="bang" sen:reference="không có"/>', 'no-table bang'],
    ['<callActivity id="goi"/>', 'no-process goi'],
    ['<serviceTask id="lam"/>', 'no-service lam'],
    ['<receiveTask id="cho"/>', 'no-message cho'],
    ['<intermediateCatchEvent id="gio"><timerEventDefinition/></intermediateCatchEvent>', 'no-time gio'],
    ['<userTask id="viec" sen:role="r" sen:hours="-4"/>', 'wrong-hours viec'],
    ['<userTask id="viec" sen:role="r"><multiInstanceLoopCharacteristics/></userTask>', 'no-repetition viec'],
  ])('%s: %s', async (element, code) => {
    const id = code.split(' ')[1]!;
    expect(await codesOf(draw(`s -> ${id} -> e`, element))).toContain(code);
  });

  test('two processes that could both run', async () => {
    const xml = bpmnFile('<startEvent id="s"/>').replace(
      '</definitions>',
      '<process id="hai" isExecutable="true"/></definitions>',
    );
    expect(await codesOf(xml)).toEqual(['which-process file']);
  });
});

describe('files that come in', () => {
  const reasonOf = async (xml: string): Promise<unknown> => {
    try {
      await readBpmn(xml);
    } catch (error) {
      return isProblem(error) ? error.details['reason'] : String(error);
    }
    return 'read';
  };
  test.each([
    ['entities', `<!DOCTYPE d [<!ENTITY a "&#34;"><!ENTITY b "&a;&a;">]>${draw('s -> e')}`, 'document-type'],
    [
      'depth',
      bpmnFile('<extensionElements>' + '<a>'.repeat(80) + '</a>'.repeat(80) + '</extensionElements>'),
      'too-deep',
    ],
    [
      'a flood of attributes',
      bpmnFile(`<startEvent id="s" ${Array.from({ length: 100 }, (_, i) => `a${i}="x"`).join(' ')}/>`),
      'too-many-attributes',
    ],
    ['a flood of elements', bpmnFile('<startEvent/>'.repeat(30_001)), 'too-many-elements'],
    ['size', bpmnFile(`<documentation>${'x'.repeat(2_100_000)}</documentation>`), 'too-large'],
    ['half a file', draw('s -> e').slice(0, 300), 'not-well-formed'],
    ['another thing', '<svg xmlns="http://www.w3.org/2000/svg"></svg>', 'not-well-formed'],
    ['nothing', '', 'not-well-formed'],
  ])('%s', async (_, xml, reason) => {
    expect(await reasonOf(xml)).toBe(reason);
  });

  test('names that reach into a program are names like any other', async () => {
    const { definition } = compileProcess(
      await readBpmn(draw('s -> __proto__ -> e', '<userTask id="__proto__" name="constructor" sen:role="r"/>')),
    );
    expect(Object.keys(definition!.nodes)).not.toContain('__proto__');
    expect(({} as Record<string, unknown>)['kind']).toBeUndefined();
  });

  test('what the reader could not place is a finding, not left out in silence', async () => {
    const { findings } = compileProcess(await readBpmn(draw('s -> việc -> e', '<userTask id="việc" sen:role="r"/>')));
    expect(findings.map(({ code }) => code)).toContain('unread');
    expect(findings.find(({ code }) => code === 'unread')!.text.en).toContain('việc');
  });

  test('extensions of other editors are kept', async () => {
    const xml = bpmnFile(
      '<startEvent id="s" other:màu="đỏ"><extensionElements><other:thing size="3"><other:inner/></other:thing></extensionElements></startEvent>',
    ).replace('<definitions ', '<definitions xmlns:other="urn:other" ');
    const written = await writeBpmn(await readBpmn(xml));
    for (const piece of ['other:thing size="3"', 'other:inner', 'urn:other']) expect(written).toContain(piece);
  });
});
