import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type { DecisionTable, Value } from '../decisions/index.ts';
import { compileProcess } from './compile-process.ts';
import type { Definition } from './definition.ts';
import { positionsOf, step } from './interpreter.ts';
import { readBpmn } from './read-bpmn.ts';
import { checkProcess } from './soundness.ts';
import { newState, type Command, type Effect, type State } from './state.ts';
import { draw } from './testing/draw.ts';

const NOW = new Date('2026-11-23T01:00:00Z');
const later = (hours: number) => new Date(NOW.getTime() + hours * 3_600_000);

async function definitionOf(xml: string, tables: Record<string, DecisionTable> = {}): Promise<Definition> {
  const { definition, findings } = compileProcess(await readBpmn(xml), tables);
  const all = [...findings, ...(definition ? checkProcess(definition) : [])].filter(
    ({ severity }) => severity === 'error',
  );
  expect(all.map(({ text }) => text.en)).toEqual([]);
  return definition!;
}

/** A process being played: commands by the names of its steps. */
class Play {
  state: State = newState();
  effects: readonly Effect[] = [];
  private count = 0;
  /** Pairs that must be the same: a command twice, a state through JSON. Looked at after each test. */
  readonly same: [unknown, unknown][] = [];
  readonly definition: Definition;
  constructor(definition: Definition, variables: Record<string, Value> = {}) {
    this.definition = definition;
    this.do({ kind: 'start', variables });
  }
  do(command: DistributiveOmit<Command, 'id'>, now = NOW): boolean {
    const id = `c${++this.count}`;
    const result = step(this.definition, this.state, { ...command, id } as Command, now);
    this.same.push([step(this.definition, this.state, { ...command, id } as Command, now), result]);
    if (result.isApplied)
      this.same.push([step(this.definition, result.state, { ...command, id } as Command, now).isApplied, false]);
    this.same.push([JSON.parse(JSON.stringify(result.state)), result.state]);
    this.state = result.state;
    this.effects = result.effects;
    return result.isApplied;
  }
  tokenAt(node: string): number {
    const found = positionsOf(this.state).find((each) => each.node === node && each.wait !== 'repetition');
    return found ? found.token : -1;
  }
  done(node: string, variables: Record<string, Value> = {}): boolean {
    return this.do({ kind: 'complete', token: this.tokenAt(node), variables });
  }
  /** Names of the nodes where something waits. */
  at(): string {
    return positionsOf(this.state)
      .filter(({ wait }) => wait !== 'scope' && wait !== 'repetition')
      .map(({ node }) => node)
      .sort()
      .join(' ');
  }
  armAt(node: string): number {
    return this.state.arms.find((arm) => arm.node === node)?.id ?? -1;
  }
}
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
const played: Play[] = [];
afterEach(() => {
  const differing = played
    .splice(0)
    .flatMap(({ same }) => same.filter(([one, other]) => !isDeepStrictEqual(one, other)));
  if (differing.length > 0) throw new Error(`A step was not the same twice: ${JSON.stringify(differing[0])}`);
});
const play = async (xml: string, variables: Record<string, Value> = {}, tables: Record<string, DecisionTable> = {}) => {
  const made = new Play(await definitionOf(xml, tables), variables);
  played.push(made);
  return made;
};

describe('gateways', () => {
  const choice = draw(`s -> x1 -> t1 {n > 5} -> x2 -> e
    x1 -> t2 {default} -> x2`);
  test('exclusive: the first true branch, or the default', async () => {
    const one = await play(choice, { n: 6 });
    expect(one.at()).toBe('t1');
    one.done('t1');
    expect(one.state).toMatchObject({ status: 'completed', tokens: [], runs: [], arms: [] });
    expect((await play(choice, { n: 5 })).at()).toBe('t2');
    expect((await play(choice, {})).at()).toBe('t2');
  });

  test('parallel: all, and on when all have come', async () => {
    const p = await play(
      draw(`s -> p1 -> t1 -> p2 -> t3 -> e
      p1 -> t2 -> p2`),
    );
    expect(p.at()).toBe('t1 t2');
    p.done('t2');
    expect(p.at()).toBe('p2 t1');
    expect(p.done('t2')).toBe(false);
    p.done('t1');
    expect(p.at()).toBe('t3');
  });

  test('inclusive: those that are true, and on when none can come any more', async () => {
    const xml = draw(`s -> o1 -> t1 {a} -> o2 -> t4 -> e
      o1 -> t2 {b} -> o2
      o1 -> t3 {default} -> o2`);
    const both = await play(xml, { a: true, b: true });
    expect(both.at()).toBe('t1 t2');
    both.done('t1');
    expect(both.at()).toBe('o2 t2');
    both.done('t2');
    expect(both.at()).toBe('t4');
    expect((await play(xml, { a: false })).at()).toBe('t3');
  });

  test('event-based: the first event wins', async () => {
    const xml = draw(
      `s -> v1 -> tin -> t1 -> x1 -> e
       v1 -> han -> t2 -> x1`,
      `<intermediateCatchEvent id="tin"><messageEventDefinition messageRef="m"/></intermediateCatchEvent>
       <intermediateCatchEvent id="han"><timerEventDefinition><timeDuration>P2D</timeDuration></timerEventDefinition></intermediateCatchEvent>`,
      '<message id="m" name="bổ sung" sen:correlation="mã"/>',
    );
    const p = await play(xml, { mã: 'H1' });
    expect(p.state.arms).toHaveLength(2);
    expect(p.do({ kind: 'message', name: 'bổ sung', key: 'H2', variables: {} })).toBe(false);
    expect(p.do({ kind: 'timer', arm: p.armAt('han') }, later(47))).toBe(false);
    expect(p.do({ kind: 'message', name: 'bổ sung', key: 'H1', variables: { giấy: 2 } })).toBe(true);
    expect(p.at()).toBe('t1');
    expect(p.state).toMatchObject({ arms: [], variables: { giấy: 2 } });
    const q = await play(xml, { mã: 'H1' });
    expect(q.do({ kind: 'timer', arm: q.armAt('han') }, later(48))).toBe(true);
    expect(q.at()).toBe('t2');
  });

  test('a condition that cannot be worked out stops one token, and can be tried again', async () => {
    const p = await play(
      draw(`s -> t0 -> x1 -> t1 {matches(n, "a")} -> x2 -> e
      x1 -> t2 {default} -> x2`),
    );
    p.done('t0', { n: 'b'.repeat(600) });
    expect(p.state.tokens[0]!.wait).toMatchObject({ kind: 'incident' });
    expect(p.effects.some(({ kind }) => kind === 'incident')).toBe(true);
    p.do({ kind: 'retry', token: p.state.tokens[0]!.id, variables: { n: 'abc' } });
    expect(p.at()).toBe('t1');
  });
});

describe('events', () => {
  const bounded = (boundary: string, more = '') =>
    draw(
      `s -> t1 -> x1 -> e
       bien -> t2 -> x2 -> e2`,
      `<userTask id="t1" name="Thẩm định" sen:role="specialist"/>${boundary}`,
      more,
    ).replace('x2 -> e2', '');
  const timer = (interrupting: boolean, body: string) =>
    `<boundaryEvent id="bien" attachedToRef="t1" cancelActivity="${interrupting}"><timerEventDefinition>${body}</timerEventDefinition></boundaryEvent>`;

  test('a timer at the boundary ends the task, or only tells', async () => {
    const ends = await play(bounded(timer(true, '<timeDuration>PT8H</timeDuration>')));
    ends.do({ kind: 'timer', arm: ends.armAt('bien') }, later(8));
    expect(ends.at()).toBe('t2');
    const tells = await play(bounded(timer(false, '<timeCycle>R2/PT8H</timeCycle>')));
    tells.do({ kind: 'timer', arm: tells.armAt('bien') }, later(9));
    expect(tells.at()).toBe('t1 t2');
    expect(tells.state.arms[0]!.on).toMatchObject({ dueAt: later(16).toISOString(), left: 0 });
    tells.do({ kind: 'timer', arm: tells.armAt('bien') }, later(16));
    expect(tells.at()).toBe('t1 t2 t2');
    expect(tells.state.arms).toEqual([]);
    tells.done('t1');
    expect(tells.at()).toBe('t2 t2');
  });

  test('an error is caught by its code at the nearest boundary around, else the process fails', async () => {
    const sub = (caught: string) =>
      draw(
        `s -> con -> x1 -> e
         bien -> t9 -> e9`,
        `<subProcess id="con" name="Con"><startEvent id="s2"/><userTask id="t1" sen:role="r"/><endEvent id="e2"><errorEventDefinition errorRef="E"/></endEvent>
           <sequenceFlow id="f1" sourceRef="s2" targetRef="t1"/><sequenceFlow id="f2" sourceRef="t1" targetRef="e2"/></subProcess>
         <boundaryEvent id="bien" attachedToRef="con"><errorEventDefinition errorRef="${caught}"/></boundaryEvent>`,
        '<error id="E" errorCode="sai"/><error id="F" errorCode="khác"/>',
      );
    const p = await play(sub('E'));
    expect(p.at()).toBe('t1');
    p.done('t1');
    expect(p.at()).toBe('t9');
    const q = await play(sub('F'));
    q.done('t1');
    expect(q.state.status).toBe('failed');
    expect(q.effects.at(-1)).toEqual({ kind: 'ended', status: 'failed', error: 'sai' });
  });

  test('an escalation goes outwards and need not end the work', async () => {
    const xml = bounded(
      `<boundaryEvent id="bien" attachedToRef="t1" cancelActivity="false"><escalationEventDefinition escalationRef="L"/></boundaryEvent>`,
      '<escalation id="L" escalationCode="lãnh đạo"/>',
    );
    const p = await play(xml);
    p.do({ kind: 'escalate', token: p.tokenAt('t1'), code: 'lãnh đạo' });
    expect(p.at()).toBe('t1 t2');
    p.do({ kind: 'escalate', token: p.tokenAt('t1'), code: 'khác' });
    expect(p.effects).toContainEqual({ kind: 'escalation', node: 't1', code: 'khác', isCaught: false });
  });

  test('terminate ends what runs beside it, in its own scope only', async () => {
    const p = await play(
      draw(
        `s -> p1 -> t1 -> het
      p1 -> t2 -> e`,
        '<endEvent id="het"><terminateEventDefinition/></endEvent>',
      ),
    );
    p.done('t1');
    expect(p.state.status).toBe('completed');
    expect(p.effects).toContainEqual({ kind: 'left', token: expect.any(Number), node: 't2', how: 'withdrawn' });
  });

  test('a signal moves everybody who waits; messages and signals that are thrown are told', async () => {
    const p = await play(
      draw(
        `s -> p1 -> c1 -> p2 -> phat -> e
         p1 -> c2 -> p2`,
        ['c1', 'c2']
          .map(
            (id) =>
              `<intermediateCatchEvent id="${id}"><signalEventDefinition signalRef="S"/></intermediateCatchEvent>`,
          )
          .join('') +
          '<intermediateThrowEvent id="phat"><messageEventDefinition messageRef="M"/></intermediateThrowEvent>',
        '<signal id="S" name="bão"/><message id="M" name="xong"/>',
      ),
    );
    expect(p.do({ kind: 'signal', name: 'nắng', variables: {} })).toBe(false);
    p.do({ kind: 'signal', name: 'bão', variables: {} });
    expect(p.state.status).toBe('completed');
    expect(p.effects.find(({ kind }) => kind === 'message')).toMatchObject({ name: 'xong' });
  });
});

describe('activities', () => {
  const many = (loop: string) => draw('s -> viec -> t2 -> e', `<userTask id="viec" sen:role="r">${loop}</userTask>`);
  test('repeated in parallel over a list: each its member, results gathered, enough is enough', async () => {
    const p = await play(
      many(
        `<multiInstanceLoopCharacteristics sen:list="đơn vị" sen:item="nơi" sen:gather="ý kiến" sen:each="trả lời"><completionCondition>dừng = true</completionCondition></multiInstanceLoopCharacteristics>`,
      ),
      { 'đơn vị': ['A', 'B', 'C'] },
    );
    expect(p.at()).toBe('viec viec viec');
    expect(p.state.tokens.filter(({ host }) => host !== null).map(({ local }) => local['nơi'])).toEqual([
      'A',
      'B',
      'C',
    ]);
    p.done('viec', { 'trả lời': 'có' });
    p.done('viec', { 'trả lời': 'không', dừng: true });
    expect(p.at()).toBe('t2');
    expect(p.state.variables['ý kiến']).toEqual(['có', 'không']);
  });
  test('repeated one after another, by number; none when the number is 0', async () => {
    const xml = many(
      '<multiInstanceLoopCharacteristics isSequential="true"><loopCardinality>n</loopCardinality></multiInstanceLoopCharacteristics>',
    );
    const p = await play(xml, { n: 3 });
    for (let i = 0; i < 3; i++) {
      expect(p.at()).toBe('viec');
      p.done('viec');
    }
    expect(p.at()).toBe('t2');
    expect((await play(xml, { n: 0 })).at()).toBe('t2');
    expect((await play(xml, { n: 501 })).state.tokens[0]!.wait.kind).toBe('incident');
  });
  test('looped while a condition holds', async () => {
    const p = await play(
      many(
        '<standardLoopCharacteristics loopMaximum="5"><loopCondition>còn = true</loopCondition></standardLoopCharacteristics>',
      ),
    );
    p.done('viec', { còn: true });
    expect(p.at()).toBe('viec');
    p.done('viec', { còn: false });
    expect(p.at()).toBe('t2');
  });
  test('a rule task decides by its table and keeps the result', async () => {
    const table: DecisionTable = {
      hitPolicy: 'U',
      inputs: [{ label: '', expression: 'tầng', type: 'number', allowed: null }],
      outputs: [{ name: '', type: 'string', allowed: null, fallback: null }],
      rules: [
        { id: 'a', when: ['> 7'], gives: ['"tỉnh"'], note: '' },
        { id: 'b', when: ['<= 7'], gives: ['"xã"'], note: '' },
      ],
    };
    const p = await play(
      draw(
        `s -> tra -> x1 -> t1 {cấp = "tỉnh"} -> x2 -> e
      x1 -> t2 {default} -> x2`,
        '<businessRuleTask id="tra" sen:reference="cap" sen:result="cấp"/>',
      ),
      { tầng: 9 },
      { cap: table },
    );
    expect(p.at()).toBe('t1');
    expect(p.state.variables['cấp']).toBe('tỉnh');
  });
  test('services and called processes are asked once, and answer with what they found', async () => {
    const p = await play(
      draw(
        's -> hoi -> goi -> e',
        '<serviceTask id="hoi" sen:reference="dân cư"/><callActivity id="goi" calledElement="khác"/>',
      ),
    );
    expect(p.effects).toContainEqual({
      kind: 'service',
      token: p.tokenAt('hoi'),
      node: 'hoi',
      name: 'dân cư',
      variables: {},
    });
    p.done('hoi', { tên: 'An' });
    expect(p.effects).toContainEqual({
      kind: 'call',
      token: p.tokenAt('goi'),
      node: 'goi',
      process: 'khác',
      variables: { tên: 'An' },
    });
    p.done('goi');
    expect(p.state.status).toBe('completed');
  });
  test('a process that goes round without waiting is stopped', async () => {
    const p = await play(
      draw(`s -> x1 -> x2 -> x1 {default}
      x2 -> t1 {n = 1} -> e`),
    );
    expect(p.state.tokens.every(({ wait }) => wait.kind === 'incident')).toBe(true);
  });
  test('cancelled, it holds nothing any more', async () => {
    const p = await play(draw('s -> t1 -> e'));
    p.do({ kind: 'cancel', reason: 'rút' });
    expect(p.state).toMatchObject({ status: 'cancelled', tokens: [], runs: [], arms: [] });
    expect(p.done('t1')).toBe(false);
  });
});

type Block =
  | { task: string }
  | { seq: Block[] }
  | { xor: Block[]; at: number; id: string }
  | { and: Block[]; id: string }
  | { or: Block[]; on: boolean[]; id: string };

/** What a person would say is open: walking the tree of blocks with nothing but a set of done tasks. */
function frontier(block: Block, done: ReadonlySet<string>): { open: string[]; isOver: boolean } {
  if ('task' in block) return done.has(block.task) ? { open: [], isOver: true } : { open: [block.task], isOver: false };
  if ('seq' in block) {
    for (const each of block.seq) {
      const inner = frontier(each, done);
      if (!inner.isOver) return inner;
    }
    return { open: [], isOver: true };
  }
  const taken =
    'xor' in block ? [block.xor[block.at]!] : 'and' in block ? block.and : block.or.filter((_, i) => block.on[i]);
  const inner = taken.map((each) => frontier(each, done));
  return { open: inner.flatMap(({ open }) => open), isOver: inner.every(({ isOver }) => isOver) };
}

/** Chains of a block between two ids, and the variables that make its choices. */
function chainsOf(block: Block, from: string, to: string, variables: Record<string, Value>): string[] {
  if ('task' in block) return [`${from} -> ${block.task} -> ${to}`];
  if ('seq' in block) {
    // A gateway of one way in and one out between each two.
    const stops = block.seq.slice(1).map((_, i) => `x${names++}q${i}`);
    return block.seq.flatMap((each, i) => chainsOf(each, stops[i - 1] ?? from, stops[i] ?? to, variables));
  }
  const letter = 'xor' in block ? 'x' : 'and' in block ? 'p' : 'o';
  const [open, close] = [`${letter}${block.id}a`, `${letter}${block.id}z`];
  const branches = 'xor' in block ? block.xor : 'and' in block ? block.and : block.or;
  const inner = branches.flatMap((each, i) => {
    variables[`v${block.id}_${i}`] = 'xor' in block ? block.at === i : 'or' in block ? block.on[i]! : true;
    const entry = `x${block.id}b${i}`;
    const isLast = i === branches.length - 1;
    const condition = letter === 'p' ? '' : isLast && 'xor' in block ? ' {default}' : ` {v${block.id}_${i}}`;
    return [`${open} -> ${entry}${condition}`, ...chainsOf(each, entry, close, variables)];
  });
  if ('or' in block) inner.push(`${open} -> ${close} {default}`);
  return [`${from} -> ${open}`, ...inner, `${close} -> ${to}`];
}

let names = 0;
const tree: fc.Arbitrary<Block> = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null).map((): Block => ({ task: `t${names++}` })),
    fc.array(tie('block'), { minLength: 2, maxLength: 3 }).map((seq): Block => ({ seq })),
    fc
      .tuple(fc.array(tie('block'), { minLength: 2, maxLength: 3 }), fc.nat(9))
      .map(([xor, n]): Block => ({ xor, at: n % xor.length, id: `${names++}` })),
    fc.array(tie('block'), { minLength: 2, maxLength: 3 }).map((and): Block => ({ and, id: `${names++}` })),
    fc
      .tuple(
        fc.array(tie('block'), { minLength: 2, maxLength: 3 }),
        fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
      )
      .map(([or, on]): Block => ({ or, on: on.slice(0, or.length), id: `${names++}` })),
  ),
})).block;

describe('any sound process', () => {
  test('has open what a naive reading of the drawing says, whatever the order, and ends when that ends', async () => {
    await fc.assert(
      fc.asyncProperty(tree, fc.infiniteStream(fc.nat(1_000)), async (block, choices) => {
        const variables: Record<string, Value> = {};
        const chains = chainsOf(block, 's', 'e', variables).join('\n');
        const p = await play(draw(chains), variables);
        const done = new Set<string>();
        for (;;) {
          const { open, isOver } = frontier(block, done);
          const work = positionsOf(p.state)
            .filter(({ wait }) => wait === 'work')
            .map(({ node }) => node);
          expect(work.sort()).toEqual(open.sort());
          expect(p.state.status).toBe(isOver ? 'completed' : 'running');
          // Every token is either work or waits at a join: none is lost on the way, none stays behind.
          expect(p.state.tokens.every(({ wait }) => wait.kind === 'work' || wait.kind === 'join')).toBe(true);
          if (isOver) break;
          const next = open[choices.next().value! % open.length]!;
          p.done(next);
          done.add(next);
        }
        expect(p.state.tokens).toEqual([]);
      }),
      { numRuns: 60, seed: 20261128, endOnFailure: true },
    );
  });
});
