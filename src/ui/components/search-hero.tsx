import type { ComponentChildren } from 'preact';
import { Form } from '../form.tsx';
import { Link } from '../link.tsx';

/** Options of `SearchHero`. */
export interface SearchHeroProps {
  heading: string;
  lead?: ComponentChildren;
  /** Path that takes the search as a GET form. */
  action: string;
  name?: string | undefined;
  /** Label of the field, for screen readers. */
  label: string;
  placeholder?: string | undefined;
  value?: string | undefined;
  buttonText: string;
  /** What people often look for, as links below the field. */
  examplesLabel?: string | undefined;
  examples?: readonly { text: string; path: string }[] | undefined;
}

/** Heading and search field for the green band of a page: pass it as the layout's `hero`. */
export function SearchHero(props: SearchHeroProps) {
  const id = 'sen-search';
  return (
    <>
      <h1 class="govuk-heading-xl sen-hero__heading">{props.heading}</h1>
      {props.lead && <p class="sen-hero__lead">{props.lead}</p>}
      <Form method="get" action={props.action} role="search" class="sen-search">
        <label class="govuk-visually-hidden" for={id}>
          {props.label}
        </label>
        <input
          class="sen-search__input"
          id={id}
          name={props.name ?? 'q'}
          type="search"
          value={props.value}
          placeholder={props.placeholder}
          maxLength={200}
          enterkeyhint="search"
        />
        <button type="submit" class="sen-search__button">
          {props.buttonText}
        </button>
      </Form>
      {props.examples && props.examples.length > 0 && (
        <p class="sen-hero__examples">
          {props.examplesLabel}{' '}
          {props.examples.map((example) => (
            <Link to={example.path} class="sen-hero__example">
              {example.text}
            </Link>
          ))}
        </p>
      )}
    </>
  );
}
