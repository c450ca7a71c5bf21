import { defineProblem } from '../../platform/problems.ts';

export const judgeBusy = defineProblem({
  code: 'signatures.judge-busy',
  status: 503,
  title: { vi: 'Đang có nhiều tệp chờ kiểm tra', en: 'Many files are waiting to be checked' },
  advice: { vi: 'Hãy thử lại sau một phút.', en: 'Try again in a minute.' },
});
