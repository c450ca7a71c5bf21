import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { canEnd, statusOf, type Delegation } from '../delegation.ts';
import { DelegationFacts, StatusTag, type ShownPaper } from './delegation-parts.tsx';
import { delegationWords } from './delegation-words.ts';

export const deskDelegationWords = localWords({
  vi: {
    title: 'Ủy quyền',
    waiting: 'Đang chờ',
    of: 'Của người này',
    number: 'Số định danh hoặc mã số thuế của người đến quầy',
    find: 'Tìm',
    none: 'Không có ủy quyền nào đang chờ',
    noneText:
      'Người dân gửi đề nghị trong tài khoản của họ; ủy quyền cho trẻ em và người được giám hộ chờ bạn xác nhận.',
    notFound: 'Không có tài khoản với số này',
    noneOf: 'Người này chưa có ủy quyền nào',
    giver: 'Người ủy quyền',
    delegate: 'Người được ủy quyền',
    kind: 'Quan hệ',
    sent: 'Gửi lúc',
    status: 'Tình trạng',
    count: (n: number): string => `Hiện ${n} ủy quyền`,
    confirm: 'Xác nhận',
    confirmText: 'Đã xem giấy tờ nào?',
    confirmHint: 'Ví dụ: Giấy khai sinh bản chính số 12/2020, căn cước của người mẹ',
    refuse: 'Từ chối',
    refuseText: 'Lý do từ chối (người dân đọc được)',
    withdraw: 'Rút theo yêu cầu của người đến quầy',
    withdrawText: 'Ai yêu cầu, giấy tờ nào',
    textNeeded: 'Ghi nội dung, để người dân và người kiểm tra hiểu được',
    problem: 'Chưa thực hiện được',
    operators: 'Bưu chính công ích',
    operatorsText: 'Nhân viên của các đơn vị này nộp hồ sơ và nhận kết quả thay người dân có ủy quyền.',
    taxCode: 'Mã số thuế',
    name: 'Chỉ định',
    end: 'Thôi',
    since: 'Từ ngày',
    until: 'Đến ngày',
    operatorName: 'Đơn vị',
    by: 'Người chỉ định',
    noOperator: 'Chưa chỉ định đơn vị nào',
    noOperatorText: 'Đơn vị phải có tài khoản doanh nghiệp trên cổng.',
    operatorMissing: 'Không có tài khoản doanh nghiệp với mã số thuế này',
  },
  en: {
    title: 'Mandates',
    waiting: 'Waiting',
    of: 'Of this person',
    number: 'Identity number or tax code of the person at the counter',
    find: 'Find',
    none: 'Nothing waits',
    noneText: 'People propose mandates in their accounts; those for children and wards wait for you.',
    notFound: 'No account has this number',
    noneOf: 'This person has none',
    giver: 'Given by',
    delegate: 'Held by',
    kind: 'Relation',
    sent: 'Sent',
    status: 'Status',
    count: (n: number): string => `${n} shown`,
    confirm: 'Confirm',
    confirmText: 'Which papers have you seen?',
    confirmHint: 'For example: original birth certificate no. 12/2020, the mother’s identity card',
    refuse: 'Refuse',
    refuseText: 'Reason (people can read it)',
    withdraw: 'Withdraw for a person who has come',
    withdrawText: 'Who asks, which papers',
    textNeeded: 'Write something that people and inspectors understand',
    problem: 'It was not done',
    operators: 'Public post',
    operatorsText: 'Their staff hand in dossiers and receive results for people with a mandate.',
    taxCode: 'Tax code',
    name: 'Name it',
    end: 'End',
    since: 'Since',
    until: 'Until',
    operatorName: 'Organisation',
    by: 'Named by',
    noOperator: 'None was named',
    noOperatorText: 'It needs an account of a business here.',
    operatorMissing: 'No business has an account with this tax code',
  },
});

/** What waits, or what a person at the counter has. */
export function DeskDelegationsPage(props: {
  rows: readonly Delegation[];
  number: string;
  isFound: boolean | null;
  next: string | null;
  today: string;
}) {
  const own = deskDelegationWords.use();
  const words = delegationWords.use();
  const { locale } = usePage();
  const empty = props.isFound === null ? own.none : props.isFound ? own.noneOf : own.notFound;
  return (
    <WorkspaceLayout title={own.title}>
      <FilterBar action={paths.deskDelegations()} applyText={own.find}>
        <Input
          name="so"
          id="so"
          label={{ text: own.number }}
          value={props.number}
          inputmode="numeric"
          classes="govuk-input--width-20"
        />
      </FilterBar>
      <DataTable
        caption={props.isFound === null ? own.waiting : own.of}
        columns={[
          {
            heading: own.giver,
            isRowHeader: true,
            cell: (row) => <Link to={paths.deskDelegation({ id: row.id })}>{row.giverName}</Link>,
          },
          { heading: own.delegate, cell: (row) => row.delegateName },
          { heading: own.kind, cell: (row) => words.kinds[row.kind] },
          { heading: own.sent, isTight: true, cell: (row) => formatDateTime(row.proposedAt, locale) },
          { heading: own.status, cell: (row) => <StatusTag status={statusOf(row, props.today)} /> },
        ]}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.deskDelegations()}
        query={{ so: props.number }}
        nextCursor={props.next}
        summary={own.count(props.rows.length)}
        empty={<EmptyState heading={empty} text={own.noneText} />}
      />
    </WorkspaceLayout>
  );
}

function ActForm(props: {
  id: string;
  act: 'xac-nhan' | 'tu-choi' | 'rut';
  title: string;
  label: string;
  hint?: string;
  fault: { field: string; text: string } | null;
  isWarning?: boolean;
}) {
  const field = `text-${props.act}`;
  return (
    <Form action={paths.deskDelegationAct({ id: props.id, act: props.act })}>
      <h2 class="govuk-heading-m">{props.title}</h2>
      <Textarea
        name="text"
        id={field}
        rows={2}
        label={{ text: props.label, classes: 'govuk-label--s' }}
        hint={props.hint ? { text: props.hint } : undefined}
        errorMessage={props.fault?.field === field ? { text: props.fault.text } : undefined}
        attributes={{ maxlength: '200' }}
      />
      <Button text={props.title} type="submit" classes={props.isWarning ? 'govuk-button--warning' : ''} />
    </Form>
  );
}

/** One delegation at the counter. */
export function DeskDelegationPage(props: {
  delegation: Delegation;
  today: string;
  names: ReadonlyMap<string, string>;
  papers: readonly ShownPaper[];
  fault: { field: string; text: string } | null;
}) {
  const own = deskDelegationWords.use();
  const { delegation: d, fault } = props;
  const status = statusOf(d, props.today);
  const form = { id: d.id, fault };
  return (
    <WorkspaceLayout
      title={`${d.giverName} – ${d.delegateName}`}
      caption={own.title}
      backPath={paths.deskDelegations()}
      hasErrors={fault !== null}
      actions={<StatusTag status={status} />}
    >
      {fault && <ErrorSummary titleText={own.problem} errorList={[{ text: fault.text, href: `#${fault.field}` }]} />}
      <DelegationFacts
        delegation={d}
        status={status}
        names={props.names}
        papers={props.papers}
        fileHref={(fileId) => paths.deskDelegationFile({ id: d.id, fileId })}
      />
      {d.state === 'proposed' && status !== 'expired' && (
        <>
          <ActForm {...form} act="xac-nhan" title={own.confirm} label={own.confirmText} hint={own.confirmHint} />
          <ActForm {...form} act="tu-choi" title={own.refuse} label={own.refuseText} isWarning />
        </>
      )}
      {d.state === 'active' && canEnd(d, props.today) && (
        <ActForm {...form} act="rut" title={own.withdraw} label={own.withdrawText} isWarning />
      )}
    </WorkspaceLayout>
  );
}

/** The organisations of the public post. */
export function OperatorsPage(props: {
  rows: readonly { accountId: string; since: string; until: string | null; namedBy: string }[];
  names: ReadonlyMap<string, { name: string }>;
  fault: string | null;
  value: string;
}) {
  const own = deskDelegationWords.use();
  return (
    <WorkspaceLayout title={own.operators} hasErrors={props.fault !== null}>
      {props.fault && <ErrorSummary titleText={own.problem} errorList={[{ text: props.fault, href: '#taxCode' }]} />}
      <p class="govuk-body">{own.operatorsText}</p>
      <DataTable
        caption={own.operators}
        columns={[
          { heading: own.operatorName, isRowHeader: true, cell: (row) => props.names.get(row.accountId)?.name ?? '' },
          { heading: own.since, isTight: true, cell: (row) => formatDate(row.since) },
          { heading: own.until, isTight: true, cell: (row) => (row.until ? formatDate(row.until) : '') },
          { heading: own.by, cell: (row) => row.namedBy },
          {
            heading: own.end,
            cell: (row) =>
              row.until === null && (
                <Form action={paths.postalOperators()}>
                  <Button
                    text={own.end}
                    name="end"
                    value={row.accountId}
                    type="submit"
                    classes="govuk-button--secondary sen-button--small"
                  />
                </Form>
              ),
          },
        ]}
        rows={props.rows}
        idOf={(row) => row.accountId}
        path={paths.postalOperators()}
        query={{}}
        empty={<EmptyState heading={own.noOperator} text={own.noOperatorText} />}
      />
      <Form action={paths.postalOperators()}>
        <Input
          name="taxCode"
          id="taxCode"
          label={{ text: own.taxCode, classes: 'govuk-label--s' }}
          value={props.value}
          errorMessage={props.fault ? { text: props.fault } : undefined}
          inputmode="numeric"
          classes="govuk-input--width-20"
        />
        <Button text={own.name} type="submit" />
      </Form>
    </WorkspaceLayout>
  );
}
