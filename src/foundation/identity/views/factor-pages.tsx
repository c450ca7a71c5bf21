import { usePage } from '../../../platform/http/page-context.ts';
import { Enhanced } from '../../../ui/island.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { FactorRow } from '../factor-queries.ts';
import { errorOf, FormPage, type FieldErrors } from './form-page.tsx';
import { PasskeyForm } from './passkey-button.tsx';

const words = localWords({
  vi: {
    kinds: { app: 'Ứng dụng tạo mã', passkey: 'Khóa truy cập' },
    appTitle: 'Thêm ứng dụng tạo mã',
    step1: 'Cài một ứng dụng tạo mã',
    step1Text:
      'Trên điện thoại, dùng một ứng dụng tạo mã xác minh có trong kho ứng dụng, ví dụ Google Authenticator, Microsoft Authenticator hoặc Aegis. Ứng dụng không cần mạng để tạo mã.',
    step2: 'Quét mã vuông bằng ứng dụng',
    qrAlt: 'Mã vuông chứa khóa bí mật của ứng dụng; khóa cũng được ghi bằng chữ ở dưới.',
    onPhone: 'Đang dùng chính điện thoại đó? Mở trong ứng dụng tạo mã',
    byHand: 'Không quét được? Nhập khóa bằng tay',
    byHandText: 'Chọn nhập khóa thủ công, loại theo thời gian, rồi nhập:',
    step3: 'Nhập mã 6 chữ số ứng dụng đang hiện',
    code: 'Mã 6 chữ số',
    name: 'Đặt tên để dễ nhận ra',
    nameHint: 'Ví dụ: điện thoại của tôi.',
    add: 'Hoàn tất',
    codeWrong: 'Mã chưa đúng. Hãy xem giờ của điện thoại có đúng không, rồi nhập mã đang hiện.',
    enrolmentOld: 'Trang thiết lập đã mở quá lâu. Hãy quét lại mã vuông mới bên dưới.',
    tooMany: 'Tài khoản đã có quá nhiều cách xác minh. Hãy gỡ bớt cách không còn dùng.',
    appName: 'Ứng dụng tạo mã',
    passkeyName: 'Khóa truy cập',
    passkeyTitle: 'Thêm khóa truy cập',
    passkeyText:
      'Khóa truy cập cho phép đăng nhập bằng vân tay, khuôn mặt hoặc mã khóa màn hình, không cần nhớ mật khẩu. Khóa nằm trong thiết bị; vân tay và khuôn mặt của bạn không bao giờ rời khỏi thiết bị.',
    makePasskey: 'Tạo khóa truy cập',
    passkeyFailed: 'Chưa thêm được khóa truy cập này. Hãy thử lại.',
    done: 'Đã thêm cách xác minh',
    doneText: 'Từ lần đăng nhập sau, bạn dùng được cách này.',
    goOn: 'Tiếp tục',
    codes: 'Mã khôi phục',
    codesNew: 'Ghi lại mã khôi phục',
    codesText:
      'Mỗi mã dùng được một lần, khi bạn không có điện thoại hoặc khóa truy cập. Hãy in hoặc chép lại ngay và cất nơi an toàn: các mã này không hiện lại.',
    print: 'In trang này',
    kept: 'Tôi đã cất giữ các mã',
    codesOld: 'Các mã cũ không còn dùng được.',
    codesOf: (name: string): string => `Mã khôi phục của ${name}`,
    codesLeft: (unused: number, made: number): string => `Còn ${unused} mã chưa dùng trong ${made} mã đã tạo.`,
    codesNone: 'Bạn chưa có mã khôi phục nào.',
    codesNeedFactor: 'Mã khôi phục có khi bạn đã thêm ứng dụng tạo mã hoặc khóa truy cập.',
    codesMake: 'Tạo 10 mã mới',
    codesMakeText: 'Khi tạo mã mới, mọi mã cũ đều hết hiệu lực.',
    kind: 'Loại',
    added: 'Đã thêm',
    used: 'Dùng gần nhất',
    never: 'Chưa dùng',
    rename: 'Đổi tên',
    save: 'Lưu tên',
    needName: 'Hãy đặt tên',
    remove: 'Gỡ',
    removeTitle: (name: string): string => `Gỡ “${name}”?`,
    removeText: 'Sau khi gỡ, không dùng được cách này để xác minh nữa. Trên thiết bị, bạn có thể xóa mục tương ứng.',
    removeLast:
      'Đây là cách xác minh cuối cùng. Sau khi gỡ, tài khoản chỉ còn được bảo vệ bằng mật khẩu và các mã khôi phục hết hiệu lực.',
    removeCompulsory:
      'Tài khoản của bạn bắt buộc phải có xác minh hai bước, nên không gỡ được cách cuối cùng. Hãy thêm cách khác trước.',
    back: 'Không gỡ',
  },
  en: {
    kinds: { app: 'Authenticator app', passkey: 'Passkey' },
    appTitle: 'Add an authenticator app',
    step1: 'Install an authenticator app',
    step1Text:
      'On your telephone, use any authenticator app of the app store, for example Google Authenticator, Microsoft Authenticator or Aegis. It needs no network to make codes.',
    step2: 'Scan the square with the app',
    qrAlt: 'A QR code with the app’s secret key; the key is also written below.',
    onPhone: 'On that telephone right now? Open it in the app',
    byHand: 'Cannot scan it? Enter the key by hand',
    byHandText: 'Choose to enter a key, time based, and type:',
    step3: 'Enter the 6 digits the app shows now',
    code: 'Code of 6 digits',
    name: 'A name to recognise it by',
    nameHint: 'For example: my telephone.',
    add: 'Finish',
    codeWrong: 'The code is not right. Check the clock of the telephone, then enter the code it shows now.',
    enrolmentOld: 'This page was open for too long. Scan the new square below.',
    tooMany: 'The account has too many factors. Remove those you no longer use.',
    appName: 'Authenticator app',
    passkeyName: 'Passkey',
    passkeyTitle: 'Add a passkey',
    passkeyText:
      'A passkey lets you sign in with a finger, your face or the screen lock, without a password to remember. It stays in the device; your finger and face never leave it.',
    makePasskey: 'Make a passkey',
    passkeyFailed: 'This passkey could not be added. Try again.',
    done: 'The factor was added',
    doneText: 'You can use it from your next sign-in on.',
    goOn: 'Go on',
    codes: 'Recovery codes',
    codesNew: 'Keep your recovery codes',
    codesText:
      'Each works once, when you have neither telephone nor passkey. Print or write them down now and keep them safe: they are not shown again.',
    print: 'Print this page',
    kept: 'I have kept the codes',
    codesOld: 'Earlier codes no longer work.',
    codesOf: (name: string): string => `Recovery codes of ${name}`,
    codesLeft: (unused: number, made: number): string => `${unused} of ${made} codes are unused.`,
    codesNone: 'You have no recovery codes yet.',
    codesNeedFactor: 'Recovery codes come with your first authenticator app or passkey.',
    codesMake: 'Make 10 new codes',
    codesMakeText: 'All earlier codes stop working then.',
    kind: 'Kind',
    added: 'Added',
    used: 'Last used',
    never: 'Never',
    rename: 'Rename',
    save: 'Save the name',
    needName: 'Give it a name',
    remove: 'Remove',
    removeTitle: (name: string): string => `Remove “${name}”?`,
    removeText: 'It can no longer be used to prove who you are. You may delete its entry on the device.',
    removeLast:
      'This is the last one. Your account is then protected by the password alone, and recovery codes stop working.',
    removeCompulsory: 'Your account must have a second step, so the last one cannot be removed. Add another one first.',
    back: 'Do not remove',
  },
});
export const factorWords = words;

/** Setting up an authenticator app: install, scan, enter the first code. */
export function AppPage(props: {
  qr: string;
  secret: string;
  address: string;
  sealed: string;
  returnTo: string;
  name?: string;
  errors?: FieldErrors;
}) {
  const w = words.use();
  return (
    <FormPage title={w.appTitle} errors={props.errors} backPath={paths.accountSecurity()}>
      <h2 class="govuk-heading-m">1. {w.step1}</h2>
      <p class="govuk-body">{w.step1Text}</p>
      <h2 class="govuk-heading-m">2. {w.step2}</h2>
      <img class="sen-qr" src={props.qr} alt={w.qrAlt} width="220" height="220" />
      <p class="govuk-body">
        <a class="govuk-link" href={props.address}>
          {w.onPhone}
        </a>
      </p>
      <Details summaryText={w.byHand}>
        <p class="govuk-body">{w.byHandText}</p>
        <p class="govuk-body">
          <code class="sen-code">{props.secret.match(/.{1,4}/g)?.join(' ')}</code>
        </p>
      </Details>
      <h2 class="govuk-heading-m">3. {w.step3}</h2>
      <Form action={paths.factorApp()} attributes={{ 'data-turbo': 'false' }}>
        <input type="hidden" name="enrolment" value={props.sealed} />
        <input type="hidden" name="ve" value={props.returnTo} />
        <Input
          name="code"
          label={{ text: w.code, classes: 'govuk-label--s' }}
          errorMessage={errorOf(props.errors, 'code')}
          classes="govuk-input--width-5"
          inputmode="numeric"
          autocomplete="one-time-code"
          spellcheck={false}
        />
        <Input
          name="name"
          label={{ text: w.name, classes: 'govuk-label--s' }}
          hint={{ text: w.nameHint }}
          value={props.name}
          errorMessage={errorOf(props.errors, 'name')}
          classes="govuk-input--width-20"
        />
        <Button text={w.add} />
      </Form>
    </FormPage>
  );
}

export function NewPasskeyPage(props: { returnTo: string; name: string; errors?: FieldErrors }) {
  const w = words.use();
  return (
    <FormPage title={w.passkeyTitle} errors={props.errors} backPath={paths.accountSecurity()}>
      <p class="govuk-body">{w.passkeyText}</p>
      <PasskeyForm
        action={paths.factorPasskey()}
        kind="create"
        label={w.makePasskey}
        questionPath={paths.factorPasskeyQuestion()}
      >
        <input type="hidden" name="ve" value={props.returnTo} />
        <Input
          name="name"
          label={{ text: w.name, classes: 'govuk-label--s' }}
          hint={{ text: w.nameHint }}
          value={props.name}
          errorMessage={errorOf(props.errors, 'name')}
          classes="govuk-input--width-20"
        />
      </PasskeyForm>
    </FormPage>
  );
}

export function FactorDonePage(props: { returnTo: string }) {
  const w = words.use();
  return (
    <FormPage title={w.done}>
      <p class="govuk-body">{w.doneText}</p>
      <a class="govuk-button" role="button" draggable={false} href={props.returnTo}>
        {w.goOn}
      </a>
    </FormPage>
  );
}

/** Shown once, right after the codes were made; only their hashes are kept. */
export function CodesPage(props: { codes: readonly string[]; returnTo: string; isNew?: boolean }) {
  const w = words.use();
  const { person } = usePage();
  return (
    <FormPage title={w.codesNew} caption={w.codesOf(person?.name ?? '')}>
      <p class="govuk-body">{w.codesText}</p>
      {!props.isNew && <p class="govuk-body">{w.codesOld}</p>}
      <ol class="sen-codes">
        {props.codes.map((code) => (
          <li>
            <code class="sen-code">{code}</code>
          </li>
        ))}
      </ol>
      <div class="govuk-button-group sen-no-print">
        <Enhanced name="ui/print-button" on="load" props={{}}>
          <Button
            text={w.print}
            type="button"
            classes="govuk-button--secondary"
            attributes={{ hidden: { value: true, optional: true } }}
          />
        </Enhanced>
        <a class="govuk-button" role="button" draggable={false} href={props.returnTo}>
          {w.kept}
        </a>
      </div>
    </FormPage>
  );
}

export function RecoveryCodesPage(props: { unused: number; made: number; hasFactor: boolean }) {
  const w = words.use();
  return (
    <FormPage title={w.codes} backPath={paths.accountSecurity()}>
      <p class="govuk-body">{props.made > 0 ? w.codesLeft(props.unused, props.made) : w.codesNone}</p>
      {props.hasFactor ? (
        <>
          {props.made > 0 && <WarningText text={w.codesMakeText} iconFallbackText="!" />}
          <Form action={paths.factorRecoveryCodes()} attributes={{ 'data-turbo': 'false' }}>
            <Button text={w.codesMake} />
          </Form>
        </>
      ) : (
        <p class="govuk-body">{w.codesNeedFactor}</p>
      )}
    </FormPage>
  );
}

function FactorFacts(props: { factor: FactorRow }) {
  const w = words.use();
  const { locale } = usePage();
  const { factor } = props;
  return (
    <SummaryList
      rows={[
        { key: { text: w.kind }, value: { text: w.kinds[factor.kind] } },
        { key: { text: w.added }, value: { text: formatDate(factor.createdAt) } },
        {
          key: { text: w.used },
          value: { text: factor.lastUsedAt ? formatDateTime(factor.lastUsedAt, locale) : w.never },
        },
      ]}
    />
  );
}

export function FactorPage(props: { factor: FactorRow; errors?: FieldErrors }) {
  const w = words.use();
  const { factor } = props;
  return (
    <FormPage title={factor.name} errors={props.errors} backPath={paths.accountSecurity()}>
      <FactorFacts factor={factor} />
      <Form action={paths.factor({ id: factor.id })}>
        <Input
          name="name"
          label={{ text: w.name, classes: 'govuk-label--s' }}
          value={factor.name}
          errorMessage={errorOf(props.errors, 'name')}
          classes="govuk-input--width-20"
        />
        <Button text={w.save} />
      </Form>
      <p class="govuk-body">
        <Link to={paths.factorRemoval({ id: factor.id })}>{w.remove}</Link>
      </p>
    </FormPage>
  );
}

export function RemoveFactorPage(props: { factor: FactorRow; isLast: boolean; isCompulsory: boolean }) {
  const w = words.use();
  const { factor } = props;
  return (
    <FormPage
      title={w.removeTitle(factor.name)}
      backPath={paths.accountSecurity()}
      errors={props.isCompulsory ? { '': w.removeCompulsory } : undefined}
    >
      <FactorFacts factor={factor} />
      {props.isCompulsory ? null : (
        <>
          {props.isLast ? (
            <WarningText text={w.removeLast} iconFallbackText="!" />
          ) : (
            <p class="govuk-body">{w.removeText}</p>
          )}
          <Form action={paths.factorRemoval({ id: factor.id })}>
            <Button text={w.remove} classes="govuk-button--warning" />
          </Form>
        </>
      )}
      <p class="govuk-body">
        <Link to={paths.accountSecurity()}>{w.back}</Link>
      </p>
    </FormPage>
  );
}
