import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compileProcess } from './compile-process.ts';
import type { Definition } from './definition.ts';
import { step } from './interpreter.ts';
import { migrateState } from './migrate-state.ts';
import { readBpmn, writeBpmn } from './read-bpmn.ts';
import { checkProcess } from './soundness.ts';
import { newState } from './state.ts';
import { drawSteps, stepsOf, type TableStep } from './step-table.ts';
import { draw } from './testing/draw.ts';

const compiled = async (xml: string): Promise<Definition> => {
  const { definition, findings } = compileProcess(await readBpmn(xml));
  expect([...findings, ...checkProcess(definition!)].map(({ text }) => text.en)).toEqual([]);
  return definition!;
};

describe('tables of steps', () => {
  const files = globSync('province/*/procedures/*.json');
  test.each(files)('%s becomes a sound drawing, and a table again', async (path) => {
    const procedure = JSON.parse(readFileSync(path, 'utf8')) as {
      code: string;
      name: { vi: string };
      steps: TableStep[];
    };
    const xml = drawSteps(`qt.${procedure.code}`, procedure.name.vi, procedure.steps);
    const definition = await compiled(xml);
    expect(stepsOf(definition)).toEqual(
      procedure.steps.map((each) => ({ ...each, name: { vi: each.name.vi, en: each.name.en ?? each.name.vi } })),
    );
    expect(stepsOf(await compiled(await writeBpmn(await readBpmn(xml))))).toEqual(stepsOf(definition));
  });

  test('every element has its place, none upon another, and every flow touches both its ends', async () => {
    const steps = Array.from({ length: 14 }, (_, i): TableStep => ({
      key: `${i}`,
      kind: 'process',
      name: { vi: `Bước <${i}> & "x"` },
      role: 'specialist',
      unit: 'competent',
      hours: 1,
    }));
    const xml = drawSteps('dai', 'Dài', steps);
    const boxes = [
      ...xml.matchAll(/bpmnElement="([^"]+)"><dc:Bounds x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g),
    ].map(([, id, ...numbers]) => ({ id: id!, at: numbers.map(Number) as [number, number, number, number] }));
    expect(boxes).toHaveLength(16);
    const overlaps = boxes.flatMap((a, i) =>
      boxes
        .slice(i + 1)
        .filter(
          (b) =>
            a.at[0] < b.at[0] + b.at[2] &&
            b.at[0] < a.at[0] + a.at[2] &&
            a.at[1] < b.at[1] + b.at[3] &&
            b.at[1] < a.at[1] + a.at[3],
        )
        .map((b) => `${a.id}/${b.id}`),
    );
    expect(overlaps).toEqual([]);
    const flows = new Map(
      [...xml.matchAll(/sequenceFlow id="([^"]+)" sourceRef="([^"]+)" targetRef="([^"]+)"/g)].map(
        ([, id, from, to]) => [id!, [from!, to!]],
      ),
    );
    const touches = (id: string, [x, y]: number[]) => {
      const [left, top, width, height] = boxes.find((box) => box.id === id)!.at;
      return x! >= left && x! <= left + width && y! >= top && y! <= top + height;
    };
    for (const [, flow, points] of xml.matchAll(/bpmnElement="(flow_\d+)">(.*)<\/bpmndi:BPMNEdge>/g)) {
      const way = [...points!.matchAll(/x="([\d.]+)" y="([\d.]+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
      expect([touches(flows.get(flow!)![0]!, way[0]!), touches(flows.get(flow!)![1]!, way.at(-1)!)]).toEqual([
        true,
        true,
      ]);
    }
    await compiled(xml);
  });

  test('what is more than a table is no table; what is no step is refused', async () => {
    expect(stepsOf(await compiled(draw(`s -> p1 -> t1 -> p2 -> e\np1 -> t2 -> p2`)))).toBeNull();
    const one: TableStep = { key: 'a', kind: 'process', name: { vi: 'A' }, role: 'r', unit: 'competent', hours: 1 };
    expect(() => drawSteps('x', 'X', [])).toThrow('0 steps');
    expect(() => drawSteps('x y', 'X', [one])).toThrow('XML');
    expect(() => drawSteps('x', 'X', [one, one])).toThrow('key');
    expect(() => drawSteps('x', 'X', [{ ...one, key: '"/><script/>' }])).toThrow('key');
  });
});

describe('moving to another version', () => {
  const old = draw(`s -> p1 -> t1 -> p2 -> t3 -> e\np1 -> t2 -> p2`);
  const standing = async () => {
    const definition = await compiled(old);
    const begun = step(definition, newState(), { id: '1', kind: 'start', variables: { a: 1 } }, new Date(0)).state;
    const token = begun.tokens.find(({ node }) => node === 't1')!.id;
    return {
      definition,
      state: step(definition, begun, { id: '2', kind: 'complete', token, variables: {} }, new Date(0)).state,
    };
  };

  test('it goes on from where it stands, and to the end', async () => {
    const { definition, state } = await standing();
    const to = await compiled(draw(`s -> p1 -> t1 -> p2 -> t4 -> e\np1 -> t9 -> p2`));
    expect(migrateState(definition, to, state).obstacles).toEqual([{ node: 't2', code: 'gone' }]);
    const moved = migrateState(definition, to, state, { t2: 't9' }).state!;
    expect(moved.tokens.map(({ node }) => node).sort()).toEqual(['p2', 't9']);
    const next = step(
      to,
      moved,
      { id: '3', kind: 'complete', token: moved.tokens.find(({ node }) => node === 't9')!.id, variables: {} },
      new Date(0),
    ).state;
    expect(next.tokens.map(({ node }) => node)).toEqual(['t4']);
    expect(next.variables).toEqual({ a: 1 });
  });

  test('what has no like in the new version is an obstacle', async () => {
    const { definition, state } = await standing();
    const codes = async (chains: string, given = '') =>
      migrateState(definition, await compiled(draw(chains, given)), state).obstacles.map(
        ({ node, code }) => `${code} ${node}`,
      );
    expect(await codes('s -> t1 -> t2 -> e')).toEqual(['gone p2']);
    expect(await codes(`s -> p1 -> t1 -> x9 -> p2 -> t3 -> e\np1 -> t2 -> p2`)).toEqual(['join-without-flow p2']);
    expect(
      await codes(`s -> p1 -> t1 -> p2 -> t3 -> e\np1 -> t2 -> p2`, '<serviceTask id="t2" sen:reference="x"/>'),
    ).toEqual(['other-kind t2']);
    const boundary =
      '<userTask id="t2" sen:role="r"/><boundaryEvent id="b" attachedToRef="t2" cancelActivity="false"><timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition></boundaryEvent>';
    expect(await codes(`s -> p1 -> t1 -> p2 -> t3 -> e\np1 -> t2 -> p2\nb -> e2`, boundary)).toEqual([
      'other-events t2',
    ]);
  });
});
