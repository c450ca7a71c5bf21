import { defineProblem } from '../../platform/problems.ts';

export const reasonNeeded = defineProblem({
  code: 'readings.reason-needed',
  status: 422,
  title: {
    vi: 'Cần nêu lý do xem thông tin của người dân',
    en: 'A reason for looking at this person’s file is needed',
  },
  advice: {
    vi: 'Lý do được ghi lại và người đó xem được.',
    en: 'The reason is recorded, and the person can see it.',
  },
});
