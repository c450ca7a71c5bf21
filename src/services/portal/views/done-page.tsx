import { useLocale } from '../../../platform/http/page-context.ts';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Panel } from '../../../ui/govuk/panel.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

const words = localWords({
  vi: {
    title: 'Đã gửi hồ sơ',
    code: 'Mã tra cứu của bạn',
    keep: 'Giữ mã này. Ai có mã đều xem được hồ sơ đến đâu, không xem được nội dung.',
    procedure: 'Thủ tục',
    unit: 'Nơi tiếp nhận',
    at: 'Gửi lúc',
    number: 'Số tạm thời',
    next: 'Tiếp theo',
    steps: [
      'Cán bộ một cửa xem hồ sơ trong giờ làm việc. Thiếu gì chúng tôi báo rõ để bạn bổ sung.',
      'Hồ sơ đủ thì được tiếp nhận: bạn nhận mã hồ sơ và ngày hẹn trả kết quả.',
      'Có kết quả, bạn được báo ngay trong tài khoản và qua email hoặc tin nhắn nếu bạn đã đăng ký.',
    ],
    slip: 'Tải phiếu xác nhận (PDF)',
    open: 'Xem hồ sơ này',
    all: 'Tất cả hồ sơ của tôi',
    home: 'Về trang chủ',
  },
  en: {
    title: 'Your application was sent',
    code: 'Your tracking code',
    keep: 'Keep this code. Whoever has it sees how far the dossier is, not what is in it.',
    procedure: 'Procedure',
    unit: 'Received by',
    at: 'Sent at',
    number: 'Provisional number',
    next: 'What happens next',
    steps: [
      'The front desk looks through it in office hours. If something is missing we tell you exactly what.',
      'When everything is there it is received: you get a dossier code and an appointment.',
      'When the result is there you are told in your account, and by e-mail or text message if you gave one.',
    ],
    slip: 'Download the acknowledgement (PDF)',
    open: 'See this dossier',
    all: 'All my dossiers',
    home: 'To the home page',
  },
});

/** The acknowledgement of a submission. */
export function DonePage(props: {
  id: string;
  dossierId: string;
  secret: string;
  procedureName: { vi: string; en?: string | undefined };
  unitName: string;
  submittedAt: Date;
}) {
  const own = words.use();
  const locale = useLocale();
  return (
    <PublicLayout title={own.title} isQuiet noIndex width="narrow">
      <Panel titleText={own.title}>
        {own.code}
        <br />
        <strong class="sen-code">{props.secret}</strong>
      </Panel>
      <p class="govuk-body">{own.keep}</p>
      <SummaryList
        rows={[
          {
            key: { text: own.procedure },
            value: { text: (locale === 'en' && props.procedureName.en) || props.procedureName.vi },
          },
          { key: { text: own.unit }, value: { text: props.unitName } },
          { key: { text: own.at }, value: { text: formatDateTime(props.submittedAt, locale) } },
          { key: { text: own.number }, value: { html: <span class="sen-break">{props.dossierId}</span> } },
        ]}
      />
      <div class="govuk-button-group">
        <Button text={own.open} href={paths.myDossier({ id: props.dossierId })} />
        <Button text={own.slip} href={paths.applicationSlip({ draftId: props.id })} classes="govuk-button--secondary" />
      </div>
      <h2 class="govuk-heading-m">{own.next}</h2>
      <ol class="govuk-list govuk-list--number">
        {own.steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <p class="govuk-body">
        <Link to={paths.myDossiers()}>{own.all}</Link> · <Link to={paths.home()}>{own.home}</Link>
      </p>
    </PublicLayout>
  );
}
