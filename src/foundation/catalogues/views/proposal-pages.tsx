import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { CatalogueFacts, Item, ItemChange } from '../catalogue.ts';
import type { WaitingMappingChange } from '../mapping-change-queries.ts';
import { LocalName } from './item-table.tsx';
import { ProposalTable, stateColours, type ShownProposal } from './proposal-table.tsx';
import { proposalWords } from './proposal-words.ts';
import { ChangesTable, ItemFields } from './version-pages.tsx';

/** All proposals that the reader may see. */
export function ProposalsPage(props: {
  rows: readonly ShownProposal[];
  /** Sheets of pairs that wait for a decision. */
  mappings: readonly WaitingMappingChange[];
  state: string;
  next: string | null;
}) {
  const own = proposalWords.use();
  const locale = useLocale();
  const query = { 'tinh-trang': props.state };
  return (
    <WorkspaceLayout title={own.title} backPath={paths.adminCatalogues()}>
      {props.mappings.length > 0 && (
        <InsetText>
          <p class="govuk-body">{own.mappings}</p>
          <ul class="govuk-list govuk-list--bullet">
            {props.mappings.map((each) => (
              <li>
                <Link to={paths.adminMappingChange({ code: each.code, target: each.target, changeId: each.id })}>
                  {locale === 'en' ? each.nameEn : each.nameVi} →{' '}
                  {locale === 'en' ? each.targetNameEn : each.targetNameVi}
                </Link>{' '}
                (<LocalName vi={each.proposedBy} en={null} />)
              </li>
            ))}
          </ul>
        </InsetText>
      )}
      <FilterBar action={paths.adminProposals()}>
        <Select
          id="tinh-trang"
          name="tinh-trang"
          label={{ text: own.state }}
          items={[
            { value: '', text: own.anyState },
            ...Object.entries(own.states).map(([value, text]) => ({ value, text, selected: value === props.state })),
          ]}
        />
      </FilterBar>
      <ProposalTable
        rows={props.rows}
        path={paths.adminProposals()}
        query={query}
        next={props.next}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminProposalsExport({ format }, query),
        }))}
      />
    </WorkspaceLayout>
  );
}

/** Asking for a change: first which item, then how it shall be. */
export function ProposePage(props: { catalogue: CatalogueFacts; item: Item | null; form: FormState }) {
  const own = proposalWords.use();
  const locale = useLocale();
  const { catalogue, item, form } = props;
  const { code } = catalogue;
  return (
    <WorkspaceLayout
      title={item ? `${own.makeChange}: ${item.code}` : own.makeAdd}
      caption={locale === 'en' ? catalogue.nameEn : catalogue.nameVi}
      backPath={paths.adminCatalogue({ code })}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      {!item && (
        <FilterBar action={paths.adminCatalogueProposal({ code })} applyText={own.open}>
          <Input id="ma" name="ma" label={{ text: own.choose }} hint={{ text: own.chooseHint }} spellcheck={false} />
        </FilterBar>
      )}
      {item && <InsetText text={own.endHint} />}
      <Form action={paths.adminCatalogueProposal(item ? { code, item: item.code } : { code })}>
        <ItemFields catalogue={catalogue} form={form} isNew={item === null} />
        <Textarea {...bound(form, 'reason')} label={{ text: own.reason }} rows={3} />
        <Button text={own.send} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}

/** One proposal: what it says against what is there, and the decision. */
export function ProposalPage(props: {
  proposal: ShownProposal;
  changes: readonly ItemChange[];
  catalogue: CatalogueFacts;
  unitName: string | null;
  mayDecide: boolean;
  isOwn: boolean;
  form: FormState;
}) {
  const own = proposalWords.use();
  const locale = useLocale();
  const { proposal, form } = props;
  const isWaiting = proposal.state === 'waiting';
  const path = paths.adminProposal({ proposalId: proposal.id });
  const by = [proposal.proposedBy, props.unitName].filter(Boolean).join(', ');
  return (
    <WorkspaceLayout
      title={`${own.number} ${proposal.number}: ${own.kinds[proposal.kind]} ${proposal.itemCode}`}
      caption={locale === 'en' ? proposal.catalogueNameEn : proposal.catalogueNameVi}
      backPath={paths.adminProposals()}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <SummaryList
        rows={[
          {
            key: { text: own.state },
            value: { html: <Tag text={own.states[proposal.state]!} classes={stateColours[proposal.state]} /> },
          },
          {
            key: { text: own.catalogue },
            value: {
              html: (
                <Link to={paths.adminCatalogue({ code: proposal.catalogueCode })}>
                  {locale === 'en' ? proposal.catalogueNameEn : proposal.catalogueNameVi}
                </Link>
              ),
            },
          },
          { key: { text: own.by }, value: { html: <LocalName vi={by} en={null} /> } },
          { key: { text: own.at }, value: { text: formatDateTime(proposal.proposedAt, locale) } },
          { key: { text: own.reason }, value: { html: <LocalName vi={proposal.reason} en={null} /> } },
          proposal.decidedBy !== null && {
            key: { text: own.decidedBy },
            value: {
              text: `${proposal.decidedBy}${proposal.decidedAt ? `, ${formatDateTime(proposal.decidedAt, locale)}` : ''}`,
            },
          },
          proposal.decisionReason !== null && {
            key: { text: own.decisionReason },
            value: { html: <LocalName vi={proposal.decisionReason} en={null} /> },
          },
        ]}
      />
      <h2 class="govuk-heading-m">{own.proposed}</h2>
      <ChangesTable changes={props.changes} attributes={props.catalogue.attributes} />
      {isWaiting && props.isOwn && (
        <Form action={path}>
          <p class="govuk-body">{own.own}</p>
          <Button text={own.withdraw} name="act" value="withdraw" classes="govuk-button--secondary" />
        </Form>
      )}
      {isWaiting && props.mayDecide && !props.isOwn && (
        <Form action={path}>
          <Textarea
            {...bound(form, 'reason')}
            label={{ text: own.decisionReason }}
            hint={{ text: own.refuseHint }}
            rows={3}
          />
          <div class="govuk-button-group">
            <Button text={own.approve} name="act" value="approve" preventDoubleClick />
            <Button text={own.refuse} name="act" value="refuse" classes="govuk-button--warning" />
          </div>
        </Form>
      )}
    </WorkspaceLayout>
  );
}
