import type { ComponentChildren } from 'preact';
import { Form } from '../form.tsx';
import { Link } from '../link.tsx';
import { localWords } from '../local-words.ts';

const words = localWords({
  vi: { apply: 'Lọc', clear: 'Bỏ hết bộ lọc', chosen: 'Đang lọc theo', remove: 'Bỏ điều kiện', label: 'Bộ lọc' },
  en: { apply: 'Apply', clear: 'Clear all filters', chosen: 'Filtered by', remove: 'Remove filter', label: 'Filters' },
});

/** Options of `FilterBar`. */
export interface FilterBarProps {
  /** The list's own path; the form adds the fields as a query. */
  action: string;
  /** Kept values that have no field here, such as the sort order. */
  kept?: Record<string, string | undefined> | undefined;
  /** Choices in force; each `path` is the list without that choice. */
  chosen?: readonly { text: string; path: string }[] | undefined;
  applyText?: string | undefined;
  children?: ComponentChildren;
}

/** Filters of a list in one row; the fields are the children (`Input`, `Select`, `DatePicker`). Works as a plain GET form. */
export function FilterBar(props: FilterBarProps) {
  const own = words.use();
  const chosen = props.chosen ?? [];
  return (
    <div class="sen-filter">
      <Form method="get" action={props.action} role="search" label={own.label} class="sen-filter__form">
        {Object.entries(props.kept ?? {}).map(
          ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
        )}
        {props.children}
        <button type="submit" class="govuk-button govuk-button--secondary sen-filter__button">
          {props.applyText ?? own.apply}
        </button>
      </Form>
      {chosen.length > 0 && (
        <div class="sen-filter__chosen">
          <span>{own.chosen}</span>
          <ul class="sen-chips">
            {chosen.map((choice) => (
              <li>
                <Link to={choice.path} class="sen-chip">
                  <span class="govuk-visually-hidden">{own.remove} </span>
                  {choice.text}
                </Link>
              </li>
            ))}
          </ul>
          <Link to={props.action}>{own.clear}</Link>
        </div>
      )}
    </div>
  );
}
