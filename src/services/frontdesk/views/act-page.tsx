import { useLocale } from '../../../platform/http/page-context.ts';
import type { Problem } from '../../../platform/problems.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { actsWithFiles } from '../act-forms.ts';
import { pathOfAct } from '../act-paths.ts';
import { ActFields, type ActFieldsProps } from './act-fields.tsx';
import { deskWords, said } from './desk-words.ts';
import { DueCell, StateTag } from './worklist-page.tsx';

const words = localWords({
  vi: {
    cancel: 'Thôi, quay lại hồ sơ',
    noCode: 'Chưa có mã',
    changed: 'Hồ sơ vừa thay đổi, việc của bạn chưa được ghi',
    seen: (version: number): string => `Bạn đã xem hồ sơ ở lần sửa ${version}.`,
    now: (version: number, who: string, what: string, when: string): string =>
      `Bây giờ là lần sửa ${version}: ${who} đã làm “${what}” lúc ${when}.`,
    kept: 'Nội dung bạn nhập vẫn còn bên dưới. Xem lại, nếu vẫn đúng thì bấm gửi lần nữa.',
    state: 'Trạng thái hiện nay:',
    undo: 'Trong 10 phút sau đó bạn có thể hoàn tác nếu bấm nhầm.',
    final: 'Việc này không hoàn tác được.',
  },
  en: {
    cancel: 'Cancel, back to the dossier',
    noCode: 'No code yet',
    changed: 'The dossier has just changed; what you did is not written',
    seen: (version: number): string => `You looked at version ${version}.`,
    now: (version: number, who: string, what: string, when: string): string =>
      `It is now version ${version}: ${who} did “${what}” at ${when}.`,
    kept: 'What you typed is kept below. Look again; if it still holds, send it once more.',
    state: 'Present state:',
    undo: 'A mis-click can be taken back for 10 minutes.',
    final: 'This cannot be taken back.',
  },
});

export interface ActPageProps extends ActFieldsProps {
  now: Date;
  isReversible: boolean;
  /** What stood in the way: somebody else was faster, or the state does not allow it any more. */
  conflict: Problem | null;
}

function Conflict(props: { conflict: Problem; file: ActPageProps['file'] }) {
  const own = words.use();
  const shared = deskWords.use();
  const locale = useLocale();
  const details = props.conflict.details as {
    seen?: { version: number };
    current?: { version: number; lastAct: { name: string; at: string; by: string } | null };
  };
  const last = details.current?.lastAct;
  return (
    <div class="sen-message sen-message--error" role="alert">
      <p class="sen-message__text">
        <strong>{details.current ? own.changed : props.conflict.definition.title[locale]}</strong>
        {details.seen && (
          <>
            <br />
            {own.seen(details.seen.version)}
          </>
        )}
        {details.current && last && (
          <>
            {' '}
            {own.now(
              details.current.version,
              last.by,
              shared.acts[last.name as 'receive'] ?? last.name,
              formatDateTime(new Date(last.at), locale),
            )}
          </>
        )}
        <br />
        {own.state} <StateTag state={props.file.state} /> {own.kept}
      </p>
    </div>
  );
}

/** One act on one page: what the dossier is, the fields, and the button that does it. */
export function ActPage(props: ActPageProps) {
  const own = words.use();
  const shared = deskWords.use();
  const locale = useLocale();
  const { act, file, form } = props;
  const isGrave = act === 'stop' || act === 'withdraw' || act === 'refuse';
  return (
    <WorkspaceLayout
      title={`${shared.acts[act]} – ${file.code ?? own.noCode}`}
      heading={shared.acts[act]}
      caption={`${file.code ?? own.noCode} · ${file.applicantName}`}
      backPath={paths.dossier({ id: file.id })}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      {props.conflict && <Conflict conflict={props.conflict} file={file} />}
      <p class="govuk-body sen-strip">
        <StateTag state={file.state} /> <DueCell row={file} now={props.now} /> {said(file.terms.procedureName, locale)}
      </p>
      <Form
        action={pathOfAct(act)({ id: file.id })}
        upload={actsWithFiles.includes(act)}
        class="sen-actform"
        attributes={{ 'data-turbo': 'false' }}
      >
        <input type="hidden" name="version" value={file.version} />
        {/* What the Enter key presses must be the act, not the phrase. */}
        <button type="submit" class="govuk-visually-hidden" tabIndex={-1} aria-hidden="true">
          {shared.buttons[act]}
        </button>
        <ActFields {...props} />
        <div class="govuk-button-group">
          <Button text={shared.buttons[act]} preventDoubleClick classes={isGrave ? 'govuk-button--warning' : ''} />
          <Link to={paths.dossier({ id: file.id })}>{own.cancel}</Link>
        </div>
        <p class="govuk-hint">{props.isReversible ? own.undo : own.final}</p>
      </Form>
    </WorkspaceLayout>
  );
}
