import { formatDate, formatMoney, formatNumber } from '../../../ui/format.ts';
import { moneyInWords } from '../../../ui/money-words.ts';
import { parseAnswer, type RawAnswer } from '../answers.ts';
import { evaluateForm, type Evaluation } from '../evaluate-form.ts';
import { formLimits, type AnswerField, type FieldValue, type RowValue, type Values } from '../definition.ts';
import type { LiveFormProps } from '../live-form.ts';
import { outlineOf } from '../outline.ts';

/**
 * Keeps one page of a form alive while it is filled in: shows and hides conditional parts, works out calculated fields and
 * writes amounts in words. It only shows: the server decides the same with the same files when the page is sent.
 */
export default function liveForm(element: Element, given: object): void {
  const props = given as LiveFormProps;
  const form = element.closest('form');
  if (!form) return;
  const update = (): void => show(form, props, evaluateForm(props.form, readForm(form, props), props.surroundings));
  form.addEventListener('input', update);
  form.addEventListener('change', update);
  update();
}

function rawOf(data: FormData, field: AnswerField, at: string): RawAnswer {
  const raw: RawAnswer = {};
  const parts =
    field.type === 'date'
      ? ['day', 'month', 'year']
      : field.type === 'address'
        ? ['province', 'district', 'commune', 'detail']
        : [''];
  for (const part of parts) {
    raw[part] = data.getAll(part === '' ? at : `${at}-${part}`).filter((item) => typeof item === 'string');
  }
  return raw;
}

function readForm(form: HTMLFormElement, props: LiveFormProps): Values {
  const data = new FormData(form);
  const outline = outlineOf(props.form);
  const values: Values = { ...props.known };
  for (const { field, list, page } of outline.entries) {
    if (list !== null || page.id === 'known' || field.calculate !== undefined) continue;
    const isOnPage = [field.name, `${field.name}-day`, `${field.name}-province`].some((name) =>
      form.elements.namedItem(name),
    );
    if (!isOnPage) continue;
    delete values[field.name];
    const answer = parseAnswer(field, rawOf(data, field, field.name));
    if (answer.kind === 'value') values[field.name] = answer.value;
  }
  for (const list of outline.lists.values()) {
    if (list.page.id === 'known') continue;
    const count = Number(data.get(`_rows.${list.name}`) ?? 0);
    values[list.name] = Array.from({ length: count }, (_, i) => {
      const row: RowValue = {};
      for (const field of list.rowFields) {
        if (field.type === 'content' || field.type === 'table') continue;
        const answer = parseAnswer(field, rawOf(data, field, `${list.name}.${i}.${field.name}`));
        if (answer.kind === 'value') row[field.name] = answer.value;
      }
      return row;
    });
  }
  return values;
}

function show(form: HTMLFormElement, props: LiveFormProps, evaluation: Evaluation): void {
  const fields = outlineOf(props.form).byKey;
  const fieldAt = (at: string): AnswerField | undefined => fields.get(at.replace(/\.\d+\./, '.'))?.field;
  for (const part of form.querySelectorAll<HTMLElement>('[data-at]')) {
    part.hidden = !evaluation.shown.has(part.dataset['at'] ?? '');
    for (const asked of part.querySelectorAll<HTMLInputElement>('input[name="_asked"]')) asked.disabled = part.hidden;
  }
  for (const part of form.querySelectorAll<HTMLElement>('[data-group]')) {
    part.hidden = !evaluation.shownGroups.has(part.dataset['group'] ?? '');
    for (const asked of part.querySelectorAll<HTMLInputElement>('[data-list] > input[name="_asked"]'))
      asked.disabled = part.hidden;
  }
  for (const part of form.querySelectorAll<HTMLElement>('[data-content]')) {
    const at = part.dataset['content'] ?? '';
    const [list = '', index, name] = at.split('.');
    const row = index === undefined ? undefined : (evaluation.values[list] as RowValue[] | undefined)?.[Number(index)];
    const all = props.form.ui.pages.flatMap((page) => page.groups).flatMap((group) => group.fields);
    const content = all.find((field) => field.type === 'content' && field.name === (name ?? at));
    part.hidden = !evaluation.holds(content?.showWhen, row);
  }
  for (const output of form.querySelectorAll<HTMLElement>('[data-calculated]')) {
    const at = output.dataset['calculated'] ?? '';
    const field = fieldAt(at);
    const text = field
      ? calculatedText(field, valueAt(evaluation.values, at), props, output.closest('td') !== null)
      : '';
    write(output, text === '' ? '—' : text);
  }
  for (const words of form.querySelectorAll<HTMLElement>('[data-money-words]')) {
    const amount = valueAt(evaluation.values, words.dataset['moneyWords'] ?? '');
    const isAmount = typeof amount === 'number' && amount >= 0 && amount <= formLimits.moneyDong;
    write(words, isAmount ? moneyInWords(amount, props.locale) : '');
  }
}

/** Only a real change is written: screen readers speak every one. */
function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

function valueAt(values: Values, at: string): FieldValue | undefined {
  const [top = '', index, name = ''] = at.split('.');
  return index === undefined ? values[top] : (values[top] as RowValue[] | undefined)?.[Number(index)]?.[name];
}

function calculatedText(
  field: AnswerField,
  value: FieldValue | undefined,
  props: LiveFormProps,
  isCell: boolean,
): string {
  const { locale } = props;
  if (value === undefined) return '';
  if (typeof value === 'boolean') return value ? { vi: 'Có', en: 'Yes' }[locale] : { vi: 'Không', en: 'No' }[locale];
  if (typeof value === 'string') return field.type === 'date' ? formatDate(value) : value;
  if (typeof value !== 'number') return '';
  if (field.type === 'money') {
    const words = value >= 0 ? moneyInWords(value, locale) : '';
    const sentence = words.slice(0, 1).toUpperCase() + words.slice(1);
    return isCell ? formatMoney(value, locale) : `${formatMoney(value, locale)} · ${sentence}`;
  }
  const suffix = 'suffix' in field && field.suffix ? ` ${field.suffix[locale]}` : '';
  return `${formatNumber(value, locale, (String(value).split('.')[1] ?? '').length)}${suffix}`;
}
