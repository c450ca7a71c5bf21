/*
 * Small processes for tests: chains of ids with conditions, `s -> t1 {n > 5} -> e`. What an id is, its first letter says (s start, e end, t user task, x exclusive, p parallel,
 * o inclusive, v event-based gateway); anything else is given as XML.
 */

const MADE: Readonly<Record<string, (id: string, more: string) => string>> = {
  s: (id) => `<startEvent id="${id}"/>`,
  e: (id) => `<endEvent id="${id}"/>`,
  t: (id, more) => `<userTask id="${id}" name="Việc ${id}" sen:role="specialist"${more}/>`,
  x: (id, more) => `<exclusiveGateway id="${id}"${more}/>`,
  p: (id) => `<parallelGateway id="${id}"/>`,
  o: (id, more) => `<inclusiveGateway id="${id}"${more}/>`,
  v: (id) => `<eventBasedGateway id="${id}"/>`,
};

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The flow elements of chains, one per line. Given elements (XML with an id) come first. */
export function drawn(chains: string, given: string = ''): string {
  const known = new Set([...given.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]!));
  const flows: string[] = [];
  const defaults = new Map<string, string>();
  const ids: string[] = [];
  for (const chain of chains
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)) {
    const parts = chain.split('->').map((part) => /^\s*(\S+)(?:\s+\{(.*)\})?\s*$/.exec(part)!);
    parts.forEach((part, at) => {
      const id = part[1]!;
      if (!ids.includes(id)) ids.push(id);
      const before = parts[at - 1]?.[1];
      if (before === undefined) return;
      const flow = `${before}_${id}${flows.some((each) => each.includes(`id="${before}_${id}"`)) ? '_2' : ''}`;
      const condition = part[2];
      if (condition === 'default') defaults.set(before, flow);
      const body =
        condition && condition !== 'default' ? `<conditionExpression>${escaped(condition)}</conditionExpression>` : '';
      flows.push(`<sequenceFlow id="${flow}" sourceRef="${before}" targetRef="${id}">${body}</sequenceFlow>`);
    });
  }
  const made = ids
    .filter((id) => !known.has(id))
    .map((id) => MADE[id[0]!]!(id, defaults.has(id) ? ` default="${defaults.get(id)}"` : ''));
  return [given, ...made, ...flows].join('\n');
}

/** A whole file around flow elements. `more` stands beside the process (messages, signals, errors). */
export const bpmnFile = (elements: string, more = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:sen="urn:sen:bpmn:1" id="file" targetNamespace="urn:test">
${more}<process id="thu" name="Thử" isExecutable="true">
${elements}
</process>
</definitions>`;

export const draw = (chains: string, given = '', more = ''): string => bpmnFile(drawn(chains, given), more);
