import { expect, test } from 'vitest';
import { diceOf } from './dice.ts';

test('200,000 people of one moment have an id each', () => {
  const at = new Date('2026-01-01T00:00:00Z');
  const seen = new Set<string>();
  for (let unit = 0; unit < 130; unit += 1)
    for (let k = 0; k < 1_540; k += 1) seen.add(diceOf('sen-demo-1', `a${unit}/${k}`).id(at).slice(14));
  expect(seen.size).toBe(130 * 1_540);
});

test('the same words throw the same numbers', () => {
  const throws = () => {
    const dice = diceOf('s', 'd1');
    return [dice.next(), dice.between(1, 6), dice.id(new Date(0)), dice.pick(['a', 'b', 'c']), dice.chance(0.5)];
  };
  expect(throws()).toEqual(throws());
});
