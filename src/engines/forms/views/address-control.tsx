import { Button } from '../../../ui/govuk/button.tsx';
import type { Content } from '../../../ui/govuk/content.tsx';
import { Fieldset } from '../../../ui/govuk/fieldset.tsx';
import { Hint } from '../../../ui/govuk/hint.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import type { AddressUnit } from '../books.ts';
import type { AddressField, AddressValue } from '../definition.ts';
import { commandName, controlId, controlName } from '../form-post.ts';
import { mapDateOf } from '../validate-answers.ts';
import { typedAt, valueAt, type FieldContext } from './field-context.ts';

type Part = 'province' | 'district' | 'commune' | 'detail';

/** What is chosen so far: as typed on the posted page, else as known, else the form's own province. */
function chosenParts(field: AddressField, at: string, context: FieldContext): Record<Part, string> {
  const value = valueAt(context.values, at);
  const known: Partial<AddressValue> =
    value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
  const read = (part: Part): string => typedAt(context, at, part) ?? known[part] ?? '';
  return {
    province: read('province') || (field.province ?? ''),
    district: read('district'),
    commune: read('commune'),
    detail: read('detail'),
  };
}

/** Province, then what lies in it. Without a script the button brings the next list; what is chosen stays. */
export function AddressControl(props: {
  field: AddressField;
  at: string;
  context: FieldContext;
  legend: Content & { classes: string };
  hint: { text: string } | undefined;
}) {
  const { field, at, context } = props;
  const { words, locale } = context;
  const chosen = chosenParts(field, at, context);
  const units = context.books?.addresses?.unitsOn(mapDateOf(field, context.values, context.today));
  const districts = units?.hasDistricts && chosen.province ? units.children(chosen.province) : [];
  const parent = units?.hasDistricts ? known(districts, chosen.district) : chosen.province;
  const communes = units && parent ? units.children(parent) : [];
  const error = context.errors.get(at);
  const messageFor = (part: Part) =>
    error && (error.part ?? 'province') === part ? { text: error.message[locale] } : undefined;
  const list = (part: Part, label: string, items: readonly AddressUnit[]) => (
    <Select
      id={controlId(at, part)}
      name={controlName(at, part)}
      label={{ text: label }}
      errorMessage={messageFor(part)}
      value={chosen[part]}
      items={[{ value: '', text: words.choose }, ...items.map((unit) => ({ value: unit.code, text: unit.name }))]}
    />
  );
  const hintId = `${controlId(at)}-hint`;
  const needsDistrict = units?.hasDistricts === true;
  return (
    <div class="govuk-form-group sen-address" data-address={controlName(at)}>
      <Fieldset legend={props.legend} describedBy={props.hint ? hintId : undefined}>
        {props.hint && <Hint id={hintId} text={props.hint.text} />}
        {list('province', words.province, units?.provinces() ?? [])}
        {needsDistrict && districts.length > 0 && list('district', words.district, districts)}
        {communes.length > 0 && list('commune', words.commune, communes)}
        <Button
          type="submit"
          classes="govuk-button--secondary"
          name={commandName}
          value={`choose:${at}`}
          text={
            communes.length > 0
              ? words.refreshUnits
              : needsDistrict && districts.length === 0
                ? words.showDistricts
                : words.showCommunes
          }
        />
        {communes.length === 0 && <Carried at={at} part="commune" value={chosen.commune} />}
        {field.detail !== false && (
          <Input
            id={controlId(at, 'detail')}
            name={controlName(at, 'detail')}
            label={{ text: words.detail }}
            errorMessage={messageFor('detail')}
            value={chosen.detail}
          />
        )}
      </Fieldset>
      {communes.length === 0 && error?.part === 'commune' && (
        <p class="govuk-error-message" id={controlId(at, 'commune')}>
          {error.message[locale]}
        </p>
      )}
      {needsDistrict && districts.length === 0 && error?.part === 'district' && (
        <p class="govuk-error-message" id={controlId(at, 'district')}>
          {error.message[locale]}
        </p>
      )}
    </div>
  );
}

const known = (units: readonly AddressUnit[], code: string): string =>
  units.some((unit) => unit.code === code) ? code : '';

/** Keeps a choice whose list is not on the page for the moment. */
function Carried(props: { at: string; part: Part; value: string }) {
  return props.value ? <input type="hidden" name={controlName(props.at, props.part)} value={props.value} /> : null;
}
