import { useState } from 'preact/hooks';
import { useLocale } from '../../../../platform/http/page-context.ts';
import type { Field, FormDefinition, Group } from '../../definition.ts';
import { typeTitles } from '../../form-titles.ts';
import { Act } from './controls.tsx';
import type { Pointer } from './design-state.ts';
import { signOf } from './palette.tsx';
import { designerWords } from './words.ts';

/** A finding in words, as the server gives it. */
export type ShownFinding = { level: 'error' | 'warning'; code: string; path: string; text: string };

export type StructureActs = {
  select: (pointer: Pointer) => void;
  step: (pointer: Pointer, by: 1 | -1) => void;
  drop: (payload: string, list: Pointer, index: number) => void;
  addPage: () => void;
  addGroup: (page: number) => void;
  copy: (pointer: Pointer) => void;
  remove: (pointer: Pointer) => void;
};

const levelAt = (findings: readonly ShownFinding[], pointer: Pointer, isDeep: boolean): 'error' | 'warning' | null => {
  const here = findings.filter(
    (each) =>
      each.path === pointer ||
      (each.path.startsWith(`${pointer}/`) &&
        (isDeep || !/\/(fields|groups)\/\d/.test(each.path.slice(pointer.length)))),
  );
  if (here.some((each) => each.level === 'error')) return 'error';
  return here.length > 0 ? 'warning' : null;
};

function Mark(props: { level: 'error' | 'warning' | null }) {
  const own = designerWords.use();
  if (!props.level) return null;
  return (
    <span class={`sen-d-mark sen-d-mark--${props.level}`}>
      <span aria-hidden="true">!</span>
      <span class="govuk-visually-hidden">{props.level === 'error' ? own.errors(1) : own.warnings(1)}</span>
    </span>
  );
}

/** Pages as tabs, then the groups and questions of the page that is open. */
export function Structure(props: {
  form: FormDefinition;
  selected: Pointer;
  page: number;
  findings: readonly ShownFinding[];
  acts: StructureActs;
}) {
  const own = designerWords.use();
  const locale = useLocale();
  const { form, acts } = props;
  const page = form.ui.pages[props.page];
  const pagePointer = `/ui/pages/${props.page}`;
  return (
    <section class="sen-d-structure" aria-label={own.structure}>
      <div class="sen-d-pages">
        <button
          type="button"
          class={`sen-d-page${props.selected === '' ? ' sen-d-page--on' : ''}`}
          aria-pressed={props.selected === '' ? 'true' : 'false'}
          onClick={() => acts.select('')}
        >
          {own.form}
        </button>
        {form.ui.pages.map((each, index) => {
          const pointer = `/ui/pages/${index}`;
          const isOn = props.page === index && props.selected !== '';
          return (
            <button
              key={each.id}
              type="button"
              class={`sen-d-page${isOn ? ' sen-d-page--on' : ''}`}
              aria-pressed={isOn ? 'true' : 'false'}
              onClick={() => acts.select(pointer)}
            >
              <span class="sen-d-page__number">{index + 1}</span>
              {each.title[locale] || each.title.vi || own.untitled}
              <Mark level={levelAt(props.findings, pointer, true)} />
            </button>
          );
        })}
        <Act onClick={acts.addPage}>+ {own.addPage}</Act>
      </div>
      {page && (
        <div class="sen-d-sheet">
          <div class={`sen-d-sheet__title${props.selected === pagePointer ? ' sen-d-on' : ''}`}>
            <button type="button" class="sen-d-name sen-d-name--page" onClick={() => acts.select(pagePointer)}>
              {page.title[locale] || page.title.vi || own.untitled}
              <Mark level={levelAt(props.findings, pagePointer, false)} />
            </button>
            {props.selected === pagePointer && <RowActs pointer={pagePointer} label={page.title[locale]} acts={acts} />}
          </div>
          {page.groups.map((group, index) => (
            <GroupCard
              key={group.id}
              group={group}
              pointer={`${pagePointer}/groups/${index}`}
              selected={props.selected}
              findings={props.findings}
              acts={acts}
            />
          ))}
          <Act onClick={() => acts.addGroup(props.page)}>+ {own.addGroup}</Act>
        </div>
      )}
      <p class="sen-d-hint">{own.keys}</p>
    </section>
  );
}

function CopyIcon() {
  return (
    <svg class="sen-d-icon" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.6" aria-hidden="true">
      <rect x="5" y="5" width="9" height="9" rx="1.5" />
      <path d="M11 5V3.5A1.5 1.5 0 0 0 9.500 2h-6A1.500 1.500 0 0 0 2 3.500v6A1.500 1.500 0 0 0 3.500 11H5" />
    </svg>
  );
}

function RowActs(props: { pointer: Pointer; label: string; acts: StructureActs }) {
  const own = designerWords.use();
  const { acts, pointer } = props;
  return (
    <span class="sen-d-rowacts" role="group" aria-label={props.label}>
      <Act label={`${own.up}: ${props.label}`} onClick={() => acts.step(pointer, -1)}>
        ↑
      </Act>
      <Act label={`${own.down}: ${props.label}`} onClick={() => acts.step(pointer, 1)}>
        ↓
      </Act>
      <Act label={`${own.copy}: ${props.label}`} onClick={() => acts.copy(pointer)}>
        <CopyIcon />
      </Act>
      <Act label={`${own.remove}: ${props.label}`} tone="danger" onClick={() => acts.remove(pointer)}>
        ✕
      </Act>
    </span>
  );
}

function GroupCard(props: {
  group: Group;
  pointer: Pointer;
  selected: Pointer;
  findings: readonly ShownFinding[];
  acts: StructureActs;
}) {
  const own = designerWords.use();
  const locale = useLocale();
  const { group, pointer, acts } = props;
  const list = `${pointer}/fields`;
  const [over, setOver] = useState<number | null>(null);
  const title = group.title?.[locale] || group.repeat?.itemTitle[locale] || own.group;
  const dropAt = (index: number) => ({
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      setOver(index);
    },
    onDragLeave: () => setOver(null),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      event.stopPropagation();
      setOver(null);
      acts.drop(event.dataTransfer?.getData('text/plain') ?? '', list, index);
    },
  });
  return (
    <div class="sen-d-group">
      <div class={`sen-d-group__title${props.selected === pointer ? ' sen-d-on' : ''}`}>
        <button type="button" class="sen-d-name" onClick={() => acts.select(pointer)}>
          {title}
          {group.repeat && <span class="sen-d-chip">↻ {own.repeat.toLowerCase()}</span>}
          {group.showWhen !== undefined && <span class="sen-d-chip">{own.conditional}</span>}
          <Mark level={levelAt(props.findings, pointer, false)} />
        </button>
        {props.selected === pointer && <RowActs pointer={pointer} label={title} acts={acts} />}
      </div>
      <ol class="sen-d-rows">
        {group.fields.map((field, index) => (
          <FieldRow
            key={field.name}
            field={field}
            pointer={`${list}/${index}`}
            isOver={over === index}
            dropAt={dropAt(index)}
            selected={props.selected}
            findings={props.findings}
            acts={acts}
          />
        ))}
        <li
          class={`sen-d-end${over === group.fields.length ? ' sen-d-end--over' : ''}`}
          {...dropAt(group.fields.length)}
        >
          {group.fields.length === 0 ? own.emptyGroup : ''}
        </li>
      </ol>
    </div>
  );
}

function FieldRow(props: {
  field: Field;
  pointer: Pointer;
  isOver: boolean;
  dropAt: object;
  selected: Pointer;
  findings: readonly ShownFinding[];
  acts: StructureActs;
}) {
  const own = designerWords.use();
  const locale = useLocale();
  const { field, pointer, acts } = props;
  const isOn = props.selected === pointer || props.selected.startsWith(`${pointer}/`);
  const label =
    (field.type === 'content' ? field.text?.[locale] : field.label?.[locale] || field.label?.vi) || own.untitled;
  const chips =
    field.type === 'content'
      ? []
      : [...(field.calculate === undefined ? [] : [own.calculated]), ...(field.prefill ? [own.prefilled] : [])];
  return (
    <li
      class={`sen-d-row${isOn ? ' sen-d-on' : ''}${props.isOver ? ' sen-d-row--over' : ''}`}
      draggable
      onDragStart={(event: DragEvent) => {
        event.dataTransfer?.setData('text/plain', `move:${pointer}`);
        if (event.dataTransfer) event.dataTransfer.effectAllowed = 'move';
      }}
      {...props.dropAt}
    >
      <span class="sen-d-grip" aria-hidden="true">
        ⠿
      </span>
      <button
        type="button"
        class="sen-d-name"
        data-pointer={pointer}
        aria-pressed={isOn ? 'true' : 'false'}
        onClick={() => acts.select(pointer)}
        onKeyDown={(event) => {
          if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
          event.preventDefault();
          acts.step(pointer, event.key === 'ArrowUp' ? -1 : 1);
        }}
      >
        <span class="sen-d-sign" title={typeTitles[field.type]?.[locale]}>
          {signOf(field.type)}
        </span>
        <span class="sen-d-row__label">
          {label}
          {field.type !== 'content' &&
            field.required !== false &&
            field.requiredWhen === undefined &&
            field.calculate === undefined && (
              <span class="sen-d-star" title={own.requiredMark}>
                {' '}
                *
              </span>
            )}
        </span>
        {field.showWhen !== undefined && <span class="sen-d-chip">{own.conditional}</span>}
        {chips.map((chip) => (
          <span key={chip} class="sen-d-chip">
            {chip}
          </span>
        ))}
        <Mark level={levelAt(props.findings, pointer, true)} />
      </button>
      {props.selected === pointer && <RowActs pointer={pointer} label={label} acts={acts} />}
    </li>
  );
}
