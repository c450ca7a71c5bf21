import { BpmnModdle } from 'bpmn-moddle';
import { problem } from '../../platform/problems.ts';
import { xmlFault } from '../../platform/xml-guard.ts';
import { senModdle } from './sen-moddle.ts';
import { processUnreadable } from './workflow-problems.ts';

/** An element of a BPMN file as moddle gives it. */
export interface BpmnElement {
  readonly $type: string;
  readonly $parent?: BpmnElement;
  readonly [property: string]: unknown;
}

export interface BpmnFile {
  readonly root: BpmnElement;
  /** What the reader could not place (references to nothing, unknown elements), in its own words. */
  readonly warnings: readonly string[];
}

const moddle = (): BpmnModdle => new BpmnModdle({ sen: senModdle });

/**
 * Reads a BPMN 2.0 file. Elements and attributes that are not known are kept and written again.
 * @throws processUnreadable with the reason: hostile or broken XML, no BPMN
 */
export async function readBpmn(xml: string): Promise<BpmnFile> {
  const fault = xmlFault(xml);
  if (fault) throw problem(processUnreadable, { reason: fault });
  try {
    const { rootElement, warnings } = await moddle().fromXML(xml);
    const root = rootElement as unknown as BpmnElement;
    if (root.$type === 'bpmn:Definitions')
      return { root, warnings: warnings.map(({ message }) => message.slice(0, 200)) };
  } catch (error) {
    throw problem(processUnreadable, { reason: 'not-well-formed', message: (error as Error).message.slice(0, 200) });
  }
  throw problem(processUnreadable, { reason: 'no-bpmn' });
}

/** The file as XML again. A file that nobody changed is kept as it came, byte for byte; this is for those that were changed. */
export async function writeBpmn({ root }: BpmnFile): Promise<string> {
  const { xml } = await moddle().toXML(root, { format: true });
  return xml;
}

export const listOf = (value: unknown): readonly BpmnElement[] =>
  Array.isArray(value) ? (value as BpmnElement[]) : [];
export const textOf = (value: unknown): string => (typeof value === 'string' ? value.normalize('NFC').trim() : '');
export const elementOf = (value: unknown): BpmnElement | undefined =>
  typeof value === 'object' && value !== null ? (value as BpmnElement) : undefined;
/** The text of an expression; null when there is none. A leading `=` (as other editors write FEEL) is left out. */
export const bodyOf = (value: unknown): string | null =>
  textOf(elementOf(value)?.['body']).replace(/^=\s*/, '') || null;
