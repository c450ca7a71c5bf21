import type { ComponentChildren } from 'preact';
import { usePage } from '../../../platform/http/page-context.ts';
import { Document } from '../../../ui/layouts/document.tsx';
import { localWords } from '../../../ui/local-words.ts';

const words = localWords({
  vi: {
    preview: 'Xem trước',
    done: 'Hết biểu mẫu: người dân chuyển sang bước kiểm tra và gửi. Bản xem trước không lưu gì.',
    broken: 'Chưa vẽ được trang này',
    brokenHint: 'Có câu hỏi chưa soạn xong. Xem danh sách lỗi trong bảng soạn.',
  },
  en: {
    preview: 'Preview',
    done: 'The end of the form: people go on to check and send. A preview stores nothing.',
    broken: 'This page cannot be drawn yet',
    brokenHint: 'A question is half made. See the list of errors in the designer.',
  },
});

/** A page of a form as the portal draws it, without the portal around it. */
export function PreviewPage(props: {
  title: string;
  code: string;
  isDone: boolean;
  isBroken?: boolean | undefined;
  children?: ComponentChildren;
}) {
  const own = words.use();
  const page = usePage();
  return (
    <Document
      title={`${own.preview}: ${props.title}`}
      siteName={`Sen · ${page.province.shortName}`}
      entry="public"
      noIndex
    >
      <div class="govuk-width-container">
        <main class="govuk-main-wrapper" id="main-content" tabIndex={-1}>
          {props.isDone && <div class="govuk-inset-text">{own.done}</div>}
          {props.isBroken && (
            <>
              <h1 class="govuk-heading-m">{own.broken}</h1>
              <p class="govuk-body">{own.brokenHint}</p>
            </>
          )}
          {props.children}
        </main>
      </div>
    </Document>
  );
}
