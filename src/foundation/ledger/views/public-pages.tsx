import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, errorOf, type FormState } from '../../../ui/components/form-state.ts';
import { TypedText } from '../../../ui/components/typed-text.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Panel } from '../../../ui/govuk/panel.tsx';
import { SummaryList, type SummaryListProps } from '../../../ui/govuk/summary-list.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { LogKey } from '../key-queries.ts';
import type { Verdict } from '../proof.ts';
import { ledgerWords } from './ledger-words.ts';

export interface ShownWitness {
  name: string;
  size: number;
  cosignedAt: Date | null;
}
export interface LedgerPageProps {
  size: number;
  checkpoint: { size: number; issuedAt: Date } | null;
  witnesses: readonly ShownWitness[];
  keys: readonly Pick<LogKey, 'verifierKey' | 'retiredAt'>[];
  /** Whole address of the log. */
  logAddress: string;
}

/** What the ledger is, how it stands, and what a technician needs. */
export function LedgerPage(props: LedgerPageProps) {
  const own = ledgerWords.use();
  const locale = useLocale();
  return (
    <PublicLayout
      title={own.title}
      description={own.description}
      breadcrumbs={[{ text: own.title }]}
      width="narrow"
      readsAloud
    >
      <h1 class="govuk-heading-xl">{own.title}</h1>
      <p class="govuk-body-l">{own.lead}</p>
      <h2 class="govuk-heading-m">{own.verify}</h2>
      <p class="govuk-body">{own.verifyLead}</p>
      <p class="govuk-body">
        <Link to={paths.ledgerVerify()} class="govuk-button">
          {own.verify}
        </Link>
      </p>
      <h2 class="govuk-heading-m">{own.now}</h2>
      <SummaryList
        rows={[
          { key: { text: own.entries }, value: { text: formatNumber(props.size, locale) } },
          {
            key: { text: own.last },
            value: {
              text: props.checkpoint
                ? `${formatDateTime(props.checkpoint.issuedAt, locale)} (${formatNumber(props.checkpoint.size, locale)})`
                : own.noneYet,
            },
          },
          { key: { text: own.witnesses }, value: { html: <WitnessLines witnesses={props.witnesses} /> } },
        ]}
      />
      <h2 class="govuk-heading-m">{own.how}</h2>
      <ol class="govuk-list govuk-list--number">
        {own.steps.map((step) => (
          <li>{step}</li>
        ))}
      </ol>
      <InsetText text={own.privacy} />
      <h2 class="govuk-heading-m">{own.technical}</h2>
      <p class="govuk-body">{own.technicalLead}</p>
      <p class="govuk-body sen-long-text">
        <code>{`${props.logAddress}/checkpoint`}</code>
        <br />
        <code>{`${props.logAddress}/tile/0/000`}</code>
      </p>
      <h3 class="govuk-heading-s">{own.keys}</h3>
      <p class="govuk-body">{own.keyLead}</p>
      {props.keys.map(({ verifierKey, retiredAt }) => (
        <p class="govuk-body sen-long-text" key={verifierKey}>
          <code>{verifierKey}</code>
          {retiredAt && ` (${own.until(formatDateTime(retiredAt, locale))})`}
        </p>
      ))}
    </PublicLayout>
  );
}

function WitnessLines({ witnesses }: { witnesses: readonly ShownWitness[] }) {
  const own = ledgerWords.use();
  const locale = useLocale();
  if (witnesses.length === 0) return <>{own.noWitness}</>;
  return (
    <ul class="govuk-list">
      {witnesses.map((witness) => (
        <li key={witness.name}>
          {witness.name}:{' '}
          {witness.cosignedAt
            ? own.cosigned(formatNumber(witness.size, locale), formatDateTime(witness.cosignedAt, locale))
            : own.silent}
        </li>
      ))}
    </ul>
  );
}

/** A verdict with the words of this house. */
export interface ShownVerdict extends Verdict {
  eventTitle: string;
  subjectTitle: string;
  facts: { code: string | null; procedure: string | null; dueAt: Date | null };
}

/** Where anybody checks a proof, and what it shows. */
export function VerifyPage({ form, verdict }: { form: FormState; verdict: ShownVerdict | null }) {
  const own = ledgerWords.use();
  return (
    <PublicLayout
      title={own.check}
      breadcrumbs={[{ text: own.title, path: paths.ledger() }, { text: own.check }]}
      width="narrow"
      hasErrors={Object.keys(form.errors).length > 0}
      noIndex
    >
      <ErrorSummaryFor form={form} />
      {verdict && <VerdictShown verdict={verdict} />}
      {verdict ? <h2 class="govuk-heading-m">{own.again}</h2> : <h1 class="govuk-heading-xl">{own.check}</h1>}
      <p class="govuk-body">{own.checkLead}</p>
      <Form action={paths.ledgerVerify()} upload>
        <FileUpload
          id="tep"
          name="tep"
          label={{ text: own.file }}
          hint={{ text: own.fileHint }}
          errorMessage={errorOf(form, 'tep')}
          attributes={{ accept: '.tlog-proof,.txt' }}
        />
        <Textarea {...bound(form, 'ma')} label={{ text: own.code }} rows={4} spellcheck={false} />
        <Button>{own.run}</Button>
      </Form>
    </PublicLayout>
  );
}

function VerdictShown({ verdict }: { verdict: ShownVerdict }) {
  const own = ledgerWords.use();
  const locale = useLocale();
  const [title, text] = own.outcomes[verdict.outcome] ?? ['', ''];
  const { event, facts } = verdict;
  const rows: SummaryListProps['rows'] = event
    ? [
        { key: { text: own.what }, value: { text: verdict.eventTitle } },
        { key: { text: own.at }, value: { text: formatDateTime(event.occurredAt, locale) } },
        { key: { text: own.about }, value: { text: verdict.subjectTitle } },
        ...(facts.code ? [{ key: { text: own.dossierCode }, value: { text: facts.code } }] : []),
        ...(facts.procedure
          ? [{ key: { text: own.procedure }, value: { html: <TypedText text={facts.procedure} /> } }]
          : []),
        ...(facts.dueAt ? [{ key: { text: own.due }, value: { text: formatDateTime(facts.dueAt, locale) } }] : []),
        ...(verdict.data
          ? [{ key: { text: own.by }, value: { html: <TypedText text={verdict.data.actorLabel} /> } }]
          : []),
      ]
    : [];
  const isProven = verdict.outcome === 'proven';
  return (
    <>
      {isProven ? (
        <Panel titleText={title} text={text} />
      ) : (
        <>
          <h1 class="govuk-heading-xl">{title}</h1>
          <WarningText text={text} />
        </>
      )}
      <SummaryList
        rows={[
          ...rows,
          {
            key: { text: own.place },
            value: { text: own.placeText(formatNumber(verdict.leaf, locale), formatNumber(verdict.size, locale)) },
          },
          { key: { text: own.origin }, value: { text: verdict.origin } },
          {
            key: { text: own.confirmed },
            value: {
              text:
                verdict.cosigned.length === 0
                  ? own.nobody
                  : verdict.cosigned.map(({ name, at }) => `${name} (${formatDateTime(at, locale)})`).join(', '),
            },
          },
        ]}
      />
    </>
  );
}
