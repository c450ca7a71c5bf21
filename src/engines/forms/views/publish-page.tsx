import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Finding } from '../analyse-form.ts';
import type { DefinitionChange } from '../compare-definitions.ts';
import type { FormDefinition, Text } from '../definition.ts';
import { findingInWords } from '../finding-words.ts';
import { ChangeList } from './form-versions-pages.tsx';

export const publishWords = localWords({
  vi: {
    title: 'Công bố biểu mẫu',
    errors: 'Phải sửa trước khi công bố',
    warnings: 'Nên xem lại',
    clean: 'Không tìm thấy lỗi nào.',
    changes: (version: number): string => `Khác phiên bản ${version} những gì`,
    first: 'Đây sẽ là phiên bản đầu tiên.',
    validFrom: 'Áp dụng từ ngày',
    validTo: 'Áp dụng đến hết ngày',
    validToHint: 'Để trống nếu không có thời hạn.',
    earlier: 'Tờ khai đang điền dở bằng phiên bản cũ',
    earlierHint: 'Người dân luôn có thể chuyển tờ khai sang phiên bản mới; câu trả lời được giữ lại.',
    month: 'Được nộp thêm 30 ngày kể từ ngày áp dụng',
    never: 'Được nộp không thời hạn',
    now: 'Phải chuyển sang phiên bản mới',
    day: 'Được nộp đến hết ngày',
    publish: 'Công bố',
    discard: 'Bỏ bản đang soạn',
    discardHint: 'Mọi thay đổi chưa công bố sẽ mất.',
    fix: 'Sửa',
    dayWrong: 'Nhập một ngày có trong lịch',
    dayPast: 'Ngày áp dụng không được ở quá khứ',
    endBefore: 'Ngày hết áp dụng phải sau ngày bắt đầu',
    stale: 'Có người vừa sửa biểu mẫu này. Xem lại rồi công bố lần nữa.',
  },
  en: {
    title: 'Publish the form',
    errors: 'To be corrected first',
    warnings: 'Worth a look',
    clean: 'No errors were found.',
    changes: (version: number): string => `What changed since version ${version}`,
    first: 'This will be the first version.',
    validFrom: 'In force from',
    validTo: 'In force until',
    validToHint: 'Leave it empty when there is no end.',
    earlier: 'Drafts begun with an earlier version',
    earlierHint: 'People can always carry their draft over to the new version; their answers are kept.',
    month: 'May be sent for 30 days after the new one comes into force',
    never: 'May be sent without an end',
    now: 'Have to be carried over',
    day: 'May be sent until',
    publish: 'Publish',
    discard: 'Drop the working copy',
    discardHint: 'All changes that are not published are lost.',
    fix: 'Correct',
    dayWrong: 'Enter a day of the calendar',
    dayPast: 'It cannot come into force in the past',
    endBefore: 'The end must come after the beginning',
    stale: 'Somebody has just changed this form. Look at it again, then publish.',
  },
});

/** Findings with links to the place in the designer. */
export function FindingList(props: { code: string; findings: readonly Finding[] }) {
  const own = publishWords.use();
  const locale = useLocale();
  return (
    <ul class="sen-findings">
      {props.findings.map((finding) => (
        <li class={`sen-findings__item sen-findings__item--${finding.level}`}>
          {findingInWords(finding, locale)}{' '}
          <Link to={paths.adminFormDesign({ code: props.code }, { cho: finding.path })}>
            {own.fix}
            <span class="govuk-visually-hidden">: {findingInWords(finding, locale)}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** Before publishing: what is wrong, what changed, from when. */
export function PublishPage(props: {
  code: string;
  title: Text;
  definition: FormDefinition;
  designVersion: number;
  findings: readonly Finding[];
  before: { version: number; definition: FormDefinition } | null;
  changes: readonly DefinitionChange[];
  form: FormState;
}) {
  const own = publishWords.use();
  const locale = useLocale();
  const { code, form } = props;
  const errors = props.findings.filter((finding) => finding.level === 'error');
  const warnings = props.findings.filter((finding) => finding.level === 'warning');
  const { idPrefix: _a, ...validFrom } = bound(form, 'validFrom');
  const { idPrefix: _b, ...validTo } = bound(form, 'validTo');
  const { idPrefix: _c, ...earlierUntil } = bound(form, 'earlierUntil');
  const { id: _d, ...earlier } = bound(form, 'earlier');
  return (
    <WorkspaceLayout
      title={own.title}
      caption={props.title[locale] || props.title.vi}
      backPath={paths.adminFormDesign({ code })}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} targets={{ version: 'main-content' }} />
      {errors.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{own.errors}</h2>
          <FindingList code={code} findings={errors} />
        </>
      )}
      {errors.length === 0 && <p class="govuk-body">{own.clean}</p>}
      {warnings.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{own.warnings}</h2>
          <FindingList code={code} findings={warnings} />
        </>
      )}
      {props.before ? (
        <>
          <h2 class="govuk-heading-m">{own.changes(props.before.version)}</h2>
          <ChangeList changes={props.changes} before={props.before.definition} after={props.definition} />
        </>
      ) : (
        <p class="govuk-body">{own.first}</p>
      )}
      {errors.length === 0 && (
        <Form action={paths.adminFormPublication({ code })}>
          <input type="hidden" name="version" value={String(props.designVersion)} />
          <Input {...validFrom} type="date" label={{ text: own.validFrom }} classes="govuk-input--width-10" />
          <Input
            {...validTo}
            type="date"
            label={{ text: own.validTo }}
            hint={{ text: own.validToHint }}
            classes="govuk-input--width-10"
          />
          {props.before && (
            <Radios
              {...earlier}
              hint={{ text: own.earlierHint }}
              fieldset={{ legend: { text: own.earlier, classes: 'govuk-fieldset__legend--s' } }}
              items={[
                { value: 'month', text: own.month },
                { value: 'never', text: own.never },
                { value: 'now', text: own.now },
                {
                  value: 'day',
                  text: own.day,
                  conditional: {
                    html: (
                      <Input {...earlierUntil} type="date" label={{ text: own.day }} classes="govuk-input--width-10" />
                    ),
                  },
                },
              ]}
            />
          )}
          <Button text={own.publish} preventDoubleClick />
        </Form>
      )}
      <Form action={paths.adminFormDiscard({ code })}>
        <input type="hidden" name="version" value={String(props.designVersion)} />
        <p class="govuk-body-s">{own.discardHint}</p>
        <Button text={own.discard} classes="govuk-button--warning" preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}
