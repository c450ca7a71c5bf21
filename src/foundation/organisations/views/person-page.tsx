import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { HeldPost, Officer } from '../officer.ts';
import type { Post, Substitution } from '../post-queries.ts';
import type { UnitName } from '../unit-queries.ts';
import { adminWords, localName, localTitle } from './admin-words.ts';
import { PersonDay } from './past-person-page.tsx';
import { DayField, TextField } from './unit-fields.tsx';

const words = localWords({
  vi: {
    add: 'Thêm cán bộ',
    unitCode: 'Mã định danh của đơn vị',
    unitHint: 'Nhập mã rồi bấm “Xem vị trí” để chọn vị trí của đơn vị đó.',
    showPosts: 'Xem vị trí',
    leftOn: 'Ngày làm việc cuối cùng (khi thôi việc)',
    appoint: 'Bổ nhiệm vào vị trí',
    end: 'Thôi giữ vị trí',
    lastDay: 'Ngày cuối cùng',
    substitutions: 'Uỷ quyền',
    substitute: 'Uỷ quyền cho người khác',
    toCode: 'Mã cán bộ của người được uỷ quyền',
    document: 'Số văn bản uỷ quyền',
    scope: 'Phạm vi (ghi chú)',
    revoke: 'Thu hồi',
    revoked: 'đã thu hồi',
    from: 'Người uỷ quyền',
    to: 'Người được uỷ quyền',
    facts: 'Thông tin',
    choose: 'Chọn vị trí',
  },
  en: {
    add: 'Add an officer',
    unitCode: 'Identifier of the unit',
    unitHint: 'Enter it and choose “Show posts” to pick one of its posts.',
    showPosts: 'Show posts',
    leftOn: 'Last day at work (when leaving)',
    appoint: 'Appoint to a post',
    end: 'End this appointment',
    lastDay: 'Last day',
    substitutions: 'Substitutions',
    substitute: 'Let somebody else act',
    toCode: 'Staff code of the substitute',
    document: 'Document number',
    scope: 'Scope (note)',
    revoke: 'Revoke',
    revoked: 'revoked',
    from: 'For',
    to: 'Substitute',
    facts: 'Facts',
    choose: 'Choose a post',
  },
});

/** Posts of the unit whose identifier was typed. */
export interface PostChoice {
  unitCode: string;
  unitName: UnitName | undefined;
  posts: readonly Post[];
}

function ChooseUnit(props: { choice: PostChoice; action: string }) {
  const own = words.use();
  return (
    <Form method="get" action={props.action}>
      <TextField
        form={{ values: { 'don-vi': props.choice.unitCode }, errors: {} }}
        name="don-vi"
        label={own.unitCode}
        hint={own.unitHint}
        classes="govuk-input--width-20"
      />
      <Button text={own.showPosts} classes="govuk-button--secondary" />
    </Form>
  );
}

function PostFields(props: { form: FormState; prefix: string; choice: PostChoice }) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  const { form, prefix, choice } = props;
  return (
    <>
      <input type="hidden" name="don-vi" value={choice.unitCode} />
      <Select
        {...bound(form, 'postId')}
        id={`${prefix}postId`}
        label={{ text: `${shared.post} — ${localName(choice.unitName, locale)}` }}
        items={[
          { value: '', text: own.choose },
          ...choice.posts.map((post) => ({ value: post.id, text: localTitle(post, locale) })),
        ]}
      />
      <TextField
        form={form}
        prefix={prefix}
        name="decisionNumber"
        label={shared.decision}
        classes="govuk-input--width-20"
      />
      <DayField form={form} prefix={prefix} name="validFrom" label={shared.from} />
      <DayField form={form} prefix={prefix} name="validTo" label={shared.to} />
    </>
  );
}

function OfficerFields(props: { form: FormState; prefix: string }) {
  const shared = adminWords.use();
  const { form, prefix } = props;
  return (
    <>
      <TextField form={form} prefix={prefix} name="fullName" label={shared.fullName} />
      <TextField
        form={form}
        prefix={prefix}
        name="staffCode"
        label={shared.staffCode}
        classes="govuk-input--width-20"
      />
      <TextField form={form} prefix={prefix} name="email" label={shared.email} type="email" />
      <TextField
        form={form}
        prefix={prefix}
        name="phone"
        label={shared.phone}
        type="tel"
        classes="govuk-input--width-20"
      />
    </>
  );
}

/** A new officer in a first post. */
export function NewPersonPage(props: { form: FormState; choice: PostChoice }) {
  const own = words.use();
  const shared = adminWords.use();
  return (
    <WorkspaceLayout
      title={own.add}
      hasErrors={Object.keys(props.form.errors).length > 0}
      breadcrumbs={[{ text: shared.people, path: paths.adminPeople() }]}
    >
      <ErrorSummaryFor form={props.form} />
      <ChooseUnit choice={props.choice} action={paths.adminPersonNew()} />
      <Form action={paths.adminPersonNew()}>
        <OfficerFields form={props.form} prefix="" />
        <PostFields form={props.form} prefix="" choice={props.choice} />
        <Button text={own.add} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}

export type PersonFormName = 'facts' | 'appoint' | 'end' | 'substitute';
export interface PersonPageProps {
  officer: Officer;
  today: string;
  appointments: readonly HeldPost[];
  substitutions: readonly Substitution[];
  people: ReadonlyMap<string, string>;
  postTitles: ReadonlyMap<string, Post>;
  names: ReadonlyMap<string, UnitName>;
  choice: PostChoice;
  forms: Record<PersonFormName, FormState>;
  failed: PersonFormName | null;
}

/** One officer: facts, posts held and past, substitutions, and the forms that change them. */
export function PersonPage(props: PersonPageProps) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  const { officer, forms, failed } = props;
  const period = (of: { validFrom: string; validTo: string | null }) =>
    `${formatDate(of.validFrom)} – ${of.validTo ? formatDate(of.validTo) : shared.open}`;
  const current = props.appointments.filter((held) => held.validTo === null || held.validTo >= props.today);
  return (
    <WorkspaceLayout
      title={officer.fullName}
      caption={officer.staffCode}
      hasErrors={failed !== null}
      breadcrumbs={[{ text: shared.people, path: paths.adminPeople() }]}
    >
      {failed && (
        <ErrorSummaryFor
          form={forms[failed]}
          targets={Object.fromEntries(Object.keys(forms[failed].errors).map((name) => [name, `${failed}-${name}`]))}
        />
      )}
      <PersonDay officerId={officer.id} on={props.today} />
      <h2 class="govuk-heading-m">{shared.posts}</h2>
      <Table
        caption={shared.posts}
        captionClasses="govuk-visually-hidden"
        head={[{ text: shared.post }, { text: shared.unit }, { text: shared.period }, { text: shared.decision }]}
        rows={props.appointments.map((held) => [
          { text: localTitle(held, locale) },
          { text: localName(props.names.get(held.unitId), locale) },
          { text: period(held) },
          { text: held.decisionNumber ?? '' },
        ])}
      />
      {current.map((held) => (
        <Details
          summaryText={`${own.end}: ${localTitle(held, locale)}`}
          open={failed === 'end' && forms.end.values['appointmentId'] === held.appointmentId}
        >
          <Form action={paths.adminPersonAppointmentEnd({ id: officer.id, appointmentId: held.appointmentId })}>
            <DayField
              form={forms.end}
              prefix={failed === 'end' ? 'end-' : `end-${held.appointmentId}-`}
              name="lastDay"
              label={own.lastDay}
            />
            <Button text={own.end} classes="govuk-button--warning" preventDoubleClick />
          </Form>
        </Details>
      ))}
      <Details summaryText={own.appoint} open={failed === 'appoint' || props.choice.unitCode !== ''}>
        <ChooseUnit choice={props.choice} action={paths.adminPerson({ id: officer.id })} />
        <Form action={paths.adminPersonAppointments({ id: officer.id })}>
          <PostFields form={forms.appoint} prefix="appoint-" choice={props.choice} />
          <Button text={own.appoint} preventDoubleClick />
        </Form>
      </Details>
      <h2 class="govuk-heading-m">{own.substitutions}</h2>
      {props.substitutions.length > 0 && (
        <Table
          caption={own.substitutions}
          captionClasses="govuk-visually-hidden"
          head={[
            { text: own.from },
            { text: own.to },
            { text: shared.post },
            { text: shared.period },
            { text: own.document },
            { text: own.revoke },
          ]}
          rows={props.substitutions.map((each) => {
            const post = props.postTitles.get(each.postId);
            return [
              { text: props.people.get(each.fromOfficerId) ?? '' },
              { text: props.people.get(each.toOfficerId) ?? '' },
              { text: post ? localTitle(post, locale) : '' },
              { text: period(each) },
              { text: each.documentNumber },
              {
                html:
                  each.revokedOn !== null ? (
                    `${own.revoked} ${formatDate(each.revokedOn)}`
                  ) : each.validTo < props.today ? (
                    ''
                  ) : (
                    <Form action={paths.adminPersonSubstitutionEnd({ id: officer.id, substitutionId: each.id })}>
                      <Button text={own.revoke} classes="govuk-button--secondary" />
                    </Form>
                  ),
              },
            ];
          })}
        />
      )}
      {current.length > 0 && (
        <Details summaryText={own.substitute} open={failed === 'substitute'}>
          <Form action={paths.adminPersonSubstitutions({ id: officer.id })}>
            <Select
              {...bound(forms.substitute, 'postId')}
              id="substitute-postId"
              label={{ text: shared.post }}
              items={current.map((held) => ({
                value: held.postId,
                text: `${localTitle(held, locale)} — ${localName(props.names.get(held.unitId), locale)}`,
              }))}
            />
            <TextField
              form={forms.substitute}
              prefix="substitute-"
              name="toCode"
              label={own.toCode}
              classes="govuk-input--width-20"
            />
            <TextField
              form={forms.substitute}
              prefix="substitute-"
              name="documentNumber"
              label={own.document}
              classes="govuk-input--width-20"
            />
            <TextField form={forms.substitute} prefix="substitute-" name="scopeNote" label={own.scope} />
            <DayField form={forms.substitute} prefix="substitute-" name="validFrom" label={shared.from} />
            <DayField form={forms.substitute} prefix="substitute-" name="validTo" label={shared.to} />
            <Button text={own.substitute} preventDoubleClick />
          </Form>
        </Details>
      )}
      <Details summaryText={own.facts} open={failed === 'facts'}>
        <Form action={paths.adminPerson({ id: officer.id })}>
          <input type="hidden" name="version" value={officer.version} />
          <OfficerFields form={forms.facts} prefix="facts-" />
          <DayField form={forms.facts} prefix="facts-" name="leftOn" label={own.leftOn} />
          <Button text={shared.save} preventDoubleClick />
        </Form>
      </Details>
    </WorkspaceLayout>
  );
}
