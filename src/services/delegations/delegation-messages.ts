import { defineMessage } from '../../foundation/notifications/index.ts';

type Values = 'who' | 'until';

export const proposedMessage = defineMessage<Values>(
  'delegations.proposed',
  {
    vi: {
      subject: '{who} đề nghị ủy quyền',
      body: '{who} gửi bạn một đề nghị ủy quyền. Mở mục Ủy quyền trong tài khoản để xem phạm vi rồi chấp nhận hoặc từ chối. Không ai làm thay bạn được nếu bạn không chấp nhận.',
    },
    en: {
      subject: '{who} proposes a mandate',
      body: '{who} has sent you a proposal. Open Mandates in your account to look at its scope, then accept or decline. Nobody can act for you unless you accept.',
    },
  },
  { kind: 'safety' },
);
export const answeredMessages = {
  accepted: defineMessage<Values>(
    'delegations.accepted',
    {
      vi: {
        subject: '{who} đã chấp nhận ủy quyền',
        body: '{who} đã chấp nhận. Ủy quyền có hiệu lực {until}. Bạn có thể rút bất cứ lúc nào.',
      },
      en: {
        subject: '{who} has accepted the mandate',
        body: '{who} has accepted. The mandate is in force {until}. You can withdraw it at any time.',
      },
    },
    { kind: 'safety' },
  ),
  declined: defineMessage<Values>('delegations.declined', {
    vi: { subject: '{who} đã từ chối ủy quyền', body: '{who} đã từ chối đề nghị ủy quyền của bạn.' },
    en: { subject: '{who} has declined the mandate', body: '{who} has declined your proposal.' },
  }),
  confirmed: defineMessage<Values>(
    'delegations.confirmed',
    {
      vi: {
        subject: 'Ủy quyền đã được xác nhận tại quầy',
        body: '{who} đã xác nhận ủy quyền sau khi xem giấy tờ. Ủy quyền có hiệu lực {until}.',
      },
      en: {
        subject: 'The mandate was confirmed at the counter',
        body: '{who} has confirmed the mandate after looking at the papers. It is in force {until}.',
      },
    },
    { kind: 'safety' },
  ),
  withdrawn: defineMessage<Values>(
    'delegations.withdrawn',
    {
      vi: {
        subject: 'Ủy quyền đã kết thúc',
        body: '{who} đã rút ủy quyền. Từ bây giờ người được ủy quyền không xem và không nộp thay được nữa.',
      },
      en: {
        subject: 'The mandate has ended',
        body: '{who} has withdrawn the mandate. From now on nothing can be seen or handed in under it.',
      },
    },
    { kind: 'safety' },
  ),
} as const;
