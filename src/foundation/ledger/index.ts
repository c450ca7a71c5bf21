export { provideSealedState, type SealedState } from './sealed-state.ts';
export { runOffline } from './offline-commands.ts';
export { eraseLink } from './erase-link.ts';
export { listProvable, proveEvent } from './prove-event.ts';
export { proofCode, proofFile, type Proof } from './proof.ts';
