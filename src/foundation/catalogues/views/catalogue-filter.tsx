import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { scopes } from '../catalogue.ts';
import { catalogueWords } from './catalogue-words.ts';

/** Finds lists by words and by who keeps them. */
export function CatalogueFilter(props: { action: string; text: string; scope: string | null }) {
  const shared = catalogueWords.use();
  return (
    <FilterBar action={props.action}>
      <Input id="tim" name="tim" label={{ text: shared.search }} value={props.text} />
      <Select
        id="pham-vi"
        name="pham-vi"
        label={{ text: shared.scope }}
        items={[
          { value: '', text: shared.anyScope },
          ...scopes.map((scope) => ({ value: scope, text: shared.scopes[scope]!, selected: scope === props.scope })),
        ]}
      />
    </FilterBar>
  );
}

/** Finds rows of one list as it stood on a day. */
export function DayFilter(props: { action: string; label: string; text: string; day: string; classes?: string }) {
  const shared = catalogueWords.use();
  return (
    <FilterBar action={props.action}>
      <Input
        id="tim"
        name="tim"
        label={{ text: props.label }}
        value={props.text}
        {...(props.classes === undefined ? {} : { classes: props.classes })}
      />
      <Input
        id="ngay"
        name="ngay"
        label={{ text: shared.day }}
        hint={{ text: shared.dayHint }}
        value={formatDate(props.day)}
        classes="govuk-input--width-10"
      />
    </FilterBar>
  );
}
