import { useLocale } from '../../../platform/http/page-context.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { bound, boundMany, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { AttributeDefinition, CatalogueFacts, Item, ItemChange } from '../catalogue.ts';
import { adminWords } from './admin-words.ts';
import { catalogueWords } from './catalogue-words.ts';
import { ItemTable, LocalName } from './item-table.tsx';

const MOST_CHANGES = 200;

/** What differs between two versions, in words. */
export function ChangesTable(props: { changes: readonly ItemChange[]; attributes: readonly AttributeDefinition[] }) {
  const own = adminWords.use();
  const shared = catalogueWords.use();
  const locale = useLocale();
  const { changes } = props;
  const partName = (part: string): string =>
    own.parts[part] ??
    props.attributes.find(({ key }) => part === `attribute:${key}`)?.[locale] ??
    part.replace('attribute:', '');
  const valueOf = (part: string, value: string): string => {
    if (value === '') return shared.nothing;
    if (part === 'isUnsure') return shared.unsure;
    return part === 'validFrom' || part === 'validTo' ? formatDate(value) : value;
  };
  if (changes.length === 0) return <p class="govuk-body">{own.noChanges}</p>;
  return (
    <>
      <Table
        caption={own.changes}
        captionClasses="govuk-visually-hidden"
        head={[{ text: own.kind }, { text: shared.code }, { text: shared.name }, { text: own.changes }]}
        rows={changes.slice(0, MOST_CHANGES).map((change) => [
          { text: own.kinds[change.kind]! },
          { text: change.code },
          { html: <LocalName vi={change.nameVi} en={change.nameEn} /> },
          {
            html: (
              <span lang="vi">
                {change.parts
                  .map(
                    ({ part, before, after }) =>
                      `${partName(part)}: ${valueOf(part, before)} → ${valueOf(part, after)}`,
                  )
                  .join('; ')}
              </span>
            ),
          },
        ])}
      />
      {changes.length > MOST_CHANGES && <p class="govuk-body">{own.tooMany(changes.length - MOST_CHANGES)}</p>}
    </>
  );
}

/** The draft: its items, what differs, and publication. */
export function DraftPage(props: {
  catalogue: CatalogueFacts;
  draft: {
    number: number;
    rowVersion: number;
    items: readonly Item[];
    changes: readonly ItemChange[];
    text: string;
    next: string | null;
  } | null;
  form: FormState;
}) {
  const own = adminWords.use();
  const shared = catalogueWords.use();
  const locale = useLocale();
  const { catalogue, draft, form } = props;
  const { code } = catalogue;
  const path = paths.adminCatalogueDraft({ code });
  const frame = {
    title: own.draftTitle,
    caption: locale === 'en' ? catalogue.nameEn : catalogue.nameVi,
    backPath: paths.adminCatalogue({ code }),
  };
  if (!draft)
    return (
      <WorkspaceLayout {...frame}>
        <EmptyState heading={own.noDraft} text={own.noDraftText}>
          <Form action={path}>
            <Button text={own.begin} preventDoubleClick />
          </Form>
        </EmptyState>
      </WorkspaceLayout>
    );
  const hidden = <input type="hidden" name="version" value={draft.rowVersion} />;
  return (
    <WorkspaceLayout
      {...frame}
      hasErrors={Object.keys(form.errors).length > 0}
      actions={
        <>
          <Link to={paths.adminCatalogueImport({ code })} class="govuk-button govuk-button--secondary">
            {own.import}
          </Link>
          <Link to={paths.adminCatalogueItem({ code })} class="govuk-button">
            {own.addItem}
          </Link>
        </>
      }
    >
      <ErrorSummaryFor form={form} />
      <h2 class="govuk-heading-m">{own.changes}</h2>
      <ChangesTable changes={draft.changes} attributes={catalogue.attributes} />
      <h2 class="govuk-heading-m">{shared.items}</h2>
      <FilterBar action={path}>
        <Input id="tim" name="tim" label={{ text: shared.search }} value={draft.text} />
      </FilterBar>
      <ItemTable
        caption={own.draftTitle}
        items={draft.items}
        attributes={catalogue.attributes}
        path={path}
        query={{ tim: draft.text }}
        next={draft.next}
        empty={<EmptyState heading={shared.noItems} />}
        actions={{
          heading: own.edit,
          cell: (item) => (
            <Link to={paths.adminCatalogueItem({ code, item: item.code })}>
              {own.edit}
              <span class="govuk-visually-hidden"> {item.code}</span>
            </Link>
          ),
        }}
      />
      <h2 class="govuk-heading-m">{own.publish}</h2>
      <p class="govuk-body">{own.publishText}</p>
      <Form action={paths.adminCataloguePublication({ code })}>
        {hidden}
        <Input
          {...bound(form, 'validFrom')}
          label={{ text: shared.validFrom }}
          hint={{ text: own.dayHint }}
          classes="govuk-input--width-10"
        />
        <Input {...bound(form, 'decision')} label={{ text: shared.decision }} />
        <Input {...bound(form, 'note')} label={{ text: own.note }} />
        <Button text={own.publish} preventDoubleClick />
      </Form>
      <Form action={paths.adminCatalogueDiscard({ code })}>
        {hidden}
        <Button text={own.discard} classes="govuk-button--warning" />
      </Form>
    </WorkspaceLayout>
  );
}

/** The fields of an item, for the draft and for proposals. */
export function ItemFields(props: { catalogue: CatalogueFacts; form: FormState; isNew: boolean }) {
  const own = adminWords.use();
  const shared = catalogueWords.use();
  const locale = useLocale();
  const { form } = props;
  return (
    <>
      {props.isNew && (
        <Input
          {...bound(form, 'code')}
          label={{ text: shared.code }}
          hint={{ text: own.itemHint }}
          spellcheck={false}
        />
      )}
      <Input {...bound(form, 'nameVi')} label={{ text: own.nameVi }} />
      <Input {...bound(form, 'nameEn')} label={{ text: own.nameEn }} />
      {props.catalogue.attributes.map((attribute) => (
        <Input {...bound(form, `a-${attribute.key}`)} label={{ text: attribute[locale] }} />
      ))}
      <Input
        {...bound(form, 'parent')}
        label={{ text: own.parent }}
        classes="govuk-input--width-10"
        spellcheck={false}
      />
      <Input
        {...bound(form, 'position')}
        label={{ text: shared.order }}
        classes="govuk-input--width-5"
        inputmode="numeric"
      />
      <Input
        {...bound(form, 'validFrom')}
        label={{ text: own.firstDay }}
        hint={{ text: own.dayHint }}
        classes="govuk-input--width-10"
      />
      <Input
        {...bound(form, 'validTo')}
        label={{ text: own.lastDay }}
        hint={{ text: own.dayHint }}
        classes="govuk-input--width-10"
      />
      <Input
        {...bound(form, 'replacedBy')}
        label={{ text: own.replacedBy }}
        classes="govuk-input--width-10"
        spellcheck={false}
      />
      <Checkboxes {...boundMany(form, 'isUnsure')} items={[{ value: 'yes', text: own.isUnsure }]} />
    </>
  );
}

/** One item of the draft: a new one, or a change. */
export function ItemPage(props: { catalogue: CatalogueFacts; item: Item | null; form: FormState }) {
  const own = adminWords.use();
  const locale = useLocale();
  const { catalogue, item, form } = props;
  const { code } = catalogue;
  const at = item ? { code, item: item.code } : { code };
  return (
    <WorkspaceLayout
      title={item ? `${own.item}: ${item.code}` : own.newItem}
      caption={locale === 'en' ? catalogue.nameEn : catalogue.nameVi}
      backPath={paths.adminCatalogueDraft({ code })}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <Form action={paths.adminCatalogueItem(at)}>
        <ItemFields catalogue={catalogue} form={form} isNew={item === null} />
        <Button text={own.save} preventDoubleClick />
      </Form>
      {item && (
        <>
          <p class="govuk-body">{own.removeText}</p>
          <Form action={paths.adminCatalogueItemRemoval({ code, item: item.code })}>
            <Button text={own.removeItem} classes="govuk-button--warning" />
          </Form>
        </>
      )}
    </WorkspaceLayout>
  );
}

/** A published version: its items and what it changed. */
export function VersionPage(props: {
  catalogue: CatalogueFacts;
  version: { number: number; validFrom: string | null; decision: string | null; note: string | null };
  items: readonly Item[];
  changes: readonly ItemChange[] | null;
  text: string;
  next: string | null;
}) {
  const own = adminWords.use();
  const shared = catalogueWords.use();
  const locale = useLocale();
  const { catalogue, version } = props;
  const { code } = catalogue;
  const path = paths.adminCatalogueVersion({ code, number: version.number });
  const day = formatDate(version.validFrom ?? '');
  return (
    <WorkspaceLayout
      title={`${shared.version} ${version.number}`}
      caption={locale === 'en' ? catalogue.nameEn : catalogue.nameVi}
      backPath={paths.adminCatalogue({ code })}
    >
      <p class="govuk-body">
        {shared.validFrom} {day}
        {version.decision !== null && (
          <>
            {' · '}
            <LocalName vi={version.decision} en={null} />
          </>
        )}
        {version.note !== null && (
          <>
            {' · '}
            <LocalName vi={version.note} en={null} />
          </>
        )}
      </p>
      {props.changes !== null && (
        <>
          <h2 class="govuk-heading-m">{own.changes}</h2>
          <ChangesTable changes={props.changes} attributes={catalogue.attributes} />
        </>
      )}
      <h2 class="govuk-heading-m">{shared.items}</h2>
      <FilterBar action={path}>
        <Input id="tim" name="tim" label={{ text: shared.search }} value={props.text} />
      </FilterBar>
      <ItemTable
        caption={`${shared.version} ${version.number}`}
        items={props.items}
        attributes={catalogue.attributes}
        path={path}
        query={{ tim: props.text }}
        next={props.next}
        exports={['xlsx', 'csv', 'json'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.catalogueExport({ code, format }, { ngay: day }),
        }))}
        empty={<EmptyState heading={shared.noItems} text={shared.noItemsText} />}
      />
    </WorkspaceLayout>
  );
}
