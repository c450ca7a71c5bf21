import { formatDate } from '../../../ui/format.ts';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { validityOf, type StoredPaper } from '../stored-paper.ts';
import { storeWords } from './store-words.ts';

/** Whether a paper is verified and still valid, in words and colour. */
export function PaperMarks(props: {
  paper: Pick<StoredPaper, 'validUntil' | 'isVerified'>;
  today: string;
  soonDays?: number;
}) {
  const { marks } = storeWords.use();
  const { paper } = props;
  const validity = validityOf(paper, props.today, props.soonDays);
  const colour = { unlimited: 'grey', valid: 'grey', soon: 'yellow', expired: 'red' }[validity];
  const day = paper.validUntil ? formatDate(paper.validUntil) : '';
  return (
    <span class="sen-marks">
      <Tag
        text={paper.isVerified ? marks.verified : marks.unverified}
        classes={`govuk-tag--${paper.isVerified ? 'green' : 'grey'}`}
      />{' '}
      {validity !== 'unlimited' && <Tag text={marks[validity](day)} classes={`govuk-tag--${colour}`} />}
    </span>
  );
}
