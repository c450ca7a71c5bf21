import { ScanMark, type ScanMarkKind } from '../../../foundation/files/index.ts';
import { useHref, useLocale } from '../../../platform/http/page-context.ts';
import { formatFileSize } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

const words = localWords({
  vi: {
    back: 'Hồ sơ',
    open: 'Mở hoặc tải tệp gốc',
    none: 'Tệp này không xem trước được. Hãy mở tệp gốc.',
    infected: 'Tệp này có vi-rút nên đã bị cách ly.',
    page: (at: number, of: number): string => `Trang ${at} trên ${of}`,
    firstOnly: 'Chỉ hiện 30 trang đầu.',
  },
  en: {
    back: 'Dossier',
    open: 'Open or download the file itself',
    none: 'This file cannot be shown as pictures. Open the file itself.',
    infected: 'This file holds a virus and is in quarantine.',
    page: (at: number, of: number): string => `Page ${at} of ${of}`,
    firstOnly: 'The first 30 pages only.',
  },
});

/** A paper page by page. */
export function FilePagesPage(props: {
  dossierId: string;
  file: { id: string; fileName: string; sizeBytes: number; scanState: string | null };
  scanMark: ScanMarkKind | null;
  pages: number;
}) {
  const own = words.use();
  const href = useHref();
  const locale = useLocale();
  const { file, pages } = props;
  const at = { id: props.dossierId, fileId: file.id };
  const isInfected = file.scanState === 'infected';
  return (
    <WorkspaceLayout
      title={file.fileName}
      caption={formatFileSize(file.sizeBytes, locale)}
      breadcrumbs={[{ text: own.back, path: paths.dossier({ id: props.dossierId }) }]}
    >
      {props.scanMark && !isInfected && (
        <p class="govuk-body">
          <ScanMark mark={props.scanMark} />
        </p>
      )}
      {isInfected && <InsetText text={own.infected} />}
      {!isInfected && (
        <Button
          href={paths.dossierFile(at)}
          text={own.open}
          classes="govuk-button--secondary"
          attributes={{ 'data-turbo': 'false' }}
        />
      )}
      {pages === 0 && !isInfected && <InsetText text={own.none} />}
      <ol class="sen-pages-shown">
        {Array.from({ length: pages }, (_, index) => (
          <li class="sen-page-shown">
            <img
              src={href(paths.dossierFilePreview(at, { trang: String(index + 1) }))}
              alt={own.page(index + 1, pages)}
              loading={index < 2 ? 'eager' : 'lazy'}
            />
          </li>
        ))}
      </ol>
      {pages === 30 && <p class="govuk-body">{own.firstOnly}</p>}
    </WorkspaceLayout>
  );
}
