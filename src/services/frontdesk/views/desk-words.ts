import type { Locale } from '../../../platform/http/page-context.ts';
import { localWords } from '../../../ui/local-words.ts';
import type { Act, Channel, Queue, State } from '../../dossiers/index.ts';

/* Words that several pages of the front desk share: states, queues, channels and acts. */

export interface DeskWords {
  queues: Record<Queue, string>;
  states: Record<State, string>;
  channels: Record<Channel, string>;
  acts: Record<Act, string>;
  buttons: Record<Act, string>;
}

export const deskWords = localWords<DeskWords>({
  vi: {
    queues: {
      mine: 'Của tôi',
      late: 'Quá hạn',
      'due-soon': 'Sắp đến hạn',
      'awaiting-receipt': 'Chờ tiếp nhận',
      'in-process': 'Đang xử lý',
      'awaiting-supplement': 'Chờ bổ sung',
      'awaiting-payment': 'Chờ nộp phí',
      'awaiting-return': 'Chờ trả kết quả',
      closed: 'Đã xong',
    },
    states: {
      1: 'Mới nộp',
      2: 'Đã tiếp nhận',
      3: 'Không tiếp nhận',
      4: 'Đang xử lý',
      5: 'Chờ bổ sung',
      6: 'Chờ nộp phí',
      7: 'Đã rút',
      8: 'Đã dừng',
      9: 'Đã có kết quả',
      10: 'Đã trả kết quả',
    },
    channels: { counter: 'Trực tiếp', online: 'Trực tuyến', post: 'Bưu chính' },
    acts: {
      receive: 'Tiếp nhận hồ sơ',
      refuse: 'Từ chối tiếp nhận',
      requestSupplement: 'Yêu cầu bổ sung',
      answerSupplement: 'Nhận giấy tờ bổ sung',
      requestFee: 'Yêu cầu nộp phí, lệ phí',
      recordFee: 'Ghi nhận đã thu phí',
      assign: 'Phân công xử lý',
      startStep: 'Bắt đầu xử lý',
      finishStep: 'Hoàn thành bước',
      approve: 'Phê duyệt',
      sendBack: 'Trả lại bước trước',
      complete: 'Nhập kết quả giải quyết',
      returnResult: 'Trả kết quả',
      withdraw: 'Rút hồ sơ theo yêu cầu',
      stop: 'Dừng giải quyết',
      extend: 'Xin lỗi và hẹn lại',
      takeBack: 'Hoàn tác việc vừa làm',
    },
    buttons: {
      receive: 'Tiếp nhận',
      refuse: 'Từ chối tiếp nhận',
      requestSupplement: 'Gửi yêu cầu bổ sung',
      answerSupplement: 'Ghi nhận bổ sung',
      requestFee: 'Gửi yêu cầu nộp phí',
      recordFee: 'Ghi nhận đã thu',
      assign: 'Phân công',
      startStep: 'Bắt đầu',
      finishStep: 'Hoàn thành và chuyển bước sau',
      approve: 'Phê duyệt',
      sendBack: 'Trả lại',
      complete: 'Lưu kết quả',
      returnResult: 'Xác nhận đã trả',
      withdraw: 'Rút hồ sơ',
      stop: 'Dừng giải quyết',
      extend: 'Gửi xin lỗi và ngày hẹn mới',
      takeBack: 'Hoàn tác',
    },
  },
  en: {
    queues: {
      mine: 'Mine',
      late: 'Late',
      'due-soon': 'Due soon',
      'awaiting-receipt': 'To be received',
      'in-process': 'In process',
      'awaiting-supplement': 'Supplement asked',
      'awaiting-payment': 'Payment asked',
      'awaiting-return': 'To hand over',
      closed: 'Finished',
    },
    states: {
      1: 'Submitted',
      2: 'Received',
      3: 'Refused',
      4: 'In process',
      5: 'Supplement asked',
      6: 'Payment asked',
      7: 'Withdrawn',
      8: 'Stopped',
      9: 'Result ready',
      10: 'Result handed over',
    },
    channels: { counter: 'Counter', online: 'Online', post: 'Post' },
    acts: {
      receive: 'Receive the dossier',
      refuse: 'Refuse to receive',
      requestSupplement: 'Ask for a supplement',
      answerSupplement: 'Take in a supplement',
      requestFee: 'Ask for a fee',
      recordFee: 'Record a payment',
      assign: 'Assign',
      startStep: 'Start the step',
      finishStep: 'Finish the step',
      approve: 'Approve',
      sendBack: 'Send back one step',
      complete: 'Enter the result',
      returnResult: 'Hand over the result',
      withdraw: 'Withdraw at request',
      stop: 'Stop the dossier',
      extend: 'Apologise and re-appoint',
      takeBack: 'Take back the last act',
    },
    buttons: {
      receive: 'Receive',
      refuse: 'Refuse to receive',
      requestSupplement: 'Send the request',
      answerSupplement: 'Record the supplement',
      requestFee: 'Ask for the fee',
      recordFee: 'Record the payment',
      assign: 'Assign',
      startStep: 'Start',
      finishStep: 'Finish and hand on',
      approve: 'Approve',
      sendBack: 'Send back',
      complete: 'Save the result',
      returnResult: 'Confirm the hand-over',
      withdraw: 'Withdraw',
      stop: 'Stop the dossier',
      extend: 'Send the apology and the new date',
      takeBack: 'Take back',
    },
  },
});

/** The words of a text in the page's language. */
export const said = (text: { vi: string; en?: string | undefined } | null | undefined, locale: Locale): string =>
  text ? (locale === 'en' && text.en) || text.vi : '';

/** A unit's name in the page's language; a dash when it is unknown. */
export const unitText = (
  names: ReadonlyMap<string, { nameVi: string; nameEn: string }>,
  id: string | null | undefined,
  locale: Locale,
): string => {
  const unit = id ? names.get(id) : undefined;
  return unit ? (locale === 'en' && unit.nameEn) || unit.nameVi : '–';
};

/** Colour of a state's tag. */
export const stateColour: Record<State, string> = {
  1: 'govuk-tag--blue',
  2: 'govuk-tag--teal',
  3: 'govuk-tag--grey',
  4: 'govuk-tag--teal',
  5: 'govuk-tag--purple',
  6: 'govuk-tag--purple',
  7: 'govuk-tag--grey',
  8: 'govuk-tag--grey',
  9: 'govuk-tag--green',
  10: 'govuk-tag--grey',
};
