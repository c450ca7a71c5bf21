import { defineMessage } from '../../foundation/notifications/index.ts';

export const expiryMessage = defineMessage<'paper' | 'day'>(
  'paperstore.expires',
  {
    vi: {
      subject: '{paper} hết hạn ngày {day}',
      body: 'Giấy tờ “{paper}” trong kho của bạn có giá trị đến hết ngày {day}. Hãy làm thủ tục cấp đổi sớm; khi có bản mới, mở giấy tờ trong kho và chọn Thay bản mới.',
    },
    en: {
      subject: '{paper} expires on {day}',
      body: 'The paper “{paper}” in your store is valid up to {day}. Renew it in time; when you have the new one, open the paper and replace it.',
    },
  },
  { kind: 'reminder' },
);
export const consentUsedMessage = defineMessage<'who' | 'count'>(
  'paperstore.consent-used',
  {
    vi: {
      subject: '{who} đã dùng mã lấy giấy tờ của bạn',
      body: '{who} vừa nhập mã bạn cho và thấy {count} giấy tờ trong kho của bạn. Nếu không phải bạn đưa mã, hãy gọi tổng đài ngay. Mọi lần mở đều ghi ở mục Ai đã xem.',
    },
    en: {
      subject: '{who} has used your code for papers',
      body: '{who} has just typed the code you gave and sees {count} of your stored papers. If it was not you who gave it, call the hotline at once. Each look stands under Who has looked.',
    },
  },
  { kind: 'safety' },
);
export const takenForYouMessage = defineMessage<'who' | 'paper' | 'procedure'>(
  'paperstore.taken-for-you',
  {
    vi: {
      subject: '{who} đã lấy giấy tờ trong kho của bạn',
      body: '{who} vừa lấy “{paper}” trong kho giấy tờ của bạn để nộp “{procedure}” thay bạn theo ủy quyền. Nếu không đúng, hãy rút ủy quyền ở mục Ủy quyền và gọi tổng đài.',
    },
    en: {
      subject: '{who} has taken a paper of your store',
      body: '{who} has just taken “{paper}” of your store for “{procedure}”, which they apply for under your mandate. If it is wrong, withdraw the mandate under Mandates and call the hotline.',
    },
  },
  { kind: 'safety' },
);
