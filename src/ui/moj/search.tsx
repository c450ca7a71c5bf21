import type { ComponentChildren } from 'preact';
import { useHref } from '../../platform/http/page-context.ts';
import { Button, type ButtonProps } from '../govuk/button.tsx';
import { attributesOf, classes, type Attributes, type Slot } from '../govuk/content.tsx';
import { Input, type InputProps } from '../govuk/input.tsx';
import { useMojWords } from './words.ts';

/** Options of `mojSearch`. */
export interface SearchProps {
  action: string;
  method?: 'get' | 'post' | undefined;
  label?: Slot | undefined;
  hint?: Slot | undefined;
  input?: Partial<InputProps> | undefined;
  button?: ButtonProps | undefined;
  layout?: 'stacked' | undefined;
  iconButton?: boolean | undefined;
  csrf?: { name?: string | undefined; value: string } | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** A search field with its button. */
export function Search(props: SearchProps) {
  const words = useMojWords();
  const href = useHref();
  const isStacked = props.layout === 'stacked';
  const isIcon = Boolean(props.iconButton) && !isStacked;
  const { label, hint, input } = props;
  const button = (
    <Button
      {...props.button}
      html={isIcon ? <SearchIcon text={props.button?.text ?? words.search} /> : props.button?.html}
      classes={classes('moj-search__button', isIcon && 'moj-search__button--icon', props.button?.classes)}
    />
  );
  return (
    <search
      class={classes('moj-search', isStacked && 'moj-search--stacked', props.classes)}
      {...attributesOf(props.attributes)}
    >
      <form action={href(props.action)} method={props.method ?? 'get'}>
        {props.csrf && <input type="hidden" name={props.csrf.name ?? '_csrf'} value={props.csrf.value} />}
        <Input
          {...input}
          classes={classes('moj-search__input', input?.classes)}
          label={label && { ...label, classes: classes('moj-search__label', label.classes) }}
          hint={hint && { ...hint, classes: classes('moj-search__hint', hint.classes) }}
          name={input?.name ?? 'search'}
          type={input?.type ?? 'search'}
          inputWrapper={{ classes: 'moj-search__input-wrapper' }}
          formGroup={{ afterInput: isStacked ? undefined : { html: button } }}
        />
        {isStacked && button}
      </form>
    </search>
  );
}

function SearchIcon(props: { text: ComponentChildren }) {
  return (
    <>
      <svg
        width="20"
        height="20"
        viewBox="0 0 21 20"
        fill="none"
        aria-hidden="true"
        focusable="false"
        xmlns="http://www.w3.org/2000/svg"
      >
        <path
          d="M8.90102 14.4683C12.385 14.4683 15.2093 11.644 15.2093 8.16005C15.2093 4.6761 12.385 1.85181 8.90102 1.85181C5.41707 1.85181 2.59277 4.6761 2.59277 8.16005C2.59277 11.644 5.41707 14.4683 8.90102 14.4683Z"
          stroke="currentColor"
          stroke-width="2.22222"
        />
        <path d="M13.2349 12.8584L19.5909 19.2144" stroke="currentColor" stroke-width="2.22222" />
      </svg>
      <span class="govuk-visually-hidden">{props.text}</span>
    </>
  );
}
