import { useLocale } from '../../../platform/http/page-context.ts';
import type { LocalText } from '../../../platform/problems.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { fieldId } from '../../../ui/components/form-state.ts';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Operation } from '../operation-queries.ts';
import { openAmbiguities, type OperationPreview } from '../reorganisation.ts';
import { operationWords } from './operation-words.ts';

const words = localWords({
  vi: {
    title: 'Cần người quyết định',
    left: (open: number, all: number): string => `${open} trong ${all} điểm chưa quyết định.`,
    every: 'Tất cả điểm loại này',
    unit: 'Mã hoặc tên đơn vị nhận (để trống nếu chưa quyết định)',
    shown: 'Hiện 100 điểm đầu; chọn chung cho cả loại, hoặc quyết định xong từng phần rồi lưu.',
    decide: 'Lưu các quyết định',
    target: 'Ai nhận nhiệm vụ',
    leader: 'Nhiều lãnh đạo về một đơn vị',
    post: 'Vị trí của đơn vị bị chia',
    'two-posts': 'Người có nhiều vị trí chính',
    dossiers: 'Hồ sơ không theo quy tắc nào',
    offers: 'Thủ tục của đơn vị bị chia',
    calendar: 'Lịch làm việc riêng',
    other: 'Điểm khác',
    nobody: 'Không đơn vị nào nhận',
  },
  en: {
    title: 'To be decided by a person',
    left: (open: number, all: number): string => `${open} of ${all} are undecided.`,
    every: 'All of this sort',
    unit: 'Code or name of the unit that takes over (empty: not decided)',
    shown: 'The first 100 are shown; choose for the whole sort, or decide some and save.',
    decide: 'Save the decisions',
    target: 'Who takes over',
    leader: 'Several leaders for one unit',
    post: 'Posts of a unit that is split',
    'two-posts': 'People with several main posts',
    dossiers: 'Dossiers that no rule catches',
    offers: 'Procedures of a unit that is split',
    calendar: 'Working time of its own',
    other: 'Other questions',
    nobody: 'Nobody takes over',
  },
});
const SHOWN = 100;
type Question = OperationPreview['ambiguities'][number];
const groupOf = (key: string) => key.slice(0, key.indexOf(':'));

/** Everything a rule does not decide, sort by sort, with one choice for the whole sort above each. */
export function OperationQuestions(props: {
  operation: Operation;
  preview: OperationPreview;
  nameOf: (unitId: string) => LocalText;
  canDecide: boolean;
}) {
  const own = words.use();
  const { operation, preview } = props;
  const { decisions } = operation.plan;
  const open = openAmbiguities(preview, decisions).length;
  const groups = [...Map.groupBy(preview.ambiguities, (each) => groupOf(each.key))];
  return (
    <section id="quyet-dinh">
      <h2 class="govuk-heading-m">{own.title}</h2>
      <p class="govuk-body">{own.left(open, preview.ambiguities.length)}</p>
      {preview.ambiguities.length > SHOWN && <p class="govuk-hint">{own.shown}</p>}
      <Form action={paths.adminOperationDecisions({ operationId: operation.id })}>
        <input type="hidden" name="version" value={operation.version} />
        {groups.map(([group, questions]) => (
          <Group group={group} questions={questions} {...props} />
        ))}
        {props.canDecide && <Button text={own.decide} preventDoubleClick />}
      </Form>
    </section>
  );
}

function Group(props: {
  group: string;
  questions: readonly Question[];
  operation: Operation;
  nameOf: (unitId: string) => LocalText;
  canDecide: boolean;
}) {
  const own = words.use();
  const shared = operationWords.use();
  const locale = useLocale();
  const { group, questions, canDecide } = props;
  const { decisions } = props.operation.plan;
  const known = ['target', 'leader', 'post', 'two-posts', 'dossiers', 'offers', 'calendar'] as const;
  const heading = own[known.find((each) => each === group) ?? 'other'];
  const common = questions[0]?.options.filter(
    ({ value }) =>
      !/^(only|main):/.test(value) && questions.every((each) => each.options.some((one) => one.value === value)),
  );
  const first = { value: '', text: `– ${shared.undecided} –` };
  return (
    <fieldset class="govuk-fieldset govuk-!-margin-bottom-6">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{`${heading} (${questions.length})`}</legend>
      {questions.length > 1 && common && common.length > 0 && group !== 'target' && (
        <Select
          name={`all:${group}`}
          id={fieldId(`all-${group}`)}
          value={decisions[`all:${group}`] ?? ''}
          disabled={!canDecide}
          label={{ text: own.every }}
          items={[first, ...common.map((each) => ({ value: each.value, text: each.label[locale] }))]}
        />
      )}
      {questions.slice(0, SHOWN).map((question) => {
        const value = decisions[question.key] ?? '';
        const id = fieldId(question.key);
        const label = { text: question.title[locale] };
        if (group === 'target' && question.options.every((each) => each.value === 'none'))
          return (
            <Input
              name={question.key}
              id={id}
              value={value === '' ? '' : value === 'none' ? own.nobody : props.nameOf(value)[locale]}
              disabled={!canDecide}
              label={label}
              hint={{ text: `${own.unit}; "${own.nobody}"` }}
            />
          );
        return (
          <Select
            name={question.key}
            id={id}
            value={value}
            disabled={!canDecide}
            label={label}
            items={[first, ...question.options.map((each) => ({ value: each.value, text: each.label[locale] }))]}
          />
        );
      })}
    </fieldset>
  );
}

/** What stands in the field of a unit that nobody takes over from, in both languages. */
export const nobodyTexts: readonly string[] = [words.in('vi').nobody, words.in('en').nobody, 'none'];
