import { Button } from '../../../ui/govuk/button.tsx';
import type { Content } from '../../../ui/govuk/content.tsx';
import { Fieldset } from '../../../ui/govuk/fieldset.tsx';
import { Hint } from '../../../ui/govuk/hint.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Enhanced } from '../../../ui/island.tsx';
import { paths } from '../../../ui/paths.ts';
import type { AddressUnit } from '../books.ts';
import type { AddressField, AddressValue } from '../definition.ts';
import { commandName, controlId, controlName } from '../form-post.ts';
import type { AddressUnitsProps } from '../islands/address-units.ts';
import { outlineOf } from '../outline.ts';
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
  // A list that is not there yet stands by for the script, closed; without one it is never seen nor sent.
  const list = (part: Part, label: string, items: readonly AddressUnit[], isWaiting = false) => (
    <Select
      id={isWaiting ? `${controlId(at, part)}-list` : controlId(at, part)}
      name={controlName(at, part)}
      label={{ text: label }}
      errorMessage={isWaiting ? undefined : messageFor(part)}
      value={chosen[part]}
      attributes={{ 'data-unit': part, ...(isWaiting ? { disabled: '' } : {}) }}
      items={[{ value: '', text: words.choose }, ...items.map((unit) => ({ value: unit.code, text: unit.name }))]}
    />
  );
  const hintId = `${controlId(at)}-hint`;
  const needsDistrict = units?.hasDistricts === true;
  return (
    <div class="govuk-form-group sen-address" data-address={controlName(at)}>
      <Fieldset legend={props.legend} describedBy={props.hint ? hintId : undefined}>
        {props.hint && <Hint id={hintId} text={props.hint.text} />}
        <Enhanced name="forms/address-units" props={liveProps(field, at, context, needsDistrict)}>
          {list('province', words.province, units?.provinces() ?? [])}
          {needsDistrict && (
            <div data-part="" hidden={districts.length === 0}>
              {list('district', words.district, districts, districts.length === 0)}
            </div>
          )}
          <div data-part="" hidden={communes.length === 0}>
            {list('commune', words.commune, communes, communes.length === 0)}
          </div>
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
        </Enhanced>
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

/** The script asks for places on the day of the map. Without levels it does nothing: the day still changes on this page. */
function liveProps(field: AddressField, at: string, context: FieldContext, hasDistricts: boolean): AddressUnitsProps {
  const { byKey } = outlineOf(context.definition);
  const place = byKey.get(at.replace(/\.\d+\./, '.'))?.page;
  const isMoving = typeof field.on === 'object' && byKey.get(field.on.field)?.page === place;
  const day = mapDateOf(field, context.values, context.today);
  const { choose, findUnit: find, foundUnits: found, foundNone: none } = context.words;
  return {
    source: paths.places({ day, code: '-' }).slice(0, -1),
    levels: isMoving ? [] : hasDistricts ? ['province', 'district', 'commune'] : ['province', 'commune'],
    words: { choose, find, found, none },
  };
}

const known = (units: readonly AddressUnit[], code: string): string =>
  units.some((unit) => unit.code === code) ? code : '';

/** Keeps a choice whose list is not on the page for the moment. */
function Carried(props: { at: string; part: Part; value: string }) {
  return props.value ? (
    <input type="hidden" name={controlName(props.at, props.part)} value={props.value} data-carried="" />
  ) : null;
}
