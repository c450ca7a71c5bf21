export { forgetAssuranceRules } from './assurance-queries.ts';
export type { AccountKind, BusinessFacts, Gender, PersonFacts } from './account.ts';
export { maskContact, maskName } from './account.ts';
export {
  findApplicantAccount,
  findBusiness,
  findPerson,
  listBusinessesOf,
  listLogins,
  listSignIns,
} from './account-queries.ts';
export { listAccountNames, type AccountName } from './account-name-queries.ts';
export { closeAccount, reopenAccount } from './close-account.ts';
export { listClosedAccounts, stillClosed } from './person-queries.ts';
export { findAccountByNumber } from './person-queries.ts';
export { correctPerson, removeContact } from './correct-person.ts';
export { moveAccounts } from './move-accounts.ts';
export {
  accountMerges,
  provideAccountMerge,
  type AccountMerge,
  type AccountMergePlan,
  type MergeFate,
  type MergeLine,
  type MovedThings,
} from './account-merge.ts';
export { closeMergedAccount, mergeAccountFacts, reopenMergedAccount } from './merge-accounts.ts';
export { clientActors, findServiceByName, resolveClient } from './api-clients.ts';
export { isAllowedOrigin } from './oidc-app-queries.ts';
export { demoAccounts, hasDemoAccounts, type DemoAccount } from './demo-accounts.ts';
export { appsManage, appsRequest, identityManage } from './identity-permissions.ts';
export {
  identityNumberAgrees,
  normaliseEmail,
  normaliseIdentityNumber,
  normalisePhone,
  normaliseTaxCode,
} from './login-name.ts';
export { idleLockMinutes, listPostsOf, resolveSession, type PostOption } from './session-queries.ts';
export { insertDemoPeople, listDemoAccounts, type DemoPerson } from './demo-people-queries.ts';
export { leadToProof } from './step-up-routes.tsx';
export { missingProof } from './missing-proof.ts';
export { keepWhileLocked } from './session-routes.tsx';
export { listInvitationsOf } from './member-queries.ts';
export { saveDisplayChoice } from './display-queries.ts';
