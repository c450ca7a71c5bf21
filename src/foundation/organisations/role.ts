/** Over which units a post holds a role. */
export const roleReaches = ['unit', 'unit-and-below', 'listed', 'all'] as const;
export type RoleReach = (typeof roleReaches)[number];

/** A named set of permissions; roles are data, permissions come from the modules. */
export interface Role {
  id: string;
  key: string;
  nameVi: string;
  nameEn: string;
  descriptionVi: string;
  descriptionEn: string;
  sortOrder: number;
  permissions: string[];
  version: number;
}

export interface PostRole {
  postId: string;
  roleId: string;
  roleKey: string;
  nameVi: string;
  nameEn: string;
  reach: RoleReach;
  unitIds: string[];
}
