import { TypedText } from '../../../../ui/components/typed-text.tsx';
import { useLocale } from '../../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../../ui/components/form-state.ts';
import { Form } from '../../../../ui/form.tsx';
import { formatDate, formatNumber } from '../../../../ui/format.ts';
import { Button } from '../../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../../ui/govuk/checkboxes.tsx';
import { Input } from '../../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../../ui/govuk/notification-banner.tsx';
import { Select } from '../../../../ui/govuk/select.tsx';
import { Table } from '../../../../ui/govuk/table.tsx';
import { Tag } from '../../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { paths } from '../../../../ui/paths.ts';
import type { KeepingRule } from '../retention-queries.ts';
import type { RetentionClass } from '../retention-source.ts';
import { retentionWords } from './retention-words.ts';

const isPast = (rule: KeepingRule, today: string): boolean => rule.validTo !== null && rule.validTo < today;

function KeepText(props: { rule: KeepingRule }) {
  const own = retentionWords.use();
  const locale = useLocale();
  const { keepDays } = props.rule;
  return <>{keepDays === null ? own.forever : own.days(formatNumber(keepDays, locale))}</>;
}

function Basis(props: { rule: KeepingRule }) {
  const own = retentionWords.use();
  const { basis, isSure } = props.rule;
  return (
    <>
      <TypedText text={basis} />{' '}
      <Tag text={isSure ? own.sure : own.notSure} classes={isSure ? 'govuk-tag--green' : 'govuk-tag--yellow'} />
    </>
  );
}

function Period(props: { rule: KeepingRule }) {
  const { validFrom, validTo } = props.rule;
  return (
    <>
      {formatDate(validFrom)}
      {validTo && ` – ${formatDate(validTo)}`}
    </>
  );
}

/** Every class of files with its time of keeping, and a form for a new one. */
export function KeepingRulesPage(props: {
  classes: readonly RetentionClass[];
  rules: readonly KeepingRule[];
  today: string;
  form: FormState;
  isSaved: boolean;
}) {
  const own = retentionWords.use();
  const locale = useLocale();
  const { classes, rules, today, form } = props;
  const nameOf = (key: string) => classes.find((each) => each.key === key)?.name[locale] ?? key;
  const past = rules.filter((rule) => isPast(rule, today));
  const rows = classes.flatMap((each): { each: RetentionClass; rule: KeepingRule | null }[] => {
    const current = rules.filter((rule) => rule.class === each.key && !isPast(rule, today));
    return current.length === 0 ? [{ each, rule: null }] : current.map((rule) => ({ each, rule }));
  });
  return (
    <WorkspaceLayout
      title={own.rulesTitle}
      hasErrors={Object.keys(form.errors).length > 0}
      breadcrumbs={[{ text: own.store, path: paths.adminFiles() }]}
    >
      <ErrorSummaryFor form={form} />
      {props.isSaved && <NotificationBanner type="success" titleText={own.done} text={own.saved} />}
      <p class="govuk-body">{own.rulesText}</p>
      <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.rulesTitle}>
        <Table
          caption={own.rulesTitle}
          captionClasses="govuk-visually-hidden"
          firstCellIsHeader
          head={[
            { text: own.class },
            { text: own.countedFrom },
            { text: own.keep },
            { text: own.basis },
            { text: own.from },
            { html: <span class="govuk-visually-hidden">{own.end}</span> },
          ]}
          rows={rows.map(({ each, rule }) => [
            { text: each.name[locale] },
            { text: each.countedFrom[locale] },
            { html: rule ? <KeepText rule={rule} /> : own.noRule },
            { html: rule ? <Basis rule={rule} /> : '–' },
            { html: rule ? <Period rule={rule} /> : '–' },
            {
              html:
                rule && rule.validTo === null ? (
                  <Form action={paths.adminRetentionEnd({ ruleId: rule.id })}>
                    <button type="submit" class="sen-link-button">
                      {own.end}
                      <span class="govuk-visually-hidden"> – {each.name[locale]}</span>
                    </button>
                  </Form>
                ) : (
                  ''
                ),
            },
          ])}
        />
      </div>
      <h2 class="govuk-heading-m">{own.addRule}</h2>
      <p class="govuk-body sen-soft">{own.addText}</p>
      <Form action={paths.adminRetention()}>
        <Select
          {...bound(form, 'class')}
          label={{ text: own.class }}
          items={[{ value: '', text: '' }, ...classes.map((each) => ({ value: each.key, text: each.name[locale] }))]}
        />
        <Input
          {...bound(form, 'keepDays')}
          label={{ text: own.keepDays }}
          hint={{ text: own.keepDaysHint }}
          classes="govuk-input--width-5"
          inputmode="numeric"
        />
        <Input {...bound(form, 'basis')} label={{ text: own.basis }} />
        <Input
          {...bound(form, 'validFrom')}
          label={{ text: own.validFrom }}
          hint={{ text: own.dayHint }}
          classes="govuk-input--width-10"
        />
        <Checkboxes
          name="isSure"
          idPrefix="isSure"
          classes="govuk-checkboxes--small"
          items={[{ value: 'yes', text: own.isSure, checked: form.values['isSure'] === 'yes' }]}
        />
        <Button text={own.save} preventDoubleClick />
      </Form>
      {past.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{own.past}</h2>
          <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.past}>
            <Table
              caption={own.past}
              captionClasses="govuk-visually-hidden"
              firstCellIsHeader
              head={[{ text: own.class }, { text: own.keep }, { text: own.basis }, { text: own.from }]}
              rows={past.map((rule) => [
                { text: nameOf(rule.class) },
                { html: <KeepText rule={rule} /> },
                { html: <Basis rule={rule} /> },
                { html: <Period rule={rule} /> },
              ])}
            />
          </div>
        </>
      )}
    </WorkspaceLayout>
  );
}
