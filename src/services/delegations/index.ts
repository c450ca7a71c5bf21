export {
  delegationKinds,
  mayAnswer,
  type Delegation,
  type DelegationRight,
  type DelegationScope,
  type Ward,
} from './delegation.ts';
export {
  endDelegationsOf,
  findMandate,
  findStored,
  listGiven,
  listHeld,
  listMandatesFor,
  type Mandate,
  type MandateSubject,
} from './delegation-queries.ts';
export { mandateEnded } from './delegation-problems.ts';
export { proposeDelegation, type NewDelegation } from './propose-delegation.ts';
export { answerDelegation, confirmDelegation, withdrawDelegation } from './answer-delegation.ts';
export { mergeDelegations } from './merge-delegations.ts';
export { withNames } from './read-delegation.ts';
