import { paths } from '../../ui/paths.ts';
import type { Act } from '../dossiers/index.ts';

type Path = typeof paths.dossierReceipt;

/** The address of each act's page. */
const actPaths = {
  receive: paths.dossierReceipt,
  refuse: paths.dossierRefusal,
  requestSupplement: paths.dossierSupplement,
  answerSupplement: paths.dossierSupplementAnswer,
  requestFee: paths.dossierFeeRequest,
  recordFee: paths.dossierFee,
  assign: paths.dossierAssignment,
  startStep: paths.dossierStepStart,
  finishStep: paths.dossierStep,
  approve: paths.dossierApproval,
  sendBack: paths.dossierStepBack,
  complete: paths.dossierResult,
  returnResult: paths.dossierReturn,
  withdraw: paths.dossierWithdrawal,
  stop: paths.dossierStop,
  extend: paths.dossierExtension,
} as const satisfies Record<Exclude<Act, 'takeBack'>, unknown>;

export const deskActs = Object.keys(actPaths) as Exclude<Act, 'takeBack'>[];
export const pathOfAct = (act: Exclude<Act, 'takeBack'>): Path => actPaths[act] as unknown as Path;
