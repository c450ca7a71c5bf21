import { useLocale } from '../../../platform/http/page-context.ts';
import { QrCode } from '../../../ui/components/qr-code.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

const words = localWords({
  vi: {
    list: 'Hồ sơ của tôi',
    title: 'Bằng chứng đã ghi sổ cái',
    lead: 'Mỗi việc dưới đây đã được ghi vào sổ cái công khai của tỉnh. Tải bằng chứng và giữ lại: về sau ai cũng kiểm được việc đó đã xảy ra vào lúc nào, kể cả khi cổng không còn hoạt động.',
    what: 'Việc',
    at: 'Lúc',
    proof: 'Bằng chứng',
    file: 'Tải tệp',
    fileOf: (title: string): string => `Tải tệp bằng chứng: ${title}`,
    square: 'Xem mã vuông',
    squareOf: (title: string): string => `Xem mã vuông: ${title}`,
    code: 'Mã vuông',
    codeLead:
      'Quét bằng điện thoại để mở trang kiểm tra, hoặc in trang này giữ cùng giấy tiếp nhận. Trong mã có giờ và việc, không có nội dung hồ sơ.',
    wait: 'Việc này đang được ghi vào sổ cái. Tải lại trang sau vài giây.',
    none: 'Chưa có việc nào để chứng minh.',
    check: 'Kiểm tra một bằng chứng',
    about: 'Sổ cái kiểm chứng là gì?',
  },
  en: {
    list: 'My dossiers',
    title: 'Proofs from the ledger',
    lead: 'Each act below was written into the public ledger of the province. Take the proof away and keep it: later anybody can check when it happened, even when this portal is gone.',
    what: 'Act',
    at: 'Time',
    proof: 'Proof',
    file: 'Download',
    fileOf: (title: string): string => `Download the proof: ${title}`,
    square: 'Square code',
    squareOf: (title: string): string => `Show the square code: ${title}`,
    code: 'Square code',
    codeLead:
      'Scan it with a telephone to open the page of checks, or print this page and keep it with the receipt. The code holds the time and the act, not what the dossier says.',
    wait: 'This act is being written into the ledger. Load the page again in a few seconds.',
    none: 'There is nothing to prove yet.',
    check: 'Check a proof',
    about: 'What is the verifiable ledger?',
  },
});

export interface ProofsPageProps {
  id: string;
  code: string;
  events: readonly { id: number; occurredAt: Date; title: string }[];
  /** The act whose square code is shown; without an address it is not sealed yet. */
  shown: { id: number; address: string | null } | null;
}

/** What happened to a dossier, each with its proof as a file and as a square code. */
export function ProofsPage({ id, code, events, shown }: ProofsPageProps) {
  const own = words.use();
  const locale = useLocale();
  const title = events.find((event) => event.id === shown?.id)?.title ?? '';
  return (
    <PublicLayout
      title={own.title}
      breadcrumbs={[
        { text: own.list, path: paths.myDossiers() },
        { text: code, path: paths.myDossier({ id }) },
        { text: own.title },
      ]}
      width="narrow"
      noIndex
    >
      <h1 class="govuk-heading-xl">{own.title}</h1>
      <p class="govuk-body">{own.lead}</p>
      {events.length === 0 && <InsetText text={own.none} />}
      <ul class="govuk-list sen-file-list">
        {events.map((event) => (
          <li key={event.id}>
            <strong>{event.title}</strong>, {formatDateTime(event.occurredAt, locale)}
            <br />
            <Link to={paths.myDossierProof({ id, eventId: event.id })} aria-label={own.fileOf(event.title)}>
              {own.file}
            </Link>
            {' · '}
            <Link to={paths.myDossierProofs({ id }, { 'ma-vuong': event.id })} aria-label={own.squareOf(event.title)}>
              {own.square}
            </Link>
          </li>
        ))}
      </ul>
      {shown && (
        <>
          <h2 class="govuk-heading-m">
            {own.code}: {title}
          </h2>
          {shown.address === null ? (
            <InsetText text={own.wait} />
          ) : (
            <>
              <p class="govuk-body">{own.codeLead}</p>
              <QrCode text={shown.address} label={own.squareOf(title)} size={420} isDense />
            </>
          )}
        </>
      )}
      <p class="govuk-body">
        <Link to={paths.ledgerVerify()}>{own.check}</Link>
      </p>
      <p class="govuk-body">
        <Link to={paths.ledger()}>{own.about}</Link>
      </p>
    </PublicLayout>
  );
}
