import { usePage } from '../../../platform/http/page-context.ts';
import type { AssuranceDemand, SensitiveAct } from '../../../platform/assurance.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { AssuranceRule } from '../assurance-queries.ts';
import { errorOf, type FieldErrors } from './form-page.tsx';

export const assuranceWords = localWords({
  vi: {
    title: 'Mức độ xác minh danh tính',
    why: 'Việc nào cần xác minh đến mức nào, kể từ ngày nào. Quy tắc mới chỉ có hiệu lực từ hôm nay trở đi; quy tắc đã áp dụng được giữ lại làm lịch sử.',
    levels: { 1: 'Mức 1: mật khẩu', 2: 'Mức 2: mật khẩu và mã, hoặc khóa truy cập', 3: 'Mức 3: định danh điện tử quốc gia' },
    act: 'Việc',
    level: 'Mức phải đạt',
    fresh: 'Xác minh lại',
    since: 'Từ ngày',
    basis: 'Căn cứ',
    by: 'Người ban hành',
    asOldAsSession: 'Không yêu cầu trong phiên',
    within: (n: number): string => `Nếu quá ${n} phút`,
    ofProgram: 'Mặc định của phần mềm',
    now: 'Đang áp dụng',
    history: 'Các quy tắc đã ban hành',
    state: 'Tình trạng',
    coming: 'Sắp áp dụng',
    past: 'Đã thay',
    takeBack: 'Rút lại',
    none: 'Chưa ban hành quy tắc nào',
    noneText: 'Mọi việc đang theo mặc định của phần mềm.',
    add: 'Ban hành quy tắc mới',
    choose: 'Chọn',
    freshMinutes: 'Số phút giữa hai lần xác minh',
    freshHint: 'Từ 1 đến 720. Để trống: không yêu cầu xác minh lại trong phiên.',
    dayHint: 'Hôm nay hoặc một ngày sau.',
    basisHint: 'Số, ký hiệu văn bản và điều khoản, hoặc quyết định của đơn vị.',
    save: 'Ban hành',
    problem: 'Chưa thực hiện được',
    needAct: 'Hãy chọn việc',
    needLevel: 'Hãy chọn mức phải đạt',
    wrongMinutes: 'Số phút phải là số nguyên từ 1 đến 720, hoặc để trống',
    needDay: 'Hãy nhập ngày bắt đầu áp dụng',
    dayPassed: 'Ngày bắt đầu không được ở trong quá khứ',
    dayTaken: 'Việc này đã có một quy tắc bắt đầu từ ngày đó',
    needBasis: 'Hãy ghi căn cứ, không quá 500 ký tự',
  },
  en: {
    title: 'Levels of assurance',
    why: 'Which act needs which level of proof, from which day. A new rule counts from today at the earliest; rules that have counted stay as history.',
    levels: { 1: 'Level 1: password', 2: 'Level 2: password and code, or passkey', 3: 'Level 3: national electronic identity' },
    act: 'Act',
    level: 'Level needed',
    fresh: 'Proven again',
    since: 'From',
    basis: 'Basis',
    by: 'Made by',
    asOldAsSession: 'Not within a session',
    within: (n: number): string => `After ${n} minutes`,
    ofProgram: 'The program’s default',
    now: 'In force',
    history: 'Rules made',
    state: 'State',
    coming: 'To come',
    past: 'Replaced',
    takeBack: 'Take back',
    none: 'No rule has been made',
    noneText: 'Everything follows the program’s defaults.',
    add: 'Make a new rule',
    choose: 'Choose',
    freshMinutes: 'Minutes between two proofs',
    freshHint: 'From 1 to 720. Empty: no second proof within a session.',
    dayHint: 'Today or a later day.',
    basisHint: 'Number and clause of the document, or a decision of the agency.',
    save: 'Make the rule',
    problem: 'There is a problem',
    needAct: 'Choose the act',
    needLevel: 'Choose the level',
    wrongMinutes: 'Minutes must be a whole number from 1 to 720, or empty',
    needDay: 'Enter the first day',
    dayPassed: 'The first day must not lie in the past',
    dayTaken: 'There is a rule for this act from that day already',
    needBasis: 'Give the basis, 500 characters at most',
  },
}); // prettier-ignore

interface AssuranceProps {
  acts: readonly SensitiveAct[];
  rules: readonly AssuranceRule[];
  /** `YYYY-MM-DD`: what counts today is shown as in force. */
  today: string;
  values: URLSearchParams;
  errors: FieldErrors;
}

/** What each act asks for today, every rule made so far, and the form for the next one. */
export function AssurancePage({ acts, rules, today, values, errors }: AssuranceProps) {
  const w = assuranceWords.use();
  const { locale } = usePage();
  const inForce = (act: string) => rules.find((rule) => rule.act === act && rule.validFrom <= today);
  const fresh = ({ freshMinutes }: AssuranceDemand) =>
    freshMinutes === null ? w.asOldAsSession : w.within(freshMinutes);
  const titleOf = (name: string) => acts.find((act) => act.name === name)?.title[locale] ?? name;
  const wrong = Object.entries(errors);
  const own = { path: paths.adminAssurance(), query: {} };
  return (
    <WorkspaceLayout title={w.title} backPath={paths.adminAccounts()} hasErrors={wrong.length > 0}>
      {wrong.length > 0 && (
        <ErrorSummary titleText={w.problem} errorList={wrong.map(([field, text]) => ({ text, href: `#${field}` }))} />
      )}
      <p class="govuk-body">{w.why}</p>
      <DataTable
        {...own}
        caption={w.now}
        isCaptionShown
        rows={acts}
        idOf={(act) => act.name}
        empty={<EmptyState heading={w.none} text={w.noneText} />}
        columns={[
          { heading: w.act, isRowHeader: true, cell: (act) => act.title[locale] },
          { heading: w.level, cell: (act) => w.levels[(inForce(act.name) ?? act).level] },
          { heading: w.fresh, cell: (act) => fresh(inForce(act.name) ?? act) },
          { heading: w.basis, cell: (act) => inForce(act.name)?.basis ?? w.ofProgram },
        ]}
      />
      <DataTable
        {...own}
        caption={w.history}
        isCaptionShown
        rows={rules}
        idOf={(rule) => rule.id}
        empty={<EmptyState heading={w.none} text={w.noneText} />}
        columns={[
          { heading: w.act, isRowHeader: true, cell: (rule) => titleOf(rule.act) },
          { heading: w.level, cell: (rule) => w.levels[rule.level] },
          { heading: w.fresh, cell: fresh },
          { heading: w.since, isTight: true, cell: (rule) => formatDate(rule.validFrom) },
          { heading: w.basis, cell: (rule) => rule.basis },
          { heading: w.by, cell: (rule) => rule.createdBy },
          {
            heading: w.state,
            cell: (rule) =>
              rule.validFrom > today ? (
                <Form action={paths.adminAssuranceRemoval({ id: rule.id })}>
                  {w.coming}{' '}
                  <button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0">
                    {w.takeBack}
                    <span class="govuk-visually-hidden">
                      : {titleOf(rule.act)}, {formatDate(rule.validFrom)}
                    </span>
                  </button>
                </Form>
              ) : rule.id === inForce(rule.act)?.id ? (
                w.now
              ) : (
                w.past
              ),
          },
        ]}
      />
      <RuleForm acts={acts} today={today} values={values} errors={errors} />
    </WorkspaceLayout>
  );
}

function RuleForm({ acts, today, values, errors }: Omit<AssuranceProps, 'rules'>) {
  const w = assuranceWords.use();
  const { locale } = usePage();
  const kept = (name: string) => values.get(name) ?? '';
  const items = (name: string, list: readonly { value: string; text: string }[]) =>
    [{ value: '', text: w.choose }, ...list].map((item) => ({ ...item, selected: item.value === kept(name) }));
  return (
    <Form action={paths.adminAssurance()}>
      <h2 class="govuk-heading-m">{w.add}</h2>
      <Select
        id="act"
        name="act"
        label={{ text: w.act }}
        items={items(
          'act',
          acts.map((act) => ({ value: act.name, text: act.title[locale] })),
        )}
        errorMessage={errorOf(errors, 'act')}
      />
      <Select
        id="level"
        name="level"
        label={{ text: w.level }}
        items={items(
          'level',
          ([1, 2, 3] as const).map((level) => ({ value: String(level), text: w.levels[level] })),
        )}
        errorMessage={errorOf(errors, 'level')}
      />
      <Input
        id="freshMinutes"
        name="freshMinutes"
        label={{ text: w.freshMinutes }}
        hint={{ text: w.freshHint }}
        inputmode="numeric"
        classes="govuk-input--width-5"
        value={kept('freshMinutes')}
        errorMessage={errorOf(errors, 'freshMinutes')}
      />
      <Input
        id="validFrom"
        name="validFrom"
        type="date"
        label={{ text: w.since }}
        hint={{ text: w.dayHint }}
        classes="govuk-input--width-10"
        attributes={{ min: today }}
        value={kept('validFrom')}
        errorMessage={errorOf(errors, 'validFrom')}
      />
      <Textarea
        id="basis"
        name="basis"
        rows={2}
        label={{ text: w.basis }}
        hint={{ text: w.basisHint }}
        attributes={{ maxlength: '500' }}
        value={kept('basis')}
        errorMessage={errorOf(errors, 'basis')}
      />
      <Button text={w.save} preventDoubleClick />
    </Form>
  );
}
