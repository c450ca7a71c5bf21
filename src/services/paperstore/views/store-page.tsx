import { TypedText } from '../../../ui/components/typed-text.tsx';
import { useHref, useLocale } from '../../../platform/http/page-context.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { AccountNav } from '../../../ui/layouts/account-nav.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import { paperSources, type PaperKind, type StoredPaper } from '../stored-paper.ts';
import { PaperMarks } from './paper-marks.tsx';
import { storeWords } from './store-words.ts';

/** The filter as it stands in the address. */
export interface ShownFilter {
  tim: string;
  loai: string;
  nguon: string;
  han: string;
  xep: string;
}

export interface ShownPaper extends StoredPaper {
  fileName: string;
  canPreview: boolean;
}

interface StorePageProps {
  papers: readonly ShownPaper[];
  kinds: readonly PaperKind[];
  counts: ReadonlyMap<string, number>;
  filter: ShownFilter;
  next: string | null;
  today: string;
  soonDays: number;
  done: string | null;
  error: string | null;
  mayChange: boolean;
}

const VALIDITIES = ['con', 'sap', 'het'] as const;
const SORTS = ['moi', 'ten', 'han'] as const;

function Filters(props: StorePageProps) {
  const own = storeWords.use();
  const locale = useLocale();
  const { filter } = props;
  const pick = (
    name: 'loai' | 'nguon' | 'han' | 'xep',
    label: string,
    all: string | null,
    items: { value: string; text: string }[],
  ) => (
    <Select
      id={name}
      name={name}
      label={{ text: label }}
      value={filter[name]}
      items={all === null ? items : [{ value: '', text: all }, ...items]}
    />
  );
  return (
    <FilterBar action={paths.storedPapers()}>
      <Input id="tim" name="tim" label={{ text: own.search }} value={filter.tim} attributes={{ maxlength: '100' }} />
      {pick(
        'loai',
        own.kind,
        own.allKinds,
        props.kinds
          .filter((kind) => props.counts.has(kind.key))
          .map((kind) => ({ value: kind.key, text: `${kind.name[locale]} (${props.counts.get(kind.key)})` })),
      )}
      {pick(
        'nguon',
        own.source,
        own.allSources,
        paperSources.map((value) => ({ value, text: own.sources[value] })),
      )}
      {pick(
        'han',
        own.validity,
        own.allValidities,
        VALIDITIES.map((value) => ({ value, text: own.validities[value] })),
      )}
      {pick(
        'xep',
        own.sort,
        null,
        SORTS.map((value) => ({ value, text: own.sorts[value] })),
      )}
    </FilterBar>
  );
}

function Row(props: { paper: ShownPaper; kindName: string; today: string; soonDays: number; mayChange: boolean }) {
  const own = storeWords.use();
  const href = useHref();
  const { paper } = props;
  return (
    <li class="sen-row-card sen-stored">
      {props.mayChange && (
        <span class="govuk-checkboxes govuk-checkboxes--small sen-stored__pick">
          <span class="govuk-checkboxes__item">
            <input
              class="govuk-checkboxes__input"
              type="checkbox"
              name="giay-to"
              value={paper.id}
              id={`p-${paper.id}`}
            />
            <label class="govuk-label govuk-checkboxes__label" for={`p-${paper.id}`}>
              <span class="govuk-visually-hidden">
                {own.choose} <TypedText text={paper.name} />
              </span>
            </label>
          </span>
        </span>
      )}
      {paper.canPreview && (
        <img
          class="sen-file__thumb"
          src={href(paths.storedPaperPreview({ id: paper.id }, { co: 'nho' }))}
          alt=""
          width="46"
          height="60"
          loading="lazy"
        />
      )}
      <div class="sen-row-card__body">
        <h2 class="sen-row-card__title">
          <Link to={paths.storedPaper({ id: paper.id })}>
            <TypedText text={paper.name} />
          </Link>
        </h2>
        <p class="sen-row-card__meta">
          {props.kindName} · {own.sources[paper.source]}
          {paper.number && (
            <>
              {' '}
              · {own.number} <TypedText text={paper.number} />
            </>
          )}
        </p>
        <PaperMarks paper={paper} today={props.today} soonDays={props.soonDays} />
      </div>
    </li>
  );
}

/** The store: search, filters, papers, and what may be done with several at once. */
export function StorePage(props: StorePageProps) {
  const own = storeWords.use();
  const locale = useLocale();
  const href = useHref();
  const isEmpty = props.counts.size === 0;
  const names = new Map(props.kinds.map((kind) => [kind.key, kind.name[locale]]));
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]} hasErrors={props.error !== null} noIndex>
      {props.done && <NotificationBanner type="success" text={props.done} />}
      <h1 class="govuk-heading-l">{own.title}</h1>
      <AccountNav current="papers" />
      <p class="govuk-body">{own.lead}</p>
      <div class="govuk-button-group">
        {props.mayChange && <Button text={own.add} href={paths.storedPaperNew()} />}
        <Link to={paths.storeCodes()}>{own.codes}</Link>
        <Link to={paths.storedPapersDeleted()}>{own.deletedLink}</Link>
        <Link to={paths.storeChoice()}>{own.settings}</Link>
      </div>
      {isEmpty ? (
        <EmptyState heading={own.none} text={own.noneText} />
      ) : (
        <>
          <Filters {...props} />
          {props.papers.length === 0 && <EmptyState heading={own.noMatch} text={own.noMatchText} />}
          {props.papers.length > 0 && (
            <Form action={paths.storedPapersBulk()}>
              {props.error && (
                <p class="govuk-error-message" id="chon-loi">
                  {props.error}
                </p>
              )}
              <ul class="sen-rows">
                {props.papers.map((paper) => (
                  <Row
                    paper={paper}
                    kindName={names.get(paper.kind) ?? ''}
                    today={props.today}
                    soonDays={props.soonDays}
                    mayChange={props.mayChange}
                  />
                ))}
              </ul>
              {props.next && (
                <p class="govuk-body">
                  <Link to={paths.storedPapers({ ...props.filter, sau: props.next })}>{own.older} →</Link>
                </p>
              )}
              {props.mayChange && (
                <div class="govuk-button-group">
                  <Button name="_do" value="code" text={own.bulkCode} classes="govuk-button--secondary" />
                  <Button name="_do" value="delete" text={own.bulkDelete} classes="govuk-button--secondary" />
                </div>
              )}
            </Form>
          )}
          <p class="govuk-body">
            {own.export}:{' '}
            <a class="govuk-link" href={href(paths.storedPapersExport({ format: 'xlsx' }))} data-turbo="false">
              XLSX
            </a>{' '}
            <a class="govuk-link" href={href(paths.storedPapersExport({ format: 'csv' }))} data-turbo="false">
              CSV
            </a>
          </p>
        </>
      )}
    </PublicLayout>
  );
}
