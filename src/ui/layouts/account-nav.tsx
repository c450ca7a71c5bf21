import { Link } from '../link.tsx';
import { localWords } from '../local-words.ts';
import { paths } from '../paths.ts';

const words = localWords({
  vi: {
    label: 'Của tôi',
    dossiers: 'Hồ sơ',
    drafts: 'Bản đang soạn',
    notifications: 'Thông báo',
    delegations: 'Ủy quyền',
    accesses: 'Ai đã xem',
    data: 'Dữ liệu của tôi',
    account: 'Tài khoản',
  },
  en: {
    label: 'Mine',
    dossiers: 'Dossiers',
    drafts: 'Drafts',
    notifications: 'Notifications',
    delegations: 'Mandates',
    accesses: 'Who has looked',
    data: 'My data',
    account: 'Account',
  },
});

/** The pages of the signed-in person, side by side. */
export function AccountNav(props: { current: 'dossiers' | 'drafts' | 'delegations' | 'accesses' | 'data' }) {
  const own = words.use();
  const items = [
    ['dossiers', own.dossiers, paths.myDossiers()],
    ['drafts', own.drafts, paths.drafts()],
    ['notifications', own.notifications, paths.notifications()],
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
