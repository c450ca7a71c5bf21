import type { LocalText } from '../../platform/problems.ts';

/** Something a process is held back for (`error`), or that its owner should look at (`warning`), with the element it is about. */
export interface ProcessFinding {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly element: string;
  readonly name: string;
  readonly text: LocalText;
}

/** How an element is called in a message: its name, or what it is, and always its id. */
export const called = (element: { id: string; name: string }): string =>
  element.name === '' ? element.id : `“${element.name}” (${element.id})`;

export const finding = (
  code: string,
  element: { id: string; name: string },
  vi: string,
  en: string,
  severity: ProcessFinding['severity'] = 'error',
): ProcessFinding => ({
  severity,
  code,
  element: element.id,
  name: element.name,
  text: { vi: `${called(element)}: ${vi}`, en: `${called(element)}: ${en}` },
});
