import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import { scopes, type CatalogueFacts } from '../catalogue.ts';
import { adminWords } from './admin-words.ts';
import { CatalogueFilter } from './catalogue-filter.tsx';
import { catalogueWords } from './catalogue-words.ts';
import { LocalName } from './item-table.tsx';
import { ProposalTable, type ShownProposal } from './proposal-table.tsx';

type Listed = CatalogueFacts & {
  number: number | null;
  validFrom: string | null;
  itemCount: number;
  hasDraft: boolean;
  waiting: number;
};

/** All lists, with what waits for work on each. */
export function CataloguesPage(props: {
  rows: readonly Listed[];
  text: string;
  scope: string | null;
  next: string | null;
  mayManage: boolean;
}) {
  const own = adminWords.use();
  const shared = catalogueWords.use();
  const locale = useLocale();
  const query = { tim: props.text, 'pham-vi': props.scope ?? '' };
  return (
    <WorkspaceLayout
      title={shared.catalogues}
      actions={
        <>
          <Link to={paths.adminProposals()} class="govuk-button govuk-button--secondary">
            {own.proposals}
          </Link>
          {props.mayManage && (
            <Link to={paths.adminCatalogueNew()} class="govuk-button">
              {own.create}
            </Link>
          )}
        </>
      }
    >
      <CatalogueFilter action={paths.adminCatalogues()} text={props.text} scope={props.scope} />
      <DataTable
        caption={shared.catalogues}
        rows={props.rows}
        idOf={(row) => row.code}
        path={paths.adminCatalogues()}
        query={query}
        nextCursor={props.next}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminCataloguesExport({ format }, query),
        }))}
        empty={<EmptyState heading={shared.none} text={shared.noneText} />}
        columns={[
          {
            heading: shared.name,
            cell: (row) => (
              <>
                <Link to={paths.adminCatalogue({ code: row.code })}>{locale === 'en' ? row.nameEn : row.nameVi}</Link>
                {row.isUnsure && (
                  <>
                    {' '}
                    <Tag text={shared.unsure} classes="govuk-tag--yellow" />
                  </>
                )}
              </>
            ),
            isRowHeader: true,
          },
          { heading: shared.items, cell: (row) => formatNumber(row.itemCount, locale), isNumeric: true },
          {
            heading: shared.validFrom,
            cell: (row) => (row.validFrom ? formatDate(row.validFrom) : shared.nothing),
            isTight: true,
          },
          {
            heading: own.work,
            cell: (row) => (
              <>
                {row.hasDraft && <Tag text={own.draft} classes="govuk-tag--blue" />}{' '}
                {row.waiting > 0 && own.waiting(row.waiting)}
              </>
            ),
          },
        ]}
      />
    </WorkspaceLayout>
  );
}

/** What is said of a list as a whole: a new one, or a change. */
export function FactsPage(props: { catalogue: CatalogueFacts | null; form: FormState }) {
  const own = adminWords.use();
  const shared = catalogueWords.use();
  const { form, catalogue } = props;
  const back = catalogue ? paths.adminCatalogue({ code: catalogue.code }) : paths.adminCatalogues();
  const chosen = form.values['scope'] ?? 'province';
  return (
    <WorkspaceLayout
      title={catalogue ? own.facts : own.create}
      backPath={back}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <Form action={catalogue ? paths.adminCatalogueFacts({ code: catalogue.code }) : paths.adminCatalogueNew()}>
        {catalogue && <input type="hidden" name="version" value={String(form.values['version'] ?? '')} />}
        {!catalogue && (
          <Input
            {...bound(form, 'code')}
            label={{ text: shared.code }}
            hint={{ text: own.codeHint }}
            spellcheck={false}
          />
        )}
        <Input {...bound(form, 'nameVi')} label={{ text: own.nameVi }} />
        <Input {...bound(form, 'nameEn')} label={{ text: own.nameEn }} />
        <Textarea {...bound(form, 'descriptionVi')} label={{ text: own.descriptionVi }} rows={2} />
        <Textarea {...bound(form, 'descriptionEn')} label={{ text: own.descriptionEn }} rows={2} />
        <Select
          id="scope"
          name="scope"
          label={{ text: shared.scope }}
          items={scopes.map((scope) => ({ value: scope, text: shared.scopes[scope]!, selected: scope === chosen }))}
        />
        <Input {...bound(form, 'owner')} label={{ text: shared.owner }} />
        <Input {...bound(form, 'legalBasis')} label={{ text: shared.legalBasis }} />
        <Input {...bound(form, 'partnerCode')} label={{ text: shared.partnerCode }} spellcheck={false} />
        <Input {...bound(form, 'unsureNote')} label={{ text: own.unsureNote }} hint={{ text: own.unsureHint }} />
        <Button text={own.save} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}

export interface ShownVersion {
  number: number;
  state: 'draft' | 'published';
  validFrom: string | null;
  decision: string | null;
  itemCount: number;
  publishedAt: Date | null;
  publishedBy: string | null;
  madeBy: string;
}

/** One list: its facts, versions, mappings and proposals, and what may be done. */
export function CataloguePage(props: {
  catalogue: CatalogueFacts;
  versions: readonly ShownVersion[];
  inForceNumber: number | null;
  mappings: readonly { code: string; nameVi: string; nameEn: string; entries: number }[];
  proposals: readonly ShownProposal[];
  mayManage: boolean;
  mayPropose: boolean;
}) {
  const own = adminWords.use();
  const shared = catalogueWords.use();
  const locale = useLocale();
  const { catalogue, mayManage } = props;
  const { code } = catalogue;
  const draft = props.versions.find((version) => version.state === 'draft');
  const row = (key: string, text: string | null) => ({
    key: { text: key },
    value: { html: text ? <LocalName vi={text} en={null} /> : shared.nothing },
  });
  return (
    <WorkspaceLayout
      title={locale === 'en' ? catalogue.nameEn : catalogue.nameVi}
      caption={code}
      backPath={paths.adminCatalogues()}
      actions={
        <>
          <Link to={paths.catalogue({ code })} class="govuk-button govuk-button--secondary">
            {own.publicPage}
          </Link>
          {props.mayPropose && (
            <Link to={paths.adminCatalogueProposal({ code })} class="govuk-button govuk-button--secondary">
              {own.propose}
            </Link>
          )}
          {mayManage && (
            <Link to={paths.adminCatalogueDraft({ code })} class="govuk-button">
              {draft ? own.openDraft : own.startDraft}
            </Link>
          )}
        </>
      }
    >
      <SummaryList
        rows={[
          { key: { text: shared.scope }, value: { text: shared.scopes[catalogue.scope]! } },
          row(shared.owner, catalogue.owner),
          row(shared.legalBasis, catalogue.legalBasis),
          {
            key: { text: shared.partnerCode },
            value: { html: catalogue.partnerCode ? <code>{catalogue.partnerCode}</code> : shared.nothing },
          },
          row(shared.unsure, catalogue.unsureNote),
        ]}
      />
      {mayManage && (
        <p class="govuk-body">
          <Link to={paths.adminCatalogueFacts({ code })}>{own.facts}</Link> ·{' '}
          <Link to={paths.adminCatalogueImport({ code })}>{own.import}</Link> ·{' '}
          <Link to={paths.adminCatalogueMapping({ code })}>{shared.mappings}</Link>
        </p>
      )}
      <h2 class="govuk-heading-m">{shared.versions}</h2>
      <DataTable
        caption={shared.versions}
        rows={props.versions}
        idOf={(version) => String(version.number)}
        path={paths.adminCatalogue({ code })}
        query={{}}
        empty={<EmptyState heading={own.noVersion} />}
        columns={[
          {
            heading: shared.version,
            cell: (version) => (
              <>
                {version.state === 'draft' ? (
                  <>
                    {version.number} <Tag text={own.draft} classes="govuk-tag--blue" />
                  </>
                ) : (
                  <Link to={paths.adminCatalogueVersion({ code, number: version.number })}>
                    {shared.version} {version.number}
                  </Link>
                )}{' '}
                {version.number === props.inForceNumber && <Tag text={own.inForce} classes="govuk-tag--green" />}
              </>
            ),
            isRowHeader: true,
          },
          { heading: shared.validFrom, cell: (v) => v.validFrom && formatDate(v.validFrom), isTight: true },
          { heading: shared.items, cell: (v) => formatNumber(v.itemCount, locale), isNumeric: true },
          { heading: shared.decision, cell: (v) => v.decision && <LocalName vi={v.decision} en={null} /> },
          {
            heading: own.publishedBy,
            cell: (v) =>
              v.publishedAt ? `${v.publishedBy ?? ''}, ${formatDateTime(v.publishedAt, locale)}` : v.madeBy,
          },
        ]}
      />
      {props.mappings.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{shared.mappings}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {props.mappings.map((mapping) => (
              <li>
                <Link to={paths.catalogueMapping({ code, target: mapping.code })}>
                  {locale === 'en' ? mapping.nameEn : mapping.nameVi}
                </Link>{' '}
                ({formatNumber(mapping.entries, locale)} {shared.entries})
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 class="govuk-heading-m">{own.proposals}</h2>
      <ProposalTable rows={props.proposals} path={paths.adminCatalogue({ code })} query={{}} next={null} />
    </WorkspaceLayout>
  );
}
