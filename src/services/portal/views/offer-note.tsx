import { TypedText } from '../../../ui/components/typed-text.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { PaperMarks, validityOf } from '../../paperstore/index.ts';
import type { SlotOffer } from '../store-papers.ts';

const words = localWords({
  vi: {
    of: 'của',
    expired: 'Giấy tờ đã hết hạn: có thể không được chấp nhận.',
    unverified: 'Chưa được cơ quan nào kiểm tra: cán bộ có thể yêu cầu xem bản chính.',
  },
  en: {
    of: 'of',
    expired: 'It has expired: it may not be accepted.',
    unverified: 'No authority has checked it: the official may ask for the original.',
  },
});

/** What stands behind the name of a stored paper that is offered: whose it is, whether it is verified and valid, and what that means. */
export function OfferNote(props: { paper: SlotOffer; today: string }) {
  const own = words.use();
  const { paper, today } = props;
  return (
    <>
      {paper.ownerName && (
        <>
          ({own.of} <TypedText text={paper.ownerName} />){' '}
        </>
      )}
      <PaperMarks paper={paper} today={today} />
      {validityOf(paper, today) === 'expired' && <span class="sen-soft"> {own.expired}</span>}
      {!paper.isVerified && <span class="sen-soft"> {own.unverified}</span>}
    </>
  );
}
