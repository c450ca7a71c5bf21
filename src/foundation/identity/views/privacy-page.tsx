import { usePage } from '../../../platform/http/page-context.ts';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';

const words = localWords({
  vi: {
    title: 'Quyền riêng tư và dữ liệu cá nhân',
    lead: 'Trang này nói rõ chúng tôi giữ dữ liệu nào của bạn, để làm gì, và bạn có quyền gì (Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15).',
    sections: [
      [
        'Ai chịu trách nhiệm',
        'Cơ quan chủ quản cổng này, ghi ở cuối trang. Bạn có thể hỏi theo điện thoại và email ở đó.',
      ],
      [
        'Căn cứ',
        'Việc xử lý dữ liệu để giải quyết thủ tục hành chính dựa trên quy định của pháp luật, không dựa trên sự đồng ý của bạn. Chúng tôi không dùng dữ liệu cho việc khác.',
      ],
      [
        'Dữ liệu nào',
        'Số định danh, họ tên, ngày sinh, giới tính, nơi ở, số điện thoại, email; hồ sơ và giấy tờ bạn nộp; nhật ký đăng nhập. Mật khẩu chỉ được lưu dưới dạng không đọc lại được.',
      ],
      [
        'Ai được xem',
        'Chỉ cán bộ giải quyết hồ sơ của bạn và người giám sát theo thẩm quyền. Mỗi lần xem đều được ghi lại, và bạn xem được nhật ký đó trong trang Tài khoản.',
      ],
      ['Giữ bao lâu', 'Theo thời hạn lưu trữ của từng loại hồ sơ. Nhật ký đăng nhập được giữ 180 ngày.'],
      [
        'Quyền của bạn',
        'Xem, sửa thông tin chưa đúng, biết ai đã xem, khiếu nại. Yêu cầu được trả lời trong 72 giờ. Dữ liệu Nhà nước phải giữ theo luật thì không xóa được theo yêu cầu.',
      ],
      ['Cookie', 'Chỉ dùng cookie cần thiết để đăng nhập. Không có cookie quảng cáo hay theo dõi.'],
    ],
  },
  en: {
    title: 'Privacy and personal data',
    lead: 'What we keep about you, what for, and what your rights are (Personal Data Protection Law 91/2025/QH15).',
    sections: [
      ['Who is responsible', 'The authority named at the foot of this page; its phone and e-mail are there.'],
      [
        'Basis',
        'Data is processed to handle administrative procedures as the law provides, not by your consent. It is used for nothing else.',
      ],
      [
        'Which data',
        'Identity number, name, date of birth, sex, address, phone, e-mail; the dossiers and papers you hand in; a log of sign-ins. Passwords are kept only in a form that cannot be read back.',
      ],
      [
        'Who may see it',
        'Only the officials who handle your dossier and those who supervise them. Every look is recorded, and you can read that record on your Account page.',
      ],
      ['How long', 'As long as each kind of dossier must be archived. Sign-in logs are kept for 180 days.'],
      [
        'Your rights',
        'To see it, correct it, know who has seen it, and complain. Requests are answered within 72 hours. What the State must keep by law cannot be erased on request.',
      ],
      ['Cookies', 'Only those that signing in needs. None for advertising or tracking.'],
    ],
  },
});

/** The notice on personal data; its version is recorded at registration. */
export function PrivacyPage() {
  const w = words.in(usePage().locale);
  return (
    <PublicLayout title={w.title} width="narrow">
      <h1 class="govuk-heading-l">{w.title}</h1>
      <p class="govuk-body-l">{w.lead}</p>
      {w.sections.map(([heading, text]) => (
        <>
          <h2 class="govuk-heading-m">{heading}</h2>
          <p class="govuk-body">{text}</p>
        </>
      ))}
    </PublicLayout>
  );
}
