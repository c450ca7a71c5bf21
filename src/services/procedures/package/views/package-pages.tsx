import { useLocale } from '../../../../platform/http/page-context.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../../ui/components/error-summary-for.tsx';
import { bound, errorOf, fieldId, type FormState } from '../../../../ui/components/form-state.ts';
import { Form } from '../../../../ui/form.tsx';
import { formatDateTime } from '../../../../ui/format.ts';
import { Button } from '../../../../ui/govuk/button.tsx';
import { FileUpload } from '../../../../ui/govuk/file-upload.tsx';
import { Input } from '../../../../ui/govuk/input.tsx';
import { Radios } from '../../../../ui/govuk/radios.tsx';
import { Select } from '../../../../ui/govuk/select.tsx';
import { Table } from '../../../../ui/govuk/table.tsx';
import { Tag } from '../../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { paths } from '../../../../ui/paths.ts';
import { stepRoles } from '../../procedure.ts';
import { words } from '../../views/words.ts';
import type { Plan, PlannedPart } from '../plan-package.ts';
import type { FaultKind } from '../read-package.ts';
import { packageWords } from './package-words.ts';

interface ShownPackage {
  id: string;
  fileName: string;
  province: string;
  codes: readonly string[];
  state: string;
  uploadedAt: Date;
  uploadedBy: string;
  report: readonly { code: string; outcome: string; number: number | null }[] | null;
}

/** Where procedures are packed, and packages of other provinces are received. */
export function PackagesPage(props: {
  rows: readonly ShownPackage[];
  form: FormState;
  faults: readonly { kind: FaultKind; place: string; message: string }[];
}) {
  const own = packageWords.use();
  const locale = useLocale();
  const { form } = props;
  return (
    <WorkspaceLayout
      title={own.title}
      backPath={paths.adminProcedures()}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <p class="govuk-body">{own.intro}</p>
      {props.faults.length > 0 && (
        <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.faultsTitle}>
          <Table
            caption={own.faultsTitle}
            captionClasses="govuk-table__caption--m"
            head={[{ text: own.place }, { text: own.problem }]}
            rows={props.faults.map((one) => [
              { text: one.place },
              { html: <Fault text={own.faults[one.kind]} message={one.message} /> },
            ])}
          />
        </div>
      )}
      <h2 class="govuk-heading-m">{own.import}</h2>
      <Form action={paths.adminPackages()} upload>
        <FileUpload
          id="file"
          name="file"
          label={{ text: own.file }}
          hint={{ text: own.fileHint }}
          errorMessage={errorOf(form, 'file')}
        />
        <Button text={own.look} />
      </Form>
      <h2 class="govuk-heading-m">{own.export}</h2>
      <Form action={paths.adminPackagesExport()} attributes={{ 'data-turbo': 'false' }}>
        <Textarea {...bound(form, 'codes')} label={{ text: own.codes }} hint={{ text: own.codesHint }} rows={2} />
        <Button text={own.exportNow} classes="govuk-button--secondary" />
      </Form>
      <h2 class="govuk-heading-m">{own.earlier}</h2>
      <DataTable
        caption={own.earlier}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.adminPackages()}
        query={{}}
        empty={<EmptyState heading={own.none} text={own.intro} />}
        columns={[
          {
            heading: own.file,
            cell: (row) => <Link to={paths.adminPackage({ packageId: row.id })}>{row.fileName}</Link>,
            isRowHeader: true,
          },
          { heading: own.from, cell: (row) => <span lang="vi">{row.province}</span> },
          { heading: own.procedures, cell: (row) => row.codes.length, isNumeric: true },
          { heading: own.state, cell: (row) => <Tag text={own.states[row.state] ?? row.state} /> },
          { heading: own.uploadedBy, cell: (row) => row.uploadedBy },
          { heading: own.uploadedAt, cell: (row) => formatDateTime(row.uploadedAt, locale), isTight: true },
        ]}
      />
    </WorkspaceLayout>
  );
}

function Fault(props: { text: string; message: string }) {
  return (
    <>
      {props.text}
      {props.message !== '' && (
        <div class="govuk-hint sen-break" lang="en">
          {props.message}
        </div>
      )}
    </>
  );
}

/** One package: what taking it over would do, with every choice; or what became of it. */
export function PackagePage(props: {
  row: ShownPackage;
  plan: Plan | null;
  fields: readonly { code: string; name: { vi: string; en: string } }[];
  form: FormState;
}) {
  const own = packageWords.use();
  const { row, plan, form } = props;
  return (
    <WorkspaceLayout
      title={row.fileName}
      caption={`${own.title} · ${row.province}`}
      backPath={paths.adminPackages()}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <p class="govuk-body">
        <Tag text={own.states[row.state] ?? row.state} />
      </p>
      {row.report && (
        <Table
          head={[{ text: own.code }, { text: own.outcome }]}
          rows={row.report.map((one) => [
            { html: <Link to={paths.adminProcedure({ code: one.code })}>{one.code}</Link> },
            { text: (own.outcomes as Record<string, string>)[one.outcome] ?? one.outcome },
          ])}
        />
      )}
      {plan && <PlanForm {...props} plan={plan} />}
    </WorkspaceLayout>
  );
}

function PlanForm(props: Parameters<typeof PackagePage>[0] & { plan: Plan }) {
  const own = packageWords.use();
  const names = words.use();
  const locale = useLocale();
  const { plan, form } = props;
  const choose = (prefix: string, name: string, label: string, items: readonly (readonly [string, string])[], to: string, hint?: string) => (
    <Select
      id={fieldId(`${prefix}-${name}`.normalize('NFD').replaceAll(/\p{M}/gu, ''))}
      name={`${prefix}:${name}`}
      label={{ text: label }}
      {...(hint ? { hint: { text: hint } } : {})}
      items={items.map(([value, text]) => ({ value, text, selected: value === to }))}
    />
  );
  const fieldItems = [['new', own.newField], ...props.fields.map((field) => [field.code, field.name[locale]])] as [string, string][];
  return (
    <Form action={paths.adminPackage({ packageId: props.row.id })} attributes={{ 'data-turbo': 'false' }}>
      <Table
        head={[{ text: own.code }, { text: own.name }, { text: own.what }]}
        rows={plan.procedures.map((one) => [
          { text: one.packed.code },
          { text: locale === 'en' && one.packed.name.en ? one.packed.name.en : one.packed.name.vi },
          { text: [own.planStates[one.state], one.currentNumber === null ? '' : own.now(one.currentNumber)].filter(Boolean).join('; ') },
        ])}
      />
      {plan.fields.length > 0 && <h2 class="govuk-heading-s">{own.fields}</h2>}
      {plan.fields.map((field) => choose('field', field.code, field.name[locale], fieldItems, field.to))}
      {(plan.units.length > 0 || plan.asksCommunes) && <h2 class="govuk-heading-s">{own.units}</h2>}
      {plan.asksCommunes && (
        <Select
          id="communes"
          name="communes"
          label={{ text: own.communes }}
          items={[
            { value: 'yes', text: own.communesYes, selected: plan.communes },
            { value: 'no', text: own.communesNo, selected: !plan.communes },
          ]}
        />
      )}
      {plan.units.map((unit) => choose('unit', unit.name, unit.name, [['none', own.noUnit], ...unit.found.map((one) => [one.id, one.name] as const)], unit.to))}
      {plan.roles.length > 0 && <h2 class="govuk-heading-s">{own.roles}</h2>}
      {plan.roles.map((role) => choose('role', role.role, names.stepRoles[role.role] ?? role.role, stepRoles.map((one) => [one, names.stepRoles[one]!] as const), role.to, role.isKnown ? undefined : own.unknownRole))}
      {plan.divisions.length > 0 && <h2 class="govuk-heading-s">{own.divisions}</h2>}
      {plan.divisions.map((division, at) => (
        <Input id={`division-${at}`} name={`division:${division.name}`} label={{ text: division.name }} value={division.to} />
      ))}
      <Parts heading={own.forms} prefix="form" parts={plan.forms} />
      <Parts heading={own.catalogues} prefix="catalogue" parts={plan.catalogues} />
      <Parts heading={own.templates} prefix="template" parts={plan.templates} />
      <Radios
        {...bound(form, 'mode')}
        fieldset={{ legend: { text: own.mode, classes: 'govuk-fieldset__legend--m' } }}
        items={[
          { value: 'draft', text: own.modeDraft },
          { value: 'publish', text: own.modePublish },
        ]}
      />
      <Input {...bound(form, 'validFrom')} label={{ text: own.validFrom }} hint={{ text: own.dateHint }} classes="govuk-input--width-10" />
      <div class="govuk-button-group">
        <Button text={own.apply} name="act" value="apply" preventDoubleClick />
        <Button text={own.again} name="act" value="look" classes="govuk-button--secondary" />
        <Button text={own.discard} name="act" value="discard" classes="govuk-button--warning" />
      </div>
    </Form>
  );
} // prettier-ignore

/** Forms, catalogues, templates: what is here already, and whose is used where they differ. */
function Parts(props: { heading: string; prefix: string; parts: readonly PlannedPart[] }) {
  const own = packageWords.use();
  const locale = useLocale();
  if (props.parts.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-s">{props.heading}</h2>
      {props.parts.map((part) =>
        part.state === 'differs' ? (
          <Select
            id={fieldId(`${props.prefix}-${part.name}`)}
            name={`${props.prefix}:${part.name}`}
            label={{ text: `${part.title[locale]} — ${own.partStates['differs']}` }}
            items={(['ours', 'theirs'] as const).map((side) => ({ value: side, text: own[side], selected: side === part.choice }))}
          />
        ) : (
          <p class="govuk-body">
            {part.title[locale]} — {own.partStates[part.state]}
          </p>
        ),
      )}
    </>
  );
} // prettier-ignore
