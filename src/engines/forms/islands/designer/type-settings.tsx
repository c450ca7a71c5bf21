import { useLocale } from '../../../../platform/http/page-context.ts';
import { freeName } from '../../design/field-names.ts';
import { fileKinds, type AnswerField, type FieldSchema, type Option } from '../../definition.ts';
import { typeTitles } from '../../form-titles.ts';
import { Act, NumberBox, Section, TextBox, TextPair, Tick } from './controls.tsx';
import { narrowingOf, newColumn, withMoved, withNarrowing, withRemoved, withValue } from './design-state.ts';
import type { PartProps } from './settings-props.ts';
import { designerWords } from './words.ts';

/** What belongs to one type of question alone. */
export function TypeSettings(props: PartProps) {
  const own = designerWords.use();
  const { form, pointer, field, change, set } = props;
  const limits = narrowingOf(form, pointer) ?? {};
  const limit = (name: keyof FieldSchema, value: unknown) =>
    change(withNarrowing(form, pointer, { ...limits, [name]: value }), `${pointer}#${name}`);
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the other types have nothing of their own
  switch (field.type) {
    case 'text':
    case 'longText':
      return (
        <Section title={own.limits} isOpen={Object.keys(limits).length > 0}>
          <div class="sen-d-two">
            <NumberBox label={own.minLength} value={limits.minLength} onChange={(value) => limit('minLength', value)} />
            <NumberBox label={own.maxLength} value={limits.maxLength} onChange={(value) => limit('maxLength', value)} />
          </div>
          <TextBox
            label={own.pattern}
            value={limits.pattern ?? ''}
            onInput={(text) => limit('pattern', text === '' ? undefined : text)}
          />
        </Section>
      );
    case 'integer':
    case 'decimal':
    case 'money':
      return (
        <Section title={own.limits} isOpen={Object.keys(limits).length > 0}>
          <div class="sen-d-two">
            <NumberBox label={own.minimum} value={limits.minimum} onChange={(value) => limit('minimum', value)} />
            <NumberBox label={own.maximum} value={limits.maximum} onChange={(value) => limit('maximum', value)} />
          </div>
          {field.type !== 'money' && (
            <TextPair label={own.suffix} value={field.suffix} onInput={(text) => set('suffix', text)} />
          )}
        </Section>
      );
    case 'date':
      return (
        <Section title={own.limits} isOpen={field.earliest !== undefined || field.latest !== undefined}>
          <TextBox
            label={own.earliest}
            hint={own.boundHint}
            value={field.earliest ?? ''}
            onInput={(text) => set('earliest', text || undefined)}
          />
          <TextBox
            label={own.latest}
            hint={own.boundHint}
            value={field.latest ?? ''}
            onInput={(text) => set('latest', text || undefined)}
          />
        </Section>
      );
    case 'identityNumber':
      return (
        <Tick
          label={own.allowOld}
          checked={field.allowOld ?? false}
          onChange={(checked) => set('allowOld', checked || undefined)}
        />
      );
    case 'phone':
      return (
        <Tick
          label={own.allowLandline}
          checked={field.allowLandline ?? false}
          onChange={(checked) => set('allowLandline', checked || undefined)}
        />
      );
    case 'address':
      return (
        <Tick
          label={own.detail}
          checked={field.detail !== false}
          onChange={(checked) => set('detail', checked ? undefined : false)}
        />
      );
    case 'radios':
    case 'select':
    case 'checkboxes':
      return <OptionsEditor {...props} field={field} />;
    case 'file':
      return (
        <Section title={own.accept} isOpen>
          <div class="sen-d-many">
            {fileKinds.map((kind) => (
              <label key={kind} class="sen-d-many__item">
                <input
                  type="checkbox"
                  checked={field.accept.includes(kind)}
                  onChange={() =>
                    set(
                      'accept',
                      field.accept.includes(kind)
                        ? field.accept.filter((each) => each !== kind)
                        : [...field.accept, kind],
                    )
                  }
                />{' '}
                {kind.toUpperCase()}
              </label>
            ))}
          </div>
          <div class="sen-d-two">
            <NumberBox
              label={own.maxMegabytes}
              value={field.maxMegabytes}
              onChange={(value) => set('maxMegabytes', value)}
            />
            <NumberBox label={own.maxFiles} value={field.maxFiles} onChange={(value) => set('maxFiles', value)} />
          </div>
        </Section>
      );
    case 'table':
      return <ColumnsEditor {...props} field={field} />;
    case 'declaration':
      return <TextPair label={own.text} value={field.text} isLong isNeeded onInput={(text) => set('text', text)} />;
    default:
      return null;
  }
}

function OptionsEditor(props: PartProps & { field: AnswerField & { options?: Option[]; optionsFrom?: string } }) {
  const own = designerWords.use();
  const { field, set } = props;
  const options = field.options ?? [];
  const give = (next: Option[]) => set('options', next);
  const move = (index: number, by: number) => {
    const next = [...options];
    const [item] = next.splice(index, 1);
    next.splice(index + by, 0, item!);
    give(next);
  };
  return (
    <Section title={own.options} isOpen>
      {options.map((option, index) => (
        <div key={index} class="sen-d-option">
          <div class="sen-d-option__words">
            <input class="sen-d-input" lang="vi" aria-label={`${own.options} ${index + 1}, ${own.vi}`} value={option.label.vi} onInput={(event) => give(options.map((each, i) => (i === index ? { ...each, label: { ...each.label, vi: event.currentTarget.value } } : each)))} />
            <input class="sen-d-input" lang="en" aria-label={`${own.options} ${index + 1}, ${own.en}`} value={option.label.en} onInput={(event) => give(options.map((each, i) => (i === index ? { ...each, label: { ...each.label, en: event.currentTarget.value } } : each)))} />
            <input class="sen-d-input sen-d-input--code" aria-label={`${own.options} ${index + 1}, ${own.value}`} value={option.value} onInput={(event) => give(options.map((each, i) => (i === index ? { ...each, value: event.currentTarget.value.trim() } : each)))} />
          </div>
          <div class="sen-d-option__acts">
            <Act label={`${own.up}: ${option.label.vi}`} isDisabled={index === 0} onClick={() => move(index, -1)}>↑</Act>
            <Act label={`${own.down}: ${option.label.vi}`} isDisabled={index === options.length - 1} onClick={() => move(index, 1)}>↓</Act>
            <Act label={`${own.remove}: ${option.label.vi}`} tone="danger" onClick={() => give(options.filter((_, i) => i !== index))}>✕</Act>
          </div>
        </div>
      ))}
      <Act
        onClick={() => {
          const taken = new Set(options.map((option) => option.value));
          const number = options.length + 1;
          give([...options, { value: freeName(`lua-chon-${number}`, taken, '-'), label: { vi: `Lựa chọn ${number}`, en: `Option ${number}` } }]);
        }}
      >
        + {own.addOption}
      </Act>
      <TextBox
        label={own.optionsFrom}
        value={field.optionsFrom ?? ''}
        onInput={(text) => {
          let next = withValue(props.form, `${props.pointer}/optionsFrom`, text === '' ? undefined : text);
          next = withValue(next, `${props.pointer}/options`, text === '' ? (options.length > 0 ? options : []) : undefined);
          props.change(next, `${props.pointer}/optionsFrom`);
        }}
      />
    </Section>
  );
} // prettier-ignore

function ColumnsEditor(props: PartProps & { field: AnswerField & { type: 'table' } }) {
  const own = designerWords.use();
  const locale = useLocale();
  const { form, pointer, field, set, change } = props;
  const move = (index: number, by: 1 | -1) =>
    change(withMoved(form, `${pointer}/columns/${index}`, `${pointer}/columns`, by === 1 ? index + 2 : index - 1).form, null);
  return (
    <Section title={own.columns} isOpen>
      {field.columns.map((column, index) => (
        <div key={column.name} class="sen-d-option">
          <button type="button" class="sen-d-name" onClick={() => props.select(`${pointer}/columns/${index}`)}>
            {column.label[locale] || column.label.vi || own.untitled} <span class="sen-d-chip">{typeTitles[column.type]![locale]}</span>
          </button>
          <div class="sen-d-option__acts">
            <Act label={`${own.up}: ${column.label.vi}`} isDisabled={index === 0} onClick={() => move(index, -1)}>↑</Act>
            <Act label={`${own.down}: ${column.label.vi}`} isDisabled={index === field.columns.length - 1} onClick={() => move(index, 1)}>↓</Act>
            <Act label={`${own.remove}: ${column.label.vi}`} tone="danger" isDisabled={field.columns.length === 1} onClick={() => change(withRemoved(form, `${pointer}/columns/${index}`), null)}>✕</Act>
          </div>
        </div>
      ))}
      <Act onClick={() => set('columns', [...field.columns, newColumn(new Set(field.columns.map((column) => column.name)))])}>+ {own.addColumn}</Act>
      <div class="sen-d-two">
        <NumberBox label={own.rowsMin} value={field.min} onChange={(value) => set('min', value)} />
        <NumberBox label={own.rowsMax} value={field.max} onChange={(value) => set('max', value)} />
      </div>
    </Section>
  );
} // prettier-ignore
