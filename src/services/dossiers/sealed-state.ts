import type { SealedState } from '../../foundation/ledger/index.ts';
import { dossierSubmitted } from './dossier-events.ts';
import { compareWithEvents, listMissingDossiers } from './state-queries.ts';
import { trackingNumberOf } from './submission.ts';

/** State, code and dates of a dossier, as the ledger holds them to its events. */
export const dossierState: SealedState = {
  kind: 'dossier',
  title: { vi: 'Hồ sơ', en: 'Dossier' },
  begins: dossierSubmitted.name,
  labelOf: trackingNumberOf,
  compare: compareWithEvents,
  listMissing: listMissingDossiers,
};
