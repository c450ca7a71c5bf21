import type { LocalText } from '../../platform/problems.ts';
import { versionPublished } from '../../foundation/catalogues/index.ts';
import {
  actTakenBack,
  appointmentMoved,
  dossierApproved,
  dossierCompleted,
  dossierExtended,
  dossierReceived,
  dossierRefused,
  dossierSentBack,
  dossierStopped,
  dossierSubmitted,
  dossierWithdrawn,
  feeRecorded,
  feeRequested,
  resultReturned,
  stepFinished,
  stepStarted,
  supplementAnswered,
  supplementRequested,
} from '../dossiers/index.ts';
import { procedurePublished, procedureRetired } from '../procedures/index.ts';

/** Events of dossiers that a program may be told of: those of the dossiers it may read. */
export const dossierEvents = [
  dossierSubmitted,
  dossierReceived,
  dossierRefused,
  supplementRequested,
  supplementAnswered,
  feeRequested,
  feeRecorded,
  stepStarted,
  stepFinished,
  dossierApproved,
  dossierSentBack,
  dossierCompleted,
  resultReturned,
  dossierWithdrawn,
  dossierStopped,
  dossierExtended,
  appointmentMoved,
  actTakenBack,
] as const;
/** Events that are for everybody. */
export const publicEvents = [procedurePublished, procedureRetired, versionPublished] as const;

/** `dossiers.received` → `dossier.received`: the name outside, which is permanent. */
export const kindOf = (eventName: string): string => eventName.replace(/^([a-z]+)s\./, '$1.');

/** Every kind a program may subscribe to, with its words. */
export const webhookKinds: ReadonlyMap<string, LocalText> = new Map(
  [...dossierEvents, ...publicEvents].map(({ name, title }) => [kindOf(name), title]),
);
export const isDossierKind = (kind: string): boolean => kind.startsWith('dossier.');

/** The kind of a message that only tries the way. */
export const PING = 'ping';
