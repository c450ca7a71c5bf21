import { useLocale } from '../../../platform/http/page-context.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import { delegationRights, delegationScopes } from '../delegation.ts';
import { kindsOf, type Direction, type FormFaults } from '../delegation-form.ts';
import { delegationFormWords, delegationWords } from './delegation-words.ts';

export interface DelegationFormProps {
  direction: Direction;
  values: URLSearchParams;
  faults: FormFaults;
  /** Refused files, in words. */
  fileFault: string | null;
  fields: readonly { code: string; name: { vi: string; en: string } }[];
  today: string;
}

/** The form for a new mandate. */
export function DelegationFormPage(props: DelegationFormProps) {
  const own = delegationWords.use();
  const form = delegationFormWords.use();
  const locale = useLocale();
  const { direction, values, faults } = props;
  const isWard = direction === 'con';
  const told = (name: string) => {
    const fault = faults[name];
    return fault === undefined ? undefined : { text: form.faults[fault] };
  };
  const errors = Object.entries(faults).flatMap(([name, fault]) =>
    fault === undefined ? [] : [{ text: form.faults[fault], href: `#${name}` }],
  );
  if (props.fileFault) errors.push({ text: props.fileFault, href: '#giay-to' });
  const text = (name: string, max: number) => (values.get(name) ?? '').slice(0, max);
  const label = (words: string) => ({ text: words, classes: 'govuk-label--s' });
  const legend = (words: string) => ({ legend: { text: words, classes: 'govuk-fieldset__legend--s' } });
  const scopeInput = {
    all: undefined,
    field: (
      <Checkboxes
        name="linh-vuc"
        idPrefix="linh-vuc"
        classes="govuk-checkboxes--small"
        fieldset={legend(form.fields)}
        errorMessage={told('linh-vuc')}
        values={values.getAll('linh-vuc')}
        items={props.fields.map((field) => ({ value: field.code, text: field.name[locale] }))}
      />
    ),
    procedure: (
      <Textarea
        name="thu-tuc"
        id="thu-tuc"
        rows={3}
        label={label(form.procedures)}
        hint={{ text: form.proceduresHint }}
        errorMessage={told('thu-tuc')}
        value={text('thu-tuc', 4_000)}
      />
    ),
    dossier: (
      <Textarea
        name="ho-so"
        id="ho-so"
        rows={2}
        label={label(form.dossier)}
        hint={{ text: form.dossierHint }}
        errorMessage={told('ho-so')}
        value={text('ho-so', 4_000)}
      />
    ),
  };
  return (
    <PublicLayout
      title={own.directions[direction]}
      width="narrow"
      isQuiet
      noIndex
      backPath={paths.delegations()}
      backText={own.back}
      hasErrors={errors.length > 0}
    >
      {errors.length > 0 && <ErrorSummary titleText={form.problem} errorList={errors} />}
      <h1 class="govuk-heading-l">{own.directions[direction]}</h1>
      <p class="govuk-body">{own.directionTexts[direction]}</p>
      <Form action={paths.delegationNew({ chieu: direction })} upload>
        <h2 class="govuk-heading-m">{form.who[direction]}</h2>
        <Input
          name="ten"
          id="ten"
          label={label(isWard ? form.wardName : form.name)}
          errorMessage={told('ten')}
          value={text('ten', 200)}
          autocomplete="off"
        />
        <Input
          name="so"
          id="so"
          label={label(isWard ? form.wardNumber : form.number)}
          hint={isWard ? undefined : { text: form.numberHint }}
          errorMessage={told('so')}
          value={text('so', 30)}
          inputmode="numeric"
          classes="govuk-input--width-20"
          autocomplete="off"
        />
        {isWard && (
          <Input
            name="ngay-sinh"
            id="ngay-sinh"
            type="date"
            label={label(form.birthDate)}
            errorMessage={told('ngay-sinh')}
            value={text('ngay-sinh', 10)}
            classes="govuk-input--width-10"
          />
        )}
        <Radios
          name="loai"
          idPrefix="loai"
          fieldset={legend(own.kind)}
          errorMessage={told('loai')}
          value={values.get('loai')}
          items={kindsOf[direction].map((kind) => ({ value: kind, text: own.kinds[kind] }))}
        />
        <Input
          name="quan-he"
          id="quan-he"
          label={label(form.relation)}
          hint={{ text: form.relationHint }}
          errorMessage={told('quan-he')}
          value={text('quan-he', 100)}
        />
        <Radios
          name="pham-vi"
          idPrefix="pham-vi"
          fieldset={legend(own.scope)}
          errorMessage={told('pham-vi')}
          value={values.get('pham-vi')}
          items={delegationScopes
            .filter((scope) => !isWard || scope !== 'dossier')
            .map((scope) => ({
              value: scope,
              text: own.scopes[scope],
              ...(scopeInput[scope] ? { conditional: { html: scopeInput[scope] } } : {}),
            }))}
        />
        <Checkboxes
          name="quyen"
          idPrefix="quyen"
          fieldset={legend(own.rights)}
          errorMessage={told('quyen')}
          values={values.getAll('quyen')}
          items={delegationRights.map((right) => ({ value: right, text: own.rightNames[right] }))}
        />
        <Input
          name="tu"
          id="tu"
          type="date"
          label={label(form.from)}
          errorMessage={told('tu')}
          value={text('tu', 10) || props.today}
          classes="govuk-input--width-10"
        />
        <Input
          name="den"
          id="den"
          type="date"
          label={label(form.to)}
          errorMessage={told('den')}
          value={text('den', 10)}
          classes="govuk-input--width-10"
        />
        <FileUpload
          name="giay-to"
          id="giay-to"
          multiple
          label={label(form.papers)}
          hint={{ text: form.papersHint }}
          errorMessage={props.fileFault ? { text: props.fileFault } : told('giay-to')}
          attributes={{ accept: '.pdf,.jpg,.jpeg,.png,.webp,.heic' }}
        />
        <Button text={form.send} type="submit" preventDoubleClick />
      </Form>
    </PublicLayout>
  );
}
