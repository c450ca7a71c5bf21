import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { textChannels } from '../channel-text.ts';
import { kindOf } from '../message-kind.ts';
import { messageWords } from '../message-words.ts';
import { withoutAccents } from '../sms-text.ts';

const words = localWords({
  vi: {
    title: 'Mẫu tin',
    lead: 'Nội dung các tin hệ thống gửi cho người dân và cán bộ. Chọn kênh để sửa; chưa sửa thì dùng mẫu có sẵn.',
    search: 'Tìm trong mẫu tin',
    message: 'Tin',
    kind: 'Loại tin',
    channels: 'Sửa theo kênh',
    edited: 'đã sửa',
    none: 'Không có mẫu tin nào như vậy',
  },
  en: {
    title: 'Message texts',
    lead: 'What the system writes to citizens and officials. Choose a channel to edit; what nobody edited is as shipped.',
    search: 'Search the texts',
    message: 'Message',
    kind: 'Kind',
    channels: 'Edit by channel',
    edited: 'edited',
    none: 'No such text',
  },
});

const plain = (text: string): string => withoutAccents(text).toLowerCase();

/** Every message with links to its texts by channel. */
export function TextListPage(props: {
  rows: readonly { key: string; title: string; body: string; kind: string; edited: readonly string[] }[];
  asked: string;
}) {
  const own = words.use();
  const common = messageWords.use();
  const { locale } = usePage();
  const rows = props.rows.filter((row) => plain(`${row.title} ${row.body}`).includes(plain(props.asked)));
  return (
    <WorkspaceLayout title={own.title}>
      <p class="govuk-body">{own.lead}</p>
      <FilterBar action={paths.adminMessageTexts()}>
        <Input id="tim" name="tim" label={{ text: own.search }} value={props.asked} />
      </FilterBar>
      <DataTable
        caption={own.title}
        path={paths.adminMessageTexts()}
        query={{ tim: props.asked }}
        rows={rows}
        idOf={(row) => row.key}
        empty={<EmptyState heading={own.none} />}
        columns={[
          { heading: own.message, cell: (row) => row.title, isRowHeader: true },
          { heading: own.kind, cell: (row) => kindOf(row.kind).title[locale] },
          {
            heading: own.channels,
            cell: (row) => (
              <ul class="sen-links">
                {textChannels.map((channel) => (
                  <li>
                    <Link to={paths.adminMessageText({ key: row.key, channel })}>
                      {common.channels[channel]}
                      <span class="govuk-visually-hidden">: {row.title}</span>
                    </Link>{' '}
                    {row.edited.includes(channel) && <Tag classes="govuk-tag--green">{own.edited}</Tag>}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </WorkspaceLayout>
  );
}
