import { usePage } from '../../../platform/http/page-context.ts';
import { CardGrid } from '../../../ui/components/card-grid.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

const words = localWords({
  vi: {
    title: 'Quản trị',
    lead: 'Những việc quản trị mà vị trí của bạn được làm. Con số là việc đang chờ.',
    none: 'Vị trí này không có việc quản trị nào',
    ask: 'Nếu công việc của bạn cần quyền quản trị, hãy liên hệ quản trị viên của đơn vị.',
    waiting: 'đang chờ',
  },
  en: {
    title: 'Administration',
    lead: 'What your post may administer. The numbers are work that waits.',
    none: 'This post administers nothing',
    ask: 'If your work needs it, ask the administrator of your unit.',
    waiting: 'waiting',
  },
});

/** The first page of administration: everything that the post may open there, as the side menu groups it. */
export function AdminHomePage() {
  const { workspaceMenu } = usePage();
  const own = words.use();
  const groups = workspaceMenu
    .map(({ heading, items }) => ({ heading, items: items.filter(({ path }) => path.startsWith(paths.admin())) }))
    .filter(({ items }) => items.length > 0);
  return (
    <WorkspaceLayout title={own.title}>
      {groups.length === 0 ? <EmptyState heading={own.none} text={own.ask} /> : <p class="govuk-body">{own.lead}</p>}
      {groups.map(({ heading, items }) => (
        <section>
          <h2 class="govuk-heading-m">{heading}</h2>
          <CardGrid
            isSmall
            cards={items.map(({ text, path, count }) => ({
              title: text,
              path,
              ...(count ? { meta: `${count > 999 ? '999+' : count} ${own.waiting}` } : {}),
            }))}
          />
        </section>
      ))}
    </WorkspaceLayout>
  );
}
