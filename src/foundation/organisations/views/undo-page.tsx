import { useLocale } from '../../../platform/http/page-context.ts';
import type { LocalText } from '../../../platform/problems.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Operation } from '../operation-queries.ts';
import type { Obstacle } from '../unit-move.ts';
import { operationWords } from './operation-words.ts';

const words = localWords({
  vi: {
    title: 'Hoàn tác',
    warning: 'Đơn vị cũ hoạt động trở lại; người, quyền, hồ sơ, thủ tục về chỗ cũ.',
    blocks: 'Không hoàn tác được vì',
    stays: 'Những gì không trở về',
    confirm: 'Hoàn tác',
    back: 'Quay lại',
  },
  en: {
    title: 'Undo',
    warning: 'The old units are at work again; people, rights, dossiers and procedures go back.',
    blocks: 'It cannot be undone because',
    stays: 'What will not come back',
    confirm: 'Undo',
    back: 'Back',
  },
});

/** Says what undoing would contradict and what it would leave, before it is confirmed. */
export function UndoPage(props: {
  operation: Operation;
  blocks: readonly Obstacle[];
  stays: readonly Obstacle[];
  nameOf: (unitId: string) => LocalText;
}) {
  const own = words.use();
  const shared = operationWords.use();
  const locale = useLocale();
  const { operation, blocks, stays } = props;
  const list = (title: string, rows: readonly Obstacle[]) =>
    rows.length > 0 && (
      <>
        <h2 class="govuk-heading-m">{title}</h2>
        <ul class="govuk-list govuk-list--bullet">
          {rows.slice(0, 200).map(({ unitId, text }) => (
            <li>
              {unitId && `${props.nameOf(unitId)[locale]}: `}
              {text[locale]}
            </li>
          ))}
        </ul>
      </>
    );
  const here = paths.adminOperation({ operationId: operation.id });
  return (
    <WorkspaceLayout
      title={own.title}
      caption={operation.title}
      breadcrumbs={[
        { text: shared.title, path: paths.adminOperations() },
        { text: operation.title, path: here },
      ]}
    >
      {blocks.length === 0 && <WarningText text={own.warning} />}
      {list(own.blocks, blocks)}
      {list(own.stays, stays)}
      {blocks.length === 0 ? (
        <Form action={paths.adminOperationUndo({ operationId: operation.id })}>
          <div class="govuk-button-group">
            <Button text={own.confirm} classes="govuk-button--warning" preventDoubleClick />
            <Link to={here}>{own.back}</Link>
          </div>
        </Form>
      ) : (
        <p class="govuk-body">
          <Link to={here}>{own.back}</Link>
        </p>
      )}
    </WorkspaceLayout>
  );
}
