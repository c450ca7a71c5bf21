import { usePage } from '../../../platform/http/page-context.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { SignInLine } from '../account-queries.ts';
import { deviceWords } from '../device-words.ts';
import type { FactorRow } from '../factor-queries.ts';
import type { SessionLine } from '../session-queries.ts';
import { accountWords } from './account-page.tsx';
import { factorWords } from './factor-pages.tsx';
import { FormPage } from './form-page.tsx';

const words = localWords({
  vi: {
    factors: 'Xác minh hai bước',
    on: 'Đang bật',
    off: 'Chưa bật',
    offText:
      'Tài khoản mới chỉ được bảo vệ bằng mật khẩu. Thêm một bước xác minh để người biết mật khẩu của bạn cũng không vào được.',
    compulsory: 'Tài khoản của bạn bắt buộc phải có xác minh hai bước.',
    name: 'Cách xác minh',
    added: 'Đã thêm',
    used: 'Dùng gần nhất',
    never: 'Chưa dùng',
    addPasskey: 'Thêm khóa truy cập',
    addApp: 'Thêm ứng dụng tạo mã',
    codes: (unused: number): string => `Mã khôi phục: còn ${unused} mã`,
    codesFew: 'Sắp hết mã khôi phục. Hãy tạo bộ mã mới để không bị mất lối vào khi hỏng điện thoại.',
    recovering:
      'Quản trị viên đang được yêu cầu gỡ mọi cách xác minh của bạn. Nếu bạn không yêu cầu, hãy dừng lại ngay.',
    stop: 'Dừng lại',
    sessions: 'Thiết bị đang đăng nhập',
    device: 'Thiết bị',
    place: 'Địa chỉ mạng',
    since: 'Đăng nhập lúc',
    lastSeen: 'Hoạt động gần nhất',
    current: 'Thiết bị này',
    end: 'Kết thúc',
    endOf: (device: string): string => `Kết thúc phiên trên ${device}`,
    endOthers: 'Kết thúc mọi phiên khác',
    history: 'Lịch sử đăng nhập',
    when: 'Thời điểm',
    result: 'Kết quả',
    older: 'Xem thêm',
    noHistory: 'Chưa có lần đăng nhập nào.',
    twoSteps: 'Hai bước',
    national: 'Định danh quốc gia',
  },
  en: {
    factors: 'Second step',
    on: 'On',
    off: 'Off',
    offText:
      'Your account is protected by a password only. Add a second step, so that nobody who knows the password gets in.',
    compulsory: 'Your account must have a second step.',
    name: 'Way',
    added: 'Added',
    used: 'Last used',
    never: 'Never',
    addPasskey: 'Add a passkey',
    addApp: 'Add an authenticator app',
    codes: (unused: number): string => `Recovery codes: ${unused} left`,
    codesFew: 'You are running out of recovery codes. Make new ones, so that a broken telephone does not lock you out.',
    recovering: 'Administrators were asked to remove all your factors. If you did not ask, stop it now.',
    stop: 'Stop it',
    sessions: 'Signed-in devices',
    device: 'Device',
    place: 'Network address',
    since: 'Signed in',
    lastSeen: 'Last active',
    current: 'This device',
    end: 'End',
    endOf: (device: string): string => `End the session on ${device}`,
    endOthers: 'End all other sessions',
    history: 'Sign-in history',
    when: 'When',
    result: 'Result',
    older: 'Show more',
    noHistory: 'No sign-ins yet.',
    twoSteps: 'Two steps',
    national: 'National identity',
  },
});

/** Below so many unused codes the page says so. */
const FEW_CODES = 3;

export interface SecurityFacts {
  sessions: readonly SessionLine[];
  currentId: string;
  history: readonly SignInLine[];
  olderBefore: string | null;
  factors: readonly FactorRow[];
  codes: { unused: number; made: number };
  isCompulsory: boolean;
  /** Administrators are about to remove the factors. */
  isRecovering: boolean;
}

function Factors(props: SecurityFacts) {
  const w = words.use();
  const f = factorWords.use();
  const { locale } = usePage();
  const { factors, codes } = props;
  const isOn = factors.length > 0;
  return (
    <>
      <h2 class="govuk-heading-m">
        {w.factors} <Tag text={isOn ? w.on : w.off} classes={isOn ? 'govuk-tag--green' : 'govuk-tag--grey'} />
      </h2>
      {props.isRecovering && (
        <Form action={paths.recoveryStop()}>
          <WarningText text={w.recovering} iconFallbackText="!" />
          <Button text={w.stop} classes="govuk-button--warning" />
        </Form>
      )}
      {props.isCompulsory && !isOn && <WarningText text={w.compulsory} iconFallbackText="!" />}
      {isOn ? (
        <Table
          head={[{ text: w.name }, { text: w.added }, { text: w.used }]}
          rows={factors.map((factor) => [
            {
              html: (
                <>
                  <Link to={paths.factor({ id: factor.id })}>{factor.name}</Link>
                  <br />
                  <span class="govuk-hint govuk-!-font-size-16">{f.kinds[factor.kind]}</span>
                </>
              ),
            },
            { text: formatDate(factor.createdAt) },
            { text: factor.lastUsedAt ? formatDateTime(factor.lastUsedAt, locale) : w.never },
          ])}
        />
      ) : (
        <p class="govuk-body">{w.offText}</p>
      )}
      {isOn && codes.unused < FEW_CODES && <InsetText>{w.codesFew}</InsetText>}
      {isOn && (
        <p class="govuk-body">
          <Link to={paths.factorRecoveryCodes()}>{w.codes(codes.unused)}</Link>
        </p>
      )}
      <div class="govuk-button-group">
        <Button text={w.addPasskey} href={paths.factorPasskey()} classes={isOn ? 'govuk-button--secondary' : ''} />
        <Button text={w.addApp} href={paths.factorApp()} classes="govuk-button--secondary" />
      </div>
    </>
  );
}

function Sessions(props: SecurityFacts) {
  const w = words.use();
  const { locale } = usePage();
  return (
    <>
      <h2 class="govuk-heading-m">{w.sessions}</h2>
      <ul class="sen-devices">
        {props.sessions.map((session) => {
          const device = deviceWords(session.userAgent, locale);
          const level = session.level === 2 ? w.twoSteps : session.level === 3 ? w.national : null;
          return (
            <li>
              <div>
                <strong>{device}</strong>{' '}
                {session.id === props.currentId && <Tag text={w.current} classes="govuk-tag--blue" />}{' '}
                {level && <Tag text={level} classes="govuk-tag--green" />}
                <span class="govuk-hint govuk-!-margin-bottom-0">
                  {w.place}: {session.address ?? '—'}
                  <br />
                  {w.since}: {formatDateTime(session.createdAt, locale)}
                  <br />
                  {w.lastSeen}: {formatDateTime(session.seenAt, locale)}
                </span>
              </div>
              {session.id !== props.currentId && (
                <Form action={paths.accountSessions()} label={w.endOf(device)}>
                  <Button
                    text={w.end}
                    name="id"
                    value={session.id}
                    type="submit"
                    classes="govuk-button--secondary sen-button--small"
                  />
                </Form>
              )}
            </li>
          );
        })}
      </ul>
      {props.sessions.length > 1 && (
        <Form action={paths.accountSessions()}>
          <Button text={w.endOthers} name="id" value="others" type="submit" classes="govuk-button--secondary" />
        </Form>
      )}
    </>
  );
}

/** The second step, signed-in devices that can be ended, and what happened at the door. */
export function SecurityPage(props: SecurityFacts) {
  const w = words.use();
  const a = accountWords.use();
  const { locale } = usePage();
  return (
    <FormPage title={a.security} backPath={paths.account()}>
      <Factors {...props} />
      <Sessions {...props} />
      <h2 class="govuk-heading-m">{w.history}</h2>
      {props.history.length === 0 ? (
        <p class="govuk-body">{w.noHistory}</p>
      ) : (
        <Table
          head={[{ text: w.when }, { text: w.result }, { text: `${w.device}, ${w.place.toLowerCase()}` }]}
          rows={props.history.map((line) => [
            { text: formatDateTime(line.occurredAt, locale) },
            { text: a.outcomes[line.outcome] },
            {
              html: (
                <>
                  {deviceWords(line.userAgent, locale)}
                  <br />
                  <span class="govuk-hint govuk-!-font-size-16">{line.address}</span>
                </>
              ),
            },
          ])}
        />
      )}
      {props.olderBefore && (
        <p class="govuk-body">
          <Link to={paths.accountSecurity({ truoc: props.olderBefore })}>{w.older}</Link>
        </p>
      )}
    </FormPage>
  );
}
