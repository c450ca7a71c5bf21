export { rulePack, rulePacks, rulesOn } from './rules.ts';
export {
  agencyScheme,
  formatDossierCode,
  formatResultCode,
  isAgencyIdentifier,
  parseDossierCode,
  parseResultCode,
  sequenceExhausted,
  type DossierCode,
} from './codes.ts';
export { compensationLaw, statutoryHolidays, type StatutoryHoliday } from './holiday-law.ts';
export type {
  AgencyScheme,
  Basis,
  Certainty,
  FormKind,
  NationalState,
  PackId,
  PrintedForm,
  RulePack,
  ServiceLevel,
  SupplementRule,
  TierOfGovernment,
  TimeUnit,
} from './rule-pack.ts';
