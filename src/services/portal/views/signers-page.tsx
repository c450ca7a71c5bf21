import { useLocale } from '../../../platform/http/page-context.ts';
import { SignerList, shortDigest, type OpenSigning, type SignerState } from '../../../engines/forms/index.ts';
import { QrCode } from '../../../ui/components/qr-code.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { ApplicationFrame, type ApplicationFacts } from './application-frame.tsx';

const words = localWords({
  vi: {
    title: 'Những người cùng xác nhận',
    intro: 'Tờ khai này cần từng người xem và xác nhận cùng một nội dung trước khi gửi.',
    freeze: 'Khi bạn mời, nội dung được chốt. Sửa bất kỳ câu nào sau đó thì các xác nhận không còn hiệu lực.',
    notReady: 'Tờ khai còn chỗ chưa điền xong, chưa chốt được.',
    fill: 'Điền nốt',
    invite: 'Chốt nội dung và mời xác nhận',
    linkFor: (role: string): string => `Liên kết cho ${role}`,
    linkHint: 'Gửi liên kết cho người đó, hoặc để họ quét mã. Họ đăng nhập bằng tài khoản của chính họ.',
    sent: (to: string): string => `Lời mời cũng được gửi tới ${to}.`,
    qr: (role: string): string => `Mã QR mở lời mời cho ${role}`,
    yours: 'Xác nhận phần của tôi',
    counter: 'Xác nhận tại quầy',
    counterHint: (code: string): string =>
      `Ai không dùng tài khoản thì mang căn cước tới bộ phận một cửa và đọc mã ${code}.`,
    until: 'Hạn xác nhận',
    digest: 'Dấu vân nội dung',
    complete: 'Mọi người đã xác nhận. Bạn có thể gửi hồ sơ.',
    send: 'Kiểm tra và gửi',
  },
  en: {
    title: 'Signers',
    intro: 'Each person has to see and confirm the same answers before this form is sent.',
    freeze: 'When you invite, the answers are frozen. Changing any of them afterwards voids all confirmations.',
    notReady: 'The form is not complete yet and cannot be frozen.',
    fill: 'Complete it',
    invite: 'Freeze the answers and invite',
    linkFor: (role: string): string => `Link for ${role}`,
    linkHint: 'Send the link, or let them scan the code. They sign in with their own account.',
    sent: (to: string): string => `An invitation also goes to ${to}.`,
    qr: (role: string): string => `QR code of the invitation for ${role}`,
    yours: 'Confirm my part',
    counter: 'Confirm at the counter',
    counterHint: (code: string): string =>
      `Whoever has no account brings an identity card to the one-stop counter and says the code ${code}.`,
    until: 'Confirm by',
    digest: 'Fingerprint',
    complete: 'Everybody has confirmed. You can send it.',
    send: 'Check and send',
  },
});

/** Inviting the others, and how far they are. */
export function SignersPage(props: {
  facts: ApplicationFacts;
  needed: readonly { id: string; title: { vi: string; en: string }; name: string | null }[];
  isReady: boolean;
  ownIdentity: string | null;
  signing: OpenSigning | null;
  linkOf: (signatureId: string) => string;
}) {
  const own = words.use();
  const locale = useLocale();
  const { facts, signing } = props;
  const id = { draftId: facts.id };
  const isComplete = signing?.signing.state === 'complete';
  return (
    <ApplicationFrame facts={facts} place="signers" title={own.title} backPath={paths.applicationReview(id)}>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body">{own.intro}</p>
      {!signing && (
        <>
          <SummaryList
            rows={props.needed.map((each) => ({
              key: { text: each.title[locale] },
              value: { text: each.name ?? '–' },
            }))}
          />
          <p class="govuk-body">{own.freeze}</p>
          {props.isReady ? (
            <Form action={paths.applicationSigners(id)}>
              <Button text={own.invite} preventDoubleClick />
            </Form>
          ) : (
            <p class="govuk-body">
              {own.notReady} <Link to={paths.application(id)}>{own.fill}</Link>
            </p>
          )}
        </>
      )}
      {signing && (
        <>
          <SignerList signers={signing.signers} />
          {isComplete && <p class="govuk-inset-text">{own.complete}</p>}
          {isComplete && <Button href={paths.applicationReview(id)} text={own.send} />}
          {signing.signers
            .filter((each) => each.confirmedAt === null)
            .map((each) => (
              <Invitation
                signer={each}
                link={props.linkOf(each.id)}
                isOwn={each.needed.identityNumber === props.ownIdentity}
              />
            ))}
          {!isComplete && (
            <>
              <h2 class="govuk-heading-m">{own.counter}</h2>
              <p class="govuk-body">{own.counterHint(signing.signing.code)}</p>
            </>
          )}
          <SummaryList
            rows={[
              { key: { text: own.until }, value: { text: formatDate(signing.signing.expiresAt) } },
              { key: { text: own.digest }, value: { text: shortDigest(signing.signing.digest) } },
            ]}
          />
        </>
      )}
    </ApplicationFrame>
  );
}

function Invitation(props: { signer: SignerState; link: string; isOwn: boolean }) {
  const own = words.use();
  const locale = useLocale();
  const role = props.signer.needed.title[locale];
  if (props.isOwn)
    return (
      <p class="govuk-body">
        <Button href={new URL(props.link).pathname} text={own.yours} />
      </p>
    );
  return (
    <section>
      <h2 class="govuk-heading-m">{own.linkFor(role)}</h2>
      <p class="govuk-body">{own.linkHint}</p>
      <QrCode text={props.link} label={own.qr(role)} size={180} />
      <p class="govuk-body sen-long-link">{props.link}</p>
      {props.signer.invitedTo && <p class="govuk-body">{own.sent(props.signer.invitedTo)}</p>}
    </section>
  );
}
