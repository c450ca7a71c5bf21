import { useLocale } from '../../../platform/http/page-context.ts';
import type { Permission, PermissionField } from '../../../platform/access.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { boundMany, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Post } from '../post-queries.ts';
import { roleReaches, type PostRole, type Role, type RoleReach } from '../role.ts';
import type { Unit } from '../unit.ts';
import { adminWords, localName, localTitle } from './admin-words.ts';
import { DayField, TextField } from './unit-fields.tsx';

const words = localWords({
  vi: {
    matrix: 'Vai trò và quyền',
    permission: 'Quyền',
    field: 'Giữ trên',
    fields: {
      unit: 'Các đơn vị của vị trí',
      counter: 'Ai đến quầy, ở bất kỳ quầy nào của tỉnh',
      province: 'Việc chung của cả tỉnh',
    } satisfies Record<PermissionField, string>,
    yes: 'Có',
    permissions: 'Các quyền của vai trò',
    descriptionVi: 'Mô tả',
    descriptionEn: 'Mô tả tiếng Anh',
    newRole: 'Thêm vai trò',
    key: 'Mã vai trò (chữ thường, không dấu)',
    rolesOfPost: 'Vai trò của vị trí',
    noRole: 'Không giữ vai trò này',
    lastDay: 'Ngày cuối cùng của vị trí (khi bỏ vị trí)',
  },
  en: {
    matrix: 'Roles and permissions',
    permission: 'Permission',
    field: 'Holds over',
    fields: {
      unit: 'The units of the post',
      counter: 'Whoever comes, at any counter of the province',
      province: 'What the province has once',
    },
    yes: 'Yes',
    permissions: 'Permissions of the role',
    descriptionVi: 'Description in Vietnamese',
    descriptionEn: 'Description',
    newRole: 'Add a role',
    key: 'Code of the role (small letters)',
    rolesOfPost: 'Roles of the post',
    noRole: 'Does not hold this role',
    lastDay: 'Last day of the post (when it is abolished)',
  },
});

/** How far a role of a post reaches, in words. */
export const REACH: Record<RoleReach, { vi: string; en: string }> = {
  unit: { vi: 'Đơn vị của vị trí', en: 'The unit of the post' },
  'unit-and-below': { vi: 'Đơn vị và các đơn vị trực thuộc', en: 'The unit and all below' },
  listed: { vi: 'Cả cơ quan chủ quản (danh sách đơn vị)', en: 'A list of units' },
  all: { vi: 'Toàn tỉnh', en: 'The whole province' },
};

const nameOf = (role: { nameVi: string; nameEn: string }, locale: 'vi' | 'en') =>
  locale === 'vi' ? role.nameVi : role.nameEn;

/** Which role holds which permission, as one table; each role's heading leads to its page. */
export function RolesPage(props: {
  roles: readonly Role[];
  permissions: readonly Permission[];
  canChange: boolean;
  form: FormState;
}) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout title={own.matrix} hasErrors={Object.keys(props.form.errors).length > 0}>
      <ErrorSummaryFor form={props.form} />
      <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.matrix}>
        <table class="govuk-table sen-table">
          <caption class="govuk-visually-hidden">{own.matrix}</caption>
          <thead class="govuk-table__head">
            <tr class="govuk-table__row">
              <th scope="col" class="govuk-table__header">
                {own.permission}
              </th>
              <th scope="col" class="govuk-table__header">
                {own.field}
              </th>
              {props.roles.map((role) => (
                <th scope="col" class="govuk-table__header">
                  <Link to={paths.adminRole({ id: role.id })}>{nameOf(role, locale)}</Link>
                </th>
              ))}
            </tr>
          </thead>
          <tbody class="govuk-table__body">
            {props.permissions.map((permission) => (
              <tr class="govuk-table__row">
                <th scope="row" class="govuk-table__header">
                  {permission.title[locale]}
                </th>
                <td class="govuk-table__cell">{own.fields[permission.field]}</td>
                {props.roles.map((role) => (
                  <td class="govuk-table__cell">{role.permissions.includes(permission.name) ? own.yes : ''}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {props.canChange && (
        <Form action={paths.adminRoles()}>
          <h2 class="govuk-heading-m">{own.newRole}</h2>
          <TextField form={props.form} name="key" label={own.key} classes="govuk-input--width-20" />
          <TextField form={props.form} name="nameVi" label={shared.nameVi} />
          <Button text={own.newRole} preventDoubleClick />
        </Form>
      )}
    </WorkspaceLayout>
  );
}

/** One role: its words and its permissions. */
export function RolePage(props: {
  role: Role;
  permissions: readonly Permission[];
  canChange: boolean;
  form: FormState;
}) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  const { role, form } = props;
  return (
    <WorkspaceLayout
      title={nameOf(role, locale)}
      caption={role.key}
      hasErrors={Object.keys(form.errors).length > 0}
      breadcrumbs={[{ text: shared.roles, path: paths.adminRoles() }]}
    >
      <ErrorSummaryFor form={form} />
      <Form action={paths.adminRole({ id: role.id })}>
        <input type="hidden" name="version" value={role.version} />
        <TextField form={form} name="nameVi" label={shared.nameVi} />
        <TextField form={form} name="nameEn" label={shared.nameEn} />
        <TextField form={form} name="descriptionVi" label={own.descriptionVi} />
        <TextField form={form} name="descriptionEn" label={own.descriptionEn} />
        <Checkboxes
          {...boundMany(form, 'permission')}
          fieldset={{ legend: { text: own.permissions, classes: 'govuk-fieldset__legend--m' } }}
          classes="govuk-checkboxes--small"
          items={props.permissions.map((permission) => ({
            value: permission.name,
            text: permission.title[locale],
            hint: { text: `${permission.name}. ${own.field}: ${own.fields[permission.field]}` },
          }))}
        />
        {props.canChange && <Button text={shared.save} preventDoubleClick />}
      </Form>
    </WorkspaceLayout>
  );
}

/** One post: title, end, and which roles it holds over which units. */
export function PostPage(props: {
  post: Post;
  unit: Unit | undefined;
  roles: readonly Role[];
  held: readonly PostRole[];
  canManage: boolean;
  form: FormState;
}) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  const { post, form } = props;
  const reachOf = (roleId: string) => props.held.find((each) => each.roleId === roleId);
  return (
    <WorkspaceLayout
      title={localTitle(post, locale)}
      caption={localName(props.unit, locale)}
      hasErrors={Object.keys(form.errors).length > 0}
      breadcrumbs={[
        { text: shared.units, path: paths.adminUnits() },
        { text: localName(props.unit, locale), path: paths.adminUnit({ id: post.unitId }) },
      ]}
    >
      <ErrorSummaryFor form={form} />
      <p class="govuk-body">
        {shared.period}: {formatDate(post.validFrom)} – {post.validTo ? formatDate(post.validTo) : shared.open}
      </p>
      {props.canManage && (
        <>
          <Form action={paths.adminPostRoles({ id: post.id })}>
            <h2 class="govuk-heading-m">{own.rolesOfPost}</h2>
            {props.roles.map((role) => (
              <Select
                name={`role-${role.key}`}
                label={{ text: nameOf(role, locale) }}
                value={reachOf(role.id)?.reach ?? ''}
                items={[
                  { value: '', text: own.noRole },
                  ...roleReaches
                    .filter((reach) => reach !== 'listed' || reachOf(role.id)?.reach === 'listed')
                    .map((reach) => ({ value: reach, text: REACH[reach][locale] })),
                ]}
              />
            ))}
            <Button text={shared.save} preventDoubleClick />
          </Form>
          <Form action={paths.adminPost({ id: post.id })}>
            <h2 class="govuk-heading-m">{shared.post}</h2>
            <input type="hidden" name="version" value={post.version} />
            <TextField form={form} name="titleVi" label={shared.titleVi} />
            <TextField form={form} name="titleEn" label={shared.titleEn} />
            <DayField form={form} name="validTo" label={own.lastDay} />
            <Button text={shared.save} preventDoubleClick />
          </Form>
        </>
      )}
    </WorkspaceLayout>
  );
}
