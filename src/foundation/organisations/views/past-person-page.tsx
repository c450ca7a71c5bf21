import { useLocale } from '../../../platform/http/page-context.ts';
import { AsOfBanner } from '../../../ui/components/as-of-banner.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { freshForm } from '../../../ui/components/form-state.ts';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Table } from '../../../ui/govuk/table.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { HeldPost, Officer } from '../officer.ts';
import type { Post, Substitution } from '../post-queries.ts';
import type { RoleOnDay } from '../roles-on-day.ts';
import type { UnitName } from '../unit-queries.ts';
import { adminWords, localName, localTitle } from './admin-words.ts';
import { REACH } from './role-pages.tsx';
import { DayField } from './unit-fields.tsx';

const words = localWords({
  vi: {
    none: 'Không giữ vị trí nào',
    noneText: 'Vào ngày này, người này chưa nhận hoặc đã thôi giữ vị trí. Chọn một ngày khác ở trên.',
    noRole: 'Không có vai trò',
    unknown: 'Chưa ghi lại vai trò của ngày này',
    acting: 'Uỷ quyền có hiệu lực trong ngày',
    from: 'Người uỷ quyền',
    to: 'Người được uỷ quyền',
    document: 'Số văn bản uỷ quyền',
  },
  en: {
    none: 'Held no post',
    noneText: 'On this day the person had not begun or had left. Choose another day above.',
    noRole: 'No role',
    unknown: 'The roles of this day were not recorded',
    acting: 'Substitutions in force on the day',
    from: 'For',
    to: 'Substitute',
    document: 'Document number',
  },
});

/** Asks for the person as of another day. */
export function PersonDay(props: { officerId: string; on: string }) {
  const shared = adminWords.use();
  return (
    <FilterBar action={paths.adminPerson({ id: props.officerId })}>
      <DayField form={freshForm({ ngay: formatDate(props.on) })} prefix="as-of-" name="ngay" label={shared.asOf} />
    </FilterBar>
  );
}

/** One officer as of another day than today: posts, the units' names of then, roles and substitutions. Nothing can be changed here. */
export function PastPersonPage(props: {
  officer: Officer;
  on: string;
  today: string;
  posts: readonly HeldPost[];
  roles: ReadonlyMap<string, readonly RoleOnDay[] | null>;
  substitutions: readonly Substitution[];
  people: ReadonlyMap<string, string>;
  postTitles: ReadonlyMap<string, Post>;
  names: ReadonlyMap<string, UnitName>;
}) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  const { officer, on } = props;
  const roleText = (postId: string): string => {
    const held = props.roles.get(postId);
    if (!held) return own.unknown;
    if (held.length === 0) return own.noRole;
    return held
      .map(({ name, reach }) => (reach ? `${name[locale]} (${REACH[reach][locale]})` : name[locale]))
      .join('; ');
  };
  return (
    <WorkspaceLayout
      title={officer.fullName}
      caption={officer.staffCode}
      breadcrumbs={[{ text: shared.people, path: paths.adminPeople({ ngay: on }) }]}
    >
      <AsOfBanner on={on} today={props.today} todayPath={paths.adminPerson({ id: officer.id })} />
      <PersonDay officerId={officer.id} on={on} />
      <h2 class="govuk-heading-m">{shared.posts}</h2>
      {props.posts.length === 0 ? (
        <EmptyState heading={own.none} text={own.noneText} />
      ) : (
        <Table
          caption={shared.posts}
          captionClasses="govuk-visually-hidden"
          head={[{ text: shared.post }, { text: shared.unit }, { text: shared.roles }, { text: shared.decision }]}
          rows={props.posts.map((held) => [
            { text: localTitle(held, locale) },
            {
              html: (
                <Link to={paths.adminUnit({ id: held.unitId }, { ngay: on })}>
                  {localName(props.names.get(held.unitId), locale)}
                </Link>
              ),
            },
            { text: roleText(held.postId) },
            { text: held.decisionNumber ?? '' },
          ])}
        />
      )}
      {props.substitutions.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{own.acting}</h2>
          <Table
            caption={own.acting}
            captionClasses="govuk-visually-hidden"
            head={[{ text: own.from }, { text: own.to }, { text: shared.post }, { text: own.document }]}
            rows={props.substitutions.map((each) => {
              const post = props.postTitles.get(each.postId);
              return [
                { text: props.people.get(each.fromOfficerId) ?? '' },
                { text: props.people.get(each.toOfficerId) ?? '' },
                { text: post ? localTitle(post, locale) : '' },
                { text: each.documentNumber },
              ];
            })}
          />
        </>
      )}
    </WorkspaceLayout>
  );
}
