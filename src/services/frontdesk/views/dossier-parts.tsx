import type { UnitName } from '../../../foundation/organisations/index.ts';
import { useLocale } from '../../../platform/http/page-context.ts';
import { formatDate, formatDateTime, formatMoney } from '../../../ui/format.ts';
import { Details } from '../../../ui/govuk/details.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { DossierFile } from '../../dossiers/index.ts';
import { unitText } from './desk-words.ts';
import { dossierWords } from './dossier-words.ts';

/* Parts of the dossier's page that only show: each is nothing when there is nothing to show. */

/** What was asked for, when, by whom, and whether it came. */
export function Supplements(props: { file: DossierFile }) {
  const own = dossierWords.use();
  const locale = useLocale();
  const { supplements } = props.file;
  if (supplements.length === 0) return null;
  return (
    <section aria-labelledby="bo-sung">
      <h2 class="govuk-heading-m" id="bo-sung">
        {own.supplements}
      </h2>
      {supplements.map((each) => (
        <div class="sen-ask">
          <p class="govuk-body">
            <strong>{own.asked(each.number, formatDateTime(each.requestedAt, locale), each.requestedBy)}</strong>{' '}
            {each.cancelledAt
              ? own.cancelled
              : each.answeredAt
                ? own.answered(formatDateTime(each.answeredAt, locale))
                : own.waiting}
            {each.answerBy && !each.answeredAt && own.until(formatDate(each.answerBy))}
          </p>
          <p class="govuk-body">{each.reason}</p>
          <ul class="govuk-list govuk-list--bullet">
            {each.items.map((item) => (
              <li>
                {item.name}
                {item.what && `: ${item.what}`}
              </li>
            ))}
          </ul>
          {each.remark && <p class="govuk-body">{each.remark}</p>}
        </div>
      ))}
    </section>
  );
}

/** Fees with their receipts. */
export function Fees(props: { file: DossierFile }) {
  const own = dossierWords.use();
  const locale = useLocale();
  if (props.file.fees.length === 0) return null;
  return (
    <section aria-labelledby="phi">
      <h2 class="govuk-heading-m" id="phi">
        {own.fees}
      </h2>
      <Table
        caption={own.fees}
        captionClasses="govuk-visually-hidden"
        head={[{ text: own.feeName }, { text: own.amount, format: 'numeric' }, { text: own.receipt }]}
        rows={props.file.fees.map((fee) => [
          { text: fee.name },
          { text: formatMoney(fee.amountDong, locale), format: 'numeric' },
          {
            text: fee.paidAt
              ? `${fee.receiptNumber ?? ''} · ${formatDateTime(fee.paidAt, locale)} · ${fee.recordedBy ?? ''}`
              : own.unpaid,
          },
        ])}
      />
    </section>
  );
}

/** Results with their codes and files. */
export function Results(props: { file: DossierFile }) {
  const own = dossierWords.use();
  const locale = useLocale();
  const { file } = props;
  if (file.results.length === 0) return null;
  return (
    <section aria-labelledby="ket-qua">
      <h2 class="govuk-heading-m" id="ket-qua">
        {own.results}
      </h2>
      {file.results.map((result) => (
        <p class="govuk-body">
          <strong>{result.title}</strong> · {result.outcome === 'granted' ? own.granted : own.refusedResult} ·{' '}
          <span class="sen-code">{result.code}</span>
          <span class="sen-under">{`${result.decidedBy} · ${formatDateTime(result.decidedAt, locale)}`}</span>
          {result.remark && <span class="sen-under">{result.remark}</span>}
          {result.fileId && (
            <Link
              to={paths.dossierFile({ id: file.id, fileId: result.fileId })}
              attributes={{ target: '_blank', 'data-turbo': 'false' }}
            >
              {own.openFile}
            </Link>
          )}
        </p>
      ))}
    </section>
  );
}

/** The steps with their units, deadlines and who did them. */
export function Steps(props: { file: DossierFile; names: ReadonlyMap<string, UnitName> }) {
  const own = dossierWords.use();
  const locale = useLocale();
  if (props.file.steps.length === 0) return null;
  const at = (value: Date | null): string => (value ? formatDateTime(value, locale) : '–');
  return (
    <section aria-labelledby="cac-buoc">
      <h2 class="govuk-heading-m" id="cac-buoc">
        {own.steps}
      </h2>
      <Table
        caption={own.steps}
        captionClasses="govuk-visually-hidden"
        classes="sen-table"
        head={[{ text: own.stepName }, { text: own.unit }, { text: own.stepDue }, { text: own.stepState }]}
        rows={props.file.steps.map((step) => [
          { text: `${step.position + 1}. ${locale === 'vi' ? step.nameVi : step.nameEn}` },
          { text: unitText(props.names, step.unitId, locale) },
          { text: at(step.dueAt) },
          {
            text: step.finishedAt
              ? own.stepDone(step.finishedBy ?? '', at(step.finishedAt))
              : step.startedAt
                ? own.stepRunning(at(step.startedAt))
                : own.stepTodo,
          },
        ])}
      />
    </section>
  );
}

export interface SentMessage {
  channel: string;
  subject: string;
  state: string;
  createdAt: Date;
}
/** What was sent about the dossier, and whether it arrived. */
export function MessagesSent(props: { messages: readonly SentMessage[] }) {
  const own = dossierWords.use();
  const locale = useLocale();
  return (
    <Details summaryText={`${own.messages} (${props.messages.length})`}>
      {props.messages.length === 0 ? (
        <p class="govuk-body">{own.noMessages}</p>
      ) : (
        <ul class="govuk-list">
          {props.messages.map((message) => (
            <li>
              {message.subject}
              <span class="sen-under">{`${formatDateTime(message.createdAt, locale)} · ${own.channelsOfMessage[message.channel] ?? message.channel} · ${own.messageStates[message.state] ?? message.state}`}</span>
            </li>
          ))}
        </ul>
      )}
    </Details>
  );
}
