import type { VNode } from 'preact';
import { LocaleProvider } from '../../../platform/http/page-context.ts';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Link } from '../../../ui/link.tsx';
import { SummaryList, type SummaryRow } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import type { Books, Prefilled } from '../books.ts';
import { diffSubmissions, rowsOf, type Change } from '../diff-submissions.ts';
import { answerLines, type Reading } from '../display.ts';
import { evaluateForm, type Surroundings } from '../evaluate-form.ts';
import type {
  AnswerField,
  Field,
  FieldValue,
  FormDefinition,
  Group,
  Locale,
  Page,
  RowValue,
  Values,
} from '../definition.ts';
import type { FormError } from '../validate-answers.ts';
import { controlId } from '../form-post.ts';
import { outlineOf } from '../outline.ts';
import { isLocked } from '../prefill.ts';
import { formWords } from './form-words.ts';

type Shared = {
  definition: FormDefinition;
  values: Values;
  locale: Locale;
  surroundings: Surroundings;
  books?: Books | undefined;
  /** Where a file of the answers is opened; without it they are names only. */
  filePath?: ((fileId: string) => string) | undefined;
};
export type CheckAnswersProps = Shared & {
  /** Address of the page where an answer is changed; `control` is the id to jump to. */
  changeHref: (pageId: string, control: string) => string;
  /** What still stands in the way, from `journeyOf`. */
  errors?: readonly FormError[] | undefined;
  /** What registers told: a group of nothing but their locked values has nothing to change. */
  prefilled?: Prefilled | undefined;
};
export type SubmissionProps = Shared & {
  /** The submission before this one: what differs is marked. */
  before?: Values | undefined;
  /** Hide the middle of sensitive numbers. */
  masked?: boolean | undefined;
  /** Level of the page titles; default 2. */
  headingLevel?: 2 | 3 | undefined;
};

type Marks = ReadonlyMap<string, Change>;
type Look = {
  definition: FormDefinition;
  reading: Reading;
  before: Reading;
  marks: Marks;
  shown: ReadonlySet<string>;
  changeHref: ((pageId: string, control: string) => string) | null;
  filePath: ((fileId: string) => string) | undefined;
  /** Is this field told by a register and not to be changed? */
  locked: (name: string) => boolean;
};

/** All answers with a link to change each: the page before submitting. Give it settled values (`journeyOf(...).values`). */
export function renderCheckAnswers(props: CheckAnswersProps): VNode {
  const words = formWords(props.locale);
  const errors = props.errors ?? [];
  return (
    <LocaleProvider locale={props.locale}>
      <div class="sen-answers">
        {errors.length > 0 && (
          <ErrorSummary
            titleText={words.unfinished}
            errorList={errors.map((error) => ({
              text: error.message[props.locale],
              href: props.changeHref(pageIdOf(props.definition, error.at), controlId(error.at)),
            }))}
          />
        )}
        <h1 class="govuk-heading-l">{words.check}</h1>
        <p class="govuk-body">{words.checkIntro}</p>
        <Pages look={lookOf(props, undefined, false, props.changeHref, props.prefilled)} level={2} />
      </div>
    </LocaleProvider>
  );
}

/**
 * A submission to read or print, as it was stored; give the day of its submission as `surroundings.today`. With `before`, what was added, changed or taken away since is marked in words and colour.
 */
export function renderSubmission(props: SubmissionProps): VNode {
  return (
    <LocaleProvider locale={props.locale}>
      <div class="sen-answers sen-answers--read">
        <Pages look={lookOf(props, props.before, props.masked ?? false, null)} level={props.headingLevel ?? 2} />
      </div>
    </LocaleProvider>
  );
}

function lookOf(
  props: Shared,
  before: Values | undefined,
  masked: boolean,
  changeHref: Look['changeHref'],
  prefilled: Prefilled = {},
): Look {
  const { definition, values, locale, books, surroundings } = props;
  const evaluation = evaluateForm(definition, values, surroundings);
  const reading = { locale, today: surroundings.today, books, values, masked };
  const changes = before === undefined ? [] : diffSubmissions(definition, before, values);
  return {
    definition,
    reading,
    before: { ...reading, values: before ?? {} },
    marks: new Map(changes.map((change) => [change.at, change])),
    shown: evaluation.shown,
    changeHref,
    filePath: props.filePath,
    locked: (name) => {
      const entry = outlineOf(definition).byKey.get(name);
      return entry !== undefined && isLocked(definition, entry, prefilled);
    },
  };
}

function pageIdOf(definition: FormDefinition, at: string): string {
  const top = at.split('.')[0] ?? '';
  const has = (group: Group): boolean => group.repeat?.name === top || group.fields.some((field) => field.name === top);
  return (definition.ui.pages.find((page) => page.groups.some(has)) ?? definition.ui.pages[0])?.id ?? '';
}

function Pages(props: { look: Look; level: 2 | 3 }): VNode {
  const { look } = props;
  const Heading = `h${props.level}` as const;
  return (
    <>
      {look.definition.ui.pages.map((page) => {
        const parts = page.groups.flatMap((group) => groupParts(look, page, group));
        return parts.length === 0 ? null : (
          <section class="sen-answers__page">
            <Heading class="govuk-heading-m">{page.title[look.reading.locale]}</Heading>
            {parts}
          </section>
        );
      })}
    </>
  );
}

function groupParts(look: Look, page: Page, group: Group): VNode[] {
  const { repeat } = group;
  if (repeat) {
    return rowParts(look, page, repeat.name, repeat.itemTitle[look.reading.locale], group.fields.filter(isAnswer));
  }
  const asked = group.fields.filter(isAnswer).filter((field) => look.shown.has(field.name));
  // Its page would show nothing to type: a link there would only puzzle.
  const isClosed = asked.length > 0 && asked.every((field) => look.locked(field.name));
  const parts: VNode[] = [];
  let rows: SummaryRow[] = [];
  const flush = (): void => {
    if (rows.length > 0) parts.push(<SummaryList rows={rows} />);
    rows = [];
  };
  for (const field of group.fields.filter(isAnswer)) {
    if (field.type === 'table') {
      flush();
      parts.push(...rowParts(look, page, field.name, field.label[look.reading.locale], field.columns));
    } else if (look.shown.has(field.name) || look.marks.has(field.name)) {
      rows.push(answerRow(look, page, field, field.name, look.reading.values[field.name], isClosed));
    }
  }
  flush();
  return parts;
}

const isAnswer = (field: Field): field is AnswerField => field.type !== 'content';

/** Rows of a list, one card each; rows that are gone since the submission before stand last. */
function rowParts(look: Look, page: Page, list: string, title: string, fields: readonly AnswerField[]): VNode[] {
  const { reading, marks } = look;
  const words = formWords(reading.locale);
  const rows = rowsOf(reading.values, list);
  const removed = [...marks.values()].filter((change) => change.kind === 'removed' && isRowPlace(change.at, list));
  const card = (row: RowValue, i: number, kind: 'kept' | 'added' | 'removed'): VNode => (
    <SummaryList
      card={{
        title: {
          html: (
            <>
              {title} {i + 1} {kind !== 'kept' && <Mark kind={kind} look={look} />}
            </>
          ),
          headingLevel: 3,
        },
        classes: kind === 'kept' ? '' : `sen-changed sen-changed--${kind}`,
        ...(look.changeHref && kind !== 'removed'
          ? { actions: { items: [{ href: look.changeHref(page.id, controlId(list)), text: words.change }] } }
          : {}),
      }}
      rows={fields
        .filter(
          (field) =>
            kind === 'removed' ||
            look.shown.has(`${list}.${i}.${field.name}`) ||
            marks.has(`${list}.${i}.${field.name}`),
        )
        .map((field) => answerRow(look, page, field, `${list}.${i}.${field.name}`, row[field.name], true))}
    />
  );
  return [
    ...rows.map((row, i) => card(row, i, marks.get(`${list}.${i}`)?.kind === 'added' ? 'added' : 'kept')),
    ...removed.map((change) =>
      card(((change.before as RowValue[] | undefined) ?? [])[0] ?? {}, Number(change.at.split('.')[1]), 'removed'),
    ),
  ];
}

const isRowPlace = (at: string, list: string): boolean => {
  const [name, index, rest] = at.split('.');
  return name === list && index !== undefined && rest === undefined;
};

function Mark(props: { kind: Change['kind']; look: Look }): VNode {
  const words = formWords(props.look.reading.locale);
  const colour = { added: 'govuk-tag--green', removed: 'govuk-tag--red', changed: 'govuk-tag--yellow' }[props.kind];
  return <Tag text={words[props.kind]} classes={colour} />;
}

/** Files as links to open them, each with where it came from. */
function Files(props: { ids: readonly string[]; reading: Reading; filePath: (fileId: string) => string }): VNode {
  const { reading } = props;
  return (
    <>
      {props.ids.map((id, i) => {
        const file = reading.books?.files?.find(id);
        return (
          <>
            {i > 0 && <br />}
            {file ? (
              <>
                <Link
                  to={props.filePath(id)}
                  attributes={{ 'data-turbo': 'false', ...(reading.locale === 'en' ? { lang: 'vi' } : {}) }}
                >
                  {file.name}
                </Link>
                {file.from && ` (${file.from[reading.locale]})`}
              </>
            ) : (
              id
            )}
          </>
        );
      })}
    </>
  );
}

function Lines(props: {
  field: AnswerField;
  value: FieldValue | undefined;
  reading: Reading;
  filePath?: ((fileId: string) => string) | undefined;
}): VNode {
  const { value, filePath } = props;
  if (props.field.type === 'file' && filePath && Array.isArray(value) && value.length > 0)
    return <Files ids={value.filter((id) => typeof id === 'string')} reading={props.reading} filePath={filePath} />;
  const lines = answerLines(props.field, props.value, props.reading);
  if (lines.length === 0) return <span class="sen-answers__none">{formWords(props.reading.locale).none}</span>;
  // What people type here is Vietnamese: a screen reader on the English page has to know.
  const isTyped = props.reading.locale === 'en' && ['text', 'longText', 'address'].includes(props.field.type);
  return (
    <>
      {lines.map((line, i) => (
        <>
          {i > 0 && <br />}
          {isTyped ? <span lang="vi">{line}</span> : line}
        </>
      ))}
    </>
  );
}

function answerRow(
  look: Look,
  page: Page,
  field: AnswerField,
  at: string,
  value: FieldValue | undefined,
  /** In a card, which has one link for all its rows, or in a group that nobody may change. */
  hasNoLink = false,
): SummaryRow {
  const { reading } = look;
  const words = formWords(reading.locale);
  const mark = look.marks.get(at);
  const label = field.label[reading.locale];
  const canChange = look.changeHref !== null && !hasNoLink && field.calculate === undefined;
  return {
    key: { text: label },
    value: {
      html: (
        <>
          <Lines field={field} value={value} reading={reading} filePath={look.filePath} />
          {mark && (
            <>
              {' '}
              <Mark kind={mark.kind} look={look} />
            </>
          )}
          {mark?.before !== undefined && (
            <span class="sen-changed__before">
              <br />
              {words.before} <Lines field={field} value={mark.before} reading={look.before} />
            </span>
          )}
        </>
      ),
    },
    ...(mark ? { classes: `sen-changed sen-changed--${mark.kind}` } : {}),
    ...(canChange
      ? {
          actions: {
            items: [
              {
                href: look.changeHref!(page.id, controlId(at)),
                text: words.change,
                visuallyHiddenText: label.toLowerCase(),
              },
            ],
          },
        }
      : {}),
  };
}
