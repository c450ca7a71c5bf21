import { defineProblem } from '../../../platform/problems.ts';

export const upgradeMissing = defineProblem({
  code: 'procedures.upgrade-missing',
  status: 404,
  title: { vi: 'Không có đợt nâng mức này', en: 'There is no such operation' },
});
export const upgradeUndone = defineProblem({
  code: 'procedures.upgrade-undone',
  status: 409,
  title: { vi: 'Đợt nâng mức này đã được hoàn tác', en: 'This operation has been undone already' },
});
