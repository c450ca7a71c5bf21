import type { VNode } from 'preact';
import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, errorOf, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Panel } from '../../../ui/govuk/panel.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Text } from '../definition.ts';
import type { OpenSigning, SignerState } from '../signing/sign-form.ts';

export const signingWords = localWords({
  vi: {
    title: 'Xác nhận tờ khai',
    intro: (role: string): string => `Bạn được mời xác nhận với tư cách: ${role}.`,
    read: 'Đọc kỹ nội dung dưới đây. Nội dung đã chốt: ai sửa thì các xác nhận không còn hiệu lực và phải mời lại.',
    other: 'Lời mời này dành cho người khác',
    otherHint: (name: string): string =>
      `Bạn đang đăng nhập với tên ${name}. Số định danh của tài khoản không phải số ghi trong tờ khai. Hãy đăng xuất rồi đăng nhập bằng tài khoản của người được mời.`,
    agreement: 'Xác nhận',
    agree: 'Tôi đã đọc, nội dung về tôi là đúng, và tôi đồng ý gửi tờ khai này.',
    mustAgree: 'Đánh dấu vào lời xác nhận',
    confirm: 'Xác nhận',
    until: 'Hạn xác nhận',
    digest: 'Dấu vân nội dung',
    done: 'Bạn đã xác nhận',
    at: 'Lúc',
    waiting: 'Đang chờ',
    confirmedAt: (when: string): string => `đã xác nhận lúc ${when}`,
    byAccount: 'bằng tài khoản',
    byCounter: 'tại quầy',
    everyone: 'Những người cùng xác nhận',
    doneHint: 'Người khai sẽ gửi hồ sơ khi mọi người đã xác nhận. Bạn không phải làm gì thêm.',
    counterTitle: 'Xác nhận tại quầy',
    code: 'Mã xác nhận',
    codeHint: '8 ký tự, người khai thấy mã này trong hồ sơ của họ.',
    open: 'Mở',
    codeUnknown: 'Không có tờ khai nào với mã này',
    codeEnded: 'Nội dung đã thay đổi hoặc mã đã hết hạn. Người khai cần mời xác nhận lại',
    paper: 'Giấy tờ tùy thân đã xem',
    paperHint: 'Loại và số giấy tờ, ví dụ: căn cước 040190000017.',
    paperMissing: 'Ghi loại và số giấy tờ đã xem',
    seenLegend: 'Cán bộ xác nhận',
    seen: 'Người này có mặt, tôi đã xem giấy tờ và đọc nội dung cho họ; họ đồng ý.',
    mustSee: 'Đánh dấu rằng người đó có mặt và đồng ý',
    confirmFor: (name: string): string => `Ghi nhận xác nhận của ${name}`,
    choose: 'Xem phần của',
  },
  en: {
    title: 'Confirm the form',
    intro: (role: string): string => `You are asked to confirm as: ${role}.`,
    read: 'Read what stands below. It is frozen: when somebody changes it, confirmations count no more and everybody is asked again.',
    other: 'This invitation is for somebody else',
    otherHint: (name: string): string =>
      `You are signed in as ${name}. The identity number of the account is not the one in the form. Sign out, then sign in with the account of the person invited.`,
    agreement: 'Confirmation',
    agree: 'I have read it, what it says of me is right, and I agree to it being sent.',
    mustAgree: 'Tick the confirmation',
    confirm: 'Confirm',
    until: 'Confirm by',
    digest: 'Fingerprint',
    done: 'You have confirmed',
    at: 'At',
    waiting: 'Waiting',
    confirmedAt: (when: string): string => `confirmed at ${when}`,
    byAccount: 'with an account',
    byCounter: 'at the counter',
    everyone: 'Everybody who confirms',
    doneHint: 'The applicant sends it when all have confirmed. There is nothing more for you to do.',
    counterTitle: 'Confirm at the counter',
    code: 'Confirmation code',
    codeHint: '8 characters; the applicant sees it in their application.',
    open: 'Open',
    codeUnknown: 'There is no form with this code',
    codeEnded: 'The answers changed or the code has expired. The applicant has to invite again',
    paper: 'Identity paper seen',
    paperHint: 'Its kind and number, such as: identity card 040190000017.',
    paperMissing: 'Enter the kind and number of the paper',
    seenLegend: 'The official confirms',
    seen: 'The person is here, I have seen their paper and read the form to them; they agree.',
    mustSee: 'Tick that the person is here and agrees',
    confirmFor: (name: string): string => `Record the confirmation of ${name}`,
    choose: 'See the part of',
  },
});

/** The first letters of a digest, in fours: enough to compare by eye. */
export const shortDigest = (digest: string): string =>
  (digest.slice(0, 16).match(/.{4}/g) ?? []).join(' ').toUpperCase();

/** Who has confirmed and who has not. */
export function SignerList(props: { signers: readonly SignerState[] }) {
  const own = signingWords.use();
  const locale = useLocale();
  return (
    <SummaryList
      rows={props.signers.map((signer) => ({
        key: { text: signer.needed.title[locale] },
        value: {
          text: [
            signer.needed.name,
            signer.confirmedAt
              ? `${own.confirmedAt(formatDateTime(signer.confirmedAt, locale))} ${signer.method === 'counter' ? own.byCounter : own.byAccount}`
              : own.waiting,
          ]
            .filter(Boolean)
            .join(' · '),
        },
      }))}
    />
  );
}

/** What somebody else filled in, for a person who has to confirm it. */
export function InvitationPage(props: {
  token: string;
  title: Text;
  open: OpenSigning;
  own: SignerState;
  answers: VNode;
  isOther: boolean;
  personName: string;
  form: FormState;
}) {
  const own = signingWords.use();
  const locale = useLocale();
  const { signing } = props.open;
  return (
    <PublicLayout title={props.title[locale]} isQuiet noIndex hasErrors={Object.keys(props.form.errors).length > 0}>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <ErrorSummaryFor form={props.form} />
          <h1 class="govuk-heading-l">{own.title}</h1>
          <p class="govuk-body-l">{props.title[locale]}</p>
          {props.isOther ? (
            <>
              <WarningText text={own.other} iconFallbackText="!" />
              <p class="govuk-body">{own.otherHint(props.personName)}</p>
            </>
          ) : (
            <>
              <p class="govuk-body">{own.intro(props.own.needed.title[locale])}</p>
              <p class="govuk-body">{own.read}</p>
              {props.answers}
              <SummaryList
                rows={[
                  { key: { text: own.until }, value: { text: formatDate(signing.expiresAt) } },
                  { key: { text: own.digest }, value: { text: shortDigest(signing.digest) } },
                ]}
              />
              <h2 class="govuk-heading-m">{own.everyone}</h2>
              <SignerList signers={props.open.signers} />
              <Form action={paths.signingInvitation({ token: props.token })}>
                <input type="hidden" name="digest" value={signing.digest} />
                <Checkboxes
                  idPrefix="agree"
                  name="agree"
                  fieldset={{ legend: { text: own.agreement, classes: 'govuk-fieldset__legend--m' } }}
                  items={[{ value: 'yes', text: own.agree }]}
                  errorMessage={errorOf(props.form, 'agree')}
                />
                <Button text={own.confirm} preventDoubleClick />
              </Form>
            </>
          )}
        </div>
      </div>
    </PublicLayout>
  );
}

/** After confirming. */
export function ConfirmedPage(props: { open: OpenSigning; own: SignerState }) {
  const own = signingWords.use();
  const locale = useLocale();
  return (
    <PublicLayout title={own.done} isQuiet noIndex>
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          <Panel
            titleText={own.done}
            html={props.own.confirmedAt ? formatDateTime(props.own.confirmedAt, locale) : ''}
          />
          <p class="govuk-body">{own.doneHint}</p>
          <SummaryList
            rows={[{ key: { text: own.digest }, value: { text: shortDigest(props.open.signing.digest) } }]}
          />
          <h2 class="govuk-heading-m">{own.everyone}</h2>
          <SignerList signers={props.open.signers} />
        </div>
      </div>
    </PublicLayout>
  );
}

/** The official asks for the code. */
export function CounterCodePage(props: { form: FormState }) {
  const own = signingWords.use();
  const { idPrefix: _prefix, ...code } = bound(props.form, 'ma');
  return (
    <WorkspaceLayout title={own.counterTitle} hasErrors={Object.keys(props.form.errors).length > 0}>
      <ErrorSummaryFor form={props.form} />
      <Form method="get" action={paths.counterSigning()}>
        <Input
          {...code}
          label={{ text: own.code }}
          hint={{ text: own.codeHint }}
          classes="govuk-input--width-10"
          spellcheck={false}
        />
        <Button text={own.open} />
      </Form>
    </WorkspaceLayout>
  );
}

/** The official reads the frozen answers to the person and records that they agree. */
export function CounterSigningPage(props: {
  code: string;
  title: Text;
  open: OpenSigning;
  signer: SignerState;
  answers: VNode;
  form: FormState;
}) {
  const own = signingWords.use();
  const locale = useLocale();
  const { open, signer, form } = props;
  const { idPrefix: _prefix, ...paper } = bound(form, 'paper');
  return (
    <WorkspaceLayout
      title={own.counterTitle}
      caption={props.title[locale]}
      backPath={paths.counterSigning()}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <SignerList signers={open.signers} />
      {open.signers.length > 1 && (
        <p class="govuk-body">
          {own.choose}:{' '}
          {open.signers.map((each) => (
            <>
              <Link
                to={paths.counterSigning({ ma: props.code, nguoi: each.id })}
                aria-current={each.id === signer.id ? 'page' : undefined}
              >
                {each.needed.title[locale]}
              </Link>{' '}
            </>
          ))}
        </p>
      )}
      {props.answers}
      <p class="govuk-body">
        {own.digest}: {shortDigest(open.signing.digest)}
      </p>
      {!signer.confirmedAt && (
        <Form action={paths.counterSigning()}>
          <input type="hidden" name="ma" value={props.code} />
          <input type="hidden" name="signature" value={signer.id} />
          <input type="hidden" name="digest" value={open.signing.digest} />
          <Input
            {...paper}
            label={{ text: own.paper }}
            hint={{ text: own.paperHint }}
            classes="govuk-input--width-20"
          />
          <Checkboxes
            idPrefix="seen"
            name="seen"
            fieldset={{ legend: { text: own.seenLegend, classes: 'govuk-fieldset__legend--s' } }}
            items={[{ value: 'yes', text: own.seen }]}
            errorMessage={errorOf(form, 'seen')}
          />
          <Button text={own.confirmFor(signer.needed.name ?? signer.needed.title[locale])} preventDoubleClick />
        </Form>
      )}
    </WorkspaceLayout>
  );
}
