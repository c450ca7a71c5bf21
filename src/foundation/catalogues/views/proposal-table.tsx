import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { Query } from '../../../ui/route.ts';
import type { Item } from '../catalogue.ts';
import { LocalName } from './item-table.tsx';
import { proposalWords } from './proposal-words.ts';

export interface ShownProposal {
  id: string;
  number: number;
  catalogueCode: string;
  catalogueNameVi: string;
  catalogueNameEn: string;
  kind: string;
  itemCode: string;
  content: Item;
  reason: string;
  state: string;
  proposedBy: string;
  proposedAt: Date;
  decisionReason: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
}

export const stateColours: Record<string, string> = {
  waiting: 'govuk-tag--yellow',
  approved: 'govuk-tag--green',
  refused: 'govuk-tag--red',
  withdrawn: 'govuk-tag--grey',
};

/** Proposals, the newest first. */
export function ProposalTable(props: {
  rows: readonly ShownProposal[];
  path: string;
  query: Query;
  next: string | null;
  exports?: readonly { text: string; path: string }[];
}) {
  const own = proposalWords.use();
  const locale = useLocale();
  return (
    <DataTable
      caption={own.title}
      rows={props.rows}
      idOf={(row) => row.id}
      path={props.path}
      query={props.query}
      nextCursor={props.next}
      exports={props.exports}
      empty={<EmptyState heading={own.none} />}
      columns={[
        {
          heading: own.kind,
          cell: (row) => (
            <Link to={paths.adminProposal({ proposalId: row.id })}>
              {own.number} {row.number}: {own.kinds[row.kind]} {row.itemCode}
            </Link>
          ),
          isRowHeader: true,
        },
        { heading: own.catalogue, cell: (row) => (locale === 'en' ? row.catalogueNameEn : row.catalogueNameVi) },
        { heading: own.state, cell: (row) => <Tag text={own.states[row.state]!} classes={stateColours[row.state]} /> },
        { heading: own.reason, cell: (row) => <LocalName vi={row.reason} en={null} /> },
        { heading: own.by, cell: (row) => row.proposedBy },
        { heading: own.at, cell: (row) => formatDateTime(row.proposedAt, locale), isTight: true },
      ]}
    />
  );
}
