import { TypedText } from '../../../ui/components/typed-text.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { useLocale } from '../../../platform/http/page-context.ts';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { PaperMarks } from '../../paperstore/index.ts';
import type { SlotOffer } from '../store-papers.ts';
import { ApplicationFrame, type ApplicationFacts } from './application-frame.tsx';

export const storeChoiceWords = localWords({
  vi: {
    title: 'Lấy từ kho giấy tờ',
    lead: 'Chọn một giấy tờ. Hồ sơ giữ bản của mình: sau này bạn xóa hay thay trong kho, hồ sơ không đổi.',
    search: 'Tìm trong kho',
    find: 'Tìm',
    fits: 'hợp với mục này',
    notAccepted: 'loại tệp hoặc dung lượng không được nhận ở mục này',
    of: (name: string): string => `của ${name}`,
    use: 'Dùng giấy tờ này',
    none: 'Không có giấy tờ nào để chọn',
    noneText: 'Tải tệp lên ở trang trước, hoặc thêm giấy tờ vào kho.',
    store: 'Mở kho giấy tờ',
    chooseFirst: 'Chọn một giấy tờ',
    gone: 'Giấy tờ này không còn trong kho hoặc bạn không được dùng cho mục này: chọn giấy tờ khác',
    full: (n: number): string => `Mục này nhận nhiều nhất ${n} tệp: quay lại, bỏ bớt tệp rồi chọn lại`,
    noRoom: 'Hồ sơ đã đủ số tệp hoặc dung lượng: gỡ bớt tệp rồi chọn lại',
    errors: 'Còn chỗ cần sửa',
  },
  en: {
    title: 'Take from my papers',
    lead: 'Choose a paper. The dossier keeps its own: what you later delete or replace in the store changes nothing there.',
    search: 'Search the store',
    find: 'Search',
    fits: 'fits here',
    notAccepted: 'its kind or size is not accepted here',
    of: (name: string): string => `of ${name}`,
    use: 'Use this paper',
    none: 'There is no paper to choose',
    noneText: 'Upload a file on the page before, or add papers to your store.',
    store: 'Open my papers',
    chooseFirst: 'Choose a paper',
    gone: 'This paper is not in the store any more, or may not be used here: choose another',
    full: (n: number): string => `At most ${n} files here: go back and remove one, then choose again`,
    noRoom: 'The dossier has as many files or bytes as it may: remove some, then choose again',
    errors: 'There is something to correct',
  },
});

/** What a paper is chosen for, as the page shows it. */
export interface ChoicePlace {
  name: { vi: string; en?: string | undefined };
  /** Where in the application it stands. */
  at: 'papers' | { page: string };
  /** Address that the choice is sent to. */
  action: string;
  /** Address to go back to, with the place in the page. */
  back: string;
}

/** Papers of the store for one line of the checklist or one question of the form. */
export function StoreChoicePage(props: {
  facts: ApplicationFacts;
  place: ChoicePlace;
  papers: readonly (SlotOffer & { fits: boolean; isAccepted: boolean })[];
  text: string;
  today: string;
  error: string | null;
}) {
  const own = storeChoiceWords.use();
  const locale = useLocale();
  const { place, facts } = props;
  const usable = props.papers.some((paper) => paper.isAccepted);
  const firstId = 'giay-to';
  return (
    <ApplicationFrame
      facts={facts}
      place={place.at}
      title={own.title}
      backPath={place.back}
      hasErrors={props.error !== null}
    >
      {props.error && (
        <ErrorSummary
          titleText={own.errors}
          errorList={[{ text: props.error, href: usable ? `#${firstId}` : '#tim' }]}
        />
      )}
      <span class="govuk-caption-l">{(locale === 'en' && place.name.en) || place.name.vi}</span>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body">{own.lead}</p>
      <Form method="get" action={place.action} role="search" label={own.search}>
        <Input id="tim" name="tim" label={{ text: own.search }} value={props.text} attributes={{ maxlength: '100' }} />
        <Button text={own.find} classes="govuk-button--secondary" />
      </Form>
      {props.papers.length === 0 ? (
        <EmptyState heading={own.none} text={own.noneText}>
          <Link to={paths.storedPapers()}>{own.store}</Link>
        </EmptyState>
      ) : (
        <Form action={place.action}>
          <Radios
            name="giay-to"
            idPrefix={firstId}
            fieldset={{ legend: { text: own.title, classes: 'govuk-visually-hidden' } }}
            errorMessage={props.error ? { text: props.error } : undefined}
            items={props.papers.map((paper) => ({
              value: paper.id,
              html: <TypedText text={paper.name + (paper.ownerName ? ` (${own.of(paper.ownerName)})` : '')} />,
              disabled: !paper.isAccepted,
              hint: {
                html: (
                  <>
                    <PaperMarks paper={paper} today={props.today} /> {paper.fits && own.fits}
                    {!paper.isAccepted && own.notAccepted}
                  </>
                ),
              },
            }))}
          />
          {usable && <Button text={own.use} preventDoubleClick />}
        </Form>
      )}
    </ApplicationFrame>
  );
}
