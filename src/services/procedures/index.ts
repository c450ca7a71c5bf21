export type {
  Audience,
  Channel,
  ChannelKind,
  Fee,
  FileLimits,
  Level,
  Paper,
  PaperCase,
  PlannedStep,
  Procedure,
  ProcedureContent,
  StepPlan,
  StepRole,
  TimeLimit,
  Words,
} from './procedure.ts';
export { audiences, channelOf, fixedFeeDong, isValidOn, levels, paperOf, wordsIn } from './procedure.ts';
export {
  countFacets,
  findProcedure,
  findVersion,
  listCurrentByIds,
  listCurrentByCode,
  listFields,
  listProcedures,
  listSummaries,
  listVersions,
  type FacetCounts,
  type Field,
  type ListFilter,
  type ProcedureSummary,
} from './procedure-queries.ts';
export {
  findOffer,
  findOfferOf,
  offersFor,
  offersOf,
  offersReceivedAt,
  procedureNames,
  type Offer,
} from './offer-queries.ts';
export { moveOffers } from './move-offers.ts';
export { procedureIdsOf } from './offer-move-queries.ts';
export { closeOffer, openOffers, timeLimitOf } from './manage-offers.ts';
export { procedurePublished, procedureRetired } from './procedure-events.ts';
export { publishProcedure, retireProcedure } from './publish-procedure.ts';
export { procedureDocumentKind } from './index-procedure.ts';
export { offerNotFound, procedureNotFound } from './procedure-problems.ts';
export { renderBlankForm, renderFilledForm, type FilledForm } from './render-form.ts';
