import { useLocale } from '../../../platform/http/page-context.ts';
import type { Problem } from '../../../platform/problems.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { BulkAct } from '../bulk-acts.ts';
import type { Choice } from '../list-worklist.ts';
import { deskWords } from './desk-words.ts';

const words = localWords({
  vi: {
    done: (count: number): string => `Làm xong ${count} hồ sơ.`,
    failed: (count: number): string => `${count} hồ sơ chưa làm được. Những hồ sơ này giữ nguyên như cũ.`,
    dossier: 'Hồ sơ',
    reason: 'Vì sao',
    back: 'Về danh sách',
    none: 'Bạn chưa chọn hồ sơ nào',
    noneText: 'Quay lại danh sách, đánh dấu vào ô ở đầu dòng rồi bấm lại.',
    assign: (count: number): string => `Phân công ${count} hồ sơ`,
    to: 'Giao cho',
    nobody: 'Không giao cho ai (để cả đơn vị cùng thấy)',
    submit: 'Phân công',
    choose: 'Chọn một người',
  },
  en: {
    done: (count: number): string => `${count} dossiers done.`,
    failed: (count: number): string => `${count} could not be done. They are as they were.`,
    dossier: 'Dossier',
    reason: 'Why',
    back: 'Back to the list',
    none: 'You have chosen no dossier',
    noneText: 'Go back to the list, tick the boxes at the start of the rows and press again.',
    assign: (count: number): string => `Assign ${count} dossiers`,
    to: 'Give to',
    nobody: 'Nobody (the whole unit sees them)',
    submit: 'Assign',
    choose: 'Choose a person',
  },
});

/** What a bulk act did and what it could not do, dossier by dossier. */
export function BulkOutcomePage(props: {
  act: BulkAct;
  done: number;
  refused: readonly { id: string; code: string | null; problem: Problem }[];
  backPath: string;
}) {
  const own = words.use();
  const shared = deskWords.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout title={shared.acts[props.act]} backPath={props.backPath} hasErrors>
      {props.done > 0 && <p class="govuk-body">{own.done(props.done)}</p>}
      <p class="govuk-body">
        <strong>{own.failed(props.refused.length)}</strong>
      </p>
      <Table
        caption={own.failed(props.refused.length)}
        captionClasses="govuk-visually-hidden"
        head={[{ text: own.dossier }, { text: own.reason }]}
        rows={props.refused.map((each) => [
          { html: <Link to={paths.dossier({ id: each.id })}>{each.code ?? each.id.slice(-8)}</Link> },
          {
            text:
              each.problem.definition.title[locale] +
              (each.problem.definition.advice ? `. ${each.problem.definition.advice[locale]}` : ''),
          },
        ])}
      />
      <Button href={props.backPath} text={own.back} classes="govuk-button--secondary" />
    </WorkspaceLayout>
  );
}

/** Nobody ticked a box. */
export function NothingChosenPage(props: { backPath: string }) {
  const own = words.use();
  return (
    <WorkspaceLayout title={own.none} backPath={props.backPath} hasErrors>
      <p class="govuk-body">{own.noneText}</p>
      <Button href={props.backPath} text={own.back} classes="govuk-button--secondary" />
    </WorkspaceLayout>
  );
}

/** Whom to give the chosen dossiers to. */
export function BulkAssignPage(props: {
  ids: readonly string[];
  people: readonly Choice[];
  query: Record<string, string | null>;
  backPath: string;
  error: string | null;
}) {
  const own = words.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout title={own.assign(props.ids.length)} backPath={props.backPath} hasErrors={props.error !== null}>
      <Form action={paths.worklistBulk(props.query)}>
        <input type="hidden" name="viec" value="phan-cong" />
        <input type="hidden" name="da-chon" value="1" />
        {props.ids.map((id) => (
          <input type="hidden" name="id" value={id} />
        ))}
        <Select
          name="postId"
          id="postId"
          label={{ text: own.to }}
          errorMessage={props.error === null ? undefined : { text: props.error }}
          items={[
            { value: '', text: own.choose },
            ...props.people.map((choice) => ({ value: choice.value, text: choice[locale] })),
            { value: 'nobody', text: own.nobody },
          ]}
        />
        <Button text={own.submit} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}
