import { changeInWords, compareDefinitions, getFormVersion } from '../../../engines/forms/index.ts';
import type { Reader } from '../../../platform/database.ts';
import type { ComparedLine } from '../compare-versions.ts';
import type { Procedure } from '../procedure.ts';
import { editorWords } from './views/editor-words.ts';
import { formatDate } from '../../../ui/format.ts';

/** What changed in the e-form between two versions: which form, and each change in it as a sentence. */
export async function changedForm(
  reader: Reader,
  before: Procedure,
  after: Procedure,
  locale: 'vi' | 'en',
): Promise<{ lines: ComparedLine[] }> {
  const own = editorWords.in(locale);
  const load = async (id: string | null) => (id === null ? null : getFormVersion(reader, id));
  const [old, now] = [await load(before.formVersionId), await load(after.formVersionId)];
  const name = (form: typeof old) =>
    form === null ? own.formNone : `${form.definition.title[locale]} — ${own.formVersion(form.version, formatDate(form.validFrom))}`; // prettier-ignore
  const lines: ComparedLine[] = [
    { side: 'before', text: name(old) },
    { side: 'after', text: name(now) },
  ];
  if (old === null || now === null || old.code !== now.code) return { lines };
  const forms = { before: old.definition, after: now.definition };
  for (const change of compareDefinitions(old.definition, now.definition).slice(0, 200))
    lines.push({ side: 'after', text: changeInWords(change, forms, locale) });
  return { lines };
}
