import { formatDate } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { AccountNav } from '../../../ui/layouts/account-nav.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import { canEnd, mayAnswer, statusOf, type Delegation } from '../delegation.ts';
import { directions } from '../delegation-form.ts';
import { DelegationFacts, scopeText, StatusTag, type ShownPaper } from './delegation-parts.tsx';
import { delegationWords } from './delegation-words.ts';

function Rows(props: {
  rows: readonly Delegation[];
  side: 'giver' | 'delegate';
  today: string;
  names: ReadonlyMap<string, string>;
  none: string;
}) {
  const own = delegationWords.use();
  if (props.rows.length === 0) return <p class="govuk-body sen-soft">{props.none}</p>;
  return (
    <ul class="sen-rows">
      {props.rows.map((d) => (
        <li class="sen-row-card">
          <div class="sen-row-card__body">
            <h3 class="sen-row-card__title">
              <Link to={paths.delegation({ id: d.id })}>{props.side === 'giver' ? d.delegateName : d.giverName}</Link>
            </h3>
            <p class="sen-row-card__meta">
              {own.kinds[d.kind]} · {scopeText(d, own, props.names)}
              <br />
              {own.periodOf(formatDate(d.validFrom), d.validTo && formatDate(d.validTo))}
            </p>
          </div>
          <p class="sen-row-card__actions">
            <StatusTag status={statusOf(d, props.today)} />
          </p>
        </li>
      ))}
    </ul>
  );
}

/** Mandates that the person gave, and those they hold. */
export function DelegationsPage(props: {
  given: readonly Delegation[];
  held: readonly Delegation[];
  moreGiven: string | null;
  moreHeld: string | null;
  today: string;
  names: ReadonlyMap<string, string>;
}) {
  const own = delegationWords.use();
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]} noIndex>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <AccountNav current="delegations" />
      <p class="govuk-body">{own.lead}</p>
      <h2 class="govuk-heading-m">{own.make}</h2>
      <ul class="sen-rows">
        {directions.map((direction) => (
          <li class="sen-row-card">
            <div class="sen-row-card__body">
              <h3 class="sen-row-card__title">
                <Link to={paths.delegationNew({ chieu: direction })}>{own.directions[direction]}</Link>
              </h3>
              <p class="sen-row-card__meta">{own.directionTexts[direction]}</p>
            </div>
          </li>
        ))}
      </ul>
      <h2 class="govuk-heading-m">{own.given}</h2>
      <Rows rows={props.given} side="giver" today={props.today} names={props.names} none={own.noneGiven} />
      {props.moreGiven && (
        <p class="govuk-body">
          <Link to={paths.delegations({ sau: props.moreGiven })}>{own.older} →</Link>
        </p>
      )}
      <h2 class="govuk-heading-m">{own.held}</h2>
      <Rows rows={props.held} side="delegate" today={props.today} names={props.names} none={own.noneHeld} />
      {props.moreHeld && (
        <p class="govuk-body">
          <Link to={paths.delegations({ 'sau-nhan': props.moreHeld })}>{own.older} →</Link>
        </p>
      )}
    </PublicLayout>
  );
}

/** One mandate: what it covers, what happened, what may be done. */
export function DelegationPage(props: {
  delegation: Delegation;
  accountId: string;
  today: string;
  names: ReadonlyMap<string, string>;
  papers: readonly ShownPaper[];
  done: 'sent' | 'accepted' | 'declined' | 'ended' | null;
}) {
  const own = delegationWords.use();
  const { delegation: d, today } = props;
  const status = statusOf(d, today);
  const act = (name: string) => paths.delegationAct({ id: d.id, act: name });
  const isDelegate = d.delegateAccountId === props.accountId;
  return (
    <PublicLayout title={own.title} width="narrow" noIndex backPath={paths.delegations()} backText={own.back}>
      {props.done && <NotificationBanner type="success" text={own.done[props.done]} />}
      <h1 class="govuk-heading-l">{isDelegate ? d.giverName : d.delegateName}</h1>
      <p class="govuk-body">
        <StatusTag status={status} />
      </p>
      {status === 'waiting-counter' && <p class="govuk-body">{own.counterText}</p>}
      {status === 'in-force' && isDelegate && d.maySubmit && (
        <p class="govuk-body">
          {own.useIt} <Link to={paths.procedures()}>{own.find}</Link>
        </p>
      )}
      <DelegationFacts
        delegation={d}
        status={status}
        names={props.names}
        papers={props.papers}
        fileHref={(fileId) => paths.delegationFile({ id: d.id, fileId })}
      />
      {mayAnswer(d, props.accountId) && status !== 'expired' && (
        <>
          <p class="govuk-body">{own.acceptText}</p>
          <div class="govuk-button-group">
            <Form action={act('chap-nhan')}>
              <Button text={own.accept} type="submit" preventDoubleClick />
            </Form>
            <Form action={act('tu-choi')}>
              <Button text={own.decline} type="submit" classes="govuk-button--secondary" />
            </Form>
          </div>
        </>
      )}
      {canEnd(d, today) && !mayAnswer(d, props.accountId) && (
        <>
          <h2 class="govuk-heading-m">{own.withdraw}</h2>
          <p class="govuk-body">{own.withdrawText}</p>
          <Form action={act('rut')}>
            <Textarea
              name="reason"
              id="reason"
              label={{ text: own.reason }}
              rows={2}
              attributes={{ maxlength: '300' }}
            />
            <Button text={own.withdraw} type="submit" classes="govuk-button--warning" />
          </Form>
        </>
      )}
    </PublicLayout>
  );
}
