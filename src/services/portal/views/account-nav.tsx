import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

const words = localWords({
  vi: {
    label: 'Của tôi',
    dossiers: 'Hồ sơ',
    drafts: 'Bản đang soạn',
    notifications: 'Thông báo',
    accesses: 'Ai đã xem',
    account: 'Tài khoản',
  },
  en: {
    label: 'Mine',
    dossiers: 'Dossiers',
    drafts: 'Drafts',
    notifications: 'Notifications',
    accesses: 'Who has looked',
    account: 'Account',
  },
});

/** The pages of the signed-in person, side by side. */
export function AccountNav(props: { current: 'dossiers' | 'drafts' | 'accesses' }) {
  const own = words.use();
  const items = [
    ['dossiers', own.dossiers, paths.myDossiers()],
    ['drafts', own.drafts, paths.drafts()],
    ['notifications', own.notifications, paths.notifications()],
    ['accesses', own.accesses, paths.accountAccesses()],
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
