export { provideSealedState, type SealedState } from './sealed-state.ts';
