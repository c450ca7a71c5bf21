import { useLocale } from '../../../platform/http/page-context.ts';
import { BarChart } from '../../../ui/components/bar-chart.tsx';
import { DescriptionGrid } from '../../../ui/components/description-grid.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime, formatFileSize, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { SpaceLine, Verification } from '../care-queries.ts';
import type { Scanner } from '../scan-queries.ts';
import { ownerWords } from './owner-words.ts';

const words = localWords({
  vi: {
    title: 'Kho tệp',
    saved: 'Đã lưu.',
    measuring: 'Đang tính lại dung lượng. Tải lại trang sau ít phút.',
    done: 'Xong',
    space: 'Dung lượng theo loại',
    spaceNone: 'Chưa có số liệu dung lượng',
    spaceNoneText: 'Số liệu được tính mỗi đêm. Bấm Tính lại để có ngay.',
    owner: 'Thuộc về',
    kind: 'Loại tệp',
    files: 'Số tệp',
    bytes: 'Dung lượng',
    growth: 'Dung lượng theo tháng (MB)',
    month: 'Tháng',
    measure: 'Tính lại',
    health: 'Tình trạng',
    store: 'Nơi lưu',
    folder: 'Thư mục trên máy chủ',
    s3: 'Kho S3',
    scanner: 'Quét vi-rút',
    scannerNone: 'Chưa nối với trình quét vi-rút',
    scannerUp: (engine: string): string => `Đang chạy: ${engine}`,
    scannerAway: (since: string): string => `Không trả lời từ ${since}`,
    scannerUnknown: 'Chưa có lần kiểm tra nào',
    infected: 'Bị cách ly',
    unscanned: 'Chưa quét',
    failed: 'Không quét được',
    more: 'hơn 1.000',
    reading: 'Lần đọc lại gần nhất',
    readingNone: 'Chưa đọc lại lần nào',
    readingText: (n: string, missing: number, damaged: number, orphans: number): string =>
      `${n} tệp; thiếu ${missing}, hỏng ${damaged}, thừa ${orphans}`,
    sample: 'mẫu',
    policy: 'Cách lưu giữ',
    unscannedRule: 'Tệp chưa quét vi-rút',
    block: 'Không cho mở đến khi quét xong',
    mark: 'Cho mở, có đánh dấu chưa quét',
    rescan: 'Quét lại tệp sạch khi có mẫu vi-rút mới, trong số ngày',
    longSide: 'Ảnh: cạnh dài tối đa (điểm ảnh)',
    longSideHint: '3508 là một trang A4 quét 300 dpi. Ảnh được dựng thẳng và bỏ dữ liệu vị trí chụp.',
    quality: 'Ảnh: chất lượng (40–100)',
    person: 'Mỗi người: dung lượng tối đa cho giấy tờ và bản nháp (MB)',
    unit: 'Mỗi đơn vị: dung lượng tối đa cán bộ tải lên (MB)',
    empty: 'Để trống: không giới hạn',
    save: 'Lưu',
    toInfected: 'Tệp bị cách ly',
    toErasures: 'Xóa tệp và biên bản xóa',
    toRules: 'Thời hạn lưu',
    toHolds: 'Tạm dừng hủy',
    toDisposals: 'Hủy tệp hết thời hạn lưu',
  },
  en: {
    title: 'File store',
    saved: 'Saved.',
    measuring: 'The room is being counted. Reload the page in a few minutes.',
    done: 'Done',
    space: 'Room by kind',
    spaceNone: 'No figures yet',
    spaceNoneText: 'They are counted every night. Press Count again to have them now.',
    owner: 'Belongs to',
    kind: 'Kind of file',
    files: 'Files',
    bytes: 'Room',
    growth: 'Room by month (MB)',
    month: 'Month',
    measure: 'Count again',
    health: 'Condition',
    store: 'Kept in',
    folder: 'A folder on the server',
    s3: 'An S3 bucket',
    scanner: 'Virus scanner',
    scannerNone: 'Not connected to a virus scanner',
    scannerUp: (engine: string): string => `Running: ${engine}`,
    scannerAway: (since: string): string => `Has not answered since ${since}`,
    scannerUnknown: 'Not asked yet',
    infected: 'In quarantine',
    unscanned: 'Not scanned',
    failed: 'Could not be scanned',
    more: 'over 1,000',
    reading: 'Last reading',
    readingNone: 'Never read again',
    readingText: (n: string, missing: number, damaged: number, orphans: number): string =>
      `${n} files; ${missing} missing, ${damaged} damaged, ${orphans} orphans`,
    sample: 'sample',
    policy: 'How files are kept',
    unscannedRule: 'A file that was not scanned yet',
    block: 'Nobody opens it until it is scanned',
    mark: 'It opens, marked as not scanned',
    rescan: 'Scan clean files again with new signatures, for so many days',
    longSide: 'Pictures: longer side at most (pixels)',
    longSideHint:
      '3508 is an A4 sheet at 300 dpi. Pictures are put upright, the place where they were taken is removed.',
    quality: 'Pictures: quality (40–100)',
    person: 'Each person: room for papers and drafts (MB)',
    unit: 'Each unit: room for what its officials upload (MB)',
    empty: 'Empty: no limit',
    save: 'Save',
    toInfected: 'Files in quarantine',
    toErasures: 'Erase files, certificates of erasure',
    toRules: 'Times of keeping',
    toHolds: 'Holds',
    toDisposals: 'Disposal of files',
  },
});

/** What the forms of the page say when something is not right. */
export const ruleWords = localWords({
  vi: {
    basisNeeded: 'Nhập căn cứ, tối đa 500 ký tự',
    infectedBasis: 'Tệp có vi-rút',
    ranges: {
      whenUnscanned: 'Chọn một cách',
      rescanDays: 'Nhập số ngày từ 0 đến 3650',
      longSide: 'Nhập số từ 800 đến 12000',
      quality: 'Nhập số từ 40 đến 100',
      personMegabytes: 'Nhập số MB từ 1 trở lên, hoặc để trống',
      unitMegabytes: 'Nhập số MB từ 1 trở lên, hoặc để trống',
    },
  },
  en: {
    basisNeeded: 'Enter the basis, 500 characters at most',
    infectedBasis: 'The file holds a virus',
    ranges: {
      whenUnscanned: 'Choose one',
      rescanDays: 'Enter days between 0 and 3650',
      longSide: 'Enter a number between 800 and 12000',
      quality: 'Enter a number between 40 and 100',
      personMegabytes: 'Enter megabytes, 1 or more, or leave it empty',
      unitMegabytes: 'Enter megabytes, 1 or more, or leave it empty',
    },
  },
});

export interface FileStorePageProps {
  store: 'folder' | 's3';
  hasScanner: boolean;
  space: readonly SpaceLine[];
  growth: readonly { day: string; files: number; bytes: number }[];
  scans: { infected: number; failed: number; unscanned: number };
  scanner: Scanner | null;
  reading: Verification | null;
  form: FormState;
  version: number;
  isSaved: boolean;
  isMeasuring: boolean;
}

/** The store at a glance, and how files are kept. */
export function FileStorePage(props: FileStorePageProps) {
  const own = words.use();
  return (
    <WorkspaceLayout title={own.title} hasErrors={Object.keys(props.form.errors).length > 0}>
      <ErrorSummaryFor form={props.form} />
      {props.isSaved && <NotificationBanner type="success" titleText={own.done} text={own.saved} />}
      {props.isMeasuring && <NotificationBanner titleText={own.measure} text={own.measuring} />}
      <p class="govuk-body">
        <Link to={paths.adminInfected()}>{own.toInfected}</Link> ·{' '}
        <Link to={paths.adminErasures()}>{own.toErasures}</Link> ·{' '}
        <Link to={paths.adminRetention()}>{own.toRules}</Link> · <Link to={paths.adminHolds()}>{own.toHolds}</Link> ·{' '}
        <Link to={paths.adminDisposals()}>{own.toDisposals}</Link>
      </p>
      <Health {...props} />
      <Space space={props.space} growth={props.growth} />
      <PolicyForm form={props.form} version={props.version} />
    </WorkspaceLayout>
  );
}

function Health(props: FileStorePageProps) {
  const own = words.use();
  const locale = useLocale();
  const { scanner, scans, reading } = props;
  const scannerText = !props.hasScanner
    ? own.scannerNone
    : !scanner
      ? own.scannerUnknown
      : scanner.isUp
        ? own.scannerUp(scanner.engine ?? '')
        : own.scannerAway(formatDateTime(scanner.since, locale));
  const count = (n: number) => (n > 1_000 ? own.more : formatNumber(n, locale));
  return (
    <>
      <h2 class="govuk-heading-m">{own.health}</h2>
      <DescriptionGrid
        items={[
          { term: own.store, value: props.store === 's3' ? own.s3 : own.folder },
          { term: own.scanner, value: scannerText },
          { term: own.infected, value: count(scans.infected), isStrong: scans.infected > 0 },
          ...(props.hasScanner
            ? [
                { term: own.unscanned, value: count(scans.unscanned) },
                { term: own.failed, value: count(scans.failed) },
              ]
            : []),
          {
            term: own.reading,
            value: reading
              ? `${formatDateTime(reading.finishedAt, locale)}: ${own.readingText(
                  formatNumber(reading.checked, locale) + (reading.isSample ? ` (${own.sample})` : ''),
                  reading.missing,
                  reading.damaged,
                  reading.orphans,
                )}`
              : own.readingNone,
            isWide: true,
          },
        ]}
      />
    </>
  );
}

function Space(props: Pick<FileStorePageProps, 'space' | 'growth'>) {
  const own = words.use();
  const locale = useLocale();
  return (
    <>
      <h2 class="govuk-heading-m">{own.space}</h2>
      {props.space.length === 0 ? (
        <EmptyState heading={own.spaceNone} text={own.spaceNoneText} />
      ) : (
        <>
          <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.space}>
            <Table
              caption={own.space}
              captionClasses="govuk-visually-hidden"
              head={[
                { text: own.owner },
                { text: own.kind },
                { text: own.files, format: 'numeric' },
                { text: own.bytes, format: 'numeric' },
              ]}
              rows={props.space.map((line) => [
                { text: ownerWords(line.ownerKind, locale) },
                { text: line.kind.toUpperCase() },
                { text: formatNumber(line.files, locale), format: 'numeric' },
                { text: formatFileSize(line.bytes, locale), format: 'numeric' },
              ])}
            />
          </div>
          <BarChart
            title={own.growth}
            labelHeading={own.month}
            valueHeading={own.bytes}
            decimals={1}
            bars={props.growth.toReversed().map((each) => ({
              label: `${each.day.slice(5, 7)}/${each.day.slice(0, 4)}`,
              value: each.bytes / 1_000_000,
            }))}
          />
        </>
      )}
      <Form action={paths.adminFilesMeasure()}>
        <Button text={own.measure} classes="govuk-button--secondary" preventDoubleClick />
      </Form>
    </>
  );
}

function PolicyForm(props: { form: FormState; version: number }) {
  const own = words.use();
  const { form } = props;
  const number = { inputmode: 'numeric', classes: 'govuk-input--width-5' } as const;
  return (
    <>
      <h2 class="govuk-heading-m">{own.policy}</h2>
      <Form action={paths.adminFiles()}>
        <input type="hidden" name="version" value={String(props.version)} />
        <Radios
          {...bound(form, 'whenUnscanned')}
          fieldset={{ legend: { text: own.unscannedRule, classes: 'govuk-fieldset__legend--s' } }}
          classes="govuk-radios--small"
          items={[
            { value: 'block', text: own.block },
            { value: 'mark', text: own.mark },
          ]}
        />
        <Input {...bound(form, 'rescanDays')} {...number} label={{ text: own.rescan }} />
        <Input
          {...bound(form, 'longSide')}
          {...number}
          label={{ text: own.longSide }}
          hint={{ text: own.longSideHint }}
        />
        <Input {...bound(form, 'quality')} {...number} label={{ text: own.quality }} />
        <Input
          {...bound(form, 'personMegabytes')}
          {...number}
          label={{ text: own.person }}
          hint={{ text: own.empty }}
        />
        <Input {...bound(form, 'unitMegabytes')} {...number} label={{ text: own.unit }} hint={{ text: own.empty }} />
        <Button text={own.save} preventDoubleClick />
      </Form>
    </>
  );
}
