import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatMoney, formatPercent } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { messageWords } from '../message-words.ts';

export interface BudgetLine {
  unitId: string;
  unitName: string | null;
  channel: string;
  limitDong: number;
  spentDong: number;
  updatedBy: string | null;
}

const words = localWords({
  vi: {
    title: 'Hạn mức chi gửi tin',
    lead: 'Hạn mức tính theo tháng, cho kênh phải trả tiền. Hết hạn mức thì tin chờ lại; mã xác minh và tin khẩn vẫn được gửi và vẫn tính tiền. Tăng hạn mức thì tin đang chờ được gửi ngay.',
    province: 'Toàn tỉnh',
    unit: 'Đơn vị',
    channel: 'Kênh',
    limit: 'Hạn mức tháng (đồng)',
    limitHint: 'Ví dụ: 5.000.000. Để trống để bỏ hạn mức.',
    spent: 'Đã chi tháng này',
    share: 'Tỷ lệ',
    by: 'Người đặt',
    save: 'Lưu hạn mức',
    set: 'Đặt hạn mức',
    none: 'Chưa đặt hạn mức nào',
  },
  en: {
    title: 'Budgets for messages',
    lead: 'A limit a month, for channels that cost money. Beyond it messages wait; codes and urgent messages still go and are counted. Raise it, and what waits goes at once.',
    province: 'Whole province',
    unit: 'Unit',
    channel: 'Channel',
    limit: 'Limit a month (đồng)',
    limitHint: 'For example 5.000.000. Empty removes the limit.',
    spent: 'Spent this month',
    share: 'Share',
    by: 'Set by',
    save: 'Save the limit',
    set: 'Set a limit',
    none: 'No limit is set',
  },
});

/** Monthly limits of paid channels, of the province and of units. */
export function BudgetsPage(props: {
  budgets: readonly BudgetLine[];
  units: readonly { id: string; name: string }[];
  form: FormState;
}) {
  const own = words.use();
  const common = messageWords.use();
  const { locale } = usePage();
  return (
    <WorkspaceLayout
      title={own.title}
      hasErrors={Object.keys(props.form.errors).length > 0}
      backPath={paths.adminMessageProviders()}
    >
      <ErrorSummaryFor form={props.form} />
      <p class="govuk-body">{own.lead}</p>
      <DataTable
        caption={own.title}
        path={paths.adminMessageBudgets()}
        query={{}}
        rows={props.budgets}
        idOf={(row) => `${row.unitId}-${row.channel}`}
        empty={<EmptyState heading={own.none} />}
        toneOf={(row) => (row.spentDong >= row.limitDong ? 'late' : undefined)}
        columns={[
          { heading: own.unit, cell: (row) => row.unitName ?? own.province, isRowHeader: true },
          { heading: own.channel, cell: (row) => common.channels[row.channel] },
          { heading: own.limit, cell: (row) => formatMoney(row.limitDong, locale), isNumeric: true },
          { heading: own.spent, cell: (row) => formatMoney(row.spentDong, locale), isNumeric: true },
          {
            heading: own.share,
            cell: (row) => (row.limitDong > 0 ? formatPercent(row.spentDong / row.limitDong, locale) : '–'),
            isNumeric: true,
          },
          { heading: own.by, cell: (row) => row.updatedBy ?? '' },
        ]}
      />
      <h2 class="govuk-heading-m">{own.set}</h2>
      <Form class="sen-actform">
        <Select
          {...bound(props.form, 'don-vi')}
          label={{ text: own.unit }}
          items={[{ value: '', text: own.province }, ...props.units.map(({ id, name }) => ({ value: id, text: name }))]}
        />
        <Select
          {...bound(props.form, 'kenh')}
          label={{ text: own.channel }}
          items={['sms', 'chat'].map((value) => ({ value, text: common.channels[value] ?? value }))}
        />
        <Input
          {...bound(props.form, 'han-muc')}
          label={{ text: own.limit }}
          hint={{ text: own.limitHint }}
          inputmode="numeric"
          classes="govuk-input--width-10"
        />
        <Button>{own.save}</Button>
      </Form>
    </WorkspaceLayout>
  );
}
