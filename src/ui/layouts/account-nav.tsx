import { Link } from '../link.tsx';
import { localWords } from '../local-words.ts';
import { paths } from '../paths.ts';

const words = localWords({
  vi: {
    label: 'Của tôi',
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

/** The pages of the signed-in person, side by side. */
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
  return (
    <nav class="sen-mine" aria-label={own.label}>
      <ul class="sen-mine__list">
        {items.map(([key, text, path]) => (
          <li>
            <Link to={path} class="sen-mine__link" aria-current={key === props.current ? 'page' : undefined}>
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
