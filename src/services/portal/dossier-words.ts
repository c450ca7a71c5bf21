import type { Act, State } from '../dossiers/index.ts';

/* The life of a dossier in the words of the person whose it is. */

interface Pair {
  vi: string;
  en: string;
}
type Colour = 'green' | 'yellow' | 'blue' | 'grey' | 'red' | 'orange';

export const stateWords: Readonly<Record<State, Pair & { colour: Colour; meaning: Pair }>> = {
  1: {
    vi: 'Đã gửi, chờ tiếp nhận',
    en: 'Sent, waiting to be received',
    colour: 'blue',
    meaning: {
      vi: 'Cán bộ tiếp nhận đang xem hồ sơ. Khi tiếp nhận, bạn có mã hồ sơ và ngày hẹn trả kết quả.',
      en: 'The front desk is looking through it. When it is received you get a dossier code and an appointment.',
    },
  },
  2: {
    vi: 'Đã tiếp nhận',
    en: 'Received',
    colour: 'blue',
    meaning: {
      vi: 'Hồ sơ đủ và đang chuyển đến người giải quyết.',
      en: 'Everything is there; it is on its way to the official in charge.',
    },
  },
  3: {
    vi: 'Không được tiếp nhận',
    en: 'Not accepted',
    colour: 'red',
    meaning: { vi: 'Xem lý do bên dưới. Bạn có thể nộp lại.', en: 'See the reason below. You may apply again.' },
  },
  4: {
    vi: 'Đang giải quyết',
    en: 'Being processed',
    colour: 'blue',
    meaning: {
      vi: 'Bạn chưa phải làm gì. Có kết quả chúng tôi báo ngay.',
      en: 'Nothing is asked of you now. We tell you as soon as the result is there.',
    },
  },
  5: {
    vi: 'Cần bạn bổ sung',
    en: 'Waiting for you to add something',
    colour: 'orange',
    meaning: {
      vi: 'Hồ sơ chờ bạn bổ sung rồi mới giải quyết tiếp.',
      en: 'Work goes on once you have added what is asked.',
    },
  },
  6: {
    vi: 'Cần bạn nộp phí, lệ phí',
    en: 'Waiting for your payment',
    colour: 'orange',
    meaning: { vi: 'Nộp tiền xong, hồ sơ được giải quyết tiếp.', en: 'Work goes on once you have paid.' },
  },
  7: {
    vi: 'Bạn đã rút hồ sơ',
    en: 'Withdrawn',
    colour: 'grey',
    meaning: { vi: 'Hồ sơ không giải quyết nữa.', en: 'It is not processed any more.' },
  },
  8: {
    vi: 'Đã dừng giải quyết',
    en: 'Stopped',
    colour: 'red',
    meaning: { vi: 'Xem lý do bên dưới.', en: 'See the reason below.' },
  },
  9: {
    vi: 'Đã có kết quả',
    en: 'The result is there',
    colour: 'green',
    meaning: { vi: 'Kết quả đang chờ bạn nhận.', en: 'The result waits for you.' },
  },
  10: {
    vi: 'Đã trả kết quả',
    en: 'Result handed over',
    colour: 'green',
    meaning: { vi: 'Hồ sơ đã xong.', en: 'All is done.' },
  },
};

/** What happened, as the person reads it; null: inside the administration, not told. */
export const actWords: Readonly<Record<Act, Pair | null>> = {
  receive: { vi: 'Hồ sơ được tiếp nhận', en: 'Received' },
  refuse: { vi: 'Hồ sơ không được tiếp nhận', en: 'Not accepted' },
  requestSupplement: { vi: 'Đề nghị bạn bổ sung', en: 'You were asked to add something' },
  answerSupplement: { vi: 'Bạn đã bổ sung', en: 'You added what was asked' },
  requestFee: { vi: 'Đề nghị bạn nộp phí, lệ phí', en: 'You were asked to pay' },
  recordFee: { vi: 'Đã nhận tiền của bạn', en: 'Your payment was recorded' },
  assign: null,
  startStep: null,
  finishStep: { vi: 'Xong một bước giải quyết', en: 'A step was finished' },
  approve: { vi: 'Hồ sơ được phê duyệt', en: 'Approved' },
  sendBack: null,
  complete: { vi: 'Có kết quả', en: 'The result is there' },
  returnResult: { vi: 'Đã trả kết quả', en: 'Result handed over' },
  withdraw: { vi: 'Rút hồ sơ', en: 'Withdrawn' },
  stop: { vi: 'Dừng giải quyết', en: 'Stopped' },
  extend: { vi: 'Xin lỗi và hẹn lại', en: 'Apology and new appointment' },
  takeBack: null,
};

export const deliveryWords: Readonly<Record<'counter' | 'online' | 'post', Pair>> = {
  online: { vi: 'Bản điện tử trong tài khoản của bạn', en: 'Electronically, in your account' },
  counter: { vi: 'Tại nơi tiếp nhận hồ sơ', en: 'At the place where it was handed in' },
  post: { vi: 'Qua bưu chính, tại địa chỉ của bạn', en: 'By post, at your address' },
};
