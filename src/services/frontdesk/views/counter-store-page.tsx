import { TypedText } from '../../../ui/components/typed-text.tsx';
import { useHref, useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, errorOf, fieldId, type FormState } from '../../../ui/components/form-state.ts';
import { formatDate } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { fitsComponent, PaperMarks, type OfferedPaper, type PaperKind } from '../../paperstore/index.ts';
import type { OpenIntake } from '../take-in.ts';

export const counterStoreWords = localWords({
  vi: {
    title: 'Lấy giấy tờ từ kho của người dân',
    lead: 'Nhờ người dân mở Kho giấy tờ trong tài khoản, chọn giấy tờ và đọc mã 8 chữ số. Mã dùng một lần; mọi lần xem đều ghi lại và người dân thấy được.',
    code: 'Mã người dân đọc',
    open: 'Mở giấy tờ',
    opened: 'Giấy tờ người dân cho lấy',
    openedText: 'Mở được trong một giờ, chỉ cho hồ sơ này.',
    line: 'Lấy vào mục',
    choose: 'Chọn mục',
    take: 'Lấy vào hồ sơ',
    chooseLine: 'Chọn mục giấy tờ của hồ sơ',
    done: 'Đã lấy giấy tờ vào hồ sơ.',
    file: 'Xem tệp',
    number: 'Số',
    issued: (day: string): string => `cấp ngày ${day}`,
  },
  en: {
    title: 'Papers of the person’s store',
    lead: 'Ask the person to open their store of papers, choose papers and read out the code of 8 digits. It works once; every look is recorded and shown to the person.',
    code: 'Code read out by the person',
    open: 'Open the papers',
    opened: 'Papers that may be taken',
    openedText: 'Open for an hour, for this dossier only.',
    line: 'Take for',
    choose: 'Choose a line',
    take: 'Take into the dossier',
    chooseLine: 'Choose a line of the checklist',
    done: 'The paper is in the dossier.',
    file: 'Look at the file',
    number: 'No.',
    issued: (day: string): string => `issued ${day}`,
  },
});

/** The code, and what it has opened. */
export function CounterStorePage(props: {
  intake: OpenIntake;
  papers: readonly OfferedPaper[];
  kinds: readonly PaperKind[];
  form: FormState;
  today: string;
  isDone: boolean;
}) {
  const own = counterStoreWords.use();
  const locale = useLocale();
  const href = useHref();
  const { intake, form } = props;
  const action = paths.counterStore({ intakeId: intake.id });
  const lines = intake.facts.papers.map((paper) => ({ value: paper.key, text: paper.name }));
  return (
    <WorkspaceLayout
      title={own.title}
      caption={`${(locale === 'en' && intake.procedure.name.en) || intake.procedure.name.vi} · ${intake.facts.name}`}
      backPath={paths.counterPapers({ intakeId: intake.id })}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      {props.isDone && <NotificationBanner type="success" text={own.done} />}
      <p class="govuk-body">{own.lead}</p>
      <Form action={action}>
        <Input
          {...bound(form, 'ma')}
          label={{ text: own.code }}
          classes="govuk-input--width-10"
          inputmode="numeric"
          autocomplete="off"
          attributes={{ maxlength: '20' }}
        />
        <Button text={own.open} preventDoubleClick />
      </Form>
      {props.papers.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{own.opened}</h2>
          <p class="govuk-body">{own.openedText}</p>
          <ul class="sen-rows">
            {props.papers.map((paper) => {
              const kind = props.kinds.find((each) => each.key === paper.kind);
              const fitting = intake.facts.papers.find((line) => fitsComponent(kind, line.name));
              const name = `muc-${paper.id}`;
              return (
                <li class="sen-row-card">
                  <div class="sen-row-card__body">
                    <h3 class="sen-row-card__title">
                      <TypedText text={paper.name} />
                    </h3>
                    <p class="sen-row-card__meta">
                      {kind?.name[locale]}{' '}
                      <TypedText
                        text={[paper.number && `${own.number} ${paper.number}`, paper.issuer]
                          .filter(Boolean)
                          .join(' · ')}
                      />
                      {paper.issuedOn && ` · ${own.issued(formatDate(paper.issuedOn))}`}
                    </p>
                    <PaperMarks paper={paper} today={props.today} />{' '}
                    <a
                      class="govuk-link"
                      href={href(paths.counterStoreFile({ intakeId: intake.id, paperId: paper.id }))}
                      data-turbo="false"
                    >
                      {own.file}
                      <span class="govuk-visually-hidden"> {paper.name}</span>
                    </a>
                  </div>
                  <Form action={action} class="sen-row-card__actions">
                    <input type="hidden" name="giay-to" value={paper.id} />
                    <Select
                      id={fieldId(name)}
                      name="muc"
                      label={{ text: `${own.line}: ${paper.name}`, classes: 'govuk-visually-hidden' }}
                      value={fitting?.key ?? ''}
                      items={[{ value: '', text: own.choose }, ...lines]}
                      errorMessage={errorOf(form, name)}
                    />
                    <Button text={own.take} classes="govuk-button--secondary" preventDoubleClick />
                  </Form>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </WorkspaceLayout>
  );
}
