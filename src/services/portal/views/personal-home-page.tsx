import { TypedText } from '../../../ui/components/typed-text.tsx';
import { useLocale, usePage } from '../../../platform/http/page-context.ts';
import { DeadlineTag } from '../../../ui/components/deadline-tag.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { AccountNav } from '../../../ui/layouts/account-nav.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { PaperMarks } from '../../paperstore/index.ts';
import { stateWords } from '../dossier-words.ts';
import type { LifeEvent } from '../life-events.ts';
import type { PersonalHome, WaitingThing } from '../personal-home.ts';
import { addressOfSearch, type SavedSearch } from '../saved-search.ts';
import type { DraftRow } from './drafts-page.tsx';

const words = localWords({
  vi: {
    title: 'Trang của tôi',
    hello: 'Chào',
    waiting: 'Việc chờ bạn',
    nothing: 'Không có việc gì chờ bạn.',
    kinds: {
      supplement: 'Cần bổ sung giấy tờ',
      payment: 'Cần nộp phí, lệ phí',
      result: 'Có kết quả, hãy nhận',
      mandate: 'Đề nghị ủy quyền chờ trả lời',
      membership: 'Lời mời vào tài khoản tổ chức',
      signature: 'Tờ khai chờ bạn xác nhận',
    } satisfies Record<WaitingThing['kind'], string>,
    do: {
      supplement: 'Bổ sung',
      payment: 'Xem và nộp',
      result: 'Xem kết quả',
      mandate: 'Trả lời',
      membership: 'Trả lời',
      signature: 'Xem và xác nhận',
    } satisfies Record<WaitingThing['kind'], string>,
    until: (when: string): string => `trước ${when}`,
    unread: (n: number): string => `${n} thông báo chưa đọc`,
    drafts: 'Đang điền dở',
    continue: 'Làm tiếp',
    keptUntil: (day: string): string => `giữ đến hết ngày ${day}`,
    allDrafts: 'Tất cả bản đang soạn',
    underWay: 'Hồ sơ đang giải quyết',
    noDossiers: 'Bạn không có hồ sơ nào đang giải quyết.',
    allDossiers: 'Tất cả hồ sơ của tôi',
    noCode: 'chưa có mã hồ sơ',
    due: (day: string): string => `hẹn trả ${day}`,
    expiring: 'Giấy tờ sắp hết hạn',
    renew: 'Đổi cách nhắc',
    store: 'Mở kho giấy tờ',
    searches: 'Tìm kiếm đã lưu',
    allSearches: 'Tất cả tìm kiếm đã lưu',
    events: 'Bạn sắp có việc gì?',
    find: 'Tìm thủ tục',
  },
  en: {
    title: 'My page',
    hello: 'Hello',
    waiting: 'What waits for you',
    nothing: 'Nothing waits for you.',
    kinds: {
      supplement: 'Papers are asked for',
      payment: 'A fee is to be paid',
      result: 'A result is ready',
      mandate: 'A proposed mandate',
      membership: 'An invitation to an organisation',
      signature: 'A form to confirm',
    },
    do: {
      supplement: 'Add them',
      payment: 'Look and pay',
      result: 'Open it',
      mandate: 'Answer',
      membership: 'Answer',
      signature: 'Look and confirm',
    },
    until: (when: string): string => `before ${when}`,
    unread: (n: number): string => `${n} unread notifications`,
    drafts: 'Not finished yet',
    continue: 'Continue',
    keptUntil: (day: string): string => `kept until ${day}`,
    allDrafts: 'All drafts',
    underWay: 'Dossiers under way',
    noDossiers: 'None of your dossiers is under way.',
    allDossiers: 'All my dossiers',
    noCode: 'no dossier code yet',
    due: (day: string): string => `appointment ${day}`,
    expiring: 'Papers that expire',
    renew: 'Change the reminders',
    store: 'Open my papers',
    searches: 'Saved searches',
    allSearches: 'All saved searches',
    events: 'What is ahead of you?',
    find: 'Find a procedure',
  },
});

interface PersonalHomeProps {
  name: string;
  home: PersonalHome;
  drafts: readonly DraftRow[];
  searches: readonly SavedSearch[];
  events: readonly LifeEvent[];
  unitNames: ReadonlyMap<string, { nameVi: string; nameEn: string }>;
  now: Date;
  today: string;
}

/** A name in the page's language, or marked as Vietnamese where it has no other. */
function Named(props: { name: { vi: string; en?: string | undefined } }) {
  const locale = useLocale();
  const { vi, en } = props.name;
  return locale === 'en' && en && en !== vi ? <>{en}</> : <TypedText text={vi} />;
}

function Waiting(props: PersonalHomeProps) {
  const own = words.use();
  const locale = useLocale();
  const { unreadCount } = usePage();
  const { waiting } = props.home;
  return (
    <section class="sen-section">
      <h2 class="govuk-heading-m">{own.waiting}</h2>
      {waiting.length === 0 ? (
        <p class="govuk-body">{own.nothing}</p>
      ) : (
        <ul class="sen-rows">
          {waiting.map((thing) => (
            <li class="sen-row-card">
              <div class="sen-row-card__body">
                <h3 class="sen-row-card__title">
                  <Link to={thing.path}>{own.kinds[thing.kind]}</Link>
                </h3>
                <p class="sen-row-card__meta">
                  <Named name={thing.name} />
                  {thing.until && ` ${own.until(formatDateTime(thing.until, locale))}`}
                </p>
              </div>
              <p class="sen-row-card__actions">
                <Link to={thing.path}>
                  {own.do[thing.kind]}
                  <span class="govuk-visually-hidden">
                    {' '}
                    <Named name={thing.name} />
                  </span>
                </Link>
              </p>
            </li>
          ))}
        </ul>
      )}
      {unreadCount > 0 && (
        <p class="govuk-body">
          <Link to={paths.notifications()}>{own.unread(unreadCount)}</Link>
        </p>
      )}
    </section>
  );
}

function Drafts(props: PersonalHomeProps) {
  const own = words.use();
  if (props.drafts.length === 0) return null;
  return (
    <section class="sen-section">
      <h2 class="govuk-heading-m">{own.drafts}</h2>
      <ul class="sen-rows">
        {props.drafts.map((row) => (
          <li class="sen-row-card">
            <div class="sen-row-card__body">
              <h3 class="sen-row-card__title">
                <Link to={paths.application({ draftId: row.id })}>
                  <Named name={row.name} />
                </Link>
              </h3>
              <p class="sen-row-card__meta">{own.keptUntil(formatDate(row.expiresAt))}</p>
            </div>
            <p class="sen-row-card__actions">
              <Link to={paths.application({ draftId: row.id })}>
                {own.continue}
                <span class="govuk-visually-hidden">
                  {' '}
                  <Named name={row.name} />
                </span>
              </Link>
            </p>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <Link to={paths.drafts()}>{own.allDrafts}</Link>
      </p>
    </section>
  );
}

function UnderWay(props: PersonalHomeProps) {
  const own = words.use();
  const locale = useLocale();
  const { underWay } = props.home;
  return (
    <section class="sen-section">
      <h2 class="govuk-heading-m">{own.underWay}</h2>
      {underWay.length === 0 ? (
        <p class="govuk-body">{own.noDossiers}</p>
      ) : (
        <ul class="sen-rows">
          {underWay.map((row) => {
            const unit = props.unitNames.get(row.receivingUnitId);
            return (
              <li class="sen-row-card">
                <div class="sen-row-card__body">
                  <h3 class="sen-row-card__title">
                    <Link to={paths.myDossier({ id: row.id })}>{row.procedureName[locale]}</Link>
                  </h3>
                  <p class="sen-row-card__meta">
                    {row.code ?? own.noCode} · {locale === 'en' ? unit?.nameEn : unit?.nameVi}
                    {row.dueAt && (
                      <>
                        <br />
                        {own.due(formatDate(row.dueAt))}
                      </>
                    )}
                  </p>
                </div>
                <p class="sen-row-card__actions">
                  <Tag text={stateWords[row.state][locale]} classes={`govuk-tag--${stateWords[row.state].colour}`} />
                  {row.dueAt && row.state !== 9 && <DeadlineTag due={row.dueAt} now={props.now} />}
                </p>
              </li>
            );
          })}
        </ul>
      )}
      <p class="govuk-body">
        <Link to={paths.myDossiers()}>{own.allDossiers}</Link>
      </p>
    </section>
  );
}

function Expiring(props: PersonalHomeProps) {
  const own = words.use();
  const { expiring, soonDays } = props.home;
  if (expiring.length === 0) return null;
  return (
    <section class="sen-section">
      <h2 class="govuk-heading-m">{own.expiring}</h2>
      <ul class="sen-rows">
        {expiring.map((paper) => (
          <li class="sen-row-card">
            <div class="sen-row-card__body">
              <h3 class="sen-row-card__title">
                <Link to={paths.storedPaper({ id: paper.id })}>
                  <TypedText text={paper.name} />
                </Link>
              </h3>
              <PaperMarks paper={paper} today={props.today} soonDays={soonDays} />
            </div>
          </li>
        ))}
      </ul>
      <p class="govuk-body">
        <Link to={paths.storedPapers()}>{own.store}</Link> · <Link to={paths.storeChoice()}>{own.renew}</Link>
      </p>
    </section>
  );
}

/** What waits for the person, what expires, what is under way, and where life goes on. */
export function PersonalHomePage(props: PersonalHomeProps) {
  const own = words.use();
  const locale = useLocale();
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]} noIndex>
      <h1 class="govuk-heading-l">
        {own.hello} <TypedText text={props.name} />
      </h1>
      <AccountNav current="home" />
      <Waiting {...props} />
      <Drafts {...props} />
      <Expiring {...props} />
      <UnderWay {...props} />
      {props.searches.length > 0 && (
        <section class="sen-section">
          <h2 class="govuk-heading-m">{own.searches}</h2>
          <ul class="sen-linklist">
            {props.searches.map((search) => (
              <li>
                <Link to={addressOfSearch(search)}>
                  <TypedText text={search.name} />
                </Link>
              </li>
            ))}
          </ul>
          <p class="govuk-body">
            <Link to={paths.savedSearches()}>{own.allSearches}</Link>
          </p>
        </section>
      )}
      <section class="sen-section">
        <h2 class="govuk-heading-m">{own.events}</h2>
        {props.events.length > 0 && (
          <ul class="sen-choices">
            {props.events.map((event) => (
              <li>
                <Link to={paths.lifeEvent({ event: event.key })} class="sen-choice">
                  {event.title[locale]}
                </Link>
              </li>
            ))}
          </ul>
        )}
        <Button text={own.find} href={paths.procedures()} classes="govuk-button--secondary" />
      </section>
    </PublicLayout>
  );
}
