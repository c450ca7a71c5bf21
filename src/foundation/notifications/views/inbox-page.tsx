import type { ComponentChildren } from 'preact';
import { usePage } from '../../../platform/http/page-context.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Pagination } from '../../../ui/govuk/pagination.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

export interface InboxItem {
  id: string;
  subject: string;
  body: string;
  /** The language in which it was written, which stays when the person chooses another. */
  locale: string;
  link: string | null;
  createdAt: Date;
  isRead: boolean;
}

const words = localWords({
  vi: {
    title: 'Thông báo của bạn',
    none: 'Bạn chưa có thông báo nào.',
    noneHint: 'Khi hồ sơ của bạn có thay đổi, chúng tôi báo ở đây và qua e-mail hoặc điện thoại bạn đã xác nhận.',
    fresh: 'Mới',
    open: 'Xem chi tiết',
    markRead: 'Đánh dấu đã đọc',
    markAll: 'Đánh dấu tất cả đã đọc',
    older: 'Cũ hơn',
    choose: 'Chọn cách nhận thông báo',
  },
  en: {
    title: 'Your notifications',
    none: 'You have no notifications yet.',
    noneHint: 'When something changes in your dossiers, we tell you here and by the e-mail or phone you confirmed.',
    fresh: 'New',
    open: 'Open',
    markRead: 'Mark as read',
    markAll: 'Mark all as read',
    older: 'Older',
    choose: 'Choose how you are told',
  },
});

/** A person's or an official's notifications, newest first. */
export function InboxPage(props: { items: readonly InboxItem[]; olderHref: string | null }) {
  const own = words.use();
  const { locale, person } = usePage();
  const langOf = (item: InboxItem) => (item.locale === locale ? undefined : item.locale);
  const unread = props.items.some((item) => !item.isRead);
  const content = (
    <>
      <p class="govuk-body">
        <Link to={paths.notificationChoices()}>{own.choose}</Link>
      </p>
      {props.items.length === 0 && (
        <>
          <p class="govuk-body-l">{own.none}</p>
          <p class="govuk-body">{own.noneHint}</p>
        </>
      )}
      {unread && (
        <Form action={paths.notificationRead({ id: 'tat-ca' })}>
          <Button classes="govuk-button--secondary">{own.markAll}</Button>
        </Form>
      )}
      {props.items.map((item) => (
        <article key={item.id} class={item.isRead ? 'sen-notice' : 'sen-notice sen-notice--new'}>
          <h2 class="govuk-heading-s">
            <span lang={langOf(item)}>{item.subject}</span>{' '}
            {!item.isRead && <Tag classes="govuk-tag--green">{own.fresh}</Tag>}
          </h2>
          <p class="govuk-hint">
            <time datetime={item.createdAt.toISOString()}>{formatDateTime(item.createdAt, locale)}</time>
          </p>
          <div lang={langOf(item)}>
            <Paragraphs text={item.body} />
          </div>
          <p class="govuk-body">
            {item.link && (
              <Link to={item.link}>
                {own.open}
                <span class="govuk-visually-hidden" lang={langOf(item)}>
                  : {item.subject}
                </span>
              </Link>
            )}
          </p>
          {!item.isRead && (
            <Form action={paths.notificationRead({ id: item.id })}>
              <Button classes="govuk-button--secondary">
                {own.markRead}
                <span class="govuk-visually-hidden" lang={langOf(item)}>
                  : {item.subject}
                </span>
              </Button>
            </Form>
          )}
        </article>
      ))}
      {props.olderHref && <Pagination next={{ text: own.older, href: props.olderHref }} />}
    </>
  );
  return (
    <Frame isOfficial={person?.kind === 'official'} title={own.title}>
      {content}
    </Frame>
  );
}

function Frame(props: { isOfficial: boolean; title: string; children: ComponentChildren }) {
  if (props.isOfficial) return <WorkspaceLayout title={props.title}>{props.children}</WorkspaceLayout>;
  return (
    <PublicLayout title={props.title} width="narrow" breadcrumbs={[{ text: props.title }]} noIndex>
      <h1 class="govuk-heading-xl">{props.title}</h1>
      {props.children}
    </PublicLayout>
  );
}

export function Paragraphs({ text }: { text: string }) {
  return (
    <>
      {text.split(/\n{2,}/).map((paragraph) => (
        <p class="govuk-body">{paragraph}</p>
      ))}
    </>
  );
}
