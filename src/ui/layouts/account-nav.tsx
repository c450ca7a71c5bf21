import { Link } from '../link.tsx';
import { localWords } from '../local-words.ts';
import { paths } from '../paths.ts';

const words = localWords({
  vi: {
    label: 'Của tôi',
    folded: 'Các trang của tôi',
    home: 'Trang của tôi',
    dossiers: 'Hồ sơ',
    papers: 'Kho giấy tờ',
    drafts: 'Bản đang soạn',
    notifications: 'Thông báo',
    searches: 'Tìm kiếm đã lưu',
    delegations: 'Ủy quyền',
    accesses: 'Ai đã xem',
    data: 'Dữ liệu của tôi',
    account: 'Tài khoản',
  },
  en: {
    label: 'Mine',
    folded: 'My pages',
    home: 'My page',
    dossiers: 'Dossiers',
    papers: 'Papers',
    drafts: 'Drafts',
    notifications: 'Notifications',
    searches: 'Saved searches',
    delegations: 'Mandates',
    accesses: 'Who has looked',
    data: 'My data',
    account: 'Account',
  },
});

/** The pages of the signed-in person: side by side, on a telephone folded under the name of the present one. */
export function AccountNav(props: {
  current: 'home' | 'dossiers' | 'papers' | 'drafts' | 'delegations' | 'accesses' | 'data' | 'searches';
}) {
  const own = words.use();
  const items = [
    ['home', own.home, paths.personalHome()],
    ['dossiers', own.dossiers, paths.myDossiers()],
    ['papers', own.papers, paths.storedPapers()],
    ['drafts', own.drafts, paths.drafts()],
    ['notifications', own.notifications, paths.notifications()],
    ['searches', own.searches, paths.savedSearches()],
    ['delegations', own.delegations, paths.delegations()],
    ['accesses', own.accesses, paths.accountAccesses()],
    ['data', own.data, paths.dataRequests()],
    ['account', own.account, paths.account()],
  ] as const;
  const list = (
    <ul class="sen-mine__list">
      {items.map(([key, text, path]) => (
        <li>
          <Link to={path} class="sen-mine__link" aria-current={key === props.current ? 'page' : undefined}>
            {text}
          </Link>
        </li>
      ))}
    </ul>
  );
  return (
    <>
      <nav class="sen-mine sen-mine--row" aria-label={own.label}>
        {list}
      </nav>
      <details class="sen-mine sen-mine--fold">
        <summary class="sen-mine__summary">
          <span class="govuk-visually-hidden">{own.folded}: </span>
          {own[props.current]}
        </summary>
        <nav aria-label={own.folded}>{list}</nav>
      </details>
    </>
  );
}
