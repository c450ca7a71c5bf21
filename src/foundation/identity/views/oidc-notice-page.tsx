import { usePage } from '../../../platform/http/page-context.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { AppOfAccount } from '../oidc-grant-queries.ts';
import { claimCatalogue, isClaimName, type RelyingApp } from '../relying-app.ts';
import { FormPage } from './form-page.tsx';

const words = localWords({
  vi: {
    going: (name: string): string => `Đăng nhập vào ${name}`,
    of: (unit: string): string => `Ứng dụng của ${unit}`,
    learns: 'Nếu bạn tiếp tục, ứng dụng được biết:',
    only: 'Nếu bạn tiếp tục, ứng dụng chỉ được biết một mã số dành cho bạn, không được biết bạn là ai.',
    basis: (text: string): string => `Căn cứ: ${text}`,
    password: 'Ứng dụng không bao giờ biết mật khẩu của bạn.',
    later: 'Bạn có thể xem lại và ngừng bất cứ lúc nào tại trang Tài khoản, mục Ứng dụng đã đăng nhập.',
    yes: 'Tiếp tục',
    no: 'Không, quay lại ứng dụng',
    notForYou: 'Ứng dụng này không dành cho tài khoản của bạn',
    notForYouText: (who: string): string =>
      `Ứng dụng chỉ nhận: ${who}. Tài khoản của bạn vẫn đăng nhập ở Cổng như thường.`,
    audiences: { citizen: 'công dân', business: 'doanh nghiệp', official: 'cán bộ, công chức, viên chức' },
    back: 'Quay lại ứng dụng',
    home: 'Về trang chủ của Cổng',
    onward: 'Đang chuyển tới ứng dụng',
    onwardText: 'Nếu trang không tự chuyển, hãy bấm nút dưới đây.',
    go: 'Đi tiếp',
    mine: 'Ứng dụng đã đăng nhập',
    mineText: 'Những ứng dụng bạn đã đăng nhập bằng tài khoản này, và thông tin chúng được biết về bạn.',
    none: 'Bạn chưa đăng nhập vào ứng dụng nào khác.',
    unit: 'Cơ quan',
    knows: 'Được biết',
    code: 'Chỉ mã số người dùng',
    first: 'Lần đầu',
    last: 'Gần nhất',
    times: (n: number): string => `${n} lần`,
    withdraw: 'Ngừng cho ứng dụng này biết',
    withdrawText:
      'Bạn bị đăng xuất khỏi ứng dụng. Những gì ứng dụng đã biết vẫn do cơ quan ấy giữ; hãy liên hệ cơ quan để hỏi hoặc đề nghị xóa.',
    stopped: 'Ứng dụng này đang tạm dừng.',
    broken: 'Ứng dụng này chưa đăng nhập được',
    brokenText:
      'Ứng dụng chưa được tỉnh cho phép, đang tạm dừng, hoặc cấu hình chưa đúng. Hãy báo cho cơ quan quản lý ứng dụng. Tài khoản của bạn không bị ảnh hưởng.',
  },
  en: {
    going: (name: string): string => `Sign in to ${name}`,
    of: (unit: string): string => `An application of ${unit}`,
    learns: 'If you go on, the application learns:',
    only: 'If you go on, the application learns a number for you only, and not who you are.',
    basis: (text: string): string => `Basis: ${text}`,
    password: 'It never learns your password.',
    later: 'You can look at this and stop it at any time on your account page, under Applications.',
    yes: 'Continue',
    no: 'No, back to the application',
    notForYou: 'This application is not for your account',
    notForYouText: (who: string): string => `It is for ${who} only. You stay signed in to the portal as before.`,
    audiences: { citizen: 'citizens', business: 'businesses', official: 'officials' },
    back: 'Back to the application',
    home: 'To the portal’s front page',
    onward: 'Going on to the application',
    onwardText: 'If nothing happens, press the button.',
    go: 'Go on',
    mine: 'Applications',
    mineText: 'The applications you signed in to with this account, and what they learn of you.',
    none: 'You have not signed in to any other application.',
    unit: 'Agency',
    knows: 'Learns',
    code: 'An identifier only',
    first: 'First',
    last: 'Last',
    times: (n: number): string => `${n} times`,
    withdraw: 'Stop this application',
    withdrawText:
      'You are signed out of it. What it has learnt stays with the agency; ask them about it or to delete it.',
    stopped: 'This application is suspended.',
    broken: 'You cannot sign in to this application',
    brokenText:
      'The province has not approved it, it is suspended, or its settings are wrong. Tell the agency that runs it. Your account is not affected.',
  },
});

const claimText = (name: string, locale: 'vi' | 'en'): string =>
  isClaimName(name) ? claimCatalogue[name][locale] : name;

/** What an application learns, why and by which clause, before it is told anything. */
export function NoticePage(props: { uid: string; app: RelyingApp; unit: string }) {
  const w = words.use();
  const { locale } = usePage();
  const { app } = props;
  return (
    <FormPage title={w.going(locale === 'vi' ? app.nameVi : app.nameEn)} caption={w.of(props.unit)} isQuiet>
      <p class="govuk-body">{locale === 'vi' ? app.purposeVi : app.purposeEn}</p>
      {app.claims.length === 0 ? (
        <p class="govuk-body">{w.only}</p>
      ) : (
        <>
          <p class="govuk-body">{w.learns}</p>
          <SummaryList
            rows={app.claims.map(({ claim, purpose, legalBasis }) => ({
              key: { text: claimText(claim, locale) },
              value: {
                html: (
                  <span lang="vi">
                    {purpose}
                    <br />
                    <span class="govuk-hint">{words.in('vi').basis(legalBasis)}</span>
                  </span>
                ),
              },
            }))}
          />
        </>
      )}
      <p class="govuk-body">{w.password}</p>
      <p class="govuk-body">{w.later}</p>
      <Form action={paths.signInStep({ uid: props.uid })} attributes={{ 'data-turbo': 'false' }}>
        <div class="govuk-button-group">
          <Button text={w.yes} name="answer" value="yes" type="submit" />
          <Button text={w.no} name="answer" value="no" type="submit" classes="govuk-button--secondary" />
        </div>
      </Form>
    </FormPage>
  );
}

export function NotForYouPage(props: { uid: string; app: RelyingApp }) {
  const w = words.use();
  return (
    <FormPage title={w.notForYou} isQuiet>
      <p class="govuk-body">{w.notForYouText(props.app.audience.map((one) => w.audiences[one]).join(', '))}</p>
      <Form action={paths.signInStep({ uid: props.uid })} attributes={{ 'data-turbo': 'false' }}>
        <Button text={w.back} name="answer" value="no" type="submit" classes="govuk-button--secondary" />
      </Form>
      <p class="govuk-body">
        <Link to={paths.home()}>{w.home}</Link>
      </p>
    </FormPage>
  );
}

/**
 * The way from a form of ours to another site: browsers hold the target of a form to our own address, through every redirect, so the
 * person goes on from a page (at once, by its `Refresh` header).
 */
export function OnwardPage(props: { location: string }) {
  const w = words.use();
  return (
    <FormPage title={w.onward} isQuiet>
      <p class="govuk-body">{w.onwardText}</p>
      <p class="govuk-body">
        <a class="govuk-button" href={props.location}>
          {w.go}
        </a>
      </p>
    </FormPage>
  );
}

/** When the fault is the application's: unknown, suspended, a wrong return address. */
export function AppBrokenPage() {
  const w = words.use();
  return (
    <FormPage title={w.broken}>
      <p class="govuk-body">{w.brokenText}</p>
      <Button text={w.home} href={paths.home()} />
    </FormPage>
  );
}

export const appsOfAccountTitle = (locale: 'vi' | 'en'): string => words.in(locale).mine;

/** The applications of a person, each with a way out. */
export function MyAppsPage(props: { apps: readonly (AppOfAccount & { unit: string })[] }) {
  const w = words.use();
  const { locale } = usePage();
  return (
    <FormPage title={w.mine} backPath={paths.account()}>
      <p class="govuk-body">{props.apps.length === 0 ? w.none : w.mineText}</p>
      {props.apps.map((app) => (
        <section>
          <h2 class="govuk-heading-m">{locale === 'vi' ? app.nameVi : app.nameEn}</h2>
          {app.status !== 'active' && <p class="govuk-body">{w.stopped}</p>}
          <SummaryList
            rows={[
              { key: { text: w.unit }, value: { text: app.unit } },
              {
                key: { text: w.knows },
                value: {
                  text:
                    app.claims.length === 0 ? w.code : app.claims.map((claim) => claimText(claim, locale)).join(', '),
                },
              },
              { key: { text: w.first }, value: { text: formatDateTime(app.firstAt, locale) } },
              {
                key: { text: w.last },
                value: { text: `${formatDateTime(app.lastAt, locale)} (${w.times(app.uses)})` },
              },
            ]}
          />
          <Form action={paths.accountApps()}>
            <p class="govuk-hint">{w.withdrawText}</p>
            <Button
              text={w.withdraw}
              name="id"
              value={app.id}
              type="submit"
              classes="govuk-button--secondary"
              attributes={{ 'aria-label': `${w.withdraw}: ${locale === 'vi' ? app.nameVi : app.nameEn}` }}
            />
          </Form>
        </section>
      ))}
    </FormPage>
  );
}
