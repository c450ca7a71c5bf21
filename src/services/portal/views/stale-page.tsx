import type { VNode } from 'preact';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { ApplicationFrame, type ApplicationFacts } from './application-frame.tsx';

const words = localWords({
  vi: {
    title: 'Bản này vừa được sửa ở nơi khác',
    warning: 'Nội dung bạn vừa nhập chưa được lưu. Chọn bản muốn giữ.',
    differs: 'Những chỗ khác nhau được đánh dấu: giá trị trên là của bạn vừa nhập, “trước đó” là bản đã lưu.',
    mine: 'Giữ nội dung tôi vừa nhập',
    stored: 'Dùng bản đã lưu',
  },
  en: {
    title: 'This draft has just been changed elsewhere',
    warning: 'What you just entered is not saved. Choose which to keep.',
    differs: 'Differences are marked: the value is what you just entered, “before” is what is stored.',
    mine: 'Keep what I just entered',
    stored: 'Use what is stored',
  },
});

/** Two versions of one draft: the person chooses. `typed` is the whole post, sent again under the present version. */
export function StalePage(props: {
  facts: ApplicationFacts;
  pageId: string;
  comparison: VNode;
  typed: readonly (readonly [string, string])[];
  version: number;
}) {
  const own = words.use();
  const path = paths.applicationPage({ draftId: props.facts.id, page: props.pageId });
  return (
    <ApplicationFrame facts={props.facts} place={{ page: props.pageId }} title={own.title} backPath={path}>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <WarningText text={own.warning} />
      <p class="govuk-body">{own.differs}</p>
      {props.comparison}
      <Form action={path}>
        {props.typed.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <input type="hidden" name="version" value={String(props.version)} />
        <div class="govuk-button-group">
          <Button text={own.mine} />
          <Button text={own.stored} href={path} classes="govuk-button--secondary" />
        </div>
      </Form>
    </ApplicationFrame>
  );
}
