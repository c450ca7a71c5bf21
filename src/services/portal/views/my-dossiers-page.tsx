import { useLocale } from '../../../platform/http/page-context.ts';
import { DeadlineTag } from '../../../ui/components/deadline-tag.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { AccessSeen, OwnDossierRow } from '../../dossiers/index.ts';
import { stateWords } from '../dossier-words.ts';
import { AccountNav } from './account-nav.tsx';

export const dossierListFilters = ['all', 'open', 'closed'] as const;
export type DossierListFilter = (typeof dossierListFilters)[number];

const words = localWords({
  vi: {
    title: 'Hồ sơ của tôi',
    filters: { all: 'Tất cả', open: 'Đang giải quyết', closed: 'Đã xong' },
    filterLabel: 'Lọc hồ sơ',
    submitted: (day: string): string => `Nộp ${day}`,
    due: (day: string): string => `hẹn trả ${day}`,
    noCode: 'chưa có mã hồ sơ',
    none: 'Chưa có hồ sơ nào ở đây',
    noneText: 'Khi bạn nộp hồ sơ trên cổng này, hoặc tại quầy với số định danh của bạn, hồ sơ hiện ở đây.',
    find: 'Tìm thủ tục',
    older: 'Xem hồ sơ cũ hơn',
    accesses: 'Ai đã xem hồ sơ của tôi',
    accessesText: 'Mỗi lần cán bộ mở hồ sơ của bạn đều được ghi lại.',
    noAccess: 'Chưa có ai mở hồ sơ của bạn',
    noAccessText: 'Khi cán bộ mở hồ sơ để giải quyết, lượt xem hiện ở đây.',
    lateDone: 'xong trễ hạn',
    onTime: 'xong đúng hạn',
  },
  en: {
    title: 'My dossiers',
    filters: { all: 'All', open: 'Under way', closed: 'Finished' },
    filterLabel: 'Filter dossiers',
    submitted: (day: string): string => `Sent ${day}`,
    due: (day: string): string => `appointment ${day}`,
    noCode: 'no dossier code yet',
    none: 'There is nothing here yet',
    noneText: 'What you send on this portal, or hand in at a counter with your identity number, appears here.',
    find: 'Find a procedure',
    older: 'Older dossiers',
    accesses: 'Who has looked at my dossiers',
    accessesText: 'Every time an official opens your dossier, it is recorded.',
    noAccess: 'Nobody has opened your dossiers',
    noAccessText: 'When an official opens one to work on it, it appears here.',
    lateDone: 'finished late',
    onTime: 'finished in time',
  },
});

/** The list of a person's dossiers, newest first. */
export function MyDossiersPage(props: {
  rows: readonly OwnDossierRow[];
  filter: DossierListFilter;
  next: string | null;
  unitNames: ReadonlyMap<string, { nameVi: string; nameEn: string }>;
  now: Date;
}) {
  const own = words.use();
  const locale = useLocale();
  const isEnd = (row: OwnDossierRow) => row.state === 3 || row.state === 7 || row.state === 8 || row.state === 10;
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]} noIndex>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <AccountNav current="dossiers" />
      <nav aria-label={own.filterLabel}>
        <ul class="sen-choices">
          {dossierListFilters.map((each) => (
            <li>
              <Link
                to={paths.myDossiers({ xem: each === 'all' ? null : each })}
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
        <EmptyState heading={own.none} text={own.noneText}>
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
          <Link to={paths.myDossiers({ xem: props.filter === 'all' ? null : props.filter, sau: props.next })}>
            {own.older} →
          </Link>
        </p>
      )}
    </PublicLayout>
  );
}

/** Who opened the files of the account's dossiers. */
export function AccessesPage(props: {
  rows: readonly AccessSeen[];
  unitNames: ReadonlyMap<string, { nameVi: string; nameEn: string }>;
  next: string | null;
}) {
  const own = words.use();
  return (
    <PublicLayout
      title={own.accesses}
      breadcrumbs={[{ text: own.title, path: paths.myDossiers() }, { text: own.accesses }]}
      noIndex
    >
      <h1 class="govuk-heading-l">{own.accesses}</h1>
      <AccountNav current="accesses" />
      <p class="govuk-body">{own.accessesText}</p>
      {props.rows.length === 0 ? (
        <EmptyState heading={own.noAccess} text={own.noAccessText} />
      ) : (
        <AccessList rows={props.rows} unitNames={props.unitNames} withDossier />
      )}
      {props.next && (
        <p class="govuk-body">
          <Link to={paths.accountAccesses({ truoc: props.next })}>{own.older} →</Link>
        </p>
      )}
    </PublicLayout>
  );
}

/** Readings, newest first: who, from which unit, what for. */
export function AccessList(props: {
  rows: readonly AccessSeen[];
  unitNames: ReadonlyMap<string, { nameVi: string; nameEn: string }>;
  withDossier?: boolean;
}) {
  const locale = useLocale();
  return (
    <ul class="sen-rows sen-rows--small">
      {props.rows.map((row) => {
        const unit = props.unitNames.get(row.unitId ?? '');
        return (
          <li class="sen-row-card">
            <div class="sen-row-card__body">
              <p class="sen-row-card__meta">
                <strong>{row.readerLabel}</strong>
                {unit && `, ${locale === 'en' ? unit.nameEn : unit.nameVi}`}
                <br />
                {formatDateTime(row.at, locale)} · {row.purpose}
                {props.withDossier && (
                  <>
                    {' · '}
                    <Link to={paths.myDossier({ id: row.dossierId })}>{row.code ?? row.dossierId.slice(-12)}</Link>
                  </>
                )}
              </p>
            </div>
          </li>
        );
      })}
    </ul>
  );
}
