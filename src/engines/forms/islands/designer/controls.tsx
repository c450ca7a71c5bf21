import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Text } from '../../definition.ts';
import { designerWords } from './words.ts';

/** One line of text in a compact box. */
export function TextBox(props: {
  label: string;
  value: string;
  onInput: (value: string) => void;
  lang?: string | undefined;
  hint?: string | undefined;
  error?: string | undefined;
  isLong?: boolean | undefined;
  isNumeric?: boolean | undefined;
  isNarrow?: boolean | undefined;
}) {
  const id = useId();
  const about = props.error ? `${id}-e` : props.hint ? `${id}-h` : undefined;
  const shared = {
    id,
    class: `sen-d-input${props.error ? ' sen-d-input--wrong' : ''}`,
    value: props.value,
    lang: props.lang,
    'aria-describedby': about,
    'aria-invalid': props.error ? ('true' as const) : undefined,
    onInput: (event: Event) => props.onInput((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <div class={`sen-d-field${props.isNarrow ? ' sen-d-field--narrow' : ''}`}>
      <label class="sen-d-label" for={id}>
        {props.label}
      </label>
      {props.isLong ? (
        <textarea {...shared} rows={3} />
      ) : (
        <input {...shared} type="text" inputMode={props.isNumeric ? 'decimal' : undefined} autocomplete="off" />
      )}
      {props.error ? (
        <span class="sen-d-error" id={`${id}-e`}>
          {props.error}
        </span>
      ) : (
        props.hint && (
          <span class="sen-d-hint" id={`${id}-h`}>
            {props.hint}
          </span>
        )
      )}
    </div>
  );
}

/** Words in both languages, the second below the first. Both empty is nothing at all, where that is allowed. */
export function TextPair(props: {
  label: string;
  value: Text | undefined;
  onInput: (value: Text | undefined) => void;
  isLong?: boolean | undefined;
  isNeeded?: boolean | undefined;
}) {
  const own = designerWords.use();
  const { vi = '', en = '' } = props.value ?? {};
  const give = (next: Text) => props.onInput(!props.isNeeded && next.vi === '' && next.en === '' ? undefined : next);
  return (
    <fieldset class="sen-d-pair">
      <legend class="sen-d-label">{props.label}</legend>
      <PairBox
        tag="VI"
        label={own.vi}
        lang="vi"
        value={vi}
        isLong={props.isLong}
        onInput={(text) => give({ vi: text, en })}
      />
      <PairBox
        tag="EN"
        label={own.en}
        lang="en"
        value={en}
        isLong={props.isLong}
        onInput={(text) => give({ vi, en: text })}
      />
    </fieldset>
  );
}

function PairBox(props: {
  tag: string;
  label: string;
  lang: string;
  value: string;
  isLong?: boolean | undefined;
  onInput: (text: string) => void;
}) {
  const shared = {
    class: 'sen-d-input',
    lang: props.lang,
    value: props.value,
    'aria-label': props.label,
    onInput: (event: Event) => props.onInput((event.currentTarget as HTMLInputElement).value),
  };
  return (
    <div class="sen-d-pair__row">
      <span class="sen-d-pair__tag" aria-hidden="true">
        {props.tag}
      </span>
      {props.isLong ? <textarea {...shared} rows={3} /> : <input type="text" autocomplete="off" {...shared} />}
    </div>
  );
}

/** A list to choose from. */
export function Choice(props: {
  label: string;
  value: string;
  items: readonly { value: string; text: string }[];
  onChange: (value: string) => void;
  isHidden?: boolean | undefined;
  isNarrow?: boolean | undefined;
}) {
  const id = useId();
  return (
    <div class={`sen-d-field${props.isNarrow ? ' sen-d-field--narrow' : ''}`}>
      <label class={props.isHidden ? 'govuk-visually-hidden' : 'sen-d-label'} for={id}>
        {props.label}
      </label>
      <select
        id={id}
        class="sen-d-input"
        value={props.value}
        onChange={(event) => props.onChange((event.currentTarget as HTMLSelectElement).value)}
      >
        {props.items.map((item) => (
          <option key={item.value} value={item.value} selected={item.value === props.value}>
            {item.text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** A box to tick. */
export function Tick(props: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  hint?: string | undefined;
}) {
  const id = useId();
  return (
    <div class="sen-d-tick">
      <input
        id={id}
        type="checkbox"
        class="sen-box"
        checked={props.checked}
        onChange={(event) => props.onChange((event.currentTarget as HTMLInputElement).checked)}
      />
      <label for={id}>{props.label}</label>
      {props.hint && <span class="sen-d-hint">{props.hint}</span>}
    </div>
  );
}

/** A quiet button. */
export function Act(props: {
  onClick: () => void;
  children?: ComponentChildren;
  label?: string | undefined;
  isDisabled?: boolean | undefined;
  isPressed?: boolean | undefined;
  tone?: 'danger' | 'main' | undefined;
}) {
  return (
    <button
      type="button"
      class={`sen-d-act${props.tone ? ` sen-d-act--${props.tone}` : ''}`}
      onClick={props.onClick}
      disabled={props.isDisabled}
      aria-label={props.label}
      title={props.label}
      aria-pressed={props.isPressed === undefined ? undefined : props.isPressed ? 'true' : 'false'}
    >
      {props.children}
    </button>
  );
}

/** A part of the settings that folds. */
export function Section(props: {
  title: string;
  isOpen?: boolean | undefined;
  mark?: string | undefined;
  children?: ComponentChildren;
}) {
  return (
    <details class="sen-d-section" open={props.isOpen}>
      <summary class="sen-d-section__title">
        {props.title}
        {props.mark && <span class="sen-d-chip">{props.mark}</span>}
      </summary>
      <div class="sen-d-section__body">{props.children}</div>
    </details>
  );
}

/** A number; an emptied box is no number, and what is none yet is not given on. */
export function NumberBox(props: {
  label: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  return (
    <TextBox
      label={props.label}
      isNumeric
      value={props.value === undefined ? '' : String(props.value)}
      onInput={(text) => {
        const number = Number(text.replace(',', '.'));
        if (text.trim() === '') props.onChange(undefined);
        else if (Number.isFinite(number)) props.onChange(number);
      }}
    />
  );
}
