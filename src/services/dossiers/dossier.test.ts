// oxlint-disable vitest/no-conditional-expect -- a property asks different things of different states
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applicantActs,
  completionPercent,
  isEnd,
  maskIdentity,
  possibleActs,
  stageOf,
  stateAfter,
  states,
  transitions,
  type Act,
  type State,
} from './dossier.ts';

const acts = Object.keys(transitions).filter((act) => act !== 'takeBack') as Act[];
const allStates = Object.values(states);

/** What the national list means, written down a second time and differently: the only ways from state to state. */
const ways = new Set([
  '1>2',
  '1>3',
  '1>5',
  '1>7',
  '5>1',
  '5>3',
  '2>4',
  '2>5',
  '2>6',
  '2>7',
  '2>8',
  '5>2',
  '6>2',
  '4>5',
  '4>6',
  '4>7',
  '4>8',
  '4>9',
  '5>4',
  '6>4',
  '5>7',
  '5>8',
  '6>7',
  '6>8',
  '9>10',
]);

test('no walk of acts leaves the ways of the national states, and an end is an end', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...acts), { maxLength: 60 }), (walk) => {
      let state: State = states.submitted;
      let resumeState: State | null = null;
      let wasReceived = false;
      for (const act of walk) {
        let next: State;
        try {
          next = stateAfter({ state, resumeState }, act);
        } catch (error) {
          expect(error).toMatchObject({ definition: { code: 'dossiers.act-not-possible' } });
          continue;
        }
        expect(isEnd(state)).toBe(false);
        if (next !== state) expect([...ways]).toContain(`${state}>${next}`);
        if (next === states.supplement || next === states.payment) resumeState = next === state ? resumeState : state;
        else resumeState = null;
        wasReceived ||= next === states.received;
        if (next === states.inProcess || next === states.payment || next === states.stopped || next >= states.decided)
          expect(wasReceived).toBe(true);
        state = next;
      }
    }),
    { numRuns: 500 },
  );
});

test('every state but the ends can be left, and every state can be reached', () => {
  for (const state of allStates) {
    const leaves = acts.some((act) => transitions[act].from.includes(state) && transitions[act].to !== 'same');
    expect(leaves, `state ${state}`).toBe(!isEnd(state));
    if (state !== 1)
      expect(
        acts.some((act) => transitions[act].to === state),
        `state ${state}`,
      ).toBe(true);
  }
});

test('an applicant may answer a supplement and withdraw what is not decided, and nothing else', () => {
  expect(allStates.map((state) => [state, applicantActs({ state })])).toEqual([
    [1, ['withdraw']],
    [2, ['withdraw']],
    [3, []],
    [4, ['withdraw']],
    [5, ['answerSupplement', 'withdraw']],
    [6, ['withdraw']],
    [7, []],
    [8, []],
    [9, []],
    [10, []],
  ]);
});

test('acts that put a paper or a code into somebody’s hand cannot be taken back', () => {
  for (const act of ['receive', 'answerSupplement', 'recordFee', 'withdraw', 'stop', 'extend'] as const)
    expect(transitions[act].reversible).toBe(false);
});

test('nothing is possible at an end, and each state has a stage', () => {
  for (const state of allStates) {
    const possible = possibleActs({ state, resumeState: null, steps: [], currentStep: null, clock: [] });
    expect(possible.length === 0, `state ${state}`).toBe(isEnd(state));
    expect(stageOf(state) === 'closed').toBe(isEnd(state));
  }
});

test('completion never runs backwards along the usual way and ends at 100', () => {
  const percent = [1, 2, 4, 9, 10].map((state) => completionPercent({ state: state as State, steps: [] }));
  expect(percent).toEqual(percent.toSorted((a, b) => a - b));
  expect(percent.at(-1)).toBe(100);
});

test('a masked identity number shows its last four figures at most', () => {
  expect(maskIdentity('040190001234')).toBe('••••••••1234');
  expect(maskIdentity('123')).toBe('•••');
  expect(maskIdentity('')).toBe('');
});
