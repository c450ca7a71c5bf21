import { SubNavigation } from '../../../ui/moj/sub-navigation.tsx';
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
  return (
    <SubNavigation
      label={own.label}
      items={[
        { text: own.dossiers, href: paths.myDossiers(), active: props.current === 'dossiers' },
        { text: own.drafts, href: paths.drafts(), active: props.current === 'drafts' },
        { text: own.notifications, href: paths.notifications() },
        { text: own.accesses, href: paths.accountAccesses(), active: props.current === 'accesses' },
        { text: own.account, href: paths.account() },
      ]}
    />
  );
}
