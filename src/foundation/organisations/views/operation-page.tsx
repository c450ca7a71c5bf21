import type { ComponentChildren } from 'preact';
import { useLocale } from '../../../platform/http/page-context.ts';
import type { LocalText } from '../../../platform/problems.ts';
import { DescriptionGrid } from '../../../ui/components/description-grid.tsx';
import { LongWork } from '../../../ui/components/long-work.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { TypedText } from '../../../ui/components/typed-text.tsx';
import type { Operation, OperationPart } from '../operation-queries.ts';
import { openAmbiguities, type OperationPreview } from '../reorganisation.ts';
import { OperationChanges } from './operation-changes.tsx';
import { OperationQuestions } from './operation-questions.tsx';
import { operationWords, stateName, stateTone } from './operation-words.ts';

const words = localWords({
  vi: {
    preview: 'Xem trước: những gì sẽ chuyển',
    byUnit: 'Theo từng đơn vị',
    shown: 'Chỉ hiện 200 dòng đầu; tải về để xem tất cả.',
    nothing: 'Không có gì phải chuyển.',
    obstacles: 'Vướng mắc phải xử lý trước',
    report: 'Những dòng của tệp chưa xác định được',
    row: 'Dòng',
    said: 'Nội dung',
    why: 'Lý do',
    check: 'Xác nhận đã kiểm tra',
    checkHint: 'Người lập không tự kiểm tra. Khi xác nhận, hệ thống xem trước lại lần cuối.',
    schedule: 'Đặt lịch vào ngày hiệu lực',
    unschedule: 'Huỷ lịch',
    start: 'Thực hiện ngay',
    startHint: 'Chạy ngầm từng phần, có thể đóng trang; hoàn tác được khi chưa có việc mới phát sinh.',
    preview_again: 'Xem trước lại',
    discard: 'Bỏ phương án',
    undo: 'Hoàn tác',
    goOn: 'Làm tiếp',
    edit: 'Sửa văn bản, ngày',
    progress: 'Tiến độ',
    part: 'Phần việc',
    moved: 'Đã chuyển',
    expected: 'Dự kiến',
    failure: 'Lần gần nhất không xong',
    history: 'Quá trình',
    drawn: 'Lập phương án',
    checked: 'Kiểm tra',
    started: 'Bắt đầu',
    finished: 'Xong',
    undone: 'Hoàn tác',
    previewed: 'Xem trước lúc',
    download: 'Tải danh sách',
    sum: 'Tổng cộng',
    noQuestion: 'Không còn điểm nào phải quyết định.',
  },
  en: {
    preview: 'Preview: what will move',
    byUnit: 'By unit',
    shown: 'Only the first 200 lines are shown; download to see them all.',
    nothing: 'There is nothing to move.',
    obstacles: 'What stands in the way',
    report: 'Rows of the file that could not be resolved',
    row: 'Row',
    said: 'It says',
    why: 'Why',
    check: 'I have checked this plan',
    checkHint: 'Whoever drew it up may not check it. It is previewed once more when you confirm.',
    schedule: 'Schedule for the day of effect',
    unschedule: 'Take off the schedule',
    start: 'Run now',
    startHint:
      'It runs in the background, part by part; you may close the page. It can be undone until new work contradicts it.',
    preview_again: 'Preview again',
    discard: 'Discard the plan',
    undo: 'Undo',
    goOn: 'Go on',
    edit: 'Edit the decision and day',
    progress: 'Progress',
    part: 'Part',
    moved: 'Moved',
    expected: 'Expected',
    failure: 'The latest try did not finish',
    history: 'History',
    drawn: 'Drawn up',
    checked: 'Checked',
    started: 'Started',
    finished: 'Finished',
    undone: 'Undone',
    previewed: 'Previewed at',
    download: 'Download the list',
    sum: 'Total',
    noQuestion: 'Nothing is left to decide.',
  },
});
const SHOWN = 200;

export interface OperationPageProps {
  operation: Operation;
  parts: readonly OperationPart[];
  titles: Readonly<Record<string, LocalText>>;
  nameOf: (unitId: string) => LocalText;
  /** Whether the person looking drew it up. */
  isOwn: boolean;
  isDue: boolean;
}

export function Section(props: { title: string; id?: string; children?: ComponentChildren }) {
  return (
    <section id={props.id}>
      <h2 class="govuk-heading-m">{props.title}</h2>
      {props.children}
    </section>
  );
}

/** One operation: what it is, what may be done next, what is open, what would move, how far it has come. */
export function OperationPage(props: OperationPageProps) {
  const shared = operationWords.use();
  const locale = useLocale();
  const { operation } = props;
  const { preview } = operation;
  const isDraft = operation.state === 'draft' || operation.state === 'checked';
  return (
    <WorkspaceLayout
      title={operation.title}
      caption={operation.decisionNumber}
      breadcrumbs={[{ text: shared.title, path: paths.adminOperations() }]}
    >
      <p class="govuk-body">
        <Tag classes={stateTone(operation.state)}>{stateName(operation.state, locale)}</Tag>
      </p>
      <DescriptionGrid
        items={[
          { term: shared.body, value: operation.issuingBody },
          { term: shared.effective, value: formatDate(operation.effectiveOn) },
          { term: shared.created, value: <TypedText text={operation.createdBy} /> },
          ...(operation.checkedBy ? [{ term: shared.checked, value: <TypedText text={operation.checkedBy} /> }] : []),
          ...(operation.decisionFileId
            ? [
                {
                  term: shared.file,
                  value: <Link to={paths.adminOperationFile({ operationId: operation.id })}>{shared.fileThere}</Link>,
                },
              ]
            : []),
        ]}
      />
      <Progress {...props} />
      <Actions {...props} />
      {preview && <Obstacles preview={preview} nameOf={props.nameOf} />}
      {preview && preview.ambiguities.length > 0 && (
        <OperationQuestions operation={operation} preview={preview} nameOf={props.nameOf} canDecide={isDraft} />
      )}
      {preview && <Preview preview={preview} operation={operation} nameOf={props.nameOf} />}
      <OperationChanges operation={operation} nameOf={props.nameOf} canChange={isDraft} />
      <Report operation={operation} />
      <History operation={operation} />
    </WorkspaceLayout>
  );
}

function Progress(props: OperationPageProps) {
  const own = words.use();
  const locale = useLocale();
  const { operation, parts } = props;
  if (parts.length === 0) return null;
  const isRunning = operation.state === 'running' || operation.state === 'undoing';
  const [moved, expected] = [
    parts.reduce((sum, each) => sum + each.moved, 0),
    parts.reduce((sum, each) => sum + each.expected, 0),
  ];
  return (
    <Section title={own.progress}>
      {operation.failure && isRunning && <WarningText text={`${own.failure}: ${operation.failure}`} />}
      <LongWork
        work={{
          title: own.progress,
          done: moved,
          failed: 0,
          total: isRunning ? Math.max(moved, expected) : null,
          startedAt: operation.startedAt,
          finishedAt: isRunning ? null : (operation.undoneAt ?? operation.finishedAt),
        }}
      />
      <Table
        caption={own.progress}
        captionClasses="govuk-visually-hidden"
        head={[{ text: own.part }, { text: own.moved, format: 'numeric' }, { text: own.expected, format: 'numeric' }]}
        rows={parts.map((part) => [
          { text: props.titles[part.name]?.[locale] ?? part.name },
          { text: formatNumber(part.moved, locale), format: 'numeric' },
          { text: formatNumber(part.expected, locale), format: 'numeric' },
        ])}
      />
    </Section>
  );
}

function Actions(props: OperationPageProps) {
  const own = words.use();
  const { operation, isOwn, isDue } = props;
  const { state } = operation;
  const open = operation.preview ? openAmbiguities(operation.preview, operation.plan.decisions).length : 0;
  const isReady = open === 0 && (operation.preview?.obstacles.length ?? 1) === 0;
  const button = (value: string, text: string, classes?: string) => (
    <Button text={text} name="action" value={value} classes={classes} preventDoubleClick />
  );
  const secondary = 'govuk-button--secondary';
  return (
    <Form action={paths.adminOperationAct({ operationId: operation.id })}>
      <input type="hidden" name="version" value={operation.version} />
      {state === 'draft' && <p class="govuk-hint">{own.checkHint}</p>}
      {state === 'checked' && isDue && <p class="govuk-hint">{own.startHint}</p>}
      <div class="govuk-button-group">
        {state === 'draft' && isReady && !isOwn && button('check', own.check)}
        {state === 'checked' && isDue && button('start', own.start)}
        {state === 'checked' && button('schedule', own.schedule, isDue ? secondary : undefined)}
        {state === 'scheduled' && button('unschedule', own.unschedule, secondary)}
        {(state === 'running' || state === 'undoing') && operation.failure && button('continue', own.goOn)}
        {(state === 'draft' || state === 'checked') && button('preview', own.preview_again, secondary)}
        {(state === 'draft' || state === 'checked') && (
          <Button text={own.edit} href={paths.adminOperationFacts({ operationId: operation.id })} classes={secondary} />
        )}
        {state === 'done' && (
          <Button
            text={own.undo}
            href={paths.adminOperationUndo({ operationId: operation.id })}
            classes="govuk-button--warning"
          />
        )}
        {(state === 'draft' || state === 'checked') && button('discard', own.discard, 'govuk-button--warning')}
      </div>
    </Form>
  );
}

function Obstacles(props: { preview: OperationPreview; nameOf: (unitId: string) => LocalText }) {
  const own = words.use();
  const locale = useLocale();
  const { obstacles } = props.preview;
  if (obstacles.length === 0) return null;
  return (
    <Section title={own.obstacles}>
      <ul class="govuk-list govuk-list--bullet">
        {obstacles.slice(0, SHOWN).map(({ unitId, text }) => (
          <li>
            {unitId && `${props.nameOf(unitId)[locale]}: `}
            {text[locale]}
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Preview(props: { preview: OperationPreview; operation: Operation; nameOf: (unitId: string) => LocalText }) {
  const own = words.use();
  const shared = operationWords.use();
  const locale = useLocale();
  const { preview, operation } = props;
  const sums = new Map<string, number>();
  for (const line of preview.lines) sums.set(line.kind, (sums.get(line.kind) ?? 0) + line.count);
  const kindName = (kind: string) => preview.kinds[kind]?.[locale] ?? kind;
  return (
    <Section title={own.preview}>
      {operation.previewedAt && (
        <p class="govuk-hint">
          {own.previewed} {formatDateTime(operation.previewedAt)}
        </p>
      )}
      {sums.size === 0 ? (
        <p class="govuk-body">{own.nothing}</p>
      ) : (
        <>
          <Table
            caption={own.sum}
            captionClasses="govuk-table__caption--s"
            head={[{ text: shared.kind }, { text: shared.count, format: 'numeric' }]}
            rows={[...sums].map(([kind, sum]) => [
              { text: kindName(kind) },
              { text: formatNumber(sum, locale), format: 'numeric' },
            ])}
          />
          <p class="govuk-body">
            {own.download}:{' '}
            {(['xlsx', 'csv'] as const).map((format) => (
              <>
                <Link to={paths.adminOperationLines({ operationId: operation.id, format })}>
                  {format.toUpperCase()}
                </Link>{' '}
              </>
            ))}
          </p>
          {preview.lines.length > SHOWN && <p class="govuk-body">{own.shown}</p>}
          <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.byUnit}>
            <Table
              caption={own.byUnit}
              captionClasses="govuk-table__caption--s"
              head={[
                { text: shared.unit },
                { text: shared.becomes },
                { text: shared.kind },
                { text: shared.count, format: 'numeric' },
                { text: shared.samples },
              ]}
              rows={preview.lines
                .slice(0, SHOWN)
                .map((line) => [
                  { text: props.nameOf(line.fromUnitId)[locale] },
                  { text: line.toUnitId === null ? shared.undecided : props.nameOf(line.toUnitId)[locale] },
                  { text: kindName(line.kind) },
                  { text: formatNumber(line.count, locale), format: 'numeric' },
                  { text: line.samples.join(', ') },
                ])}
            />
          </div>
        </>
      )}
    </Section>
  );
}

function Report(props: { operation: Operation }) {
  const own = words.use();
  const report = props.operation.importReport;
  if (!report) return null;
  return (
    <>
      {report.notes.map((note) => (
        <p class="govuk-inset-text">{note}</p>
      ))}
      {report.unresolved.length > 0 && (
        <Section title={own.report}>
          <Table
            caption={report.fileName}
            captionClasses="govuk-table__caption--s"
            head={[{ text: own.row, format: 'numeric' }, { text: own.said }, { text: own.why }]}
            rows={report.unresolved
              .slice(0, SHOWN)
              .map((row) => [{ text: String(row.line), format: 'numeric' }, { text: row.text }, { text: row.fault }])}
          />
        </Section>
      )}
    </>
  );
}

function History(props: { operation: Operation }) {
  const own = words.use();
  const { operation } = props;
  const lines: [string, Date | null, string | null][] = [
    [own.drawn, operation.createdAt, operation.createdBy],
    [own.checked, operation.checkedAt, operation.checkedBy],
    [own.started, operation.startedAt, operation.startedBy],
    [own.finished, operation.finishedAt, null],
    [own.undone, operation.undoneAt, operation.undoneBy],
  ];
  return (
    <Section title={own.history}>
      <ul class="govuk-list">
        {lines.map(
          ([what, at, who]) =>
            at && (
              <li>
                {formatDateTime(at)} · {what}
                {who && (
                  <>
                    {' · '}
                    <TypedText text={who} />
                  </>
                )}
              </li>
            ),
        )}
      </ul>
    </Section>
  );
}
