import type { FormValues } from '../../ui/components/form-state.ts';
import type { PaperFacts, PaperKind, StoredPaper } from './stored-paper.ts';

export type PaperFault = 'kind' | 'name' | 'long' | 'day' | 'period' | 'file';

const clean = (text: string | null): string =>
  (text ?? '')
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();

/** A day as a date control sends it; null when it is none. */
export function dayIn(text: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '1900' || text > '2200') return null;
  const time = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? null : text;
}

/** Reads what a person says of a paper. `faults` by the name of the control; the facts hold when there are none. */
export function readPaperForm(
  form: URLSearchParams,
  kinds: readonly PaperKind[],
): { facts: PaperFacts; faults: Partial<Record<string, PaperFault>> } {
  const faults: Partial<Record<string, PaperFault>> = {};
  const text = (name: string, limit: number): string | null => {
    const typed = clean(form.get(name));
    if (typed.length > limit) faults[name] = 'long';
    return typed === '' ? null : typed;
  };
  const day = (name: string): string | null => {
    const typed = clean(form.get(name));
    const found = dayIn(typed);
    if (typed !== '' && found === null) faults[name] = 'day';
    return found;
  };
  const kind = kinds.find((each) => each.key === form.get('loai'))?.key;
  if (!kind) faults['loai'] = 'kind';
  const name = text('ten', 200);
  const kindName = kinds.find((each) => each.key === kind)?.name.vi;
  const facts: PaperFacts = {
    kind: kind ?? '',
    // A paper that needs no name of its own is called by its kind.
    name: name ?? (kind && kind !== 'khac' ? (kindName ?? '') : ''),
    number: text('so', 100),
    issuer: text('noi-cap', 200),
    issuedOn: day('ngay-cap'),
    validUntil: day('het-han'),
  };
  if (facts.name === '' && !faults['ten']) faults['ten'] = 'name';
  if (facts.issuedOn && facts.validUntil && facts.validUntil < facts.issuedOn) faults['het-han'] = 'period';
  return { facts, faults };
}

/** What the form shows of a paper. */
export const valuesOfPaper = (paper: StoredPaper): FormValues => ({
  loai: paper.kind,
  ten: paper.name,
  so: paper.number ?? '',
  'noi-cap': paper.issuer ?? '',
  'ngay-cap': paper.issuedOn ?? '',
  'het-han': paper.validUntil ?? '',
});
