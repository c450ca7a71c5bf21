import { defineEvent } from '../../../platform/events.ts';

export const upgradesRun = defineEvent<{ upgradeId: string; scope: string; mode: string; upgraded: number; refused: number; reason: string }>(
  'procedures.upgraded',
  { vi: 'Nâng mức dịch vụ công trực tuyến hàng loạt', en: 'Levels of online service raised' },
); // prettier-ignore
export const upgradeTakenBack = defineEvent<{ upgradeId: string; undone: number; kept: number; reason: string }>(
  'procedures.upgrade-undone',
  { vi: 'Hoàn tác đợt nâng mức dịch vụ công trực tuyến', en: 'Raised levels of online service taken back' },
);
