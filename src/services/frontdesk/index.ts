/* The front door. Nobody above needs more of the front desk yet than what a page of an official shows. */
export { unitsInReach } from './actor-reach.ts';
export { applicantMessages, officialMessages } from './desk-messages.ts';
export { movePhrases } from './move-phrases.ts';
