import type { Procedure } from './procedure.ts';

/** A part of a procedure that two versions say differently, as text for people to compare. */
export interface VersionChange {
  part: string;
  before: string;
  after: string;
}

const PARTS: readonly (readonly [string, (procedure: Procedure) => unknown])[] = [
  ['name', (p) => p.name.vi],
  ['field', (p) => p.nationalField],
  ['levels', (p) => p.levels],
  ['audiences', (p) => p.audiences],
  ['decisionNumber', (p) => p.decisionNumber],
  ['online', (p) => [p.onlineScope, p.partialReason, p.serviceLevel]],
  ['competentAgency', (p) => p.content.competentAgency?.vi],
  ['channels', (p) => p.content.channels.map((c) => [c.kind, c.time.amount, c.time.unit, c.time.text, c.feesKnown, c.fees.map((f) => [f.case?.vi, f.amountDong, f.text])])],
  ['papers', (p) => p.content.papers.flatMap((g) => g.papers.map((one) => [g.title?.vi, one.name.vi, one.originals, one.copies]))],
  ['order', (p) => p.content.order.flatMap((o) => o.steps.map((s) => s.vi))],
  ['results', (p) => p.content.results.map((r) => r.name.vi)],
  ['legalBases', (p) => p.content.legalBases.map((b) => b.number)],
  ['conditions', (p) => p.content.conditions?.vi],
  ['steps', (p) => p.content.steps?.steps.map((s) => [s.name.vi, s.role, s.hours])],
]; // prettier-ignore

/** What changed from one version to another, in the order in which people read a procedure. Empty: nothing they can see. */
export function compareVersions(before: Procedure, after: Procedure): VersionChange[] {
  return PARTS.flatMap(([part, read]) => {
    const [old, now] = [textOf(read(before)), textOf(read(after))];
    return old === now ? [] : [{ part, before: old, after: now }];
  });
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return '';
  if (!Array.isArray(value))
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  return value
    .map((one) => (Array.isArray(one) ? one.map(textOf).filter(Boolean).join(' · ') : textOf(one)))
    .join('\n');
}
