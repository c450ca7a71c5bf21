import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EVENTS, EXECUTED } from './claimed.ts';

/** The list as the page of features shows it. */
const listed = (): string =>
  [
    '| BPMN 2.0 | on the screen | events |',
    '|---|---|---|',
    ...Object.values(EXECUTED).map(({ kind, title }) => {
      const events = kind in EVENTS ? EVENTS[kind as keyof typeof EVENTS].join(', ') : '';
      return `| ${title.en} | ${title.vi} | ${events} |`;
    }),
  ].join('\n');

test('the page of features lists what is executed, and nothing else', () => {
  expect(
    readFileSync('docs/features/workflow.md', 'utf8'),
    'copy the expected table into docs/features/workflow.md',
  ).toContain(listed());
});
