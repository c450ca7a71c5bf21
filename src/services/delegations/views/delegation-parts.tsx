import { ScanMark, type ScanMarkKind } from '../../../foundation/files/index.ts';
import { useLocale } from '../../../platform/http/page-context.ts';
import { formatDate, formatDateTime, formatFileSize, maskIdentityNumber } from '../../../ui/format.ts';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Link } from '../../../ui/link.tsx';
import type { Delegation, DelegationStatus } from '../delegation.ts';
import { delegationWords } from './delegation-words.ts';

/** A paper as it is shown. */
export interface ShownPaper {
  fileId: string;
  name: string;
  sizeBytes: number;
  scanMark: ScanMarkKind | null;
}

const colours: Record<DelegationStatus, string> = {
  'waiting-other': 'yellow',
  'waiting-counter': 'yellow',
  'not-yet': 'blue',
  'in-force': 'green',
  expired: 'grey',
  declined: 'grey',
  withdrawn: 'grey',
};
export function StatusTag(props: { status: DelegationStatus }) {
  const own = delegationWords.use();
  return <Tag text={own.statuses[props.status]} classes={`govuk-tag--${colours[props.status]}`} />;
}

/** What a delegation covers, in one line. `names` are words for codes of fields. */
export function scopeText(
  d: Delegation,
  own: ReturnType<typeof delegationWords.use>,
  names: ReadonlyMap<string, string>,
) {
  const values = d.scopeValues.map((value) => names.get(value) ?? value).join(', ');
  return values === '' ? own.scopes[d.scope] : `${own.scopes[d.scope]}: ${values}`;
}

/** The facts of one delegation, for both sides and for officials. */
export function DelegationFacts(props: {
  delegation: Delegation;
  status: DelegationStatus;
  names: ReadonlyMap<string, string>;
  papers: readonly ShownPaper[];
  fileHref: (fileId: string) => string;
}) {
  const own = delegationWords.use();
  const locale = useLocale();
  const { delegation: d } = props;
  const rights = (['submit', 'see', 'receive'] as const).filter(
    (right) => ({ submit: d.maySubmit, see: d.maySee, receive: d.mayReceive })[right],
  );
  const past = [
    { title: own.proposed, at: d.proposedAt, who: d.initiator === 'giver' ? d.giverName : d.delegateName, text: null },
    d.answeredAt && {
      title: d.state === 'declined' ? own.declined : d.answeredUnitId ? own.confirmed : own.accepted,
      at: d.answeredAt,
      who: d.answeredBy ?? '',
      text: d.basis,
    },
    d.endedAt && { title: own.ended, at: d.endedAt, who: d.endedBy ?? '', text: d.endReason },
  ].filter((each) => each !== null);
  return (
    <>
      <SummaryList
        rows={[
          d.ward
            ? {
                key: { text: own.ward },
                value: {
                  text: `${d.ward.name}, ${own.wardFacts(formatDate(d.ward.birthDate), d.ward.identity && maskIdentityNumber(d.ward.identity))}`,
                },
              }
            : { key: { text: own.giver }, value: { text: d.giverName } },
          { key: { text: own.delegate }, value: { text: d.delegateName } },
          {
            key: { text: own.kind },
            value: { text: d.relation ? `${own.kinds[d.kind]} (${d.relation})` : own.kinds[d.kind] },
          },
          { key: { text: own.scope }, value: { text: scopeText(d, own, props.names) } },
          { key: { text: own.rights }, value: { text: rights.map((right) => own.rightNames[right]).join(', ') } },
          {
            key: { text: own.period },
            value: { text: own.periodOf(formatDate(d.validFrom), d.validTo && formatDate(d.validTo)) },
          },
          {
            key: { text: own.papers },
            value: {
              html:
                props.papers.length === 0
                  ? own.noPapers
                  : props.papers.map((paper) => (
                      <>
                        <Link to={props.fileHref(paper.fileId)}>{paper.name}</Link> (
                        {formatFileSize(paper.sizeBytes, locale)}) <ScanMark mark={paper.scanMark} />
                        <br />
                      </>
                    )),
            },
          },
        ]}
      />
      <h2 class="govuk-heading-m">{own.history}</h2>
      <ul class="govuk-list govuk-list--bullet">
        {past.map((each) => (
          <li>
            {each.title} {own.byWhom(each.who)}, {formatDateTime(each.at, locale)}
            {each.text && `: ${each.text}`}
          </li>
        ))}
      </ul>
    </>
  );
}
