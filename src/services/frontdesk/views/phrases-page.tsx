import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Phrase } from '../desk-queries.ts';
import { DoneMessage } from './done-message.tsx';

const words = localWords({
  vi: {
    title: 'Mẫu câu',
    intro: 'Những câu hay viết khi yêu cầu bổ sung, từ chối, xin lỗi. Khi viết lý do, chọn mẫu câu để chèn vào.',
    none: 'Chưa có mẫu câu nào',
    noneText: 'Thêm câu đầu tiên ở bên dưới.',
    add: 'Thêm mẫu câu',
    save: 'Lưu mẫu câu',
    name: 'Tên mẫu câu',
    body: 'Nội dung',
    purpose: 'Dùng khi',
    purposes: {
      any: 'Việc bất kỳ',
      supplement: 'Yêu cầu bổ sung',
      refusal: 'Từ chối, dừng giải quyết',
      extension: 'Xin lỗi, hẹn lại',
      step: 'Trả lại bước trước',
      note: 'Ghi chú',
    },
    owner: 'Ai dùng',
    own: 'Chỉ mình tôi',
    unit: 'Cả đơn vị',
    edit: 'Sửa',
    remove: 'Xóa',
    changed: 'Mẫu câu vừa được người khác sửa. Nội dung hiện nay:',
  },
  en: {
    title: 'Phrases',
    intro: 'What is often written in requests, refusals and apologies. Choose one when you write a reason.',
    none: 'No phrases yet',
    noneText: 'Add the first one below.',
    add: 'Add a phrase',
    save: 'Save the phrase',
    name: 'Name',
    body: 'Text',
    purpose: 'Used for',
    purposes: {
      any: 'Anything',
      supplement: 'Asking for a supplement',
      refusal: 'Refusing, stopping',
      extension: 'Apologising',
      step: 'Sending back',
      note: 'Notes',
    },
    owner: 'For whom',
    own: 'Only me',
    unit: 'The whole unit',
    edit: 'Change',
    remove: 'Delete',
    changed: 'Somebody else has just changed this phrase. It now says:',
  },
});

function PhraseFields(props: { form: FormState; hasOwner: boolean }) {
  const own = words.use();
  const { form } = props;
  return (
    <>
      <Input {...bound(form, 'title')} label={{ text: own.name }} classes="govuk-input--width-30" />
      <Textarea {...bound(form, 'body')} label={{ text: own.body }} rows={3} />
      <Select
        {...bound(form, 'purpose')}
        label={{ text: own.purpose }}
        items={Object.entries(own.purposes).map(([value, text]) => ({ value, text }))}
      />
      {props.hasOwner && (
        <Radios
          {...bound(form, 'owner')}
          classes="govuk-radios--small govuk-radios--inline"
          fieldset={{ legend: { text: own.owner } }}
          items={[
            { value: 'own', text: own.own },
            { value: 'unit', text: own.unit },
          ]}
        />
      )}
    </>
  );
}

/** All phrases, with a form to add one. */
export function PhrasesPage(props: { phrases: readonly Phrase[]; form: FormState; done: string | null }) {
  const own = words.use();
  return (
    <WorkspaceLayout title={own.title} hasErrors={Object.keys(props.form.errors).length > 0}>
      {props.done && <DoneMessage slug={props.done} />}
      <ErrorSummaryFor form={props.form} />
      <p class="govuk-body">{own.intro}</p>
      {props.phrases.length === 0 ? (
        <EmptyState heading={own.none} text={own.noneText} />
      ) : (
        <ul class="sen-choices">
          {props.phrases.map((phrase) => (
            <li>
              <strong>{phrase.title}</strong> <Tag text={own.purposes[phrase.purpose]} classes="govuk-tag--grey" />{' '}
              {phrase.unitId && <Tag text={own.unit} classes="govuk-tag--teal" />}
              <span class="sen-under">{phrase.body}</span>
              <div class="sen-views__item">
                <Link to={paths.phrase({ phraseId: phrase.id })}>
                  {own.edit}
                  <span class="govuk-visually-hidden"> {phrase.title}</span>
                </Link>
                <Form action={paths.phraseRemoval({ phraseId: phrase.id })}>
                  <button type="submit" class="sen-textbutton">
                    {own.remove}
                    <span class="govuk-visually-hidden"> {phrase.title}</span>
                  </button>
                </Form>
              </div>
            </li>
          ))}
        </ul>
      )}
      <h2 class="govuk-heading-m">{own.add}</h2>
      <Form action={paths.phrases()}>
        <PhraseFields form={props.form} hasOwner />
        <Button text={own.save} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}

/** One phrase to change. */
export function PhrasePage(props: { phrase: Phrase; form: FormState; conflict: Phrase | null }) {
  const own = words.use();
  return (
    <WorkspaceLayout
      title={props.phrase.title}
      backPath={paths.phrases()}
      hasErrors={Object.keys(props.form.errors).length > 0}
    >
      <ErrorSummaryFor form={props.form} />
      {props.conflict && (
        <div class="sen-message sen-message--error" role="alert">
          <p class="sen-message__text">
            {own.changed} “{props.conflict.body}”
          </p>
        </div>
      )}
      <Form action={paths.phrase({ phraseId: props.phrase.id })}>
        <input type="hidden" name="version" value={props.phrase.version} />
        <PhraseFields form={props.form} hasOwner={false} />
        <Button text={own.save} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}
