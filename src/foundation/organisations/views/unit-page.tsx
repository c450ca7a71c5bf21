import type { ComponentChildren } from 'preact';
import { useLocale } from '../../../platform/http/page-context.ts';
import { AsOfBanner } from '../../../ui/components/as-of-banner.tsx';
import { DescriptionGrid } from '../../../ui/components/description-grid.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { StaffMember } from '../officer-queries.ts';
import type { Post } from '../post-queries.ts';
import type { UnitName } from '../unit-queries.ts';
import type { Unit } from '../unit.ts';
import type { AgencyIdentifier, Succession, UnitVersion } from '../unit-write-queries.ts';
import type { OperationRow } from '../operation-queries.ts';
import { adminWords, kindName, localName, localTitle } from './admin-words.ts';
import { stateName } from './operation-words.ts';
import { DayField, TextField, UnitFields } from './unit-fields.tsx';

const words = localWords({
  vi: {
    history: 'Các giai đoạn',
    staff: 'Cán bộ',
    identifiers: 'Mã định danh',
    below: 'Đơn vị trực thuộc',
    kin: 'Tiền thân và kế thừa',
    before: 'Nhận nhiệm vụ của',
    after: 'Chuyển nhiệm vụ cho',
    partly: 'một phần',
    change: 'Đổi tên, chuyển đơn vị cấp trên hoặc sửa thông tin',
    child: 'Lập đơn vị trực thuộc',
    close: 'Kết thúc hoạt động',
    lastDay: 'Ngày hoạt động cuối cùng',
    successors: 'Mã định danh của đơn vị kế thừa (cách nhau bằng dấu phẩy)',
    addCode: 'Gán mã định danh',
    addPost: 'Thêm vị trí',
    state: 'Tình trạng',
    endCode: 'Kết thúc từ hôm nay mã',
    operations: 'Các lần sắp xếp',
  },
  en: {
    history: 'Periods',
    staff: 'Staff',
    identifiers: 'Agency identifiers',
    below: 'Units below',
    kin: 'Predecessors and successors',
    before: 'Took over from',
    after: 'Handed over to',
    partly: 'in part',
    change: 'Rename, move or correct',
    child: 'Set up a unit below',
    close: 'Close this unit',
    lastDay: 'Last day of work',
    successors: 'Identifiers of the units that take over (separated by commas)',
    addCode: 'Assign an identifier',
    addPost: 'Add a post',
    state: 'State',
    endCode: 'End today:',
    operations: 'Changes of units',
  },
});

export type UnitFormName = 'change' | 'child' | 'close' | 'identifier' | 'post';
export interface UnitPageProps {
  unit: Unit;
  on: string;
  today: string;
  path: readonly Unit[];
  children_: readonly Unit[];
  versions: readonly UnitVersion[];
  identifiers: readonly AgencyIdentifier[];
  succession: readonly Succession[];
  names: ReadonlyMap<string, UnitName>;
  posts: readonly Post[];
  staff: readonly StaffMember[];
  operations: readonly OperationRow[];
  canManage: boolean;
  forms: Record<UnitFormName, FormState>;
  /** The form that came back with errors. */
  failed: UnitFormName | null;
}

function Section(props: { title: string; children?: ComponentChildren }) {
  return (
    <section>
      <h2 class="govuk-heading-m">{props.title}</h2>
      {props.children}
    </section>
  );
}

function Period(props: { of: { validFrom: string; validTo: string | null } }) {
  const shared = adminWords.use();
  return <>{`${formatDate(props.of.validFrom)} – ${props.of.validTo ? formatDate(props.of.validTo) : shared.open}`}</>;
}

/** One unit on a day: facts, periods, units below, posts and people, identifiers, kin, and the forms that change it. */
export function UnitPage(props: UnitPageProps) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  const { unit } = props;
  const facts = [
    { term: shared.kind, value: kindName(unit.kind, locale) },
    { term: shared.shortName, value: unit.shortName },
    { term: shared.tier, value: String(unit.tier) },
    { term: shared.period, value: <Period of={unit} /> },
    { term: shared.gsoCode, value: unit.gsoCode },
    { term: shared.decision, value: unit.decisionNumber },
    { term: shared.address, value: unit.address },
    { term: shared.phone, value: unit.phone },
    { term: shared.email, value: unit.email },
  ].filter((fact) => fact.value !== null && fact.value !== '');
  return (
    <WorkspaceLayout
      title={localName(unit, locale)}
      hasErrors={props.failed !== null}
      breadcrumbs={[
        { text: shared.units, path: paths.adminUnits({ ngay: props.on }) },
        ...props.path
          .slice(0, -1)
          .map((each) => ({ text: each.shortName, path: paths.adminUnit({ id: each.id }, { ngay: props.on }) })),
      ]}
    >
      {props.failed && (
        <ErrorSummaryFor
          form={props.forms[props.failed]}
          targets={Object.fromEntries(
            Object.keys(props.forms[props.failed].errors).map((name) => [name, `${props.failed}-${name}`]),
          )}
        />
      )}
      <p class="govuk-body">
        {shared.asOf} {formatDate(props.on)} {unit.isExample && <Tag classes="govuk-tag--grey">{shared.example}</Tag>}
      </p>
      <AsOfBanner on={props.on} today={props.today} todayPath={paths.adminUnit({ id: unit.id })} />
      <DescriptionGrid items={facts} />
      <People {...props} />
      {props.children_.length > 0 && (
        <Section title={own.below}>
          <ul class="govuk-list">
            {props.children_.map((child) => (
              <li>
                <Link to={paths.adminUnit({ id: child.id }, { ngay: props.on })}>{localName(child, locale)}</Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title={own.identifiers}>
        <Table
          caption={own.identifiers}
          captionClasses="govuk-visually-hidden"
          head={[{ text: shared.code }, { text: shared.period }, { text: own.state }]}
          rows={props.identifiers.map((each) => [
            { text: each.code },
            { html: <Period of={each} /> },
            {
              html: (
                <>
                  {each.isExample && <Tag classes="govuk-tag--grey">{shared.example}</Tag>}
                  {props.canManage && each.validTo === null && (
                    <Form action={paths.adminUnitIdentifierEnd({ id: unit.id, identifierId: each.id })}>
                      <Button
                        text={`${own.endCode} ${each.code}`}
                        classes="govuk-button--secondary"
                        preventDoubleClick
                      />
                    </Form>
                  )}
                </>
              ),
            },
          ])}
        />
      </Section>
      <Section title={own.history}>
        <Table
          caption={own.history}
          captionClasses="govuk-visually-hidden"
          head={[{ text: shared.name }, { text: shared.period }, { text: shared.parent }, { text: shared.decision }]}
          rows={props.versions.map((each) => [
            { text: localName(each, locale) },
            { html: <Period of={each} /> },
            { text: each.parentId ? (props.names.get(each.parentId)?.shortName ?? '') : '' },
            { text: [each.decisionNumber, each.closingDecisionNumber].filter(Boolean).join(' · ') },
          ])}
        />
      </Section>
      {props.succession.length > 0 && (
        <Section title={own.kin}>
          <ul class="govuk-list govuk-list--bullet">
            {props.succession.map((link) => {
              const isBefore = link.successorId === unit.id;
              const other = isBefore ? link.predecessorId : link.successorId;
              return (
                <li>
                  {isBefore ? own.before : own.after}{' '}
                  <Link to={paths.adminUnit({ id: other })}>{localName(props.names.get(other), locale)}</Link> (
                  {formatDate(link.effectiveOn)}
                  {link.decisionNumber && `, ${link.decisionNumber}`}
                  {link.isPartial && `, ${link.note ?? own.partly}`})
                </li>
              );
            })}
          </ul>
        </Section>
      )}
      {props.operations.length > 0 && (
        <Section title={own.operations}>
          <ul class="govuk-list govuk-list--bullet">
            {props.operations.map((each) => (
              <li>
                <Link to={paths.adminOperation({ operationId: each.id })}>{each.title}</Link> (
                {formatDate(each.effectiveOn)}, {each.decisionNumber},{' '}
                {stateName(each.state, locale).toLocaleLowerCase(locale)})
              </li>
            ))}
          </ul>
        </Section>
      )}
      {props.canManage && <UnitForms {...props} />}
    </WorkspaceLayout>
  );
}

function People(props: UnitPageProps) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  return (
    <Section title={`${shared.posts} · ${own.staff}`}>
      {props.posts.length === 0 ? (
        <p class="govuk-body">{shared.none}</p>
      ) : (
        <Table
          caption={shared.posts}
          captionClasses="govuk-visually-hidden"
          head={[{ text: shared.post }, { text: own.staff }, { text: shared.period }]}
          rows={props.posts.map((post) => [
            { html: <Link to={paths.adminPost({ id: post.id })}>{localTitle(post, locale)}</Link> },
            {
              html: props.staff
                .filter((person) => person.postId === post.id)
                .map((person, at) => (
                  <>
                    {at > 0 && ', '}
                    <Link
                      to={paths.adminPerson(
                        { id: person.officerId },
                        { ngay: props.on === props.today ? null : props.on },
                      )}
                    >
                      {person.fullName}
                    </Link>
                  </>
                )),
            },
            { html: <Period of={post} /> },
          ])}
        />
      )}
    </Section>
  );
}

function UnitForms(props: UnitPageProps) {
  const own = words.use();
  const shared = adminWords.use();
  const { unit, forms, failed } = props;
  const version = <input type="hidden" name="version" value={unit.version} />;
  return (
    <>
      <Details summaryText={own.change} open={failed === 'change'}>
        <Form action={paths.adminUnitChange({ id: unit.id }, { ngay: props.on })}>
          {version}
          <UnitFields form={forms.change} prefix="change-" hasParent />
          <Button text={shared.save} preventDoubleClick />
        </Form>
      </Details>
      <Details summaryText={own.child} open={failed === 'child'}>
        <Form action={paths.adminUnitChildren({ id: unit.id }, { ngay: props.on })}>
          <UnitFields form={forms.child} prefix="child-" />
          <Button text={own.child} preventDoubleClick />
        </Form>
      </Details>
      <Details summaryText={own.addPost} open={failed === 'post'}>
        <Form action={paths.adminUnitPosts({ id: unit.id }, { ngay: props.on })}>
          <TextField form={forms.post} prefix="post-" name="titleVi" label={shared.titleVi} />
          <TextField form={forms.post} prefix="post-" name="titleEn" label={shared.titleEn} />
          <Checkboxes
            name="isLeader"
            idPrefix="post-isLeader"
            values={[bound(forms.post, 'isLeader').value ?? '']}
            items={[{ value: '1', text: shared.leader }]}
          />
          <DayField form={forms.post} prefix="post-" name="validFrom" label={shared.from} />
          <Button text={own.addPost} preventDoubleClick />
        </Form>
      </Details>
      <Details summaryText={own.addCode} open={failed === 'identifier'}>
        <Form action={paths.adminUnitIdentifiers({ id: unit.id }, { ngay: props.on })}>
          <TextField
            form={forms.identifier}
            prefix="identifier-"
            name="code"
            label={shared.code}
            hint="000.00.12.H41 · H41.12"
            classes="govuk-input--width-20"
          />
          <DayField form={forms.identifier} prefix="identifier-" name="validFrom" label={shared.from} />
          <Button text={own.addCode} preventDoubleClick />
        </Form>
      </Details>
      <Details summaryText={own.close} open={failed === 'close'}>
        <Form action={paths.adminUnitClosing({ id: unit.id }, { ngay: props.on })}>
          {version}
          <DayField form={forms.close} prefix="close-" name="lastDay" label={own.lastDay} />
          <TextField
            form={forms.close}
            prefix="close-"
            name="decisionNumber"
            label={shared.decision}
            classes="govuk-input--width-20"
          />
          <TextField form={forms.close} prefix="close-" name="successors" label={own.successors} />
          <Button text={own.close} classes="govuk-button--warning" preventDoubleClick />
        </Form>
      </Details>
    </>
  );
}
