import { useLocale } from '../../../platform/http/page-context.ts';
import { DeadlineTag } from '../../../ui/components/deadline-tag.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { AccountNav } from '../../../ui/layouts/account-nav.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import {
  correctableFields,
  erasableThings,
  isOpen,
  requestKinds,
  requestNumber,
  type DataRequest,
} from '../data-request.ts';
import { outcomeWords, requestWords } from './request-words.ts';

const colours = { received: 'blue', 'in-progress': 'yellow', answered: 'green', withdrawn: 'grey' } as const;

export function RequestStateTag(props: { request: DataRequest }) {
  const own = requestWords.use();
  const { state } = props.request;
  return <Tag text={own.states[state]} classes={`govuk-tag--${colours[state]}`} />;
}

/** What the person asked for beside the free text, in words. */
export function detailsText(request: DataRequest, own: ReturnType<typeof requestWords.use>): string {
  const { field, value, things } = request.details;
  if (field) return own.effectCorrect(own.fields[field], value ?? '');
  return things && things.length > 0 ? own.effectErase(things.map((thing) => own.things[thing]).join(', ')) : '';
}

/** The person's data: take it away, ask about it, close the account. */
export function MyDataPage(props: {
  requests: readonly DataRequest[];
  answerHours: number;
  now: Date;
  mayAct: boolean;
}) {
  const own = requestWords.use();
  const locale = useLocale();
  return (
    <PublicLayout title={own.title} breadcrumbs={[{ text: own.title }]} noIndex>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <AccountNav current="data" />
      <p class="govuk-body">{own.lead}</p>
      {props.mayAct && (
        <>
          <h2 class="govuk-heading-m">{own.download}</h2>
          <p class="govuk-body">{own.downloadText}</p>
          <div class="govuk-button-group">
            <Button text={own.readable} href={paths.dataExport({ format: 'trang' })} />
            <Button
              text={own.json}
              href={paths.dataExport({ format: 'json' })}
              classes="govuk-button--secondary"
              attributes={{ 'data-turbo': 'false' }}
            />
          </div>
          <h2 class="govuk-heading-m">{own.make}</h2>
          <p class="govuk-body">{own.makeText(props.answerHours)}</p>
          <p class="govuk-body">
            <Button text={own.make} href={paths.dataRequestNew()} classes="govuk-button--secondary" />
          </p>
        </>
      )}
      <h2 class="govuk-heading-m">{own.mine}</h2>
      {props.requests.length === 0 ? (
        <p class="govuk-body sen-soft">{own.none}</p>
      ) : (
        <ul class="sen-rows">
          {props.requests.map((request) => (
            <li class="sen-row-card">
              <div class="sen-row-card__body">
                <h3 class="sen-row-card__title">
                  <Link to={paths.dataRequest({ id: request.id })}>
                    {requestNumber(request.number)}: {own.kinds[request.kind]}
                  </Link>
                </h3>
                <p class="sen-row-card__meta">
                  {own.sent} {formatDateTime(request.receivedAt, locale)}
                </p>
              </div>
              <p class="sen-row-card__actions">
                <RequestStateTag request={request} />
                {isOpen(request) && <DeadlineTag due={request.dueAt} now={props.now} />}
              </p>
            </li>
          ))}
        </ul>
      )}
      {props.mayAct && (
        <>
          <h2 class="govuk-heading-m">{own.close}</h2>
          <p class="govuk-body">
            {own.closeText} <Link to={paths.accountClosing()}>{own.close}</Link>
          </p>
        </>
      )}
    </PublicLayout>
  );
}

export type RequestFaults = Partial<Record<'kind' | 'text' | 'field' | 'value' | 'things' | 'unit', true>>;

/** Which agencies a person can ask: those that have a dossier of theirs. */
export interface AgencyChoice {
  unitId: string;
  name: string;
}

export function NewRequestPage(props: {
  values: URLSearchParams;
  faults: RequestFaults;
  agencies: readonly AgencyChoice[];
}) {
  const own = requestWords.use();
  const { values, faults } = props;
  const told = (name: keyof RequestFaults) => (faults[name] ? { text: own.faults[name] } : undefined);
  const errors = (Object.keys(faults) as (keyof RequestFaults)[]).map((name) => ({
    text: own.faults[name],
    href: `#${name}`,
  }));
  const small = (text: string) => ({ text, classes: 'govuk-label--s' });
  const correct = (
    <>
      <Select
        name="field"
        id="field"
        label={small(own.field)}
        errorMessage={told('field')}
        value={values.get('field') ?? ''}
        items={[{ value: '', text: '' }, ...correctableFields.map((each) => ({ value: each, text: own.fields[each] }))]}
      />
      <Input
        name="value"
        id="value"
        label={small(own.value)}
        errorMessage={told('value')}
        value={(values.get('value') ?? '').slice(0, 200)}
      />
    </>
  );
  const erase = (
    <>
      <p class="govuk-body-s">{own.eraseText}</p>
      <Checkboxes
        name="things"
        idPrefix="things"
        classes="govuk-checkboxes--small"
        fieldset={{ legend: { text: own.thing, classes: 'govuk-fieldset__legend--s' } }}
        errorMessage={told('things')}
        values={values.getAll('things')}
        items={erasableThings.map((each) => ({ value: each, text: own.things[each] }))}
      />
    </>
  );
  const inner: Partial<Record<string, typeof correct>> = { correct, erase };
  return (
    <PublicLayout
      title={own.make}
      width="narrow"
      isQuiet
      noIndex
      backPath={paths.dataRequests()}
      backText={own.back}
      hasErrors={errors.length > 0}
    >
      {errors.length > 0 && <ErrorSummary titleText={own.problem} errorList={errors} />}
      <h1 class="govuk-heading-l">{own.make}</h1>
      <Form action={paths.dataRequestNew()}>
        <Radios
          name="kind"
          idPrefix="kind"
          fieldset={{ legend: { text: own.kind, classes: 'govuk-fieldset__legend--m' } }}
          errorMessage={told('kind')}
          value={values.get('kind')}
          items={requestKinds.map((kind) => ({
            value: kind,
            text: own.kinds[kind],
            ...(inner[kind] ? { conditional: { html: inner[kind] } } : {}),
          }))}
        />
        {props.agencies.length > 0 && (
          <Radios
            name="unit"
            idPrefix="unit"
            classes="govuk-radios--small"
            fieldset={{ legend: { text: own.agency, classes: 'govuk-fieldset__legend--s' } }}
            hint={{ text: own.agencyHint }}
            errorMessage={told('unit')}
            value={values.get('unit') ?? ''}
            items={[
              { value: '', text: own.province },
              ...props.agencies.map(({ unitId, name }) => ({ value: unitId, text: name })),
            ]}
          />
        )}
        <Textarea
          name="text"
          id="text"
          rows={5}
          label={small(own.text)}
          hint={{ text: own.textHint }}
          errorMessage={told('text')}
          value={(values.get('text') ?? '').slice(0, 4_000)}
        />
        <Button text={own.send} type="submit" preventDoubleClick />
      </Form>
    </PublicLayout>
  );
}

/** Rows that both the person and the official read. */
export function RequestFacts(props: { request: DataRequest; agency: string | null; personName?: string }) {
  const own = requestWords.use();
  const locale = useLocale();
  const { request } = props;
  const details = detailsText(request, own);
  return (
    <SummaryList
      rows={[
        props.personName !== undefined && { key: { text: own.person }, value: { text: props.personName } },
        { key: { text: own.asked }, value: { text: own.kinds[request.kind] } },
        details !== '' && { key: { text: own.effects }, value: { text: details } },
        { key: { text: own.text }, value: { text: request.text } },
        { key: { text: own.sent }, value: { text: formatDateTime(request.receivedAt, locale) } },
        { key: { text: own.due }, value: { text: formatDateTime(request.dueAt, locale) } },
        { key: { text: own.answerer }, value: { text: props.agency ?? own.province } },
        request.assigneeName !== null && { key: { text: own.assignee }, value: { text: request.assigneeName } },
        request.outcome !== null && {
          key: { text: own.outcome },
          value: { text: outcomeWords[request.outcome][locale] },
        },
        request.reason !== null && { key: { text: own.reason }, value: { text: request.reason } },
        request.answer !== null && { key: { text: own.answer }, value: { text: request.answer } },
        request.answeredAt !== null && {
          key: { text: own.answered },
          value: { text: formatDateTime(request.answeredAt, locale) },
        },
      ]}
    />
  );
}

export function RequestPage(props: { request: DataRequest; agency: string | null; isNew: boolean; mayAct: boolean }) {
  const own = requestWords.use();
  const { request } = props;
  return (
    <PublicLayout
      title={`${requestNumber(request.number)} – ${own.kinds[request.kind]}`}
      width="narrow"
      noIndex
      backPath={paths.dataRequests()}
      backText={own.back}
    >
      {props.isNew && <NotificationBanner type="success" text={own.doneText(requestNumber(request.number))} />}
      <h1 class="govuk-heading-l">{requestNumber(request.number)}</h1>
      <p class="govuk-body">
        <RequestStateTag request={request} />
      </p>
      {request.answer && <InsetText>{request.answer}</InsetText>}
      <RequestFacts request={request} agency={props.agency} />
      {isOpen(request) && props.mayAct && (
        <Form action={paths.dataRequest({ id: request.id })}>
          <Button text={own.withdraw} type="submit" classes="govuk-button--secondary" />
        </Form>
      )}
    </PublicLayout>
  );
}
