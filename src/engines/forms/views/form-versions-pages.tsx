import { useLocale } from '../../../platform/http/page-context.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Finding } from '../analyse-form.ts';
import { changeInWords, type DefinitionChange } from '../compare-definitions.ts';
import type { FormDefinition, Text } from '../definition.ts';

const words = localWords({
  vi: {
    forms: 'Biểu mẫu điện tử',
    edit: 'Sửa biểu mẫu',
    continue: 'Soạn tiếp',
    figures: 'Số liệu',
    copy: 'Sao chép thành biểu mẫu mới',
    editing: (who: string, when: string): string => `${who} sửa lần cuối lúc ${when}, chưa công bố.`,
    errors: (count: number): string => `Còn ${count} lỗi phải sửa trước khi công bố.`,
    clean: 'Không còn lỗi, có thể công bố.',
    publish: 'Công bố',
    versions: 'Các phiên bản',
    version: 'Phiên bản',
    from: 'Áp dụng từ',
    to: 'Đến hết',
    by: 'Người công bố',
    at: 'Công bố lúc',
    fields: 'Số câu',
    current: 'Đang áp dụng',
    retired: 'Ngừng dùng',
    coming: 'Sắp áp dụng',
    published: 'Đã công bố phiên bản mới.',
    publishedTitle: 'Đã công bố',
    none: 'Chưa có phiên bản nào',
    noneHint: 'Biểu mẫu này chưa từng được công bố.',
    compareWith: (a: number, b: number): string => `Phiên bản ${b} khác phiên bản ${a} những gì`,
    noChange: 'Hai phiên bản giống nhau.',
    restore: 'Khôi phục phiên bản này',
    restoreHint:
      'Nội dung phiên bản này được đưa vào bản đang soạn để xem lại và công bố. Bản đang soạn hiện tại (nếu có) sẽ bị thay thế.',
    retire: 'Ngừng dùng phiên bản này',
    retireHint: 'Không ai bắt đầu tờ khai bằng phiên bản này nữa. Hồ sơ đã nộp vẫn đọc được.',
    compare: 'So với phiên bản',
    see: 'Xem như người dân thấy',
    file: 'Tải tệp biểu mẫu',
    first: 'Đây là phiên bản đầu tiên.',
    until: 'không thời hạn',
  },
  en: {
    forms: 'E-forms',
    edit: 'Change the form',
    continue: 'Go on',
    figures: 'Figures',
    copy: 'Copy to a new form',
    editing: (who: string, when: string): string => `Last changed by ${who} at ${when}, not published yet.`,
    errors: (count: number): string => `${count} errors have to be corrected before it can be published.`,
    clean: 'There are no errors: it can be published.',
    publish: 'Publish',
    versions: 'Versions',
    version: 'Version',
    from: 'In force from',
    to: 'Until',
    by: 'Published by',
    at: 'Published at',
    fields: 'Questions',
    current: 'In force',
    retired: 'Retired',
    coming: 'To come',
    published: 'The new version is published.',
    publishedTitle: 'Published',
    none: 'There is no version yet',
    noneHint: 'This form was never published.',
    compareWith: (a: number, b: number): string => `What version ${b} changed since version ${a}`,
    noChange: 'The two versions are the same.',
    restore: 'Restore this version',
    restoreHint:
      'Its content becomes the working copy, to be looked at and published. A present working copy is replaced.',
    retire: 'Retire this version',
    retireHint: 'Nobody begins with it any more. What was sent stays readable.',
    compare: 'Compare with version',
    see: 'See it as people do',
    file: 'Download the form file',
    first: 'This is the first version.',
    until: 'no end',
  },
});

type ListedVersion = {
  id: string;
  version: number;
  status: string;
  validFrom: string;
  validTo: string | null;
  publishedAt: Date | null;
  publishedBy: string | null;
  fields: number;
};

/** A form: what is being changed, what was published. */
export function FormOverviewPage(props: {
  code: string;
  title: Text;
  design: { version: number; updatedAt: Date; updatedBy: string } | null;
  findings: readonly Finding[];
  versions: readonly ListedVersion[];
  currentId: string | null;
  today: string;
  isPublished: boolean;
}) {
  const own = words.use();
  const locale = useLocale();
  const { code, design } = props;
  const errors = props.findings.filter((finding) => finding.level === 'error').length;
  return (
    <WorkspaceLayout
      title={props.title[locale] || props.title.vi}
      caption={code}
      backPath={paths.adminForms()}
      actions={
        <>
          <Button href={paths.adminFormNew({ tu: code })} text={own.copy} classes="govuk-button--secondary" />
          {props.versions.length > 0 && (
            <Button href={paths.adminFormFigures({ code })} text={own.figures} classes="govuk-button--secondary" />
          )}
          {design ? (
            <Button href={paths.adminFormDesign({ code })} text={own.continue} />
          ) : (
            <Form action={paths.adminFormOpen({ code })}>
              <Button text={own.edit} preventDoubleClick />
            </Form>
          )}
        </>
      }
    >
      {props.isPublished && <NotificationBanner type="success" titleText={own.publishedTitle} text={own.published} />}
      {design && (
        <div class="govuk-inset-text">
          <p class="govuk-body">{own.editing(design.updatedBy, formatDateTime(design.updatedAt, locale))}</p>
          <p class="govuk-body">{errors > 0 ? own.errors(errors) : own.clean}</p>
          <Link to={paths.adminFormPublication({ code })}>{own.publish}</Link>
        </div>
      )}
      <h2 class="govuk-heading-m">{own.versions}</h2>
      {props.versions.length === 0 ? (
        <EmptyState heading={own.none} text={own.noneHint} />
      ) : (
        <table class="govuk-table">
          <caption class="govuk-visually-hidden">{own.versions}</caption>
          <thead>
            <tr>
              {[own.version, own.from, own.to, own.at, own.by].map((heading) => (
                <th scope="col" class="govuk-table__header">
                  {heading}
                </th>
              ))}
              <th scope="col" class="govuk-table__header govuk-table__header--numeric">
                {own.fields}
              </th>
            </tr>
          </thead>
          <tbody>
            {props.versions.map((version) => (
              <tr>
                <th scope="row" class="govuk-table__header">
                  <Link to={paths.adminFormVersion({ code, version: version.version })}>
                    {own.version} {version.version}
                  </Link>{' '}
                  {version.id === props.currentId && <Tag text={own.current} classes="govuk-tag--green" />}
                  {version.status === 'retired' && <Tag text={own.retired} classes="govuk-tag--grey" />}
                  {version.status === 'published' && version.validFrom > props.today && (
                    <Tag text={own.coming} classes="govuk-tag--blue" />
                  )}
                </th>
                <td class="govuk-table__cell">{formatDate(version.validFrom)}</td>
                <td class="govuk-table__cell">{version.validTo ? formatDate(version.validTo) : '–'}</td>
                <td class="govuk-table__cell">
                  {version.publishedAt ? formatDateTime(version.publishedAt, locale) : '–'}
                </td>
                <td class="govuk-table__cell">{version.publishedBy ?? '–'}</td>
                <td class="govuk-table__cell govuk-table__cell--numeric">{version.fields}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </WorkspaceLayout>
  );
}

/** What changed, one sentence a line. */
export function ChangeList(props: {
  changes: readonly DefinitionChange[];
  before: FormDefinition;
  after: FormDefinition;
}) {
  const own = words.use();
  const locale = useLocale();
  if (props.changes.length === 0) return <p class="govuk-body">{own.noChange}</p>;
  return (
    <ul class="sen-changes">
      {props.changes.map((change) => (
        <li class={`sen-changes__item sen-changes__item--${change.kind}`}>{changeInWords(change, props, locale)}</li>
      ))}
    </ul>
  );
}

/** One published version: what it changed, and what may be done with it. */
export function FormVersionPage(props: {
  shown: {
    code: string;
    version: number;
    status: string;
    validFrom: string;
    validTo: string | null;
    definition: FormDefinition;
  };
  other: { version: number; definition: FormDefinition } | null;
  numbers: readonly number[];
  changes: readonly DefinitionChange[];
}) {
  const own = words.use();
  const locale = useLocale();
  const { shown, other } = props;
  const { code, version } = shown;
  const rest = props.numbers.filter((number) => number !== version);
  return (
    <WorkspaceLayout
      title={`${own.version} ${version}`}
      caption={shown.definition.title[locale]}
      backPath={paths.adminForm({ code })}
    >
      <p class="govuk-body">
        {own.from} {formatDate(shown.validFrom)} · {own.to}: {shown.validTo ? formatDate(shown.validTo) : own.until}
      </p>
      <p class="govuk-body">
        <Link to={paths.adminFormPreview({ code }, { 'phien-ban': version })}>{own.see}</Link> ·{' '}
        <Link to={paths.adminFormFile({ code, version })}>{own.file}</Link>
      </p>
      {rest.length > 0 && (
        <p class="govuk-body">
          {own.compare}:{' '}
          {rest.map((number) => (
            <>
              <Link
                to={paths.adminFormVersion({ code, version }, { voi: number })}
                aria-current={number === other?.version ? 'page' : undefined}
              >
                {number}
              </Link>{' '}
            </>
          ))}
        </p>
      )}
      {other ? (
        <>
          <h2 class="govuk-heading-m">{own.compareWith(other.version, version)}</h2>
          <ChangeList changes={props.changes} before={other.definition} after={shown.definition} />
        </>
      ) : (
        <p class="govuk-body">{own.first}</p>
      )}
      <h2 class="govuk-heading-m">{own.restore}</h2>
      <p class="govuk-body">{own.restoreHint}</p>
      <Form action={paths.adminFormRestore({ code, version })}>
        <Button text={own.restore} classes="govuk-button--secondary" preventDoubleClick />
      </Form>
      {shown.status === 'published' && (
        <>
          <h2 class="govuk-heading-m">{own.retire}</h2>
          <p class="govuk-body">{own.retireHint}</p>
          <Form action={paths.adminFormRetirement({ code, version })}>
            <Button text={own.retire} classes="govuk-button--warning" preventDoubleClick />
          </Form>
        </>
      )}
    </WorkspaceLayout>
  );
}
