import { useLocale } from '../../../../platform/http/page-context.ts';
import { codeFrom, freeName } from '../../design/field-names.ts';
import {
  columnTypes,
  fieldTypes,
  prefillSources,
  type AnswerField,
  type Field,
  type FormDefinition,
  type Group,
  type Logic,
  type Page,
} from '../../definition.ts';
import { sourceTitles, typeTitles } from '../../form-titles.ts';
import { Act, Choice, NumberBox, Section, TextBox, TextPair, Tick } from './controls.tsx';
import {
  newColumn,
  numberColumns,
  readablesAt,
  takenIds,
  takenNames,
  thingAt,
  withMoved,
  withName,
  withNarrowing,
  withValue,
  type Pointer,
} from './design-state.ts';
import { CalculationEditor } from './calculation-editor.tsx';
import { ConditionEditor } from './logic-editors.tsx';
import { FormSettings } from './form-settings.tsx';
import { TypeSettings } from './type-settings.tsx';
import type { Change, PartProps, SettingsProps } from './settings-props.ts';
import { designerWords } from './words.ts';

/** Settings of what is chosen. */
export function Settings(props: SettingsProps) {
  const { form, pointer } = props;
  if (pointer === '') return <FormSettings {...props} />;
  const thing = thingAt(form, pointer);
  if (thing === undefined) return null;
  if (/\/columns\/\d+$/.test(pointer) || /\/fields\/\d+$/.test(pointer))
    return <FieldSettings key={pointer} {...props} field={thing as Field} isColumn={pointer.includes('/columns/')} />;
  if (/\/groups\/\d+$/.test(pointer)) return <GroupSettings key={pointer} {...props} group={thing as Group} />;
  return <PageSettings key={pointer} {...props} page={thing as Page} />;
}

function PageSettings(props: SettingsProps & { page: Page }) {
  const own = designerWords.use();
  const { form, pointer, page, change } = props;
  const set = (name: string, value: unknown) =>
    change(withValue(form, `${pointer}/${name}`, value), `${pointer}/${name}`);
  return (
    <>
      <Kind text={own.page} />
      <TextPair label={own.title} value={page.title} isNeeded onInput={(text) => set('title', text)} />
      <TextPair label={own.intro} value={page.intro} isLong onInput={(text) => set('intro', text)} />
      <IdBox form={form} pointer={pointer} id={page.id} change={change} />
      <Section
        title={own.showWhen}
        isOpen={page.showWhen !== undefined}
        mark={page.showWhen === undefined ? undefined : own.conditional}
      >
        <ConditionEditor
          logic={page.showWhen}
          readables={readablesAt(form, pointer)}
          onChange={(logic) => set('showWhen', logic)}
        />
      </Section>
    </>
  );
}

function Kind(props: { text: string }) {
  return <h2 class="sen-d-heading">{props.text}</h2>;
}

/** The code of a page or group: part of addresses, so it has to be plain and unique. */
function IdBox(props: { form: FormDefinition; pointer: Pointer; id: string; change: Change }) {
  const own = designerWords.use();
  const { form, pointer, id } = props;
  const taken = takenIds(form);
  return (
    <TextBox
      label={own.code}
      value={id}
      onInput={(text) => {
        const typed = codeFrom(text);
        if (typed !== id && !taken.has(typed)) {
          let next = withValue(form, `${pointer}/id`, typed);
          // Signers name pages by their codes.
          const signers = next.ui.signers?.map((signer) =>
            signer.pages ? { ...signer, pages: signer.pages.map((page) => (page === id ? typed : page)) } : signer,
          );
          next = withValue(next, '/ui/signers', signers);
          props.change(next, `${pointer}/id`);
        }
      }}
    />
  );
}

function GroupSettings(props: SettingsProps & { group: Group }) {
  const own = designerWords.use();
  const { form, pointer, group, change } = props;
  const set = (name: string, value: unknown) =>
    change(withValue(form, `${pointer}/${name}`, value), `${pointer}/${name}`);
  const { repeat } = group;
  return (
    <>
      <Kind text={own.group} />
      <TextPair label={own.title} value={group.title} onInput={(text) => set('title', text)} />
      <TextPair label={own.hint} value={group.hint} onInput={(text) => set('hint', text)} />
      <IdBox form={form} pointer={pointer} id={group.id} change={change} />
      <Section
        title={own.showWhen}
        isOpen={group.showWhen !== undefined}
        mark={group.showWhen === undefined ? undefined : own.conditional}
      >
        <ConditionEditor
          logic={group.showWhen}
          readables={readablesAt(form, pointer)}
          onChange={(logic) => set('showWhen', logic)}
        />
      </Section>
      <Section title={own.repeat} isOpen={repeat !== undefined} mark={repeat ? '↻' : undefined}>
        <Tick
          label={own.repeat}
          hint={own.repeatHint}
          checked={repeat !== undefined}
          onChange={(checked) => {
            const title = group.title ?? { vi: 'Mục', en: 'Item' };
            const name = freeName('danhSach', takenNames(form));
            set('repeat', checked ? { name, itemTitle: { ...title }, min: 1, max: 10 } : undefined);
          }}
        />
        {repeat && (
          <>
            <TextPair
              label={own.itemTitle}
              value={repeat.itemTitle}
              isNeeded
              onInput={(text) => set('repeat/itemTitle', text)}
            />
            <NameBox
              form={form}
              pointer={`${pointer}/repeat`}
              name={repeat.name}
              change={change}
              taken={takenNames(form)}
            />
            <div class="sen-d-two">
              <NumberBox label={own.rowsMin} value={repeat.min} onChange={(value) => set('repeat/min', value)} />
              <NumberBox label={own.rowsMax} value={repeat.max} onChange={(value) => set('repeat/max', value)} />
            </div>
          </>
        )}
      </Section>
      <div class="sen-d-acts">{group.title && <Act onClick={() => props.keepGroup(group)}>{own.keep}</Act>}</div>
    </>
  );
}

function NameBox(props: {
  form: FormDefinition;
  pointer: Pointer;
  name: string;
  change: Change;
  taken: ReadonlySet<string>;
}) {
  const own = designerWords.use();
  const { form, pointer, name, taken } = props;
  const isRight = /^[a-z][A-Za-z0-9]{0,39}$/.test(name);
  return (
    <TextBox
      label={own.name}
      hint={own.nameHint}
      error={isRight ? undefined : own.nameWrong}
      value={name}
      onInput={(text) => {
        const typed = text.trim().slice(0, 40);
        if (typed !== name && !taken.has(typed)) props.change(withName(form, pointer, typed), `${pointer}/name`);
      }}
    />
  );
}

function FieldSettings(props: SettingsProps & { field: Field; isColumn: boolean }) {
  const own = designerWords.use();
  const locale = useLocale();
  const { form, pointer, field, change } = props;
  const set = (name: string, value: unknown) =>
    change(withValue(form, `${pointer}/${name}`, value), `${pointer}/${name}`);
  const types = (props.isColumn ? columnTypes : fieldTypes).map((type) => ({
    value: type,
    text: typeTitles[type]![locale],
  }));
  const group = thingAt(form, pointer.split('/').slice(0, 6).join('/')) as Group;
  const isRow = props.isColumn || group.repeat !== undefined;
  const table = props.isColumn
    ? (thingAt(form, pointer.split('/').slice(0, 8).join('/')) as Field & { type: 'table' })
    : null;
  const taken = table
    ? new Set(table.columns.map((column) => column.name))
    : group.repeat
      ? new Set(group.fields.map((each) => each.name))
      : takenNames(form);
  const readables = readablesAt(form, pointer);
  return (
    <>
      <Kind text={props.isColumn ? own.column : own.question} />
      {table && (
        <Act onClick={() => props.select(pointer.split('/').slice(0, 8).join('/'))}>← {table.label[locale]}</Act>
      )}
      {field.type === 'content' ? (
        <>
          <TextPair label={own.text} value={field.text} isLong isNeeded onInput={(text) => set('text', text)} />
          <Choice
            label={own.style}
            value={field.style ?? 'text'}
            items={Object.entries(own.styles).map(([value, text]) => ({ value, text }))}
            onChange={(style) => set('style', style === 'text' ? undefined : style)}
          />
        </>
      ) : (
        <>
          <TextPair label={own.label} value={field.label} isNeeded onInput={(text) => set('label', text)} />
          <TextPair label={own.hint} value={field.hint} onInput={(text) => set('hint', text)} />
          <Choice
            label={own.type}
            value={field.type}
            items={types}
            onChange={(type) => change(withType(form, pointer, field, type), null)}
          />
          <Requirement {...props} field={field} readables={readables} set={set} />
          <TypeSettings {...props} field={field} set={set} />
        </>
      )}
      <Section
        title={own.showWhen}
        isOpen={field.showWhen !== undefined}
        mark={field.showWhen === undefined ? undefined : own.conditional}
      >
        <ConditionEditor logic={field.showWhen} readables={readables} onChange={(logic) => set('showWhen', logic)} />
      </Section>
      {field.type !== 'content' && (
        <>
          {!['table', 'file', 'address', 'declaration', 'checkboxes'].includes(field.type) && (
            <Section
              title={own.calculate}
              isOpen={field.calculate !== undefined}
              mark={field.calculate === undefined ? undefined : own.calculated}
            >
              <CalculationEditor
                logic={field.calculate}
                readables={readables}
                columns={numberColumns(form)}
                onChange={(logic) => set('calculate', logic)}
              />
            </Section>
          )}
          {!isRow && (
            <Section
              title={own.prefill}
              isOpen={field.prefill !== undefined}
              mark={field.prefill ? own.prefilled : undefined}
            >
              <Choice
                label={own.prefill}
                isHidden
                value={field.prefill?.source ?? ''}
                items={[
                  { value: '', text: own.noPrefill },
                  ...prefillSources.map((source) => ({ value: source, text: sourceTitles[source]![locale] })),
                ]}
                onChange={(source) => set('prefill', source === '' ? undefined : { ...field.prefill, source })}
              />
              {field.prefill && (
                <Tick
                  label={own.locked}
                  checked={field.prefill.locked ?? false}
                  onChange={(checked) => set('prefill/locked', checked || undefined)}
                />
              )}
            </Section>
          )}
          <Section title={own.help} isOpen={field.help !== undefined || field.basis !== undefined}>
            <TextPair label={own.help} value={field.help} isLong onInput={(text) => set('help', text)} />
            <TextPair label={own.basis} value={field.basis} isLong onInput={(text) => set('basis', text)} />
            <Tick
              label={own.sensitive}
              checked={field.sensitive ?? false}
              onChange={(checked) => set('sensitive', checked || undefined)}
            />
          </Section>
        </>
      )}
      <NameBox form={form} pointer={pointer} name={field.name} change={change} taken={taken} />
      {!props.isColumn && (
        <Choice
          label={own.moveTo}
          value=""
          items={[
            { value: '', text: '–' },
            ...form.ui.pages.flatMap((page, p) =>
              page.groups.map((each, g) => ({
                value: `/ui/pages/${p}/groups/${g}/fields`,
                text: `${p + 1}. ${page.title[locale] || page.title.vi} › ${each.title?.[locale] || each.id}`,
              })),
            ),
          ]}
          onChange={(list) => {
            if (list === '' || pointer.startsWith(`${list}/`)) return;
            const moved = withMoved(form, pointer, list, (thingAt(form, list) as unknown[]).length);
            change(moved.form, null);
            props.select(moved.at);
          }}
        />
      )}
    </>
  );
}

/** Another type keeps the words and conditions; what belonged to the old type alone goes. */
function withType(form: FormDefinition, pointer: Pointer, field: AnswerField, type: string): FormDefinition {
  const { name, label, hint, help, basis, required, requiredWhen, showWhen, prefill, sensitive } = field;
  const isChoice = ['radios', 'select', 'checkboxes'].includes(type);
  const options =
    'options' in field && field.options
      ? field.options
      : [{ value: 'lua-chon-1', label: { vi: 'Lựa chọn 1', en: 'Option 1' } }];
  const next = {
    name,
    type,
    ...(type === 'content'
      ? { text: label }
      : { label, hint, help, basis, required, requiredWhen, prefill, sensitive }),
    showWhen,
    ...(isChoice ? { options } : {}),
    ...(type === 'file' ? { accept: ['pdf', 'jpg', 'png'] } : {}),
    ...(type === 'declaration' ? { text: label } : {}),
    ...(type === 'table' ? { columns: [newColumn(new Set())] } : {}),
  };
  const clean = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined));
  return withValue(withNarrowing(form, pointer, {}), pointer, clean);
}

function Requirement(props: PartProps & { readables: ReturnType<typeof readablesAt> }) {
  const own = designerWords.use();
  const { form, pointer, field, change } = props;
  if (field.calculate !== undefined) return null;
  const state = field.requiredWhen !== undefined ? 'sometimes' : field.required === false ? 'never' : 'always';
  return (
    <>
      <Choice
        label={own.required}
        value={state}
        items={(['always', 'never', 'sometimes'] as const).map((each) => ({ value: each, text: own[each] }))}
        onChange={(next) => {
          let changedForm = withValue(form, `${pointer}/required`, next === 'never' ? false : undefined);
          const first = props.readables[0];
          const start: Logic = first ? { '!': [{ empty: { var: first.read } }] } : true;
          changedForm = withValue(changedForm, `${pointer}/requiredWhen`, next === 'sometimes' ? start : undefined);
          change(changedForm, null);
        }}
      />
      {field.requiredWhen !== undefined && (
        <ConditionEditor
          logic={field.requiredWhen}
          readables={props.readables}
          onChange={(logic) => props.set('requiredWhen', logic ?? true)}
        />
      )}
    </>
  );
}
