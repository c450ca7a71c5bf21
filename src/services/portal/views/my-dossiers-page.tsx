import { useLocale } from '../../../platform/http/page-context.ts';
import { DeadlineTag } from '../../../ui/components/deadline-tag.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { OwnDossierRow } from '../../dossiers/index.ts';
import { stateWords } from '../dossier-words.ts';
import { AccountNav } from '../../../ui/layouts/account-nav.tsx';

export const dossierListFilters = ['all', 'open', 'closed'] as const;
export type DossierListFilter = (typeof dossierListFilters)[number];

const words = localWords({
  vi: {
    title: 'Hồ sơ của tôi',
    filters: { all: 'Tất cả', open: 'Đang giải quyết', closed: 'Đã xong' },
    filterLabel: 'Lọc hồ sơ',
    mine: 'Hồ sơ của tôi',
    others: 'Hồ sơ tôi được ủy quyền',
    of: (name: string): string => `Của ${name}`,
    noneOthers: 'Chưa có hồ sơ nào bạn được ủy quyền xem',
    noneOthersText:
      'Khi có người ủy quyền cho bạn và ủy quyền đang có hiệu lực, hồ sơ của họ trong phạm vi đó hiện ở đây.',
    submitted: (day: string): string => `Nộp ${day}`,
    due: (day: string): string => `hẹn trả ${day}`,
    noCode: 'chưa có mã hồ sơ',
    none: 'Chưa có hồ sơ nào ở đây',
    noneText: 'Khi bạn nộp hồ sơ trên cổng này, hoặc tại quầy với số định danh của bạn, hồ sơ hiện ở đây.',
    find: 'Tìm thủ tục',
    older: 'Xem hồ sơ cũ hơn',
    lateDone: 'xong trễ hạn',
    onTime: 'xong đúng hạn',
  },
  en: {
    title: 'My dossiers',
    filters: { all: 'All', open: 'Under way', closed: 'Finished' },
    filterLabel: 'Filter dossiers',
    mine: 'My dossiers',
    others: 'Dossiers under mandates',
    of: (name: string): string => `Of ${name}`,
    noneOthers: 'No dossier under a mandate',
    noneOthersText:
      'When somebody has given you a mandate that is in force, their dossiers within its scope appear here.',
    submitted: (day: string): string => `Sent ${day}`,
    due: (day: string): string => `appointment ${day}`,
    noCode: 'no dossier code yet',
    none: 'There is nothing here yet',
    noneText: 'What you send on this portal, or hand in at a counter with your identity number, appears here.',
    find: 'Find a procedure',
    older: 'Older dossiers',
    lateDone: 'finished late',
    onTime: 'finished in time',
  },
});

/** The list of a person's dossiers, newest first. */
export function MyDossiersPage(props: {
  rows: readonly OwnDossierRow[];
  filter: DossierListFilter;
  isForOthers: boolean;
  next: string | null;
  unitNames: ReadonlyMap<string, { nameVi: string; nameEn: string }>;
  now: Date;
}) {
  const own = words.use();
  const locale = useLocale();
  const thay = props.isForOthers ? '1' : null;
  const isEnd = (row: OwnDossierRow) => row.state === 3 || row.state === 7 || row.state === 8 || row.state === 10;
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]} noIndex>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <AccountNav current="dossiers" />
      <nav aria-label={own.filterLabel}>
        <ul class="sen-choices">
          <li>
            <Link to={paths.myDossiers()} class="sen-choice" aria-current={props.isForOthers ? undefined : 'true'}>
              {own.mine}
            </Link>
          </li>
          <li>
            <Link
              to={paths.myDossiers({ thay: '1' })}
              class="sen-choice"
              aria-current={props.isForOthers ? 'true' : undefined}
            >
              {own.others}
            </Link>
          </li>
        </ul>
        <ul class="sen-choices">
          {dossierListFilters.map((each) => (
            <li>
              <Link
                to={paths.myDossiers({ thay, xem: each === 'all' ? null : each })}
                class="sen-choice"
                aria-current={each === props.filter ? 'true' : undefined}
              >
                {own.filters[each]}
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      {props.rows.length === 0 ? (
        <EmptyState
          heading={props.isForOthers ? own.noneOthers : own.none}
          text={props.isForOthers ? own.noneOthersText : own.noneText}
        >
          <Button text={own.find} href={paths.procedures()} />
        </EmptyState>
      ) : (
        <ul class="sen-rows">
          {props.rows.map((row) => {
            const unit = props.unitNames.get(row.receivingUnitId);
            return (
              <li class="sen-row-card">
                <div class="sen-row-card__body">
                  <h2 class="sen-row-card__title">
                    <Link to={paths.myDossier({ id: row.id })}>{row.procedureName[locale]}</Link>
                  </h2>
                  <p class="sen-row-card__meta">
                    {props.isForOthers && (
                      <>
                        {own.of(row.applicantName)}
                        <br />
                      </>
                    )}
                    {row.code ?? own.noCode} · {locale === 'en' ? unit?.nameEn : unit?.nameVi}
                    <br />
                    {own.submitted(formatDate(row.submittedAt))}
                    {row.dueAt && ` · ${own.due(formatDate(row.dueAt))}`}
                    {row.isOnTime !== null && ` · ${row.isOnTime ? own.onTime : own.lateDone}`}
                  </p>
                </div>
                <p class="sen-row-card__actions">
                  <Tag text={stateWords[row.state][locale]} classes={`govuk-tag--${stateWords[row.state].colour}`} />
                  {row.dueAt && !isEnd(row) && row.state !== 9 && <DeadlineTag due={row.dueAt} now={props.now} />}
                </p>
              </li>
            );
          })}
        </ul>
      )}
      {props.next && (
        <p class="govuk-body">
          <Link to={paths.myDossiers({ thay, xem: props.filter === 'all' ? null : props.filter, sau: props.next })}>
            {own.older} →
          </Link>
        </p>
      )}
    </PublicLayout>
  );
}
