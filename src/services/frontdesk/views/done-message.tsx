import type { ComponentChildren } from 'preact';
import { localWords } from '../../../ui/local-words.ts';
import type { Act } from '../../dossiers/index.ts';

const words = localWords<{
  done: Record<Act | 'note' | 'papers' | 'phrase' | 'view', string>;
  many: (count: number) => string;
}>({
  vi: {
    done: {
      receive: 'Đã tiếp nhận hồ sơ. Người nộp được báo mã hồ sơ và ngày hẹn.',
      refuse: 'Đã từ chối tiếp nhận. Người nộp được báo lý do.',
      requestSupplement: 'Đã gửi yêu cầu bổ sung. Thời hạn tạm dừng cho đến khi người nộp bổ sung.',
      answerSupplement: 'Đã ghi nhận giấy tờ bổ sung. Thời hạn được tính tiếp.',
      requestFee: 'Đã gửi yêu cầu nộp phí, lệ phí.',
      recordFee: 'Đã ghi nhận tiền đã thu.',
      assign: 'Đã phân công.',
      startStep: 'Đã bắt đầu xử lý.',
      finishStep: 'Đã hoàn thành bước và chuyển hồ sơ sang bước sau.',
      approve: 'Đã phê duyệt.',
      sendBack: 'Đã trả hồ sơ về bước trước.',
      complete: 'Đã lưu kết quả. Người nộp được báo đến nhận.',
      returnResult: 'Đã ghi nhận việc trả kết quả.',
      withdraw: 'Đã rút hồ sơ.',
      stop: 'Đã dừng giải quyết hồ sơ. Người nộp được báo lý do.',
      extend: 'Đã gửi lời xin lỗi và ngày hẹn mới.',
      takeBack: 'Đã hoàn tác. Hồ sơ trở lại như trước.',
      note: 'Đã thêm ghi chú.',
      papers: 'Đã lưu kết quả kiểm tra giấy tờ.',
      phrase: 'Đã lưu mẫu câu.',
      view: 'Đã lưu cách xem.',
    },
    many: (count) => `Số hồ sơ: ${count}.`,
  },
  en: {
    done: {
      receive: 'The dossier is received. The applicant is told its code and appointment.',
      refuse: 'The dossier is refused. The applicant is told why.',
      requestSupplement: 'The request is sent. The clock stands until the applicant answers.',
      answerSupplement: 'The supplement is recorded. The clock goes on.',
      requestFee: 'The applicant is asked to pay.',
      recordFee: 'The payment is recorded.',
      assign: 'Assigned.',
      startStep: 'The step is started.',
      finishStep: 'The step is finished and the dossier handed on.',
      approve: 'Approved.',
      sendBack: 'The dossier is sent back one step.',
      complete: 'The result is saved. The applicant is told to fetch it.',
      returnResult: 'The hand-over is recorded.',
      withdraw: 'The dossier is withdrawn.',
      stop: 'The dossier is stopped. The applicant is told why.',
      extend: 'The apology and the new date are sent.',
      takeBack: 'Taken back. The dossier is as it was.',
      note: 'The note is added.',
      papers: 'The check of the papers is saved.',
      phrase: 'The phrase is saved.',
      view: 'The view is saved.',
    },
    many: (count) => `Dossiers: ${count}.`,
  },
});

/** Says what has just been done, after the redirect of a write. Unknown words in the address say nothing. */
export function DoneMessage(props: { slug: string; count?: number | undefined; children?: ComponentChildren }) {
  const own = words.use();
  const text = Object.hasOwn(own.done, props.slug) ? own.done[props.slug as Act] : null;
  if (text === null) return null;
  return (
    <div class="sen-message sen-message--success" role="status">
      <p class="sen-message__text">
        {text} {props.count !== undefined && props.count > 1 && own.many(props.count)} {props.children}
      </p>
    </div>
  );
}
