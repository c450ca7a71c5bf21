export type { AccountKind, BusinessFacts, Gender, PersonFacts } from './account.ts';
export { maskContact, maskName } from './account.ts';
export { findApplicantAccount, findBusiness, findPerson, listLogins } from './account-queries.ts';
export { resolveClient } from './api-clients.ts';
export { demoAccounts, hasDemoAccounts, type DemoAccount } from './demo-accounts.ts';
export { identityManage } from './identity-permissions.ts';
export {
  identityNumberAgrees,
  normaliseEmail,
  normaliseIdentityNumber,
  normalisePhone,
  normaliseTaxCode,
} from './login-name.ts';
export { idleLockMinutes, listPostsOf, resolveSession, type PostOption } from './session-queries.ts';
export { insertDemoPeople, listDemoAccounts, type DemoPerson } from './demo-people-queries.ts';
export { keepWhileLocked } from './session-routes.tsx';
