import { can, definedPermissions, type Permission } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { parseDay } from '../../platform/day.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { formatDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { findUnit } from './get-unit.ts';
import { changePost, setPostRoles, type RoleAssignment } from './manage-post.ts';
import { changeRole, createRole } from './manage-role.ts';
import { changeRights, manageOrganisations } from './organisation-permissions.ts';
import { postMissing, roleMissing } from './organisation-problems.ts';
import { findPost, type Post } from './post-queries.ts';
import { findRole, listRoles, rolesOfPosts } from './role-queries.ts';
import { roleReaches, type Role } from './role.ts';
import type { FieldErrors } from './unit.ts';
import { valuesOf } from './unit-routes.tsx';
import { errorTexts } from './views/admin-words.ts';
import { PostPage, RolePage, RolesPage } from './views/role-pages.tsx';

const access = { permission: manageOrganisations };
const isEverywhere = (request: WebRequest) => request.actor.grants.get(manageOrganisations.name) === 'all';

/** Permissions that modules declare, and those that roles already name although no module of this program declares them. */
function allPermissions(declared: readonly Permission[], roles: readonly Role[]): Permission[] {
  const names = new Set(declared.map((permission) => permission.name));
  const unknown = [...new Set(roles.flatMap((role) => role.permissions))].filter((name) => !names.has(name));
  return [...declared, ...unknown.map((name) => ({ name, title: { vi: name, en: name }, field: 'unit' as const }))];
}

async function roles(
  request: WebRequest,
  declared: readonly Permission[],
  form: FormState = freshForm(),
): Promise<Reply> {
  const all = await listRoles(request.reader);
  const status = Object.keys(form.errors).length > 0 ? 422 : 200;
  return page(
    <RolesPage roles={all} permissions={allPermissions(declared, all)} canChange={isEverywhere(request)} form={form} />,
    { status },
  );
}

async function addRole(request: WebRequest, declared: readonly Permission[]): Promise<Reply> {
  const fields = await request.form();
  const key = (fields.get('key') ?? '').trim();
  const name = (fields.get('nameVi') ?? '').trim();
  const errors: FieldErrors = {};
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(key)) errors['key'] = key === '' ? 'missing' : 'wrong';
  if (name === '' || name.length > 200) errors['nameVi'] = name === '' ? 'missing' : 'too-long';
  if (Object.keys(errors).length > 0)
    return roles(request, declared, { values: valuesOf(fields), errors: errorTexts(errors, request.locale) });
  const words = { nameVi: name, nameEn: name, descriptionVi: name, descriptionEn: name };
  const id = await request.command((tx) => createRole(tx, request.actor, { key, ...words, permissions: [] }));
  return seeOther(request.href(paths.adminRole({ id })));
}

async function roleOf(request: WebRequest): Promise<Role> {
  const id = request.params['id'] ?? '';
  const role = isId(id) ? await findRole(request.reader, id) : undefined;
  if (!role) throw problem(roleMissing);
  return role;
}

async function showRole(request: WebRequest, declared: readonly Permission[], form?: FormState): Promise<Reply> {
  const role = await roleOf(request);
  const { nameVi, nameEn, descriptionVi, descriptionEn } = role;
  const shown = form ?? freshForm({ nameVi, nameEn, descriptionVi, descriptionEn, permission: role.permissions });
  const permissions = allPermissions(declared, [role]);
  return page(<RolePage role={role} permissions={permissions} canChange={isEverywhere(request)} form={shown} />, {
    status: form ? 422 : 200,
  });
}

async function saveRole(request: WebRequest, declared: readonly Permission[]): Promise<Reply> {
  const role = await roleOf(request);
  const fields = await request.form();
  const known = new Set(allPermissions(declared, [role]).map((permission) => permission.name));
  const permissions = [...new Set(fields.getAll('permission'))].filter((name) => known.has(name));
  const text = (name: string) => (fields.get(name) ?? '').trim();
  const names = ['nameVi', 'nameEn', 'descriptionVi', 'descriptionEn'] as const;
  const errors: FieldErrors = {};
  for (const name of names) {
    if (text(name) === '') errors[name] = 'missing';
    else if (text(name).length > 300) errors[name] = 'too-long';
  }
  if (Object.keys(errors).length > 0)
    return showRole(request, declared, {
      values: { ...valuesOf(fields), permission: permissions },
      errors: errorTexts(errors, request.locale),
    });
  const [nameVi, nameEn, descriptionVi, descriptionEn] = names.map(text) as [string, string, string, string];
  const version = Number(fields.get('version'));
  await request.command((tx) =>
    changeRole(tx, request.actor, role.id, version, { nameVi, nameEn, descriptionVi, descriptionEn, permissions }),
  );
  return seeOther(request.href(paths.adminRoles()));
}

async function postOf(request: WebRequest): Promise<Post> {
  const id = request.params['id'] ?? '';
  const post = isId(id) ? await findPost(request.reader, id) : undefined;
  if (!post) throw problem(postMissing);
  return post;
}

async function showPost(request: WebRequest, form?: FormState): Promise<Reply> {
  const post = await postOf(request);
  const [unit, all, held] = await Promise.all([
    findUnit(request.reader, post.unitId, localDate(request.now)).then(
      (found) => found ?? findUnit(request.reader, post.unitId, post.validFrom),
    ),
    listRoles(request.reader),
    rolesOfPosts(request.reader, [post.id]),
  ]);
  const shown =
    form ??
    freshForm({ titleVi: post.titleVi, titleEn: post.titleEn, validTo: post.validTo ? formatDate(post.validTo) : '' });
  const canManage = can(request.actor, manageOrganisations, { unitId: post.unitId });
  return page(<PostPage post={post} unit={unit} roles={all} held={held} canManage={canManage} form={shown} />, {
    status: form ? 422 : 200,
  });
}

async function savePost(request: WebRequest): Promise<Reply> {
  const post = await postOf(request);
  const fields = await request.form();
  const titleVi = (fields.get('titleVi') ?? '').trim();
  const titleEn = (fields.get('titleEn') ?? '').trim() || titleVi;
  const typed = (fields.get('validTo') ?? '').trim();
  const validTo = typed === '' ? null : parseDay(typed);
  const errors: FieldErrors = {};
  if (titleVi === '') errors['titleVi'] = 'missing';
  else if (titleVi.length > 200) errors['titleVi'] = 'too-long';
  if (titleEn.length > 200) errors['titleEn'] = 'too-long';
  if (typed !== '' && validTo === null) errors['validTo'] = 'not-a-date';
  if (Object.keys(errors).length > 0)
    return showPost(request, { values: valuesOf(fields), errors: errorTexts(errors, request.locale) });
  const { isLeader, sortOrder } = post;
  const version = Number(fields.get('version'));
  await request.command((tx) =>
    changePost(tx, request.actor, post.id, version, { titleVi, titleEn, isLeader, sortOrder, validTo }),
  );
  return seeOther(request.href(paths.adminPost({ id: post.id })));
}

async function savePostRoles(request: WebRequest): Promise<Reply> {
  const post = await postOf(request);
  const fields = await request.form();
  const held = await rolesOfPosts(request.reader, [post.id]);
  const assignments: RoleAssignment[] = (await listRoles(request.reader)).flatMap((role) => {
    const reach = roleReaches.find((each) => each === fields.get(`role-${role.key}`));
    if (reach === undefined) return [];
    const unitIds = held.find((each) => each.roleId === role.id)?.unitIds ?? [];
    return [{ roleId: role.id, reach, unitIds: reach === 'listed' ? unitIds : [] }];
  });
  await request.command((tx) => setPostRoles(tx, request.actor, post.id, assignments));
  return seeOther(request.href(paths.adminPost({ id: post.id })));
}

/** Pages of roles and of the posts that hold them. */
export function roleRoutes(web: Web): void {
  const declared = definedPermissions; // asked at each request: modules declare theirs while they load
  web.get(paths.adminRoles, { access }, (request) => roles(request, declared()));
  web.post(paths.adminRoles, { access, act: changeRights }, (request) => addRole(request, declared()));
  web.get(paths.adminRole, { access }, (request) => showRole(request, declared()));
  web.post(paths.adminRole, { access, act: changeRights }, (request) => saveRole(request, declared()));
  web.get(paths.adminPost, { access }, (request) => showPost(request));
  web.post(paths.adminPost, { access }, savePost);
  web.post(paths.adminPostRoles, { access, act: changeRights }, savePostRoles);
}
