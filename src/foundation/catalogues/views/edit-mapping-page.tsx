import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { CatalogueFacts } from '../catalogue.ts';
import { adminWords } from './admin-words.ts';
import { catalogueWords } from './catalogue-words.ts';
import { changeWords } from './mapping-change-pages.tsx';
import { mappingWords, pairColumns, type ShownPair } from './mapping-page.tsx';

export const editWords = localWords({
  vi: {
    choose: 'Ánh xạ sang danh mục',
    open: 'Xem',
    add: 'Thêm cặp mã',
    end: 'Kết thúc cặp mã',
    pair: 'Cặp mã',
    lastDay: 'Ngày cuối cùng',
    none: 'Chưa có cặp mã nào',
    unknown: 'Danh mục không có mã này',
    period: 'Ngày cuối phải sau ngày đầu',
  },
  en: {
    choose: 'Map to the list',
    open: 'Show',
    add: 'Add a pair',
    end: 'End a pair',
    pair: 'Pair',
    lastDay: 'Last day',
    none: 'No pair yet',
    unknown: 'The list has no such code',
    period: 'The last day must not be before the first',
  },
});

/** Pairs of codes of a list and another, for who keeps them. */
export function EditMappingPage(props: {
  from: CatalogueFacts;
  to: CatalogueFacts | null;
  lists: readonly CatalogueFacts[];
  rows: readonly ShownPair[];
  next: string | null;
  form: FormState;
}) {
  const own = editWords.use();
  const words = mappingWords.use();
  const shared = catalogueWords.use();
  const admin = adminWords.use();
  const sheet = changeWords.use();
  const locale = useLocale();
  const { from, to, form } = props;
  const nameOf = (one: CatalogueFacts) => (locale === 'en' ? one.nameEn : one.nameVi);
  const open = props.rows.filter((row) => row.validTo === null);
  return (
    <WorkspaceLayout
      title={to ? words.title(nameOf(from), nameOf(to)) : shared.mappings}
      caption={nameOf(from)}
      backPath={paths.adminCatalogue({ code: from.code })}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <FilterBar action={paths.adminCatalogueMapping({ code: from.code })} applyText={own.open}>
        <Select
          id="sang"
          name="sang"
          label={{ text: own.choose }}
          items={props.lists.map((one) => ({ value: one.code, text: nameOf(one), selected: one.code === to?.code }))}
        />
      </FilterBar>
      {to && (
        <>
          <p class="govuk-body">
            <Link to={paths.adminMappingImport({ code: from.code, target: to.code })}>{sheet.link}</Link>
          </p>
          <DataTable
            caption={words.title(nameOf(from), nameOf(to))}
            rows={props.rows}
            idOf={(row) => row.id}
            path={paths.adminCatalogueMapping({ code: from.code, target: to.code })}
            query={{}}
            nextCursor={props.next}
            empty={<EmptyState heading={own.none} />}
            columns={pairColumns(words, shared)}
          />
          <h2 class="govuk-heading-m">{own.add}</h2>
          <Form action={paths.adminCatalogueMapping({ code: from.code, target: to.code })}>
            <Input
              {...bound(form, 'fromCode')}
              label={{ text: words.from }}
              classes="govuk-input--width-10"
              spellcheck={false}
            />
            <Input
              {...bound(form, 'toCode')}
              label={{ text: words.to }}
              classes="govuk-input--width-10"
              spellcheck={false}
            />
            <Input
              {...bound(form, 'validFrom')}
              label={{ text: admin.firstDay }}
              hint={{ text: admin.dayHint }}
              classes="govuk-input--width-10"
            />
            <Input
              {...bound(form, 'validTo')}
              label={{ text: admin.lastDay }}
              hint={{ text: admin.dayHint }}
              classes="govuk-input--width-10"
            />
            <Input {...bound(form, 'note')} label={{ text: admin.note }} />
            <Button text={own.add} preventDoubleClick />
          </Form>
          {open.length > 0 && (
            <>
              <h2 class="govuk-heading-m">{own.end}</h2>
              <Form action={paths.adminCatalogueMappingEnd({ code: from.code, target: to.code })}>
                <Select
                  id="id"
                  name="id"
                  label={{ text: own.pair }}
                  items={open.map((row) => ({ value: row.id, text: `${row.fromCode} → ${row.toCode}` }))}
                />
                <Input
                  {...bound(form, 'lastDay')}
                  label={{ text: own.lastDay }}
                  hint={{ text: admin.dayHint }}
                  classes="govuk-input--width-10"
                />
                <Button text={own.end} classes="govuk-button--secondary" />
              </Form>
            </>
          )}
        </>
      )}
    </WorkspaceLayout>
  );
}
