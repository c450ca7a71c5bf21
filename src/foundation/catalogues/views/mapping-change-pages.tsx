import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, boundFile, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { CatalogueFacts } from '../catalogue.ts';
import type { MappingChange, PastMappingChange } from '../mapping-change-queries.ts';
import type { PairChange, PairFault, SheetPair } from '../mapping-sheet.ts';
import { catalogueWords } from './catalogue-words.ts';
import { importWords } from './import-pages.tsx';
import { LocalName } from './item-table.tsx';
import { mappingWords } from './mapping-page.tsx';
import { proposalWords } from './proposal-words.ts';

export const changeWords = localWords({
  vi: {
    title: 'Nhập ánh xạ từ bảng tính',
    link: 'Nhập từ bảng tính, xem lịch sử',
    lead: 'Bảng tính cần có cột Mã nguồn và cột Mã tương ứng; các cột khác giống tệp tải về. Từng dòng được kiểm tra và cho xem trước; người khác duyệt rồi mới ghi.',
    template: 'Tải các cặp mã hiện nay:',
    whole: 'Toàn bộ ánh xạ: cặp mã đang dùng mà bảng không có sẽ kết thúc vào hôm qua',
    part: 'Một phần: thêm hoặc sửa các cặp có trong bảng, cặp khác giữ nguyên',
    headings: 'Dòng đầu của bảng phải có cột Mã nguồn và cột Mã tương ứng',
    fromName: 'Tên mã nguồn',
    toName: 'Tên mã tương ứng',
    history: 'Lịch sử nhập',
    noHistory: 'Chưa có lần nhập nào được đề nghị',
    report: 'Đề nghị sửa ánh xạ',
    file: 'Tệp',
    what: 'Thay đổi',
    noChanges: 'Bảng này không làm thay đổi gì',
    counts: (added: string, changed: string, ended: string): string =>
      `${added} cặp thêm, ${changed} cặp sửa, ${ended} cặp kết thúc.`,
    kinds: { added: 'Thêm', changed: 'Sửa', ended: 'Kết thúc' },
    before: 'Trước',
    more: 'Hiện 500 thay đổi đầu.',
    send: 'Gửi đề nghị',
    approve: 'Duyệt và ghi vào ánh xạ',
    discard: 'Bỏ',
    states: {
      checked: 'Đã kiểm tra, chưa gửi',
      waiting: 'Chờ duyệt',
      approved: 'Đã duyệt',
      refused: 'Không duyệt',
      withdrawn: 'Đã rút',
      discarded: 'Đã bỏ',
    },
    faults: {
      'from-missing': 'Thiếu mã nguồn',
      'to-missing': 'Thiếu mã tương ứng',
      'from-unknown': 'Danh mục nguồn không có mã này',
      'to-unknown': 'Danh mục kia không có mã này',
      day: 'Ngày không có thật',
      period: 'Ngày cuối trước ngày đầu',
      note: 'Ghi chú quá 500 ký tự',
      twice: 'Cặp mã bị lặp trong bảng',
      overlaps: 'Trùng thời gian với một dòng khác của cùng cặp mã',
    } satisfies Record<PairFault, string>,
  },
  en: {
    title: 'Import a mapping from a sheet',
    link: 'Import from a sheet, history',
    lead: 'The sheet needs the columns Code and Stands for; further columns as in a download. Every line is checked and shown first; it is written when somebody else approves.',
    template: 'Download the present pairs:',
    whole: 'The whole mapping: pairs in use that the sheet does not name end yesterday',
    part: 'A part: its pairs are added or changed, others stay',
    headings: 'The first row must have the columns Code and Stands for',
    fromName: 'Name of the code',
    toName: 'Name of what it stands for',
    history: 'History of imports',
    noHistory: 'No import was proposed yet',
    report: 'Proposed change of a mapping',
    file: 'File',
    what: 'Changes',
    noChanges: 'The sheet changes nothing',
    counts: (added: string, changed: string, ended: string): string =>
      `${added} pairs added, ${changed} changed, ${ended} ended.`,
    kinds: { added: 'Added', changed: 'Changed', ended: 'Ended' },
    before: 'Before',
    more: 'The first 500 changes.',
    send: 'Send the proposal',
    approve: 'Approve and write',
    discard: 'Discard',
    states: {
      checked: 'Checked, not sent',
      waiting: 'Waiting',
      approved: 'Approved',
      refused: 'Refused',
      withdrawn: 'Withdrawn',
      discarded: 'Discarded',
    },
    faults: {
      'from-missing': 'No code',
      'to-missing': 'Nothing that it stands for',
      'from-unknown': 'The list has no such code',
      'to-unknown': 'The other list has no such code',
      day: 'Not a real day',
      period: 'Last day before the first',
      note: 'Note over 500 characters',
      twice: 'The pair stands twice in the sheet',
      overlaps: 'Overlaps in time with another line of the same pair',
    } satisfies Record<PairFault, string>,
  },
});

const COLOURS: Record<MappingChange['state'], string> = {
  checked: 'govuk-tag--blue',
  waiting: 'govuk-tag--yellow',
  approved: 'govuk-tag--green',
  refused: 'govuk-tag--red',
  withdrawn: 'govuk-tag--grey',
  discarded: 'govuk-tag--grey',
};

interface Sides {
  from: CatalogueFacts;
  to: CatalogueFacts;
}

function useTitle({ from, to }: Sides): string {
  const words = mappingWords.use();
  const locale = useLocale();
  const nameOf = (one: CatalogueFacts) => (locale === 'en' ? one.nameEn : one.nameVi);
  return words.title(nameOf(from), nameOf(to));
}

/** Where a sheet is handed in, the sheet to begin with, and what was handed in before. */
export function MappingImportPage(props: Sides & { history: readonly PastMappingChange[]; form: FormState }) {
  const own = changeWords.use();
  const shared = importWords.use();
  const asked = proposalWords.use();
  const locale = useLocale();
  const { form } = props;
  const place = { code: props.from.code, target: props.to.code };
  return (
    <WorkspaceLayout
      title={own.title}
      caption={useTitle(props)}
      backPath={paths.adminCatalogue({ code: props.from.code })}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <p class="govuk-body">{own.lead}</p>
      <p class="govuk-body">
        {own.template}{' '}
        {(['xlsx', 'csv'] as const).map((format, index) => (
          <>
            {index > 0 && ' · '}
            <Link to={paths.adminMappingExport({ ...place, format })} attributes={{ 'data-turbo': 'false' }}>
              {format === 'xlsx' ? 'Excel' : 'CSV'}
            </Link>
          </>
        ))}
      </p>
      <Form action={paths.adminMappingImport(place)} upload>
        <FileUpload {...boundFile(form, 'file')} label={{ text: shared.file }} attributes={{ accept: '.xlsx,.csv' }} />
        <Radios
          idPrefix="mode"
          name="mode"
          value={String(form.values['mode'] ?? 'part')}
          fieldset={{ legend: { text: shared.mode, classes: 'govuk-fieldset__legend--s' } }}
          items={[
            { value: 'part', text: own.part },
            { value: 'whole', text: own.whole },
          ]}
        />
        <Button text={shared.check} preventDoubleClick />
      </Form>
      <h2 class="govuk-heading-m">{own.history}</h2>
      <DataTable
        caption={own.history}
        path={paths.adminMappingImport(place)}
        query={{}}
        idOf={(row) => row.id}
        rows={props.history}
        empty={<EmptyState heading={own.noHistory} />}
        columns={[
          {
            heading: own.report,
            isRowHeader: true,
            cell: (row) => (
              <Link to={paths.adminMappingChange({ ...place, changeId: row.id })}>
                {asked.number} {row.number}
              </Link>
            ),
          },
          { heading: own.file, cell: (row) => <LocalName vi={row.fileName} en={null} /> },
          { heading: asked.state, cell: (row) => <Tag text={own.states[row.state]} classes={COLOURS[row.state]} /> },
          { heading: asked.reason, cell: (row) => row.reason && <LocalName vi={row.reason} en={null} /> },
          { heading: asked.by, cell: (row) => <LocalName vi={row.proposedBy} en={null} /> },
          {
            heading: asked.at,
            cell: (row) => row.proposedAt && formatDateTime(row.proposedAt, locale),
            isTight: true,
          },
          { heading: asked.decidedBy, cell: (row) => row.decidedBy && <LocalName vi={row.decidedBy} en={null} /> },
        ]}
      />
    </WorkspaceLayout>
  );
}

/** What a sheet would change (or has changed), what is wrong in it, and what may be done next. */
export function MappingChangePage(
  props: Sides & {
    change: MappingChange;
    changes: readonly PairChange[];
    isOwn: boolean;
    mayDecide: boolean;
    form: FormState;
  },
) {
  const own = changeWords.use();
  const shared = importWords.use();
  const asked = proposalWords.use();
  const locale = useLocale();
  const { change, form } = props;
  const place = { code: props.from.code, target: props.to.code };
  const number = (value: number) => formatNumber(value, locale);
  const rows: [string, string | null][] = [
    [asked.by, change.proposedBy],
    [asked.reason, change.reason],
    [asked.decidedBy, change.decidedBy],
    [asked.decisionReason, change.decisionReason],
  ];
  return (
    <WorkspaceLayout
      title={`${own.report} ${number(change.number)}`}
      caption={useTitle(props)}
      backPath={paths.adminMappingImport(place)}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <SummaryList
        rows={[
          {
            key: { text: asked.state },
            value: { html: <Tag text={own.states[change.state]} classes={COLOURS[change.state]} /> },
          },
          { key: { text: own.file }, value: { html: <LocalName vi={change.fileName} en={null} /> } },
          {
            key: { text: shared.report },
            value: { text: shared.counts(number(change.validCount), number(change.invalidCount)) },
          },
          { key: { text: asked.at }, value: { text: formatDateTime(change.proposedAt ?? change.madeAt, locale) } },
          ...rows.map(
            ([key, value]) =>
              value !== null && { key: { text: key }, value: { html: <LocalName vi={value} en={null} /> } },
          ),
        ]}
      />
      <Faults change={change} />
      <h2 class="govuk-heading-m">{own.what}</h2>
      <Changes changes={props.changes} />
      <Decide {...props} path={paths.adminMappingChange({ ...place, changeId: change.id })} />
    </WorkspaceLayout>
  );
}

function Faults(props: { change: MappingChange }) {
  const own = changeWords.use();
  const shared = importWords.use();
  const words = mappingWords.use();
  const wrong = props.change.rows.filter((row) => row.faults.length > 0);
  if (wrong.length === 0) return null;
  return (
    <>
      <div class="sen-table__frame" tabIndex={0} role="region" aria-label={shared.faults}>
        <Table
          caption={shared.faults}
          captionClasses="govuk-table__caption--m"
          head={[
            { text: shared.line, format: 'numeric' },
            { text: words.from },
            { text: words.to },
            { text: shared.faults },
          ]}
          rows={wrong
            .slice(0, 500)
            .map((row) => [
              { text: String(row.line), format: 'numeric' },
              { text: row.pair.fromCode },
              { text: row.pair.toCode },
              { text: row.faults.map((fault) => own.faults[fault]).join('; ') },
            ])}
        />
      </div>
      {wrong.length > 500 && <p class="govuk-body">{shared.shown}</p>}
    </>
  );
}

const period = ({ validFrom, validTo }: SheetPair): string =>
  validFrom === null && validTo === null
    ? ''
    : `${validFrom === null ? '…' : formatDate(validFrom)} – ${validTo === null ? '…' : formatDate(validTo)}`;

function Changes(props: { changes: readonly PairChange[] }) {
  const own = changeWords.use();
  const words = mappingWords.use();
  const shared = catalogueWords.use();
  const locale = useLocale();
  const { changes } = props;
  if (changes.length === 0) return <p class="govuk-body">{own.noChanges}</p>;
  const count = (kind: PairChange['kind']) =>
    formatNumber(changes.filter((change) => change.kind === kind).length, locale);
  return (
    <>
      <p class="govuk-body">{own.counts(count('added'), count('changed'), count('ended'))}</p>
      <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.what}>
        <Table
          caption={own.what}
          captionClasses="govuk-visually-hidden"
          head={[
            { text: own.what },
            { text: words.from },
            { text: words.to },
            { text: shared.validFrom },
            { text: words.note },
            { text: own.before },
          ]}
          rows={changes.slice(0, 500).map(({ kind, pair, before }) => [
            { text: own.kinds[kind] },
            { text: pair.fromCode },
            { text: pair.toCode },
            { text: period(pair) },
            { html: pair.note ? <LocalName vi={pair.note} en={null} /> : '' },
            {
              html: before ? <LocalName vi={[period(before), before.note].filter(Boolean).join('; ')} en={null} /> : '',
            },
          ])}
        />
      </div>
      {changes.length > 500 && <p class="govuk-body">{own.more}</p>}
    </>
  );
}

function Decide(props: { change: MappingChange; isOwn: boolean; mayDecide: boolean; form: FormState; path: string }) {
  const own = changeWords.use();
  const asked = proposalWords.use();
  const { change, isOwn, form, path } = props;
  if (change.state === 'checked' && isOwn)
    return (
      <Form action={path}>
        {change.validCount > 0 && <Textarea {...bound(form, 'reason')} label={{ text: asked.reason }} rows={3} />}
        <div class="govuk-button-group">
          {change.validCount > 0 && <Button text={own.send} name="act" value="propose" preventDoubleClick />}
          <Button text={own.discard} name="act" value="withdraw" classes="govuk-button--secondary" />
        </div>
      </Form>
    );
  if (change.state !== 'waiting') return null;
  if (isOwn)
    return (
      <Form action={path}>
        <p class="govuk-body">{asked.own}</p>
        <Button text={asked.withdraw} name="act" value="withdraw" classes="govuk-button--secondary" />
      </Form>
    );
  if (!props.mayDecide) return null;
  return (
    <Form action={path}>
      <Textarea
        {...bound(form, 'reason')}
        label={{ text: asked.decisionReason }}
        hint={{ text: asked.refuseHint }}
        rows={3}
      />
      <div class="govuk-button-group">
        <Button text={own.approve} name="act" value="approve" preventDoubleClick />
        <Button text={asked.refuse} name="act" value="refuse" classes="govuk-button--warning" />
      </div>
    </Form>
  );
}
