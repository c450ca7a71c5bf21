import type { ComponentChildren } from 'preact';
import { useLocale } from '../../../platform/http/page-context.ts';
import { StepIndicator, type Step } from '../../../ui/components/step-indicator.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

/** What the frame of every page of an application shows. */
export interface ApplicationFacts {
  id: string;
  purpose: 'submission' | 'supplement';
  procedureName: { vi: string; en?: string | undefined };
  formTitle: { vi: string; en: string } | null;
  /** Pages of the e-form that are asked, in order. */
  pages: readonly { id: string; title: { vi: string; en: string } }[];
  hasPapers: boolean;
  /** There is a newer version of the form, or something of the move to one that was not looked at yet. */
  hasNewVersion: boolean;
  /** Name of whom the person acts for; null: for themselves. */
  onBehalfOf: string | null;
}
export type Place = { page: string } | 'papers' | 'delivery' | 'review' | 'version' | 'device' | 'signers';

const words = localWords({
  vi: {
    back: 'Quay lại',
    form: 'Tờ khai',
    papers: 'Giấy tờ',
    items: 'Nội dung bổ sung',
    delivery: 'Nhận kết quả',
    review: 'Kiểm tra và gửi',
    supplement: 'Bổ sung hồ sơ',
    newVersion: 'Tờ khai này có phiên bản mới.',
    seeVersion: 'Xem và chọn',
    otherDevice: 'Làm tiếp trên điện thoại hoặc máy khác',
    behalf: (name: string): string => `Bạn đang nộp thay ${name}`,
    saved: 'Bạn có thể dừng bất cứ lúc nào: nội dung được lưu 30 ngày, mở tiếp được trên máy khác ở mục Bản đang soạn.',
  },
  en: {
    back: 'Back',
    form: 'Form',
    papers: 'Papers',
    items: 'What is asked',
    delivery: 'Getting the result',
    review: 'Check and send',
    supplement: 'Supplement',
    newVersion: 'There is a new version of this form.',
    seeVersion: 'See and choose',
    otherDevice: 'Go on with a phone or another device',
    behalf: (name: string): string => `You are applying for ${name}`,
    saved: 'You can stop at any time: what you entered is kept for 30 days and goes on, on any device, under Drafts.',
  },
});

/** Up to so many pages of a form stand as steps of their own; more of them are one step. */
const ownSteps = 4;

function stepsOf(facts: ApplicationFacts, place: Place, locale: 'vi' | 'en'): { steps: Step[]; current: number } {
  const own = words.in(locale);
  const { id, pages } = facts;
  const form: { at: string; step: Step }[] =
    pages.length <= ownSteps
      ? pages.map((page) => ({
          at: page.id,
          step: { name: page.title[locale], path: paths.applicationPage({ draftId: id, page: page.id }) },
        }))
      : [
          {
            at: 'form',
            step: { name: own.form, path: paths.applicationPage({ draftId: id, page: pages[0]?.id ?? '' }) },
          },
        ];
  const all = [
    ...form,
    ...(facts.hasPapers
      ? [
          {
            at: 'papers',
            step: {
              name: facts.purpose === 'supplement' ? own.items : own.papers,
              path: paths.applicationPapers({ draftId: id }),
            },
          },
        ]
      : []),
    ...(facts.purpose === 'submission'
      ? [{ at: 'delivery', step: { name: own.delivery, path: paths.applicationDelivery({ draftId: id }) } }]
      : []),
    { at: 'review', step: { name: own.review } },
  ];
  const at =
    place === 'signers' ? 'review' : typeof place === 'string' ? place : pages.length <= ownSteps ? place.page : 'form';
  return {
    steps: all.map((each) => each.step),
    current: Math.max(
      0,
      all.findIndex((each) => each.at === at),
    ),
  };
}

/** Layout of every page on the way to sending: quiet, one thing at a time, and where one stands. */
export function ApplicationFrame(props: {
  facts: ApplicationFacts;
  place: Place;
  title: string;
  backPath: string;
  hasErrors?: boolean;
  children?: ComponentChildren;
}) {
  const own = words.use();
  const locale = useLocale();
  const { facts } = props;
  const name = (locale === 'en' && facts.procedureName.en) || facts.procedureName.vi;
  return (
    <PublicLayout
      title={props.title}
      subtitle={facts.purpose === 'supplement' ? `${own.supplement}: ${name}` : name}
      isQuiet
      backPath={props.backPath}
      backText={own.back}
      hasErrors={props.hasErrors}
      noIndex
      readsAloud
    >
      <StepIndicator {...stepsOf(facts, props.place, locale)} />
      <div class="govuk-grid-row">
        <div class="govuk-grid-column-two-thirds">
          {facts.onBehalfOf && <InsetText>{own.behalf(facts.onBehalfOf)}</InsetText>}
          {facts.hasNewVersion && props.place !== 'version' && (
            <div class="govuk-inset-text">
              {own.newVersion} <Link to={paths.applicationNewVersion({ draftId: facts.id })}>{own.seeVersion}</Link>
            </div>
          )}
          {props.children}
          <p class="govuk-body-s sen-soft">
            {own.saved} <Link to={paths.applicationHandoff({ draftId: facts.id })}>{own.otherDevice}</Link>
          </p>
        </div>
      </div>
    </PublicLayout>
  );
}
