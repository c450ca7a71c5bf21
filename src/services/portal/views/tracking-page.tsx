import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { TrackedDossier } from '../../dossiers/index.ts';
import { stateWords } from '../dossier-words.ts';

export const trackingWords = localWords({
  vi: {
    title: 'Tra cứu hồ sơ',
    intro: 'Biết hồ sơ đến đâu mà không cần đăng nhập. Hai mã này in trên giấy tiếp nhận và trên phiếu xác nhận.',
    code: 'Mã hồ sơ',
    codeHint:
      'Ví dụ H41.12-20261122-0000001. Chưa có mã hồ sơ thì nhập số tra cứu trên phiếu xác nhận, ví dụ K7M2P-Q9XWA.',
    secret: 'Mã tra cứu',
    secretHint: '8 chữ và số',
    go: 'Tra cứu',
    codeMissing: 'Nhập mã hồ sơ',
    secretMissing: 'Nhập mã tra cứu',
    wrong: 'Không tìm thấy hồ sơ với hai mã này. Kiểm tra lại từng chữ, rồi thử lại.',
    result: 'Hồ sơ của bạn',
    done: (n: number): string => `Đã xong ${n}%`,
    more: 'Đăng nhập để xem chi tiết',
    again: 'Tra cứu hồ sơ khác',
    private: 'Trang này chỉ cho biết mức độ hoàn thành, không hiện tên hay nội dung hồ sơ.',
  },
  en: {
    title: 'Track a dossier',
    intro: 'See how far it is without signing in. Both codes are printed on the receipt and on the acknowledgement.',
    code: 'Dossier code',
    codeHint:
      'Such as H41.12-20261122-0000001. Without a dossier code yet, type the tracking number of the acknowledgement, such as K7M2P-Q9XWA.',
    secret: 'Tracking code',
    secretHint: '8 letters and digits',
    go: 'Track',
    codeMissing: 'Type the dossier code',
    secretMissing: 'Type the tracking code',
    wrong: 'No dossier has these two codes. Check every letter and try again.',
    result: 'Your dossier',
    done: (n: number): string => `${n}% done`,
    more: 'Sign in to see more',
    again: 'Track another dossier',
    private: 'This page tells how far it is and nothing else: no names, no contents.',
  },
});

/** Public tracking: how far, and nothing that names a person. */
export function TrackingPage(props: { form: FormState; found: TrackedDossier | null }) {
  const own = trackingWords.use();
  const locale = useLocale();
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
      <h1 class="govuk-heading-l">{own.title}</h1>
      {found ? (
        <>
          <section class="sen-told">
            <h2 class="govuk-heading-m">{found.code ?? own.result}</h2>
            <p class="govuk-body-l">
              <strong>{stateWords[found.state][locale]}</strong>
            </p>
            <p class="govuk-body" id="done">
              {own.done(found.completionPercent)}
            </p>
            <progress class="sen-progress" max={100} value={found.completionPercent} aria-labelledby="done">
              {found.completionPercent}%
            </progress>
            <p class="govuk-body">{stateWords[found.state].meaning[locale]}</p>
          </section>
          <p class="govuk-body">
            <Link to={paths.myDossiers()}>{own.more}</Link> · <Link to={paths.tracking()}>{own.again}</Link>
          </p>
        </>
      ) : (
        <>
          <p class="govuk-body">{own.intro}</p>
          <Form action={paths.tracking()}>
            <Input
              {...bound(form, 'ma')}
              label={{ text: own.code, classes: 'govuk-label--m' }}
              hint={{ text: own.codeHint }}
              spellcheck={false}
              autocapitalize="characters"
              attributes={{ maxlength: '64' }}
            />
            <Input
              {...bound(form, 'khoa')}
              label={{ text: own.secret, classes: 'govuk-label--m' }}
              hint={{ text: own.secretHint }}
              classes="govuk-input--width-10"
              spellcheck={false}
              autocapitalize="characters"
              autocomplete="off"
              attributes={{ maxlength: '40', 'data-from-fragment': '' }}
            />
            <Button text={own.go} preventDoubleClick />
          </Form>
        </>
      )}
      <p class="govuk-body sen-soft">{own.private}</p>
    </PublicLayout>
  );
}
