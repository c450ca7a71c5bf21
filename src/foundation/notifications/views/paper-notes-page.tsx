import { usePage } from '../../../platform/http/page-context.ts';
import { listQuery } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Pagination } from '../../../ui/govuk/pagination.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { PaperNote } from '../paper-queries.ts';
import { Paragraphs } from './inbox-page.tsx';

const words = localWords({
  vi: {
    title: 'Cần báo trực tiếp',
    lead: 'Những người này không để lại thư điện tử hay số điện thoại. In trang này làm giấy báo, hoặc báo khi họ đến quầy, rồi đánh dấu đã báo.',
    waiting: 'Chờ báo',
    handed: 'Đã báo',
    done: 'Đánh dấu đã báo',
    open: 'Mở hồ sơ',
    none: 'Không có tin nào',
    older: 'Cũ hơn',
  },
  en: {
    title: 'To be told in person',
    lead: 'These people left neither e-mail nor phone number. Print this page as a notice, or tell them at the counter, then mark it.',
    waiting: 'Waiting',
    handed: 'Told',
    done: 'Mark as told',
    open: 'Open the dossier',
    none: 'Nothing here',
    older: 'Older',
  },
});

/** Notices for those who cannot be reached; printing the page gives them on paper. */
export function PaperNotesPage(props: {
  notes: readonly PaperNote[];
  state: 'to-hand' | 'handed';
  nextCursor: string | null;
}) {
  const own = words.use();
  const { locale } = usePage();
  const tabs = [
    [own.waiting, paths.paperNotes(), 'to-hand'],
    [own.handed, paths.paperNotes({ loai: 'da-bao' }), 'handed'],
  ] as const;
  return (
    <WorkspaceLayout title={own.title}>
      <p class="govuk-body">{own.lead}</p>
      <nav class="moj-sub-navigation" aria-label={own.title}>
        <ul class="moj-sub-navigation__list">
          {tabs.map(([text, href, state]) => (
            <li class="moj-sub-navigation__item">
              <Link
                to={href}
                class="moj-sub-navigation__link"
                aria-current={state === props.state ? 'page' : undefined}
              >
                {text}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {props.notes.length === 0 && <EmptyState heading={own.none} />}
      {props.notes.map((note) => (
        <article class="sen-notice" key={note.id}>
          <h2 class="govuk-heading-s">{note.subject}</h2>
          <p class="govuk-hint">
            <time datetime={note.createdAt.toISOString()}>{formatDateTime(note.createdAt, locale)}</time>
          </p>
          <Paragraphs text={note.body} />
          {note.subjectKind === 'dossier' && note.subjectId && (
            <p class="govuk-body">
              <Link to={paths.dossier({ id: note.subjectId })}>
                {own.open}
                <span class="govuk-visually-hidden">: {note.subject}</span>
              </Link>
            </p>
          )}
          {note.state === 'to-hand' && (
            <Form action={paths.paperNoteHanding({ id: note.id })}>
              <Button classes="govuk-button--secondary">
                {own.done}
                <span class="govuk-visually-hidden">: {note.subject}</span>
              </Button>
            </Form>
          )}
        </article>
      ))}
      {props.nextCursor && (
        <Pagination
          next={{
            text: own.older,
            href: paths.paperNotes({
              loai: props.state === 'handed' ? 'da-bao' : null,
              [listQuery.after]: props.nextCursor,
            }),
          }}
        />
      )}
    </WorkspaceLayout>
  );
}
