import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { DateInput } from '../../../ui/govuk/date-input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { FormPage } from './form-page.tsx';

export type NationalStop = 'refused' | 'unreachable' | 'invalid' | 'too-weak' | 'no-number' | 'closed' | 'conflict';

const words = localWords({
  vi: {
    stops: {
      refused: [
        'Bạn chưa đăng nhập bằng VNeID',
        'Bạn đã dừng lại, hoặc hệ thống định danh không nhận lần đăng nhập này. Chưa có gì bị mất.',
      ],
      unreachable: [
        'Chưa kết nối được với VNeID',
        'Hệ thống định danh điện tử quốc gia đang bận hoặc tạm dừng. Lỗi không phải ở bạn. Hãy thử lại sau ít phút.',
      ],
      invalid: [
        'Lần đăng nhập bằng VNeID không dùng được',
        'Câu trả lời của hệ thống định danh chưa xác minh được nên không được nhận. Hãy đăng nhập lại từ đầu.',
      ],
      'too-weak': [
        'Tài khoản định danh của bạn chưa đủ mức',
        'Cổng cần tài khoản định danh điện tử mức 2. Hãy đến công an xã, phường để được nâng mức, mang theo căn cước.',
      ],
      'no-number': [
        'Tài khoản này chưa có số định danh cá nhân',
        'Cổng cần số định danh cá nhân và họ tên. Nếu bạn chưa có, hãy đến bộ phận một cửa nơi bạn ở để nộp hồ sơ.',
      ],
      closed: [
        'Tài khoản của bạn ở Cổng đang bị khóa',
        'Bạn đã chứng minh được mình là ai, nhưng tài khoản ở Cổng đang bị khóa. Hãy gọi tổng đài để được mở.',
      ],
      conflict: [
        'Số định danh của bạn vướng hai tài khoản',
        'Thông tin từ VNeID khớp với một tài khoản, nhưng số định danh lại thuộc tài khoản khác. Để không ai vào nhầm hồ sơ của người khác, cán bộ cần kiểm tra. Hãy gọi tổng đài hoặc đến bộ phận một cửa, mang theo căn cước.',
      ],
    },
    again: 'Thử lại với VNeID',
    other: 'Đăng nhập bằng cách khác',
    counter: 'Trong lúc chờ, bạn vẫn xem được thủ tục, tra cứu hồ sơ bằng mã, và nộp hồ sơ tại bộ phận một cửa.',
    lookUp: 'Tra cứu hồ sơ',
    demo: 'Đây là bản trình diễn. Hệ thống mô phỏng được bật bằng lệnh:',
    from: 'Họ tên ở VNeID',
    here: 'Họ tên ở Cổng',
    go: 'Tiếp tục',
    needed: 'Hãy chọn một câu trả lời',
    birth: 'Cho biết ngày sinh của bạn',
    birthText: (name: string): string =>
      `Chào ${name}. Đây là lần đầu bạn vào Cổng. VNeID không gửi ngày sinh, nên bạn ghi giúp theo căn cước.`,
    birthLabel: 'Ngày sinh',
    birthWrong: 'Ngày sinh chưa đúng với số định danh của bạn',
    day: 'Ngày',
    month: 'Tháng',
    year: 'Năm',
    link: 'Đã có tài khoản mang số định danh của bạn',
    linkText: 'Có người đã lập tài khoản ở Cổng bằng số định danh của bạn. Đó có phải là bạn không?',
    mine: 'Phải, tôi đã lập tài khoản ấy',
    mineHint: 'Từ nay bạn vào bằng VNeID; mật khẩu cũ còn dùng được khi Cổng còn cho phép. Họ tên lấy theo VNeID.',
    notMine: 'Không phải tôi, hoặc tôi không nhớ',
    notMineHint: 'Tài khoản trở về với bạn. Mật khẩu, số điện thoại, thư điện tử của người lập không mở được nó nữa.',
    changed: 'Họ tên của bạn đã đổi',
    changedText: 'Họ tên ở VNeID khác với họ tên ở Cổng. Hồ sơ mới dùng họ tên nào?',
    takeNew: (name: string): string => `${name} (theo VNeID)`,
    keep: (name: string): string => `Giữ ${name}, hỏi tôi lần sau`,
    ending: 'Đang đăng xuất khỏi VNeID',
    endingText:
      'Bạn đã đăng xuất khỏi Cổng. Nếu trang không tự chuyển, hãy bấm nút dưới đây để đăng xuất khỏi VNeID trên máy này.',
    endGo: 'Đăng xuất khỏi VNeID',
  },
  en: {
    stops: {
      refused: ['You did not sign in with VNeID', 'You stopped, or the identity system refused. Nothing is lost.'],
      unreachable: [
        'VNeID cannot be reached',
        'The national identity system is busy or down. It is not your fault. Try again in a few minutes.',
      ],
      invalid: [
        'This sign-in with VNeID cannot be used',
        'The answer of the identity system could not be verified, so it was not taken. Sign in again.',
      ],
      'too-weak': [
        'Your electronic identity is not of the level needed',
        'The portal needs level 2. The police of your commune raise it; bring your identity card.',
      ],
      'no-number': [
        'This identity has no personal identity number',
        'The portal needs number and name. If you have none, apply at the front desk where you live.',
      ],
      closed: [
        'Your account here is locked',
        'You have proven who you are, but the account at the portal is locked. Call support to have it opened.',
      ],
      conflict: [
        'Your identity number meets two accounts',
        'What VNeID says fits one account, but the number belongs to another. So that nobody sees another’s dossiers, an official has to look at it. Call support or come to the front desk with your identity card.',
      ],
    },
    again: 'Try VNeID again',
    other: 'Sign in another way',
    counter: 'Meanwhile you can read about procedures, track dossiers by code, and apply at the front desk.',
    lookUp: 'Track a dossier',
    demo: 'This is a demonstration. Start the stand-in with:',
    from: 'Name at VNeID',
    here: 'Name at the portal',
    go: 'Continue',
    needed: 'Choose an answer',
    birth: 'Your date of birth',
    birthText: (name: string): string =>
      `Hello ${name}. This is your first time here. VNeID did not send your date of birth; enter it as on your card.`,
    birthLabel: 'Date of birth',
    birthWrong: 'This date does not agree with your identity number',
    day: 'Day',
    month: 'Month',
    year: 'Year',
    link: 'There is an account under your identity number',
    linkText: 'Somebody opened an account here with your identity number. Was it you?',
    mine: 'Yes, I opened it',
    mineHint:
      'From now on you come in by VNeID; the old password works while the portal allows it. Your name is taken from VNeID.',
    notMine: 'It was not me, or I do not remember',
    notMineHint: 'The account becomes yours. Password, phone and e-mail of whoever opened it open it no more.',
    changed: 'Your name has changed',
    changedText: 'Your name at VNeID is not the one here. Which shall new dossiers carry?',
    takeNew: (name: string): string => `${name} (as at VNeID)`,
    keep: (name: string): string => `Keep ${name}, ask me next time`,
    ending: 'Signing out of VNeID',
    endingText:
      'You are signed out of the portal. If nothing happens, press the button to sign out of VNeID on this device.',
    endGo: 'Sign out of VNeID',
  },
});

/** Why signing in ends here, and what else there is. */
export function NationalStopPage(props: {
  why: NationalStop;
  uid: string | null;
  hasOtherWays: boolean;
  isDemo: boolean;
}) {
  const w = words.use();
  const [title, text] = w.stops[props.why];
  return (
    <FormPage title={title ?? ''} isQuiet>
      <p class="govuk-body">{text}</p>
      {props.why === 'unreachable' && props.isDemo && (
        <InsetText>
          {w.demo} <code>npx sen sandbox identity</code>
        </InsetText>
      )}
      <div class="govuk-button-group">
        {props.uid !== null && <Button text={w.again} href={paths.signInNational({ buoc: props.uid })} />}
        {props.hasOtherWays && <Button text={w.other} href={paths.signIn()} classes="govuk-button--secondary" />}
      </div>
      <p class="govuk-body">{w.counter}</p>
      <p class="govuk-body">
        <Link to={paths.tracking()}>{w.lookUp}</Link>
      </p>
    </FormPage>
  );
}

/** The one question that stands between proven and signed in. */
export function NationalQuestionPage(props: {
  uid: string;
  proven: string;
  question: 'birth-date' | 'first-link' | 'changed-name';
  name: string;
  nameHere: string;
  hasFault: boolean;
}) {
  const w = words.use();
  const { question } = props;
  const field = question === 'birth-date' ? 'birth-day' : question === 'first-link' ? 'account' : 'name';
  const fault = props.hasFault ? (question === 'birth-date' ? w.birthWrong : w.needed) : undefined;
  const error = fault ? { text: fault } : undefined;
  const title = question === 'birth-date' ? w.birth : question === 'first-link' ? w.link : w.changed;
  return (
    <FormPage title={title} errors={fault ? { [field]: fault } : undefined} isQuiet>
      <p class="govuk-body">
        {question === 'birth-date' ? w.birthText(props.name) : question === 'first-link' ? w.linkText : w.changedText}
      </p>
      {question !== 'birth-date' && (
        <SummaryList
          rows={[
            { key: { text: w.from }, value: { text: props.name } },
            { key: { text: w.here }, value: { text: props.nameHere } },
          ]}
        />
      )}
      <Form action={paths.signInStepNational({ uid: props.uid })} attributes={{ 'data-turbo': 'false' }}>
        <input type="hidden" name="proven" value={props.proven} />
        {question === 'birth-date' && (
          <DateInput
            id="birth"
            namePrefix="birth"
            fieldset={{ legend: { text: w.birthLabel, classes: 'govuk-fieldset__legend--s' } }}
            errorMessage={error}
            items={[
              { name: 'day', label: w.day, classes: 'govuk-input--width-2' },
              { name: 'month', label: w.month, classes: 'govuk-input--width-2' },
              { name: 'year', label: w.year, classes: 'govuk-input--width-4' },
            ]}
          />
        )}
        {question === 'first-link' && (
          <Radios
            name="account"
            errorMessage={error}
            fieldset={{ legend: { text: w.linkText, classes: 'govuk-visually-hidden' } }}
            items={[
              { value: 'mine', text: w.mine, hint: { text: w.mineHint } },
              { value: 'not-mine', text: w.notMine, hint: { text: w.notMineHint } },
            ]}
          />
        )}
        {question === 'changed-name' && (
          <Radios
            name="name"
            errorMessage={error}
            fieldset={{ legend: { text: w.changedText, classes: 'govuk-visually-hidden' } }}
            items={[
              { value: 'new', text: w.takeNew(props.name) },
              { value: 'keep', text: w.keep(props.nameHere) },
            ]}
          />
        )}
        <Button text={w.go} />
      </Form>
    </FormPage>
  );
}

/** On the way from signing out here to signing out at the national provider. */
export function NationalEndPage() {
  const w = words.use();
  return (
    <FormPage title={w.ending} isQuiet>
      <p class="govuk-body">{w.endingText}</p>
      <Button text={w.endGo} href={paths.signOutNational()} />
    </FormPage>
  );
}
