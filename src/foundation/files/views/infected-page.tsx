import { useLocale } from '../../../platform/http/page-context.ts';
import { DescriptionGrid } from '../../../ui/components/description-grid.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { FileOfDigest, InfectedBlob } from '../scan-queries.ts';
import { ownerWords } from './owner-words.ts';

const words = localWords({
  vi: {
    title: 'Tệp bị cách ly',
    store: 'Kho tệp',
    lead: 'Những tệp trình quét cho là có vi-rút. Không ai mở được cho đến khi bạn quyết định.',
    none: 'Không có tệp nào bị cách ly',
    held: 'Đang cách ly',
    released: 'Đã đưa ra',
    signature: 'Vi-rút',
    engine: 'Trình quét',
    at: 'Phát hiện lúc',
    files: 'Tệp',
    by: 'Người quyết định',
    remark: 'Lý do',
    release: 'Đưa ra, trình quét nhầm',
    erase: 'Xóa hẳn, lập biên bản',
    all: 'Xem cả tệp đã đưa ra',
    onlyHeld: 'Chỉ xem tệp đang cách ly',
  },
  en: {
    title: 'Files in quarantine',
    store: 'File store',
    lead: 'Files that the scanner takes for infected. Nobody can open them until you decide.',
    none: 'No file is in quarantine',
    held: 'In quarantine',
    released: 'Released',
    signature: 'Virus',
    engine: 'Scanner',
    at: 'Found',
    files: 'Files',
    by: 'Decided by',
    remark: 'Reason',
    release: 'Release, the scanner was wrong',
    erase: 'Erase with a certificate',
    all: 'Released ones too',
    onlyHeld: 'Only those in quarantine',
  },
});

/** What the scanner found, each with the decision to take. */
export function InfectedPage(props: {
  rows: readonly InfectedBlob[];
  files: ReadonlyMap<string, readonly FileOfDigest[]>;
  isAll: boolean;
}) {
  const own = words.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout title={own.title} breadcrumbs={[{ text: own.store, path: paths.adminFiles() }]}>
      <p class="govuk-body">{own.lead}</p>
      <p class="govuk-body">
        <Link to={props.isAll ? paths.adminInfected() : paths.adminInfected({ xem: 'tat-ca' })}>
          {props.isAll ? own.onlyHeld : own.all}
        </Link>
      </p>
      {props.rows.length === 0 && <EmptyState heading={own.none} />}
      {props.rows.map((row) => {
        const digest = row.sha256.toString('hex');
        const files = props.files.get(digest) ?? [];
        return (
          <section class="sen-paper">
            <div class="sen-paper__head">
              <h2 class="sen-paper__name">{files[0]?.fileName ?? digest.slice(0, 16)}</h2>
              <Tag
                text={row.state === 'infected' ? own.held : own.released}
                classes={row.state === 'infected' ? 'govuk-tag--red' : 'govuk-tag--green'}
              />
            </div>
            <DescriptionGrid
              items={[
                { term: own.signature, value: row.signature ?? '' },
                { term: own.at, value: formatDateTime(row.scannedAt, locale) },
                { term: own.engine, value: row.engine, isWide: true },
                {
                  term: own.files,
                  value: files.map((file) => `${file.fileName} (${ownerWords(file.ownerKind, locale)})`).join('; '),
                  isWide: true,
                },
                ...(row.decidedBy ? [{ term: own.by, value: `${row.decidedBy}: ${row.remark ?? ''}` }] : []),
              ]}
            />
            {row.state === 'infected' && (
              <Form action={paths.adminInfected()}>
                <input type="hidden" name="sha256" value={digest} />
                <Input id={`remark-${digest.slice(0, 8)}`} name="remark" label={{ text: own.remark }} />
                <div class="govuk-button-group">
                  <Button
                    name="_do"
                    value="erase"
                    text={own.erase}
                    classes="govuk-button--warning"
                    preventDoubleClick
                  />
                  <Button name="_do" value="release" text={own.release} classes="govuk-button--secondary" />
                </div>
              </Form>
            )}
          </section>
        );
      })}
    </WorkspaceLayout>
  );
}
