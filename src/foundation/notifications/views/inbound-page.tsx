import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { formatDateTime, formatPhone } from '../../../ui/format.ts';
import { Input } from '../../../ui/govuk/input.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

const words = localWords({
  vi: {
    title: 'Tin nhắn gửi đến',
    lead: 'Người dân nhắn HS và mã hồ sơ để biết tình trạng, TRO GIUP để được hướng dẫn, DUNG để thôi nhận tin.',
    number: 'Số điện thoại',
    at: 'Lúc nhận',
    text: 'Nội dung',
    answer: 'Đã trả lời',
    noAnswer: 'Không trả lời (quá nhiều tin hoặc không phải số di động)',
    none: 'Chưa có tin nhắn nào gửi đến',
  },
  en: {
    title: 'Incoming texts',
    lead: 'Citizens text HS and a code to know how far their dossier is, TRO GIUP for help, DUNG to stop.',
    number: 'Phone number',
    at: 'Received',
    text: 'Text',
    answer: 'Answer',
    noAnswer: 'Not answered (too many texts, or not a mobile number)',
    none: 'No text has come in yet',
  },
});

/** Texts that citizens sent, with what was answered. */
export function InboundPage(props: {
  rows: readonly { id: string; sender: string; body: string; answer: string; receivedAt: Date }[];
  number: string;
  nextCursor: string | null;
}) {
  const own = words.use();
  const { locale } = usePage();
  return (
    <WorkspaceLayout title={own.title}>
      <p class="govuk-body">{own.lead}</p>
      <FilterBar action={paths.adminInboundTexts()}>
        <Input id="so" name="so" label={{ text: own.number }} value={props.number} inputmode="tel" />
      </FilterBar>
      <DataTable
        caption={own.title}
        path={paths.adminInboundTexts()}
        query={{ so: props.number }}
        rows={props.rows}
        idOf={(row) => row.id}
        nextCursor={props.nextCursor}
        empty={<EmptyState heading={own.none} />}
        columns={[
          { heading: own.at, cell: (row) => formatDateTime(row.receivedAt, locale), isTight: true },
          { heading: own.number, cell: (row) => formatPhone(row.sender.replace(/^84/, '0')), isRowHeader: true },
          { heading: own.text, cell: (row) => row.body },
          { heading: own.answer, cell: (row) => row.answer || own.noAnswer },
        ]}
      />
    </WorkspaceLayout>
  );
}
