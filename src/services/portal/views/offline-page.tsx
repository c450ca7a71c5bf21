import { usePage } from '../../../platform/http/page-context.ts';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';

const words = localWords({
  vi: {
    title: 'Không có mạng',
    text: 'Máy của bạn đang không kết nối được Internet, nên trang này chưa mở được.',
    kept: 'Những gì bạn đã lưu hoặc đã nộp vẫn còn nguyên trên hệ thống.',
    again: 'Khi có mạng, hãy tải lại trang này.',
    call: (hotline: string): string => `Cần gấp thì gọi ${hotline}.`,
  },
  en: {
    title: 'No connection',
    text: 'Your device has no connection to the Internet, so this page cannot be opened.',
    kept: 'Whatever you saved or sent is safe.',
    again: 'Load this page again once you are connected.',
    call: (hotline: string): string => `If it is urgent, call ${hotline}.`,
  },
});

/** Shown by the service worker in place of any page while there is no connection; it names nobody. */
export function OfflinePage() {
  const own = words.use();
  const { province } = usePage();
  return (
    <PublicLayout title={own.title} width="narrow" isQuiet noIndex>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body-l">{own.text}</p>
      <p class="govuk-body">{own.kept}</p>
      <p class="govuk-body">
        {own.again} {own.call(province.hotline)}
      </p>
    </PublicLayout>
  );
}
