import { useLocale, usePage } from '../../../platform/http/page-context.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Island } from '../../../ui/island.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Finding } from '../analyse-form.ts';
import type { Text } from '../definition.ts';
import { findingInWords } from '../finding-words.ts';
import FormDesigner, { type DesignerProps } from '../islands/form-designer.tsx';

const words = localWords({
  vi: {
    title: (name: string): string => `Soạn: ${name}`,
    noScript:
      'Bảng soạn cần trình duyệt chạy được JavaScript. Không có thì vẫn tải tệp biểu mẫu về sửa và tạo lại từ tệp được.',
    none: (version: number): string => `Đang áp dụng phiên bản ${version}, chưa ai sửa`,
    noneHint: 'Mở một bản để sửa. Người dân vẫn dùng phiên bản hiện tại cho tới khi bạn công bố.',
    open: 'Mở để sửa',
  },
  en: {
    title: (name: string): string => `Design: ${name}`,
    noScript: 'The designer needs JavaScript. Without it, download the form file, change it and make a form from it.',
    none: (version: number): string => `Version ${version} is in force and nobody is changing it`,
    noneHint: 'Open a working copy. People use the present version until you publish.',
    open: 'Open it for changes',
  },
});

/** Findings with their sentences, as the browser shows them. */
export const shownFindings = (findings: readonly Finding[], locale: 'vi' | 'en') =>
  findings.map((finding) => ({
    level: finding.level,
    code: finding.code,
    path: finding.path,
    text: findingInWords(finding, locale),
  }));

/** The designer over the whole width of the screen. It is an editor and needs its script. */
export function DesignerPage(props: Omit<DesignerProps, 'token' | 'findings'> & { findings: readonly Finding[] }) {
  const own = words.use();
  const page = usePage();
  const { findings, ...rest } = props;
  return (
    <WorkspaceLayout
      title={own.title(props.definition.title[page.locale] || props.definition.title.vi)}
      heading={false}
      isWide
      isApart
    >
      <noscript>
        <p class="govuk-body">{own.noScript}</p>
      </noscript>
      <Island
        name="forms/form-designer"
        component={FormDesigner}
        on="load"
        props={{ ...rest, findings: shownFindings(findings, page.locale), token: page.csrfToken ?? '' }}
      />
    </WorkspaceLayout>
  );
}

/** A form that nobody is changing. */
export function NoDesignPage(props: { code: string; title: Text; version: number }) {
  const own = words.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout title={props.title[locale]} caption={props.code} backPath={paths.adminForm({ code: props.code })}>
      <EmptyState heading={own.none(props.version)} text={own.noneHint}>
        <Form action={paths.adminFormOpen({ code: props.code })}>
          <Button text={own.open} preventDoubleClick />
        </Form>
      </EmptyState>
    </WorkspaceLayout>
  );
}
