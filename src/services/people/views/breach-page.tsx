import { useLocale } from '../../../platform/http/page-context.ts';
import { DeadlineTag } from '../../../ui/components/deadline-tag.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import { TypedText } from '../../../ui/components/typed-text.tsx';
import { breachNumber, breachRisks, isNoticeDue, mayClose, type Breach } from '../breach.ts';
import { BreachStateTag } from './breach-pages.tsx';
import { breachWords, type BreachFault } from './breach-words.ts';

interface Part {
  breach: Breach;
  values: URLSearchParams;
  told: (name: BreachFault) => { text: string } | undefined;
}
const small = (text: string) => ({ text, classes: 'govuk-label--s' });
const typed = (values: URLSearchParams, name: string) => (values.get(name) ?? '').slice(0, 8_000);

function Assessment({ breach, values, told }: Part) {
  const own = breachWords.use();
  return (
    <>
      <h2 class="govuk-heading-m">{own.assess}</h2>
      <Form action={paths.breach({ id: breach.id })}>
        <Radios
          name="risk"
          idPrefix="risk"
          fieldset={{ legend: { text: own.risk, classes: 'govuk-fieldset__legend--s' } }}
          errorMessage={told('risk')}
          value={values.get('risk') ?? breach.risk ?? ''}
          items={breachRisks.map((risk) => ({
            value: risk,
            text: own.risks[risk],
            ...(risk === 'none' ? { hint: { text: own.riskNone } } : {}),
          }))}
        />
        <Textarea
          name="assessment"
          id="assessment"
          rows={2}
          label={small(own.assessment)}
          errorMessage={told('assessment')}
          value={typed(values, 'assessment') || (breach.assessment ?? '')}
        />
        <Button text={own.saveAssessment} name="act" value="assess" type="submit" classes="govuk-button--secondary" />
      </Form>
    </>
  );
}

function Notice({ breach, values, told }: Part) {
  const own = breachWords.use();
  return (
    <>
      <h2 class="govuk-heading-m">{own.notify}</h2>
      <p class="govuk-body">{own.notifyText}</p>
      <Form action={paths.breach({ id: breach.id })}>
        <Input
          name="at"
          id="at"
          type="datetime-local"
          label={small(own.notifiedAt)}
          errorMessage={told('at')}
          value={typed(values, 'at')}
          classes="govuk-input--width-20"
        />
        <Input name="to" id="to" label={small(own.notifiedTo)} errorMessage={told('to')} value={typed(values, 'to')} />
        <Textarea
          name="late"
          id="late"
          rows={2}
          label={small(own.lateReason)}
          errorMessage={told('late')}
          value={typed(values, 'late')}
        />
        <Button text={own.saveNotified} name="act" value="notify" type="submit" preventDoubleClick />
      </Form>
    </>
  );
}

function People({ breach, values, told }: Part) {
  const own = breachWords.use();
  return (
    <>
      <h2 class="govuk-heading-m">{own.people}</h2>
      <p class="govuk-body">{own.peopleText}</p>
      <Form action={paths.breach({ id: breach.id })}>
        <Textarea
          name="numbers"
          id="numbers"
          rows={3}
          label={small(own.numbers)}
          hint={{ text: own.numbersHint }}
          errorMessage={told('numbers')}
          value={typed(values, 'numbers')}
        />
        <Textarea
          name="text"
          id="text"
          rows={4}
          label={small(own.peopleNotice)}
          errorMessage={told('text')}
          value={typed(values, 'text') || (breach.peopleNotice ?? '')}
        />
        <Button text={own.tell} name="act" value="tell" type="submit" preventDoubleClick />
      </Form>
    </>
  );
}

function Closing({ breach, values, told }: Part) {
  const own = breachWords.use();
  return (
    <>
      <h2 class="govuk-heading-m">{own.close}</h2>
      {mayClose(breach) ? (
        <Form action={paths.breach({ id: breach.id })}>
          <Textarea
            name="note"
            id="note"
            rows={2}
            label={small(own.closingNote)}
            errorMessage={told('note')}
            value={typed(values, 'note')}
          />
          <Button text={own.close} name="act" value="close" type="submit" classes="govuk-button--secondary" />
        </Form>
      ) : (
        <p class="govuk-body">{own.closeFirst}</p>
      )}
    </>
  );
}

function Facts(props: { breach: Breach; agency: string | undefined; now: Date }) {
  const own = breachWords.use();
  const locale = useLocale();
  const { breach: b } = props;
  const row = (key: string, text: string | null) => (text ? { key: { text: key }, value: { text } } : null);
  const typed = (key: string, text: string | null) =>
    text ? { key: { text: key }, value: { html: <TypedText text={text} /> } } : null;
  const when = (at: Date | null, by: string | null) => (at ? `${by ?? ''}, ${formatDateTime(at, locale)}` : null);
  return (
    <SummaryList
      rows={[
        row(own.fields.discoveredAt, formatDateTime(b.discoveredAt, locale)),
        {
          key: { text: own.due },
          value: {
            html: (
              <>
                {formatDateTime(b.dueAt, locale)} {isNoticeDue(b) && <DeadlineTag due={b.dueAt} now={props.now} />}
              </>
            ),
          },
        },
        typed(own.fields.nature, b.nature),
        typed(own.fields.place, b.place),
        typed(own.fields.dataKinds, b.dataKinds),
        row(own.persons, b.personsCount === null ? null : String(b.personsCount)),
        typed(own.fields.consequences, b.consequences),
        typed(own.fields.measures, b.measures),
        typed(own.fields.contact, b.contact),
        row(own.unit, props.agency ?? null),
        row(own.recordedBy, when(b.recordedAt, b.recordedBy)),
        row(own.risk, b.risk && own.risks[b.risk]),
        typed(own.assessment, b.assessment),
        row(own.assessedBy, when(b.assessedAt, b.assessedBy)),
        row(own.notifiedAt, when(b.notifiedAt, b.notifiedBy)),
        typed(own.notifiedTo, b.notifiedTo),
        typed(own.lateReason, b.lateReason),
        row(
          own.told,
          b.peopleNotifiedAt ? own.toldCount(b.peopleTold ?? 0, formatDateTime(b.peopleNotifiedAt, locale)) : null,
        ),
        typed(own.peopleNotice, b.peopleNotice),
        row(own.closed, when(b.closedAt, b.closedBy)),
        typed(own.closingNote, b.closingNote),
      ]}
    />
  );
}

/** One breach: what is known, and the steps that are open. */
export function BreachPage(props: {
  breach: Breach;
  agency: string | undefined;
  values: URLSearchParams;
  faults: readonly BreachFault[];
  now: Date;
}) {
  const own = breachWords.use();
  const { breach, values, faults } = props;
  const part: Part = {
    breach,
    values,
    told: (name) => (faults.includes(name) ? { text: own.faults[name] } : undefined),
  };
  return (
    <WorkspaceLayout
      title={breach.title}
      caption={breachNumber(breach.number)}
      backPath={paths.breaches()}
      hasErrors={faults.length > 0}
      actions={<BreachStateTag state={breach.state} />}
    >
      {faults.length > 0 && (
        <ErrorSummary
          titleText={own.problem}
          errorList={faults.map((name) => ({ text: own.faults[name], href: `#${name}` }))}
        />
      )}
      <Facts breach={breach} agency={props.agency} now={props.now} />
      {breach.state === 'open' && <Assessment {...part} />}
      {isNoticeDue(breach) && <Notice {...part} />}
      {breach.state !== 'closed' && breach.risk !== 'none' && <People {...part} />}
      {breach.state !== 'closed' && <Closing {...part} />}
    </WorkspaceLayout>
  );
}
