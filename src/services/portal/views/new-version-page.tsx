import { useLocale } from '../../../platform/http/page-context.ts';
import { ColumnHeads } from '../../../ui/components/column-heads.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Carried } from '../../../engines/forms/index.ts';
import { ApplicationFrame, type ApplicationFacts } from './application-frame.tsx';

const words = localWords({
  vi: {
    title: 'Tờ khai có phiên bản mới',
    moved: 'Đã chuyển sang phiên bản mới',
    from: (day: string): string => `Phiên bản mới áp dụng từ ngày ${day}.`,
    kept: (n: number): string => `${n} câu trả lời của bạn được giữ nguyên.`,
    nothingLost: 'Không câu trả lời nào bị mất.',
    look: 'Những câu cần bạn xem lại',
    question: 'Câu hỏi',
    before: 'Bạn đã trả lời',
    why: 'Vì sao',
    reasons: {
      gone: 'Phiên bản mới không hỏi câu này',
      'other-type': 'Câu này nay trả lời theo cách khác',
      'not-allowed': 'Câu trả lời cũ không còn hợp lệ',
      'now-hidden': 'Câu này nay chỉ hỏi trong trường hợp khác',
    } as Record<string, string>,
    fresh: 'Câu hỏi mới',
    move: 'Chuyển sang phiên bản mới',
    stay: 'Làm tiếp phiên bản cũ',
    stayUntil: (day: string): string => `Phiên bản cũ còn được gửi đến hết ngày ${day}.`,
    stayOpen: 'Phiên bản cũ vẫn được gửi.',
    mustMove: 'Phiên bản cũ không còn được nhận. Hãy chuyển sang phiên bản mới để gửi.',
    changed: 'Nội dung vừa được lưu ở nơi khác, đây là kết quả mới nhất.',
    seen: 'Tôi đã xem, làm tiếp',
  },
  en: {
    title: 'There is a new version of this form',
    moved: 'Moved to the new version',
    from: (day: string): string => `The new version is in force since ${day}.`,
    kept: (n: number): string => `${n} of your answers stay as they are.`,
    nothingLost: 'No answer is lost.',
    look: 'Answers to look at again',
    question: 'Question',
    before: 'You answered',
    why: 'Why',
    reasons: {
      gone: 'The new version does not ask this',
      'other-type': 'It is answered in another way now',
      'not-allowed': 'The old answer is not valid any more',
      'now-hidden': 'It is asked only in another case now',
    },
    fresh: 'New questions',
    move: 'Move to the new version',
    stay: 'Go on with the old version',
    stayUntil: (day: string): string => `The old version may be sent until ${day}.`,
    stayOpen: 'The old version may still be sent.',
    mustMove: 'The old version is not accepted any more. Move to the new one to send it.',
    changed: 'It has just been saved elsewhere; this is the newest result.',
    seen: 'I have seen it, go on',
  },
});

type Report = Pick<Carried, 'kept' | 'answers' | 'fresh'>;

/** What moving would do, or what it did: every answer that did not simply stay is named with its old words. */
export function NewVersionPage(props: {
  facts: ApplicationFacts;
  version: number;
  newer: { mayStay: boolean; until: string | null; validFrom: string; report: Report } | null;
  carried: Report | null;
  continuePath: string;
}) {
  const own = words.use();
  const { facts, newer } = props;
  const action = paths.applicationNewVersion({ draftId: facts.id });
  const report = newer?.report ?? props.carried;
  const title = newer ? own.title : own.moved;
  return (
    <ApplicationFrame facts={facts} place="version" title={title} backPath={paths.drafts()}>
      <h1 class="govuk-heading-l">{title}</h1>
      {newer && <p class="govuk-body">{own.from(formatDate(newer.validFrom))}</p>}
      {report && <CarriedReport report={report} />}
      {newer ? (
        <>
          <p class="govuk-body">
            {newer.mayStay ? (newer.until ? own.stayUntil(formatDate(newer.until)) : own.stayOpen) : own.mustMove}
          </p>
          <Form action={action}>
            <input type="hidden" name="version" value={String(props.version)} />
            <div class="govuk-button-group">
              <Button text={own.move} name="do" value="move" preventDoubleClick />
              {newer.mayStay && <Button text={own.stay} name="do" value="stay" classes="govuk-button--secondary" />}
            </div>
          </Form>
        </>
      ) : (
        <Form action={action}>
          <Button text={own.seen} name="do" value="seen" preventDoubleClick />
        </Form>
      )}
    </ApplicationFrame>
  );
}

function CarriedReport(props: { report: Report }) {
  const own = words.use();
  const locale = useLocale();
  const { report } = props;
  return (
    <>
      <p class="govuk-body">
        {own.kept(report.kept)} {report.answers.length === 0 && own.nothingLost}
      </p>
      {report.answers.length > 0 && (
        <div class="sen-table-scroll">
          <table class="govuk-table">
            <caption class="govuk-table__caption govuk-table__caption--m">{own.look}</caption>
            <ColumnHeads headings={[own.question, own.before, own.why]} />
            <tbody>
              {report.answers.map((answer) => (
                <tr>
                  <th scope="row" class="govuk-table__header">
                    {answer.label[locale]}
                  </th>
                  <td class="govuk-table__cell">{answer.shown[locale]}</td>
                  <td class="govuk-table__cell">{own.reasons[answer.reason]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {report.fresh.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{own.fresh}</h2>
          <ul class="govuk-list govuk-list--bullet">
            {report.fresh.map((label) => (
              <li>{label[locale]}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
