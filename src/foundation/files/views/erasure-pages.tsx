import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { DescriptionGrid } from '../../../ui/components/description-grid.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime, formatFileSize } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Erasure } from '../care-queries.ts';
import type { FileRow } from '../file-queries.ts';
import { ownerWords } from './owner-words.ts';

const words = localWords({
  vi: {
    title: 'Xóa tệp và biên bản xóa',
    store: 'Kho tệp',
    find: 'Mã tệp, địa chỉ của tệp hoặc dãy SHA-256',
    findHint: 'Mở tệp trong hồ sơ rồi chép địa chỉ trên trình duyệt vào đây.',
    search: 'Tìm',
    errors: 'Còn chỗ cần sửa',
    notFound: 'Không có tệp nào',
    notFoundText: 'Kiểm tra lại mã tệp.',
    erased: 'Đã xóa',
    warning: 'Xóa rồi không lấy lại được. Hồ sơ vẫn giữ tên giấy tờ và biên bản xóa.',
    warningWord: 'Chú ý',
    basis: 'Căn cứ xóa (quyết định, điều khoản)',
    erase: 'Xóa tệp này',
    number: 'Số biên bản',
    at: 'Thời điểm',
    by: 'Người quyết định',
    belongs: 'Thuộc về',
    state: 'Nội dung tệp',
    none: 'Chưa xóa tệp nào',
    certificate: 'Biên bản xóa tệp',
    digest: 'SHA-256 của nội dung',
    size: 'Dung lượng',
    kind: 'Loại tệp',
    since: 'Lưu từ',
    file: 'Mã tệp',
    gone: 'Đã xóa khỏi kho, bản xem trước và nhật ký ghi',
    shared: 'Vẫn còn: tệp khác có cùng nội dung',
    waiting: 'Đang xóa',
    goneAt: 'Xóa xong lúc',
    traces: (previews: number, journal: number): string =>
      `${previews} ảnh xem trước, ${journal} chỗ trong nhật ký ghi`,
    tracesTerm: 'Dấu vết đã xóa',
    caption: 'Các lần xóa tệp',
  },
  en: {
    title: 'Erase files, certificates of erasure',
    store: 'File store',
    find: 'Id of the file, its address, or its SHA-256',
    findHint: 'Open the file in its dossier and copy the address of the browser.',
    search: 'Find',
    errors: 'There is something to correct',
    notFound: 'There is no such file',
    notFoundText: 'Check the id.',
    erased: 'Erased',
    warning: 'What is erased does not come back. The dossier keeps the name of the paper and the certificate.',
    warningWord: 'Warning',
    basis: 'Basis (decision, clause)',
    erase: 'Erase this file',
    number: 'Certificate',
    at: 'Time',
    by: 'Decided by',
    belongs: 'Belongs to',
    state: 'Content',
    none: 'Nothing was erased yet',
    certificate: 'Certificate of erasure',
    digest: 'SHA-256 of the content',
    size: 'Size',
    kind: 'Kind of file',
    since: 'Kept since',
    file: 'Id of the file',
    gone: 'Gone from the store, the previews and the journal',
    shared: 'Still there: another file has the same content',
    waiting: 'Being erased',
    goneAt: 'Gone at',
    traces: (previews: number, journal: number): string => `${previews} previews, ${journal} places of the journal`,
    tracesTerm: 'Traces removed',
    caption: 'Erasures',
  },
});

const stateOf = (erasure: Erasure, own: ReturnType<typeof words.use>): string =>
  erasure.bytesGoneAt === null ? own.waiting : erasure.isShared ? own.shared : own.gone;

function FindForm(props: { typed: string }) {
  const own = words.use();
  return (
    <Form method="get" action={paths.adminErasures()} role="search">
      <Input id="tim" name="tim" value={props.typed} label={{ text: own.find }} hint={{ text: own.findHint }} />
      <Button text={own.search} classes="govuk-button--secondary" />
    </Form>
  );
}

/** Certificates, the newest first, and the way to another erasure. */
export function ErasuresPage(props: { rows: readonly Erasure[]; next: string | null }) {
  const own = words.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout title={own.title} breadcrumbs={[{ text: own.store, path: paths.adminFiles() }]}>
      <FindForm typed="" />
      <DataTable
        caption={own.caption}
        path={paths.adminErasures()}
        query={{}}
        idOf={(row) => row.id}
        nextCursor={props.next}
        rows={props.rows}
        empty={<EmptyState heading={own.none} />}
        columns={[
          {
            heading: own.number,
            isRowHeader: true,
            cell: (row) => <Link to={paths.adminErasure({ id: row.id })}>{row.number}</Link>,
          },
          { heading: own.at, cell: (row) => formatDateTime(row.decidedAt, locale), isTight: true },
          { heading: own.belongs, cell: (row) => ownerWords(row.ownerKind, locale) },
          { heading: own.basis, cell: (row) => row.basis },
          { heading: own.by, cell: (row) => row.decidedBy },
          { heading: own.state, cell: (row) => stateOf(row, own) },
        ]}
      />
    </WorkspaceLayout>
  );
}

/** The files that were looked for, each to be erased with its basis. */
export function FoundPage(props: { typed: string; files: readonly FileRow[]; error: string | undefined }) {
  const own = words.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout
      title={own.title}
      hasErrors={props.error !== undefined}
      breadcrumbs={[{ text: own.store, path: paths.adminFiles() }]}
    >
      {props.error && <ErrorSummary titleText={own.errors} errorList={[{ text: props.error, href: '#basis-0' }]} />}
      <FindForm typed={props.typed} />
      {props.files.length === 0 && <EmptyState heading={own.notFound} text={own.notFoundText} />}
      {props.files.map((file, index) => (
        <section class="sen-paper">
          <h2 class="sen-paper__name">{file.fileName}</h2>
          <DescriptionGrid
            items={[
              { term: own.belongs, value: ownerWords(file.ownerKind, locale) },
              { term: own.kind, value: file.kind.toUpperCase() },
              { term: own.size, value: formatFileSize(file.sizeBytes, locale) },
              { term: own.since, value: formatDateTime(file.createdAt, locale) },
            ]}
          />
          {file.erasedAt ? (
            <p class="govuk-body">
              {own.erased} {formatDateTime(file.erasedAt, locale)}
            </p>
          ) : (
            <Form action={paths.adminErasures()}>
              <input type="hidden" name="fileId" value={file.id} />
              <WarningText text={own.warning} iconFallbackText={own.warningWord} />
              <Input
                id={`basis-${index}`}
                name="basis"
                label={{ text: own.basis }}
                errorMessage={props.error ? { text: props.error } : undefined}
              />
              <Button text={own.erase} classes="govuk-button--warning" preventDoubleClick />
            </Form>
          )}
        </section>
      ))}
    </WorkspaceLayout>
  );
}

/** The certificate, to be read or printed. */
export function CertificatePage(props: { erasure: Erasure }) {
  const own = words.use();
  const locale = useLocale();
  const { erasure } = props;
  return (
    <WorkspaceLayout
      title={own.certificate}
      caption={erasure.number}
      breadcrumbs={[
        { text: own.store, path: paths.adminFiles() },
        { text: own.title, path: paths.adminErasures() },
      ]}
    >
      <DescriptionGrid
        items={[
          { term: own.number, value: erasure.number },
          { term: own.at, value: formatDateTime(erasure.decidedAt, locale) },
          { term: own.by, value: erasure.decidedBy },
          { term: own.belongs, value: ownerWords(erasure.ownerKind, locale) },
          { term: own.kind, value: erasure.kind.toUpperCase() },
          { term: own.size, value: formatFileSize(erasure.sizeBytes, locale) },
          { term: own.since, value: formatDateTime(erasure.keptSince, locale) },
          { term: own.basis, value: erasure.basis, isWide: true },
          {
            term: own.digest,
            value: <span class="sen-code sen-wrap">{erasure.sha256.toString('hex')}</span>,
            isWide: true,
          },
          { term: own.file, value: erasure.fileId, isWide: true },
          { term: own.state, value: stateOf(erasure, own), isWide: true },
          ...(erasure.bytesGoneAt && !erasure.isShared
            ? [
                { term: own.goneAt, value: formatDateTime(erasure.bytesGoneAt, locale) },
                {
                  term: own.tracesTerm,
                  value: own.traces(erasure.traces?.previews ?? 0, erasure.traces?.journal ?? 0),
                },
              ]
            : []),
        ]}
      />
    </WorkspaceLayout>
  );
}
