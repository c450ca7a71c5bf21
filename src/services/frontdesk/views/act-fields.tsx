import type { ComponentChildren } from 'preact';
import { useLocale } from '../../../platform/http/page-context.ts';
import { bound, boundFile, boundMany, errorOf, fieldId, type FormState } from '../../../ui/components/form-state.ts';
import { formatDateTime, formatMoney } from '../../../ui/format.ts';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { ErrorMessage } from '../../../ui/govuk/error-message.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { DatePicker } from '../../../ui/moj/date-picker.tsx';
import type { DossierFile } from '../../dossiers/index.ts';
import { freeItems, feeLines, type DeskAct } from '../act-forms.ts';
import type { Phrase } from '../desk-queries.ts';
import type { Choice } from '../list-worklist.ts';
import { deskWords } from './desk-words.ts';
import type { OriginWords } from '../../paperstore/index.ts';
import { PaperChecks } from './paper-checks.tsx';
import { actWords } from './act-words.ts';

export interface ActFieldsProps {
  act: DeskAct;
  file: DossierFile;
  form: FormState;
  phrases: readonly Phrase[];
  people: readonly Choice[];
  appointment: Date | null;
  legalBases: readonly string[];
  /** Where files taken from a person's store came from, by their ids. */
  origins: ReadonlyMap<string, OriginWords>;
}

function Phrases(props: { phrases: readonly Phrase[] }) {
  const own = actWords.use();
  if (props.phrases.length === 0) return null;
  return (
    <div class="sen-inline sen-phrases">
      <Select
        name="phrase"
        id="phrase"
        label={{ text: own.phrase }}
        items={[
          { value: '', text: own.choosePhrase },
          ...props.phrases.map((each) => ({ value: each.id, text: each.title })),
        ]}
      />
      <button type="submit" class="govuk-button govuk-button--secondary" name="_insert" value="1">
        {own.insert}
      </button>
    </div>
  );
}

function Reason(props: ActFieldsProps) {
  const own = actWords.use();
  return (
    <>
      <Textarea
        {...bound(props.form, 'reason')}
        label={{ text: own.reason, classes: 'govuk-label--s' }}
        hint={{ text: own.reasonHint }}
        rows={4}
      />
      <Phrases phrases={props.phrases} />
    </>
  );
}

function Remark(props: ActFieldsProps & { label?: string }) {
  const own = actWords.use();
  return (
    <Textarea
      {...bound(props.form, 'remark')}
      label={{ text: props.label ?? own.inner, classes: 'govuk-label--s' }}
      rows={3}
    />
  );
}

function LegalBasis(props: ActFieldsProps) {
  const own = actWords.use();
  return (
    <Input
      {...bound(props.form, 'legalBasis')}
      label={{ text: own.legalBasis, classes: 'govuk-label--s' }}
      hint={{ text: own.legalHint(props.legalBases.slice(0, 6).join('; ')) }}
    />
  );
}

function SupplementFields(props: ActFieldsProps) {
  const own = actWords.use();
  const { file, form } = props;
  return (
    <>
      <fieldset class="govuk-fieldset govuk-form-group" id="items">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{own.items}</legend>
        <p class="govuk-hint">{own.itemsHint}</p>
        {form.errors['items'] && <ErrorMessage text={form.errors['items']} />}
        {file.papers.map((paper) => (
          <div class="sen-item">
            <Checkboxes
              {...boundMany(form, `i-${paper.id}`)}
              classes="govuk-checkboxes--small"
              items={[{ value: '1', text: paper.name }]}
            />
            <Input
              {...bound(form, `i-${paper.id}-what`)}
              label={{ text: `${own.what}: ${paper.name}`, classes: 'govuk-visually-hidden' }}
              attributes={{ placeholder: own.what }}
            />
          </div>
        ))}
      </fieldset>
      <fieldset class="govuk-fieldset govuk-form-group">
        <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{own.other}</legend>
        {Array.from({ length: freeItems }, (_, at) => (
          <div class="sen-item">
            <Input {...bound(form, `n-${at}-name`)} label={{ text: own.otherName(at + 1) }} />
            <Input {...bound(form, `n-${at}-what`)} label={{ text: own.what }} />
          </div>
        ))}
      </fieldset>
      <Reason {...props} />
      <DatePicker {...bound(form, 'answerBy')} label={{ text: own.answerBy }} hint={{ text: own.dayHint }} />
    </>
  );
}

function SupplyFields(props: ActFieldsProps) {
  const own = actWords.use();
  const items =
    props.file.supplements.findLast((each) => each.answeredAt === null && each.cancelledAt === null)?.items ?? [];
  return (
    <>
      <h2 class="govuk-heading-s">{own.supplied}</h2>
      {items.map((item, at) => (
        <fieldset class="govuk-fieldset sen-box-line">
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{item.name}</legend>
          {item.what && <p class="govuk-hint">{item.what}</p>}
          <div class="sen-inline">
            <Input
              {...bound(props.form, `s-${at}-originals`)}
              label={{ text: own.originals }}
              classes="govuk-input--width-2"
              inputmode="numeric"
            />
            <Input
              {...bound(props.form, `s-${at}-copies`)}
              label={{ text: own.copies }}
              classes="govuk-input--width-2"
              inputmode="numeric"
            />
            <FileUpload {...boundFile(props.form, `s-${at}-file`)} label={{ text: own.scan }} />
          </div>
        </fieldset>
      ))}
      <Remark {...props} label={own.remarkOfApplicant} />
    </>
  );
}

function FeeFields(props: ActFieldsProps) {
  const own = actWords.use();
  return (
    <>
      {Array.from({ length: feeLines }, (_, at) => (
        <div class="sen-inline">
          <Input
            {...bound(props.form, `f-${at}-name`)}
            label={{ text: own.fee(at + 1) }}
            classes="govuk-input--width-30"
          />
          <Input
            {...bound(props.form, `f-${at}-amount`)}
            label={{ text: own.amount }}
            classes="govuk-input--width-10"
            inputmode="numeric"
          />
        </div>
      ))}
      <Select
        {...bound(props.form, 'moment')}
        label={{ text: own.moment }}
        items={Object.entries(own.moments).map(([value, text]) => ({ value, text }))}
      />
    </>
  );
}

function PaymentFields(props: ActFieldsProps) {
  const own = actWords.use();
  const locale = useLocale();
  return (
    <>
      {props.file.fees
        .filter((fee) => fee.paidAt === null)
        .map((fee) => (
          <div class="sen-inline">
            <Input
              {...bound(props.form, `r-${fee.id}`)}
              label={{ text: own.receipt(fee.name, formatMoney(fee.amountDong, locale)) }}
              classes="govuk-input--width-20"
            />
            <Select
              {...bound(props.form, `r-${fee.id}-method`)}
              label={{ text: own.method }}
              items={Object.entries(own.methods).map(([value, text]) => ({ value, text }))}
            />
          </div>
        ))}
    </>
  );
}

function ResultFields(props: ActFieldsProps) {
  const own = actWords.use();
  const { form } = props;
  return (
    <>
      <Radios
        {...bound(form, 'outcome')}
        value={String(form.values['outcome'] ?? 'granted')}
        classes="govuk-radios--inline govuk-radios--small"
        fieldset={{ legend: { text: own.outcome, classes: 'govuk-fieldset__legend--s' } }}
        items={[
          { value: 'granted', text: own.granted },
          { value: 'refused', text: own.refused },
        ]}
      />
      <Input
        {...bound(form, 'title')}
        label={{ text: own.title, classes: 'govuk-label--s' }}
        hint={{ text: own.titleHint }}
      />
      <FileUpload
        {...boundFile(form, 'file')}
        label={{ text: own.file, classes: 'govuk-label--s' }}
        hint={{ text: own.fileHint }}
      />
      <Remark {...props} label={own.explain} />
    </>
  );
}

function HandOverFields(props: ActFieldsProps) {
  const own = actWords.use();
  const shared = deskWords.use();
  const { form } = props;
  return (
    <>
      <Select
        {...bound(form, 'channel')}
        label={{ text: own.channel, classes: 'govuk-label--s' }}
        items={Object.entries(shared.channels).map(([value, text]) => ({ value, text }))}
      />
      <Input
        {...bound(form, 'receivedBy')}
        label={{ text: own.receivedBy, classes: 'govuk-label--s' }}
        classes="govuk-input--width-30"
      />
      <Checkboxes
        {...boundMany(form, 'identitySeen')}
        fieldset={{ legend: { text: own.identitySeen, classes: 'govuk-fieldset__legend--s' } }}
        classes="govuk-checkboxes--small"
        items={[{ value: '1', text: own.seen }]}
      />
      <Remark {...props} label={own.note} />
    </>
  );
}

function ExtendFields(props: ActFieldsProps) {
  const own = actWords.use();
  const locale = useLocale();
  return (
    <>
      {props.file.dueAt && <InsetText>{own.present(formatDateTime(props.file.dueAt, locale))}</InsetText>}
      <div class="sen-inline">
        <DatePicker {...bound(props.form, 'until')} label={{ text: own.until, classes: 'govuk-label--s' }} />
        <Input
          {...bound(props.form, 'untilTime')}
          value={String(props.form.values['untilTime'] ?? '17:00')}
          label={{ text: own.untilTime }}
          classes="govuk-input--width-5"
        />
      </div>
      <Reason {...props} />
    </>
  );
}

/** The fields of one act. */
export function ActFields(props: ActFieldsProps): ComponentChildren {
  const own = actWords.use();
  const locale = useLocale();
  const { act, file, form } = props;
  switch (act) {
    case 'receive':
      return (
        <>
          <div class="sen-appointment">
            <span class="sen-appointment__label">{own.appointment}</span>
            <strong class="sen-appointment__value">
              {props.appointment ? formatDateTime(props.appointment, locale) : own.noAppointment}
            </strong>
          </div>
          <PaperChecks file={file} form={form} origins={props.origins} />
          <p class="govuk-body">{own.fromCounter}</p>
        </>
      );
    case 'refuse':
      return (
        <>
          <InsetText>{own.refuseWarn}</InsetText>
          <Reason {...props} />
          <LegalBasis {...props} />
        </>
      );
    case 'stop':
      return (
        <>
          <InsetText>{own.stopWarn}</InsetText>
          <Reason {...props} />
          <LegalBasis {...props} />
        </>
      );
    case 'requestSupplement':
      return <SupplementFields {...props} />;
    case 'answerSupplement':
      return <SupplyFields {...props} />;
    case 'requestFee':
      return <FeeFields {...props} />;
    case 'recordFee':
      return <PaymentFields {...props} />;
    case 'assign':
      return (
        <>
          <Select
            {...bound(form, 'postId')}
            id={fieldId('postId')}
            errorMessage={errorOf(form, 'postId')}
            label={{ text: own.giveTo, classes: 'govuk-label--s' }}
            items={[
              { value: '', text: own.choosePerson },
              ...props.people.map((choice) => ({ value: choice.value, text: choice[locale] })),
              { value: 'nobody', text: own.nobody },
            ]}
          />
          <Remark {...props} />
        </>
      );
    case 'complete':
      return <ResultFields {...props} />;
    case 'returnResult':
      return <HandOverFields {...props} />;
    case 'extend':
      return <ExtendFields {...props} />;
    case 'withdraw':
      return (
        <>
          <InsetText>{own.withdrawWarn}</InsetText>
          <Reason {...props} />
        </>
      );
    case 'sendBack':
      return <Reason {...props} />;
    case 'startStep':
    case 'finishStep':
    case 'approve':
      return <Remark {...props} />;
  }
}
