import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { boundFile, freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { TypedText } from '../../../ui/components/typed-text.tsx';
import type { OperationRow } from '../operation-queries.ts';
import type { ChangeKind } from '../reorganisation.ts';
import { adminWords } from './admin-words.ts';
import { ChangeFields, DecisionFields } from './change-fields.tsx';
import { changeItems, changeName, operationWords, stateItems, stateName, stateTone } from './operation-words.ts';
import { DayField } from './unit-fields.tsx';

const words = localWords({
  vi: {
    which: 'Bạn muốn làm gì?',
    file: 'Tệp Excel, CSV hoặc JSON',
    fileHint:
      'Mỗi dòng một thay đổi: từ đơn vị nào đến đơn vị nào. Dòng không xác định được sẽ được báo lại để người có thẩm quyền quyết định.',
    read: 'Đọc tệp',
    overrides: 'Số văn bản, cơ quan và ngày ghi trong tệp được dùng khi để trống các ô dưới đây.',
  },
  en: {
    which: 'What do you want to do?',
    file: 'Excel, CSV or JSON file',
    fileHint:
      'One change a row: from which unit to which. Rows that cannot be resolved are reported and left to a person.',
    read: 'Read the file',
    overrides: 'Number, body and day are taken from the file where the fields below are left empty.',
  },
});
const crumbs = (title: string) => [{ text: title, path: paths.adminOperations() }];

export interface OperationFilter {
  state: string;
  text: string;
  from: string;
  to: string;
}

/** All operations, the newest first. */
export function OperationsPage(props: {
  filter: OperationFilter;
  rows: readonly OperationRow[];
  nextCursor: string | null;
}) {
  const shared = operationWords.use();
  const locale = useLocale();
  const { filter } = props;
  const query = { 'tinh-trang': filter.state, tim: filter.text, tu: filter.from, den: filter.to };
  return (
    <WorkspaceLayout title={shared.title}>
      <p class="govuk-body">{shared.hint}</p>
      <div class="govuk-button-group">
        <Button text={shared.new} href={paths.adminOperationNew()} />
        <Button text={shared.import} href={paths.adminOperationImport()} classes="govuk-button--secondary" />
      </div>
      <FilterBar action={paths.adminOperations()}>
        <Input name="tim" value={filter.text} label={{ text: shared.search }} classes="govuk-input--width-20" />
        <Select
          name="tinh-trang"
          value={filter.state}
          label={{ text: shared.state }}
          items={[{ value: '', text: shared.any }, ...stateItems(locale)]}
        />
        <DayField form={freshForm({ tu: filter.from && formatDate(filter.from) })} name="tu" label={shared.from} />
        <DayField form={freshForm({ den: filter.to && formatDate(filter.to) })} name="den" label={shared.to} />
      </FilterBar>
      <DataTable
        caption={shared.title}
        columns={[
          {
            heading: shared.name,
            isRowHeader: true,
            cell: (row) => <Link to={paths.adminOperation({ operationId: row.id })}>{row.title}</Link>,
          },
          { heading: shared.decision, isTight: true, cell: (row) => row.decisionNumber },
          { heading: shared.effective, isTight: true, cell: (row) => formatDate(row.effectiveOn) },
          { heading: shared.changes, isNumeric: true, cell: (row) => String(row.changes) },
          { heading: shared.created, cell: (row) => <TypedText text={row.createdBy} /> },
          {
            heading: shared.state,
            cell: (row) => <Tag classes={stateTone(row.state)}>{stateName(row.state, locale)}</Tag>,
          },
        ]}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.adminOperations()}
        query={query}
        nextCursor={props.nextCursor}
        exports={(['xlsx', 'csv'] as const).map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminOperationsExport({ format }, query),
        }))}
        empty={<EmptyState heading={shared.none} text={shared.noneHint} />}
      />
    </WorkspaceLayout>
  );
}

/** The first page of drawing up: which kind of change. */
export function ChooseKindPage() {
  const own = words.use();
  const shared = operationWords.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout title={own.which} breadcrumbs={crumbs(shared.title)}>
      <Form method="get" action={paths.adminOperationNew()}>
        <Radios
          name="loai"
          idPrefix="loai"
          value="merge"
          fieldset={{ legend: { text: own.which, classes: 'govuk-visually-hidden' } }}
          items={changeItems(locale)}
        />
        <Button text={shared.next} />
      </Form>
      <p class="govuk-body">
        <Link to={paths.adminOperationImport()}>{shared.import}</Link>
      </p>
    </WorkspaceLayout>
  );
}

/** The second: the decision and its units. Also one more change of a draft, and the decision of one. */
export function OperationFormPage(props: {
  kind: ChangeKind | null;
  form: FormState;
  hasDecision: boolean;
  operation?: { id: string; title: string; version: number };
}) {
  const shared = operationWords.use();
  const locale = useLocale();
  const { kind, form, operation } = props;
  const title = kind ? changeName(kind, locale) : shared.decision;
  const trail = operation ? [{ text: operation.title, path: paths.adminOperation({ operationId: operation.id }) }] : [];
  return (
    <WorkspaceLayout
      title={title}
      hasErrors={Object.keys(form.errors).length > 0}
      breadcrumbs={[...crumbs(shared.title), ...trail]}
    >
      <ErrorSummaryFor form={form} />
      <p class="govuk-hint">{shared.byDate}</p>
      <Form upload={props.hasDecision}>
        {operation && <input type="hidden" name="version" value={operation.version} />}
        {props.hasDecision && <DecisionFields form={form} />}
        {kind && <ChangeFields kind={kind} form={form} />}
        <Button text={shared.save} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}

/** A whole change from a file. */
export function OperationImportPage(props: { form: FormState }) {
  const own = words.use();
  const shared = operationWords.use();
  const admin = adminWords.use();
  const { form } = props;
  return (
    <WorkspaceLayout
      title={shared.import}
      hasErrors={Object.keys(form.errors).length > 0}
      breadcrumbs={crumbs(shared.title)}
    >
      <ErrorSummaryFor form={form} />
      <p class="govuk-body">
        {own.fileHint} <Link to={paths.adminOperationTemplate()}>{shared.template}</Link>
      </p>
      <Form upload>
        <FileUpload
          {...boundFile(form, 'file')}
          label={{ text: own.file }}
          attributes={{ accept: '.xlsx,.csv,.json' }}
        />
        <p class="govuk-hint">{own.overrides}</p>
        <Input name="title" id="title" value={String(form.values['title'] ?? '')} label={{ text: shared.name }} />
        <Input
          name="decisionNumber"
          id="decisionNumber"
          value={String(form.values['decisionNumber'] ?? '')}
          label={{ text: shared.decision }}
          classes="govuk-input--width-20"
        />
        <Input
          name="issuingBody"
          id="issuingBody"
          value={String(form.values['issuingBody'] ?? '')}
          label={{ text: shared.body }}
        />
        <DayField form={form} name="effectiveOn" label={shared.effective} hint={admin.dateHint} />
        <Button text={own.read} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}
