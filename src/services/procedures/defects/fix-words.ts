import type { DefectKind } from '../national-record.ts';

type Both = { vi: string; en: string };
const t = (vi: string, en: string): Both => ({ vi, en });
const source = t(
  'Báo cơ quan quản lý danh mục sửa tại nguồn, rồi nhập lại tệp.',
  'Have it put right at the source, then import the file again.',
);
const time = t(
  'Tra quyết định công bố, ghi số và đơn vị thời gian (ngày, ngày làm việc, giờ…).',
  'Look it up in the decision; write the number and the unit (days, working days, hours …).',
);
const fee = t(
  'Tra văn bản quy định phí, lệ phí; ghi mức thu bằng đồng, hoặc ghi rõ là miễn phí.',
  'Look it up in the text that sets the fee; write the amount in đồng, or that it is free.',
);
const papers = t(
  'Chép thành phần hồ sơ từ quyết định công bố, ghi rõ số bản chính, bản sao.',
  'Copy the papers from the decision, with the numbers of originals and copies.',
);
const channels = t('Ghi các cách nộp hồ sơ theo quyết định công bố.', 'Write the ways to apply as the decision says.');
const name = t('Viết lại tên như trong quyết định công bố.', 'Write the name as the decision says.');
const audience = t('Chọn đối tượng đúng trong danh sách.', 'Choose for whom it is from the list.');
const level = t('Chọn cấp thực hiện.', 'Choose the level.');
const done = t(
  'Đã tự sửa khi đọc; xem lại cho chắc rồi chấp nhận, hoặc công bố một phiên bản mới.',
  'Put right while reading; look at it and accept it, or publish a new version.',
);

const FIXES: Record<DefectKind, Both> = {
  'not-json': source,
  'line-too-long': source,
  'too-many-lines': t('Chia tệp thành nhiều tệp nhỏ rồi nhập từng tệp.', 'Cut the file into smaller ones and import each.'),
  'bad-code': source,
  'duplicate-code': t('Giữ một dòng cho mỗi mã tại nguồn.', 'Keep one line a code at the source.'),
  'wrong-type': source,
  'name-missing': name,
  'name-untidy': name,
  'name-with-code': name,
  'name-shouting': name,
  'time-unit-missing': time,
  'time-missing': time,
  'time-unreadable': time,
  'fee-unlikely': fee,
  'fee-unknown': fee,
  'fee-unreadable': fee,
  'fee-foreign-currency': t('Giữ nguyên văn nếu luật thu bằng ngoại tệ và chấp nhận lỗi này; nếu không, ghi mức bằng đồng.', 'Keep the words if the law asks for foreign currency and accept it; otherwise write the amount in đồng.'),
  'channels-missing': channels,
  'channels-lost': channels,
  'channel-unknown': channels,
  'channel-twice': t('Gộp các dòng của một cách nộp: một thời hạn, các khoản phí theo trường hợp.', 'Join the rows of one way: one time limit, fees by case.'),
  'note-glued': done,
  'papers-missing': papers,
  'papers-lost': papers,
  'paper-without-count': papers,
  'paper-name-missing': papers,
  'agency-missing': t('Ghi cơ quan thực hiện.', 'Write the agency.'),
  'agency-stale': t('Ghi tên cơ quan hiện nay sau sắp xếp.', 'Write the present name of the agency.'),
  'audience-split': done,
  'audience-unknown': audience,
  'audience-missing': audience,
  'level-missing': level,
  'level-unknown': level,
  'field-missing': t('Chọn lĩnh vực.', 'Choose the field.'),
  'type-missing': t('Ghi loại thủ tục.', 'Write the type.'),
  'decision-missing': t('Ghi số quyết định công bố.', 'Write the number of the decision.'),
  'steps-missing': t('Chép trình tự thực hiện từ quyết định công bố.', 'Copy the order of execution from the decision.'),
  'results-missing': t('Ghi kết quả người dân nhận được.', 'Write what people get.'),
  'legal-basis-missing': t('Ghi các văn bản làm căn cứ.', 'Write the legal bases.'),
}; // prettier-ignore

/** What to do about a kind of defect; an unknown kind is looked at by hand. */
export const fixFor = (kind: string): Both =>
  (FIXES as Record<string, Both>)[kind] ?? t('Xem lại bản ghi của nguồn.', 'Look at the record of the source.');
