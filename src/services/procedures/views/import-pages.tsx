import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { errorOf, type FormState } from '../../../ui/components/form-state.ts';
import { LongWork } from '../../../ui/components/long-work.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import { defectTitle } from '../defects/defect-words.ts';
import { words } from './words.ts';

export interface ShownImport {
  id: string;
  fileName: string;
  state: string;
  startedAt: Date;
  finishedAt: Date | null;
  startedBy: string;
  lines: number;
  created: number;
  changed: number;
  unchanged: number;
  skipped: number;
  defects: number;
}

/** Where a catalogue file is handed in, and what came of earlier ones. */
export function ImportsPage(props: { imports: readonly ShownImport[]; form: FormState }) {
  const own = words.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout
      title={own.imports}
      backPath={paths.adminProcedures()}
      hasErrors={Object.keys(props.form.errors).length > 0}
    >
      <ErrorSummaryFor form={props.form} />
      <Form action={paths.adminProcedureImports()} upload>
        <FileUpload
          id="file"
          name="file"
          label={{ text: own.file }}
          hint={{ text: own.fileHint }}
          errorMessage={errorOf(props.form, 'file')}
        />
        <Button text={own.start} />
      </Form>
      <h2 class="govuk-heading-m">{own.earlier}</h2>
      <DataTable
        caption={own.earlier}
        rows={props.imports}
        idOf={(row) => row.id}
        path={paths.adminProcedureImports()}
        query={{}}
        empty={<EmptyState heading={own.none} />}
        columns={[
          {
            heading: own.file,
            cell: (row) => <Link to={paths.adminProcedureImport({ id: row.id })}>{row.fileName}</Link>,
            isRowHeader: true,
          },
          { heading: own.status, cell: (row) => <Tag text={own.states[row.state] ?? row.state} /> },
          { heading: own.when, cell: (row) => formatDateTime(row.startedAt, locale) },
          { heading: own.who, cell: (row) => row.startedBy },
          { heading: own.created, cell: (row) => formatNumber(row.created, locale), isNumeric: true },
          { heading: own.changed, cell: (row) => formatNumber(row.changed, locale), isNumeric: true },
          { heading: own.skipped, cell: (row) => formatNumber(row.skipped, locale), isNumeric: true },
          { heading: own.defects, cell: (row) => formatNumber(row.defects, locale), isNumeric: true },
        ]}
      />
    </WorkspaceLayout>
  );
}

/** One import: how far it is, what it changed, what is wrong in the source. */
export function ImportPage(props: {
  one: ShownImport;
  kinds: readonly { kind: string; count: number; procedures: number }[];
  defects: readonly {
    number: number;
    line: number;
    code: string | null;
    kind: string;
    place: string;
    source: string | null;
  }[];
  query: Record<string, string>;
  next: string | null;
}) {
  const own = words.use();
  const locale = useLocale();
  const { one } = props;
  const path = paths.adminProcedureImport({ id: one.id });
  const number = (value: number) => formatNumber(value, locale);
  return (
    <WorkspaceLayout title={one.fileName} caption={own.imports} backPath={paths.adminProcedureImports()}>
      {one.state === 'failed' && <WarningText text={own.failedBecause} iconFallbackText="!" />}
      <LongWork
        work={{
          title: own.states[one.state] ?? one.state,
          done: one.created + one.changed + one.unchanged,
          failed: one.skipped,
          total: one.finishedAt ? one.created + one.changed + one.unchanged + one.skipped : null,
          startedAt: one.state === 'waiting' ? null : one.startedAt,
          finishedAt: one.finishedAt,
        }}
      />
      <p class="govuk-body">
        {own.created}: {number(one.created)} · {own.changed}: {number(one.changed)} · {own.unchanged}:{' '}
        {number(one.unchanged)} · {own.skipped}: {number(one.skipped)}
      </p>
      {one.finishedAt !== null && (
        <>
          <h2 class="govuk-heading-m">{own.defects}</h2>
          <p class="govuk-body">
            <Link to={paths.adminDefects({ 'lan-nhap': one.id })}>{own.defectWork}</Link>
          </p>
          <DataTable
            caption={own.defects}
            rows={props.kinds}
            idOf={(row) => row.kind}
            path={path}
            query={{}}
            exports={['xlsx', 'csv'].map((format) => ({
              text: format.toUpperCase(),
              path: paths.adminProcedureImportExport({ id: one.id, format }),
            }))}
            empty={<p class="govuk-body">{own.noDefects}</p>}
            columns={[
              {
                heading: own.defect,
                cell: (row) => (
                  <Link to={paths.adminProcedureImport({ id: one.id }, { loi: row.kind })}>
                    {defectTitle(row.kind)[locale]}
                  </Link>
                ),
                isRowHeader: true,
              },
              { heading: own.count, cell: (row) => number(row.count), isNumeric: true },
              { heading: own.procedures, cell: (row) => number(row.procedures), isNumeric: true },
            ]}
          />
          <h2 class="govuk-heading-m">
            {props.query['loi'] ? defectTitle(props.query['loi'])[locale] : own.allDefects}
          </h2>
          <DataTable
            caption={own.allDefects}
            rows={props.defects}
            idOf={(row) => String(row.number)}
            path={path}
            query={props.query}
            nextCursor={props.next}
            empty={<p class="govuk-body">{own.noDefects}</p>}
            columns={[
              { heading: own.line, cell: (row) => row.line, isNumeric: true },
              {
                heading: own.code,
                cell: (row) =>
                  row.code === null ? '' : <Link to={paths.adminProcedure({ code: row.code })}>{row.code}</Link>,
                isTight: true,
              },
              { heading: own.defect, cell: (row) => defectTitle(row.kind)[locale], isRowHeader: true },
              { heading: own.place, cell: (row) => row.place },
              { heading: own.sourceText, cell: (row) => row.source ?? '' },
            ]}
          />
        </>
      )}
    </WorkspaceLayout>
  );
}
