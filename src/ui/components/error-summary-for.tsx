import { ErrorSummary } from '../govuk/error-summary.tsx';
import { localWords } from '../local-words.ts';
import { fieldId, type FormState } from './form-state.ts';

const words = localWords({
  vi: {
    title: (count: number): string => (count === 1 ? 'Còn một chỗ cần sửa' : `Còn ${count} chỗ cần sửa`),
    kept: 'Nội dung bạn đã nhập vẫn còn. Bấm vào từng dòng để đến chỗ cần sửa.',
  },
  en: {
    title: (count: number): string =>
      count === 1 ? 'There is one thing to correct' : `There are ${count} things to correct`,
    kept: 'What you typed is kept. Follow each line to its field.',
  },
});

/**
 * The error summary of a form, or nothing when it has no errors. Lines come in the order of `form.errors`; `targets` names the element for fields whose
 * first control has an id of its own (a date leads to its day).
 */
export function ErrorSummaryFor(props: { form: FormState; targets?: Record<string, string> | undefined }) {
  const own = words.use();
  const errors = Object.entries(props.form.errors);
  if (errors.length === 0) return null;
  return (
    <ErrorSummary
      titleText={own.title(errors.length)}
      descriptionText={own.kept}
      errorList={errors.map(([name, text]) => ({ text, href: `#${props.targets?.[name] ?? fieldId(name)}` }))}
    />
  );
}
