import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkFormDefinition } from '../../check-definition.ts';
import type { FormDefinition, Group, Logic } from '../../definition.ts';
import { readyGroups } from '../../design/group-library.ts';
import { exampleForm } from '../../example-form.ts';
import { aForm, textField, words } from '../../testing.ts';
import { calculationLogic, calculationOf, conditionOf, logicOf, type Calculation } from './condition-model.ts';
import {
  changed,
  freshGroup,
  livingPointer,
  narrowingOf,
  neighbour,
  placeOf,
  readablesAt,
  redone,
  thingAt,
  undone,
  withMoved,
  withName,
  withNarrowing,
  withRemoved,
  type History,
} from './design-state.ts';

const names = (form: FormDefinition) =>
  form.ui.pages.map((page) => page.groups.map((group) => group.fields.map((field) => field.name)));

describe('moving', () => {
  const form = aForm([[textField('a'), textField('b'), textField('c')], [textField('d')]]);
  const fields = '/ui/pages/0/groups/0/fields';
  test('down and up within a group, and the form it came from stays as it was', () => {
    const before = JSON.stringify(form);
    const down = withMoved(form, `${fields}/0`, fields, 2);
    expect(names(down.form)[0]![0]).toEqual(['b', 'a', 'c']);
    expect(down.at).toBe(`${fields}/1`);
    expect(names(withMoved(down.form, down.at, fields, 0).form)[0]![0]).toEqual(['a', 'b', 'c']);
    expect(JSON.stringify(form)).toBe(before);
  });
  test('to another page, with its limits', () => {
    const limited = withNarrowing(form, `${fields}/1`, { maxLength: 7 });
    const moved = withMoved(limited, `${fields}/1`, '/ui/pages/1/groups/0/fields', 0);
    expect(names(moved.form)).toEqual([[['a', 'c']], [['b', 'd']]]);
    expect(narrowingOf(moved.form, moved.at)).toEqual({ maxLength: 7 });
  });
  test('there is no step up from the first place and none down from the last', () => {
    expect(neighbour(form, `${fields}/0`, -1)).toBeNull();
    expect(neighbour(form, `${fields}/2`, 1)).toBeNull();
    expect(neighbour(form, `${fields}/0`, 1)).toEqual({ list: fields, index: 2 });
  });
  test('any number of moves keeps every question once', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(3), fc.boolean()), { maxLength: 12 }), (moves) => {
        let moved = form;
        for (const [from, to, isSecond] of moves) {
          const source = `${fields}/${from}`;
          if (thingAt(moved, source) === undefined) continue;
          moved = withMoved(moved, source, isSecond ? '/ui/pages/1/groups/0/fields' : fields, to).form;
        }
        expect(names(moved).flat(2).sort()).toEqual(['a', 'b', 'c', 'd']);
      }),
    );
  });
});

describe('names', () => {
  test('a new name goes everywhere: limits, conditions, rules', () => {
    const at = exampleForm.ui.pages.flatMap((page, p) =>
      page.groups.flatMap((group, g) =>
        group.fields.flatMap((field, f) => (field.name === 'trade' ? [`/ui/pages/${p}/groups/${g}/fields/${f}`] : [])),
      ),
    )[0]!;
    const renamed = withName(exampleForm, at, 'business');
    expect(checkFormDefinition(renamed)).toEqual([]);
    expect(JSON.stringify(renamed)).not.toContain('"trade"');
  });
  test('a row field keeps its limits under the new name', () => {
    const place = exampleForm.ui.pages.flatMap((page, p) =>
      page.groups.flatMap((group, g) =>
        group.repeat?.name === 'members'
          ? group.fields.flatMap((field, f) =>
              field.name === 'share' ? [`/ui/pages/${p}/groups/${g}/fields/${f}`] : [],
            )
          : [],
      ),
    )[0]!;
    const renamed = withName(exampleForm, place, 'part');
    expect(narrowingOf(renamed, place)).toEqual({ minimum: 1, maximum: 100 });
    expect(checkFormDefinition(renamed)).toEqual([]);
  });
  test.each(readyGroups.map((group) => [group.id, group] as const))(
    '%s of the library can be put in twice',
    (_, ready) => {
      let form = aForm([[textField('fullName'), textField('phone')]]);
      for (let i = 0; i < 2; i += 1) {
        const group: Group = freshGroup(form, ready.content);
        const page = form.ui.pages[0]!;
        form = { ...form, ui: { ...form.ui, pages: [{ ...page, groups: [...page.groups, group] }] } };
      }
      expect(checkFormDefinition(form)).toEqual([]);
    },
  );
});

describe('undo and redo', () => {
  test('typing into one box is one step; a new change forgets what was undone', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => aForm([[textField(name)]]));
    let history: History = { past: [], present: a!, future: [], lastKey: null };
    history = changed(history, b!, '/title');
    history = changed(history, c!, '/title');
    expect(undone(history).present).toBe(a);
    expect(redone(undone(history)).present).toBe(c);
    const other = changed(undone(history), b!, null);
    expect(other.future).toEqual([]);
    expect(undone({ past: [], present: a!, future: [], lastKey: null }).present).toBe(a);
  });
});

describe('places', () => {
  test('a finding leads to the thing it is about, also when that is gone', () => {
    expect(placeOf('/ui/pages/0/groups/1/fields/2/options/0/label/en')).toBe('/ui/pages/0/groups/1/fields/2');
    expect(placeOf('/schema/properties/x')).toBe('');
    const form = aForm([[textField('a')]]);
    expect(livingPointer(form, '/ui/pages/0/groups/0/fields/5')).toBe('/ui/pages/0/groups/0');
    expect(livingPointer(withRemoved(form, '/ui/pages/0'), '/ui/pages/0/groups/0')).toBe('');
  });
  test('conditions may read what is asked before, never a later page', () => {
    const form = aForm([[textField('a'), textField('b')], [textField('c')]]);
    expect(readablesAt(form, '/ui/pages/0/groups/0/fields/1').map((each) => each.read)).toEqual(['a']);
    expect(readablesAt(form, '/ui/pages/1').map((each) => each.read)).toEqual(['a', 'b']);
  });
});

describe('conditions as rows', () => {
  const logics: Logic[] = [
    { '==': [{ var: 'trade' }, 'other'] },
    { and: [{ '>=': [{ var: 'age' }, 18] }, { '!': [{ empty: { var: 'phone' } }] }] },
    {
      or: [
        { in: [{ var: 'trade' }, ['a', 'b']] },
        { and: [{ '==': [{ var: 'shared' }, true] }, { '<': [{ var: 'n' }, 3] }] },
      ],
    },
    { in: ['tax', { var: 'services' }] },
    { empty: { var: 'x' } },
  ];
  test.each(logics.map((logic) => [JSON.stringify(logic), logic] as const))('%s goes there and back', (_, logic) => {
    expect(logicOf(conditionOf(logic)!)).toEqual(logic);
  });
  test.each<Logic>([
    { '>': [{ '+': [{ var: 'a' }, 1] }, 3] },
    { some: [{ var: 'members' }, { '>': [{ var: 'x' }, 1] }] },
    [1],
    'x',
  ])('%j stays an expression', (logic) => expect(conditionOf(logic)).toBeNull());
  test('nothing is no condition', () => {
    expect(conditionOf(undefined)).toEqual({ join: 'and', rules: [] });
    expect(logicOf({ join: 'and', rules: [] })).toBeUndefined();
  });
  const calculations: Calculation[] = [
    { kind: 'sum', reads: ['a', 'b'] },
    { kind: 'product', reads: ['a', 'b'] },
    { kind: 'difference', reads: ['a', 'b'] },
    { kind: 'column', list: 'members', name: 'capital' },
    { kind: 'count', list: 'members' },
    { kind: 'age', birth: 'born', on: 'today' },
    { kind: 'days', from: 'a', to: 'b' },
    { kind: 'later', date: 'a', amount: 3, unit: 'months' },
    { kind: 'percent', read: 'a', percent: 5 },
    { kind: 'copy', read: 'a' },
  ];
  test.each(calculations.map((each) => [each.kind, each] as const))(
    'the calculation %s goes there and back',
    (_, each) => {
      expect(calculationOf(calculationLogic(each))).toEqual(each);
    },
  );
  test('words of a title are not taken for a rule', () => expect(conditionOf({ cat: [words('a').vi] })).toBeNull());
});
