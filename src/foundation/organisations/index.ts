export { findUnit, getUnit } from './get-unit.ts';
export {
  agencyCodesOf,
  ancestorsOf,
  descendantsOf,
  findByAgencyCode,
  findUnitByKey,
  listChildren,
  listUnitsByIds,
  namesOf,
  searchUnits,
  unitIdsByKey,
  unitsOn,
  type UnitName,
} from './unit-queries.ts';
export type { Unit } from './unit.ts';
export { broughtForward, forebearsOf, heirsOf } from './kin-queries.ts';
export { listSuccession, type Succession } from './unit-write-queries.ts';
export {
  findOfficer,
  listOfficersByIds,
  listOfficersByStaffCode,
  postsOf,
  staffOf,
  type StaffMember,
} from './officer-queries.ts';
export type { HeldPost, Officer } from './officer.ts';
export { actedPosts, findPost, listPostsByIds, type Post, type Substitution } from './post-queries.ts';
export { grantsOf, holdersOf, listRoles, type Holder } from './role-queries.ts';
export { loadAddressBook, type PlaceBook } from './address-book.ts';
export { provinceOf, type Province } from './province-file.ts';
export { loadProvinceUnits } from './load-province-units.ts';
export { demoOfficers } from './demo-staff.ts';
export { manageOrganisations } from './organisation-permissions.ts';
export { decisionOf } from './reorganisation.ts';
export {
  provideUnitMove,
  type Ambiguity,
  type MoveLine,
  type MoveStep,
  type Obstacle,
  type UnitMove,
  type UnitMovePlan,
  type UnitMovePreview,
} from './unit-move.ts';
export { isOverOfficer, reachesWithin } from './change-officer.ts';
export { createOfficer } from './create-officer.ts';
export { createPost, setPostRoles } from './manage-post.ts';
