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
    keep: 'Giữ cả hai. Ai có số tra cứu và mã tra cứu đều xem được hồ sơ đến đâu, không xem được nội dung.',
    track: 'Tra cứu hồ sơ',
    procedure: 'Thủ tục',
    unit: 'Nơi tiếp nhận',
    at: 'Gửi lúc',
    number: 'Số tra cứu',
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
    keep: 'Keep both. Whoever has the tracking number and the tracking code sees how far the dossier is, not what is in it.',
    track: 'Track the dossier',
    procedure: 'Procedure',
    unit: 'Received by',
    at: 'Sent at',
    number: 'Your tracking number',
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
  /** The short number that is good for tracking until there is a code. */
  number: string;
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
        {own.number}
        <br />
        <strong class="sen-code">{props.number}</strong>
        <br />
        {own.code}
        <br />
        <strong class="sen-code">{props.secret}</strong>
      </Panel>
      <p class="govuk-body">
        {own.keep} <Link to={paths.tracking()}>{own.track}</Link>
      </p>
      <SummaryList
        rows={[
          {
            key: { text: own.procedure },
            value: { text: (locale === 'en' && props.procedureName.en) || props.procedureName.vi },
          },
          { key: { text: own.unit }, value: { text: props.unitName } },
          { key: { text: own.at }, value: { text: formatDateTime(props.submittedAt, locale) } },
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
