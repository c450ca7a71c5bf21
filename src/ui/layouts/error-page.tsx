import type { ComponentChildren } from 'preact';
import { usePage } from '../../platform/http/page-context.ts';
import { Link } from '../link.tsx';
import { localWords } from '../local-words.ts';
import { paths } from '../paths.ts';
import { PublicLayout } from './public-layout.tsx';
import { WorkspaceLayout } from './workspace-layout.tsx';

/** Answers that have a page of their own. */
export type ErrorStatus = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 500 | 503;

const words = localWords({
  vi: {
    titles: {
      400: 'Yêu cầu không hợp lệ',
      401: 'Bạn cần đăng nhập',
      403: 'Bạn không có quyền xem trang này',
      404: 'Không tìm thấy trang',
      409: 'Nội dung đã được người khác thay đổi',
      410: 'Trang này không còn nữa',
      413: 'Nội dung gửi lên quá lớn',
      422: 'Có nội dung chưa đúng',
      429: 'Bạn thao tác quá nhanh',
      500: 'Hệ thống gặp lỗi',
      503: 'Hệ thống đang tạm dừng',
    } as Record<ErrorStatus, string>,
    advice: {
      400: 'Trình duyệt đã gửi một yêu cầu mà hệ thống không đọc được. Hãy quay lại trang trước và thử lại.',
      401: 'Hãy đăng nhập rồi mở lại trang này. Nội dung bạn đã lưu vẫn còn.',
      403: 'Trang này dành cho người khác, hoặc tài khoản của bạn chưa được giao quyền. Nếu bạn cho rằng có nhầm lẫn, hãy gọi tổng đài.',
      404: 'Hãy kiểm tra lại địa chỉ. Nếu bạn bấm vào một liên kết trên cổng này, có thể trang đã được chuyển đi nơi khác.',
      409: 'Hãy mở lại trang để xem nội dung mới nhất, rồi làm lại thay đổi của bạn. Chưa có gì bị ghi đè.',
      410: 'Nội dung đã được gỡ bỏ hoặc đã hết hiệu lực.',
      413: 'Hãy chọn tệp nhỏ hơn hoặc gửi từng tệp một.',
      422: 'Hãy quay lại và sửa những chỗ được đánh dấu. Nội dung đã nhập vẫn còn.',
      429: 'Hãy chờ một lát rồi thử lại. Nội dung bạn đã gửi trước đó không bị mất.',
      500: 'Lỗi này đã được ghi lại để khắc phục. Những gì bạn đã nộp và đã lưu vẫn còn nguyên. Hãy thử lại sau ít phút.',
      503: 'Hệ thống đang bảo trì hoặc quá tải. Những gì bạn đã nộp và đã lưu vẫn còn nguyên. Hãy quay lại sau ít phút.',
    } as Record<ErrorStatus, string>,
    wait: (seconds: number): string =>
      seconds < 90
        ? `Bạn có thể thử lại sau ${seconds} giây.`
        : `Bạn có thể thử lại sau ${Math.ceil(seconds / 60)} phút.`,
    reference: 'Mã tra cứu lỗi',
    readOut: 'Khi gọi tổng đài, hãy đọc mã này để được hỗ trợ nhanh.',
    home: 'Về trang chủ',
    workspace: 'Về bàn làm việc',
    search: 'Tìm thủ tục',
    help: 'Xem trợ giúp',
    signIn: 'Đăng nhập',
    call: 'Tổng đài hỗ trợ',
  },
  en: {
    titles: {
      400: 'The request was not understood',
      401: 'You need to sign in',
      403: 'You may not see this page',
      404: 'Page not found',
      409: 'Somebody else has changed this',
      410: 'This page is no longer here',
      413: 'What you sent is too large',
      422: 'Something needs correcting',
      429: 'You are going too fast',
      500: 'Something went wrong',
      503: 'The service is paused',
    } as Record<ErrorStatus, string>,
    advice: {
      400: 'Your browser sent a request that the system could not read. Go back and try again.',
      401: 'Sign in and open this page again. What you saved is kept.',
      403: 'This page belongs to somebody else, or your account has not been given the right. If you think this is a mistake, call the hotline.',
      404: 'Check the address. If you followed a link on this portal, the page may have moved.',
      409: 'Open the page again to see the latest content, then repeat your change. Nothing was overwritten.',
      410: 'It was removed or is no longer in force.',
      413: 'Choose a smaller file or send the files one at a time.',
      422: 'Go back and correct the marked fields. What you typed is kept.',
      429: 'Wait a moment and try again. What you sent before is not lost.',
      500: 'The error has been recorded. Everything you submitted and saved is safe. Try again in a few minutes.',
      503: 'Maintenance is under way or the load is too high. Everything you submitted and saved is safe. Come back in a few minutes.',
    } as Record<ErrorStatus, string>,
    wait: (seconds: number): string =>
      seconds < 90
        ? `You can try again in ${seconds} seconds.`
        : `You can try again in ${Math.ceil(seconds / 60)} minutes.`,
    reference: 'Error reference',
    readOut: 'Read this out when you call the hotline.',
    home: 'Go to the home page',
    workspace: 'Go to your workspace',
    search: 'Search procedures',
    help: 'Get help',
    signIn: 'Sign in',
    call: 'Hotline',
  },
});

/** Options of `ErrorPage`. `title` and `advice` (of a Problem) replace the general words. */
export interface ErrorPageProps {
  status: ErrorStatus;
  /** Reference of the request that a person can read out over the telephone; null when nothing was recorded. */
  reference: string | null;
  title?: string | undefined;
  advice?: string | undefined;
  retryAfterSeconds?: number | undefined;
  children?: ComponentChildren;
}

/** `7F3K2Q9B` → `7F3K 2Q9B`: groups of four are easier to read out. */
export function spokenReference(reference: string): string {
  return reference.length > 16 ? reference : (reference.match(/.{1,4}/g) ?? [reference]).join(' ');
}

function ErrorBody(props: ErrorPageProps & { isOfficial: boolean }) {
  const own = words.use();
  const { province } = usePage();
  return (
    <div class="sen-error">
      <p class="govuk-body-l">{props.advice ?? own.advice[props.status]}</p>
      {props.retryAfterSeconds !== undefined && <p class="govuk-body">{own.wait(props.retryAfterSeconds)}</p>}
      {props.children}
      {props.reference && (
        <div class="sen-error__reference">
          <p class="sen-error__label">{own.reference}</p>
          <p class="sen-error__code">{spokenReference(props.reference)}</p>
          <p class="sen-error__hint">
            {own.readOut}
            {province.hotline && ` ${own.call}: ${province.hotline}.`}
          </p>
        </div>
      )}
      <ul class="sen-error__ways">
        {props.status === 401 && (
          <li>
            <Link to={paths.signIn()}>{own.signIn}</Link>
          </li>
        )}
        <li>
          <Link to={props.isOfficial ? paths.workspace() : paths.home()}>
            {props.isOfficial ? own.workspace : own.home}
          </Link>
        </li>
        {!props.isOfficial && (
          <li>
            <Link to={paths.procedures()}>{own.search}</Link>
          </li>
        )}
        <li>
          <Link to={paths.help()}>{own.help}</Link>
        </li>
      </ul>
    </div>
  );
}

/** The page of a failure: what happened, what was kept, what to do next. Officials see it inside their workspace. */
export function ErrorPage(props: ErrorPageProps) {
  const own = words.use();
  const page = usePage();
  const isOfficial = page.person?.kind === 'official' && /^\/(lam-viec|quan-tri)/.test(page.path);
  const title = props.title ?? own.titles[props.status];
  if (isOfficial) {
    return (
      <WorkspaceLayout title={title}>
        <ErrorBody {...props} isOfficial />
      </WorkspaceLayout>
    );
  }
  return (
    <PublicLayout title={title} width="narrow" noIndex>
      <h1 class="govuk-heading-xl">{title}</h1>
      <ErrorBody {...props} isOfficial={false} />
    </PublicLayout>
  );
}
