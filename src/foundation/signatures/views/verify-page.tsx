import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { overall, type ReportedSignature, type SignatureReport } from '../report.ts';
import { changeWords, findingWords, indicationWords } from '../signature-words.ts';

export const verifyWords = localWords({
  vi: {
    title: 'Kiểm tra chữ ký số',
    intro: 'Chọn một tệp PDF có chữ ký số để biết ai đã ký, ký lúc nào và nội dung có còn nguyên vẹn không.',
    kept: 'Tệp chỉ dùng để kiểm tra, không được lưu lại.',
    file: 'Tệp PDF',
    fileHint: 'Không quá 32 MB',
    go: 'Kiểm tra',
    missing: 'Chọn tệp PDF cần kiểm tra',
    large: 'Tệp lớn hơn 32 MB',
    result: (name: string) => `Kết quả kiểm tra ${name}`,
    none: 'Tệp này không có chữ ký số nào. Hình con dấu hay chữ ký in trên trang không phải là chữ ký số.',
    defects: {
      'not-a-pdf': 'Tệp này không phải là PDF.',
      broken: 'Tệp PDF bị hỏng nên không kiểm tra được.',
      encrypted: 'Tệp được đặt mật khẩu nên không kiểm tra được.',
      'too-slow': 'Tệp quá phức tạp để kiểm tra ở đây.',
    },
    all: {
      'TOTAL-PASSED': 'Mọi chữ ký trong tệp đều hợp lệ',
      INDETERMINATE: 'Có chữ ký chưa kết luận được',
      'TOTAL-FAILED': 'Có chữ ký không hợp lệ. Không nên dựa vào tệp này',
    },
    changedSince: 'Sau chữ ký cuối cùng, tệp còn bị thêm nội dung mà không ai ký.',
    signature: (n: number) => `Chữ ký thứ ${n}`,
    stamp: (n: number) => `Dấu thời gian thứ ${n}`,
    signer: 'Người ký',
    organisation: 'Cơ quan, đơn vị',
    time: 'Thời điểm ký',
    proofs: {
      'signature-time-stamp': 'có dấu thời gian chứng minh',
      'document-time-stamp': 'có dấu thời gian trên văn bản chứng minh',
      claimed: 'theo máy của người ký, chưa được chứng minh',
    },
    intact: 'Nội dung',
    intactYes: 'Nguyên vẹn từ khi ký',
    intactNo: 'Đã bị thay đổi',
    issuer: 'Chứng thư do',
    validity: 'Hiệu lực chứng thư',
    reason: 'Ghi chú khi ký',
    algorithm: 'Thuật toán',
    level: 'Mức chữ ký',
    code: 'Kết luận theo chuẩn',
    serial: 'Số chứng thư',
    covers: 'Phạm vi ký',
    coversAll: 'Toàn bộ tệp',
    coversPart: 'Bản của tệp vào lúc ký; sau đó tệp được bổ sung',
    after: 'Bổ sung sau chữ ký này',
    not: 'không được phép',
    details: 'Chi tiết kỹ thuật',
    fingerprint: 'Mã băm SHA-256 của tệp',
    download: 'Tải báo cáo (JSON)',
    again: 'Kiểm tra tệp khác',
    unknown: 'Không rõ',
  },
  en: {
    title: 'Check a digital signature',
    intro: 'Choose a signed PDF to learn who signed it, when, and whether its content is as it was.',
    kept: 'The file is only looked at and not kept.',
    file: 'PDF file',
    fileHint: '32 MB at most',
    go: 'Check',
    missing: 'Choose the PDF to check',
    large: 'The file is larger than 32 MB',
    result: (name: string) => `What was found in ${name}`,
    none: 'This file has no digital signature. A picture of a seal or of a signature on a page is none.',
    defects: {
      'not-a-pdf': 'This file is no PDF.',
      broken: 'The PDF is broken and cannot be checked.',
      encrypted: 'The file is protected by a password and cannot be checked.',
      'too-slow': 'The file is too complicated to be checked here.',
    },
    all: {
      'TOTAL-PASSED': 'Every signature of the file is valid',
      INDETERMINATE: 'A signature could not be decided',
      'TOTAL-FAILED': 'A signature is not valid. Do not rely on this file',
    },
    changedSince: 'After the last signature something was added to the file that nobody signed.',
    signature: (n: number) => `Signature ${n}`,
    stamp: (n: number) => `Time-stamp ${n}`,
    signer: 'Signed by',
    organisation: 'Organisation',
    time: 'Signed at',
    proofs: {
      'signature-time-stamp': 'proven by a time-stamp',
      'document-time-stamp': 'proven by a time-stamp over the document',
      claimed: 'by the signer’s own clock, not proven',
    },
    intact: 'Content',
    intactYes: 'As it was when it was signed',
    intactNo: 'Changed',
    issuer: 'Certificate by',
    validity: 'Certificate valid',
    reason: 'Remark',
    algorithm: 'Algorithm',
    level: 'Level',
    code: 'Verdict of the standard',
    serial: 'Certificate number',
    covers: 'Covers',
    coversAll: 'The whole file',
    coversPart: 'The file as it was then; something was added later',
    after: 'Added after this signature',
    not: 'not allowed',
    details: 'Technical details',
    fingerprint: 'SHA-256 of the file',
    download: 'Download the report (JSON)',
    again: 'Check another file',
    unknown: 'Not known',
  },
});

const COLOURS = { 'TOTAL-PASSED': 'green', INDETERMINATE: 'yellow', 'TOTAL-FAILED': 'red' } as const;

/** The page where anybody may drop a file, and what came out. */
export function VerifyPage(props: { form: FormState; found: { name: string; report: SignatureReport } | null }) {
  const own = verifyWords.use();
  const { form, found } = props;
  return (
    <PublicLayout
      title={own.title}
      breadcrumbs={[{ text: own.title }]}
      width="narrow"
      hasErrors={Object.keys(form.errors).length > 0}
      noIndex={found !== null}
    >
      <ErrorSummaryFor form={form} />
      <h1 class="govuk-heading-l">{found ? own.result(found.name) : own.title}</h1>
      {found ? (
        <Result report={found.report} />
      ) : (
        <Form upload>
          <p class="govuk-body-l">{own.intro}</p>
          <FileUpload
            {...bound(form, 'tep')}
            label={{ text: own.file, classes: 'govuk-label--s' }}
            hint={{ text: `${own.fileHint}. ${own.kept}` }}
            attributes={{ accept: 'application/pdf,.pdf' }}
          />
          <Button>{own.go}</Button>
        </Form>
      )}
    </PublicLayout>
  );
}

function Result({ report }: { report: SignatureReport }) {
  const own = verifyWords.use();
  const verdict = overall(report);
  return (
    <>
      {report.defect && <p class="govuk-body-l">{own.defects[report.defect]}</p>}
      {!report.defect && verdict === undefined && <p class="govuk-body-l">{own.none}</p>}
      {verdict && (
        <p class="govuk-body-l">
          <strong>{own.all[verdict]}</strong>
        </p>
      )}
      {report.changedSince && <p class="govuk-body">{own.changedSince}</p>}
      {report.signatures.map((one, at) => (
        <Signature one={one} number={at + 1} />
      ))}
      <Details summaryText={own.fingerprint}>
        <code class="sen-break">{report.sha256}</code>
      </Details>
      {report.signatures.length > 0 && (
        <p class="govuk-body">
          <a
            class="govuk-link"
            download="bao-cao-chu-ky.json"
            href={`data:application/json;base64,${Buffer.from(JSON.stringify(report, null, 2)).toString('base64')}`}
          >
            {own.download}
          </a>
        </p>
      )}
      <p class="govuk-body">
        <Link to={paths.verifySignature()} class="govuk-link">
          {own.again}
        </Link>
      </p>
    </>
  );
}

function Signature({ one, number }: { one: ReportedSignature; number: number }) {
  const own = verifyWords.use();
  const locale = useLocale();
  const { signer, time } = one;
  const row = (key: string, text: string | null | undefined) => (text ? [{ key: { text: key }, value: { text } }] : []);
  const rows = [
    ...row(own.signer, signer?.name ?? own.unknown),
    ...row(own.organisation, signer && [...signer.units, signer.organisation].filter(Boolean).join(', ')),
    ...row(own.time, time && `${formatDateTime(new Date(time.at), locale)}, ${own.proofs[time.proof]}`),
    ...row(own.intact, one.intact === null ? null : one.intact ? own.intactYes : own.intactNo),
    ...row(own.covers, one.covers.to === one.covers.of ? own.coversAll : own.coversPart),
    ...row(own.reason, one.reason),
  ];
  const technical = [
    ...row(own.code, [one.indication, one.subIndication].filter(Boolean).join(' · ')),
    ...row(own.level, one.level),
    ...row(own.algorithm, one.algorithm),
    ...row(own.issuer, signer?.issuer),
    ...row(own.serial, signer?.serial),
    ...row(
      own.validity,
      signer &&
        `${formatDateTime(new Date(signer.notBefore), locale)} – ${formatDateTime(new Date(signer.notAfter), locale)}`,
    ),
    ...one.timeStamps.flatMap(({ at, by, indication }) =>
      row(own.stamp(1), `${at ? formatDateTime(new Date(at), locale) : ''} ${by ?? ''} (${indication})`),
    ),
    ...row(
      own.after,
      one.changes
        .map(({ kind }) => changeWords[kind]?.[locale] ?? kind)
        .filter((word, at, all) => all.indexOf(word) === at)
        .join('; '),
    ),
    ...row(own.details, one.detail),
  ];
  return (
    <section>
      <h2 class="govuk-heading-m">
        {one.kind === 'signature' ? own.signature(number) : own.stamp(number)}{' '}
        <Tag text={indicationWords[one.indication][locale]} classes={`govuk-tag--${COLOURS[one.indication]}`} />
      </h2>
      {one.finding && <p class="govuk-body">{findingWords[one.finding][locale]}</p>}
      {one.forbidden.length > 0 && (
        <ul class="govuk-list govuk-list--bullet">
          {one.forbidden.map(({ kind, where }) => (
            <li>
              {changeWords[kind]?.[locale] ?? kind}: <span class="sen-break">{where}</span>
            </li>
          ))}
        </ul>
      )}
      <SummaryList rows={rows} />
      <Details summaryText={own.details}>
        <SummaryList rows={technical} />
      </Details>
    </section>
  );
}
