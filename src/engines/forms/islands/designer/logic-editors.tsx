import { useState } from 'preact/hooks';
import { useLocale } from '../../../../platform/http/page-context.ts';
import type { Logic } from '../../definition.ts';
import { Act, Choice, TextBox } from './controls.tsx';
import { conditionOf, isRule, logicOf, type Condition, type Rule, type Test } from './condition-model.ts';
import type { Readable } from './design-state.ts';
import { designerWords } from './words.ts';

type Own = ReturnType<typeof designerWords.use>;

/** An expression as JSON, for those who know. What cannot be read yet is not given on. */
export function RawLogic(props: { logic: Logic | undefined; onChange: (logic: Logic | undefined) => void }) {
  const own = designerWords.use();
  const [text, setText] = useState(props.logic === undefined ? '' : JSON.stringify(props.logic, null, 1));
  const [isWrong, setWrong] = useState(false);
  return (
    <TextBox
      label={own.raw}
      hint={own.rawHint}
      error={isWrong ? own.rawWrong : undefined}
      isLong
      value={text}
      onInput={(next) => {
        setText(next);
        if (next.trim() === '') {
          setWrong(false);
          return props.onChange(undefined);
        }
        try {
          const parsed = JSON.parse(next) as Logic;
          setWrong(false);
          props.onChange(parsed);
        } catch {
          setWrong(true);
        }
      }}
    />
  );
}

export const numberTypes = ['integer', 'decimal', 'money'];

function testsFor(type: string | undefined): Test[] {
  if (type === undefined) return ['is', 'is-not', 'answered', 'unanswered'];
  if (numberTypes.includes(type) || type === 'date')
    return ['is', 'is-not', 'above', 'at-least', 'below', 'at-most', 'answered', 'unanswered'];
  if (type === 'radios' || type === 'select') return ['is', 'is-not', 'one-of', 'answered', 'unanswered'];
  if (type === 'checkboxes') return ['includes', 'answered', 'unanswered'];
  if (type === 'yesNo' || type === 'declaration') return ['is', 'answered', 'unanswered'];
  return ['is', 'is-not', 'answered', 'unanswered'];
}

function firstRule(readable: Readable | undefined): Rule | null {
  if (!readable) return null;
  const [test = 'is'] = testsFor(readable.field.type);
  return { read: readable.read, test, value: startValue(readable, test) };
}

function startValue(readable: Readable | undefined, test: Test): Rule['value'] {
  const field = readable?.field;
  if (test === 'answered' || test === 'unanswered') return '';
  if (field?.type === 'yesNo' || field?.type === 'declaration') return true;
  const options = field && 'options' in field ? (field.options ?? []) : [];
  if (test === 'one-of') return options.slice(0, 1).map((option) => option.value);
  if (options.length > 0) return options[0]!.value;
  return field && numberTypes.includes(field.type) ? 0 : '';
}

/** A condition as rows: a question, a test, a value; all or any of them. */
export function ConditionEditor(props: {
  logic: Logic | undefined;
  readables: readonly Readable[];
  onChange: (logic: Logic | undefined) => void;
}) {
  const own = designerWords.use();
  const [isRaw, setRaw] = useState(false);
  const condition = conditionOf(props.logic);
  if (isRaw || condition === null) {
    return (
      <div class="sen-d-logic">
        <RawLogic logic={props.logic} onChange={props.onChange} />
        {condition !== null && <Act onClick={() => setRaw(false)}>{own.visual}</Act>}
      </div>
    );
  }
  const give = (next: Condition) => props.onChange(logicOf(next));
  const seed = firstRule(props.readables[0]);
  return (
    <div class="sen-d-logic">
      {props.readables.length === 0 && condition.rules.length === 0 ? (
        <p class="sen-d-hint">{own.noReadable}</p>
      ) : (
        <RuleSet condition={condition} readables={props.readables} onChange={give} own={own} canNest />
      )}
      <div class="sen-d-acts">
        {seed && <Act onClick={() => give({ ...condition, rules: [...condition.rules, seed] })}>+ {own.addRule}</Act>}
        {seed && condition.rules.length > 0 && (
          <Act
            onClick={() =>
              give({
                ...condition,
                rules: [
                  ...condition.rules,
                  { join: condition.join === 'and' ? 'or' : 'and', rules: [seed, { ...seed }] },
                ],
              })
            }
          >
            + {own.addSet}
          </Act>
        )}
        <Act onClick={() => setRaw(true)}>{own.raw}</Act>
      </div>
    </div>
  );
}

function RuleSet(props: {
  condition: Condition;
  readables: readonly Readable[];
  onChange: (condition: Condition) => void;
  own: Own;
  canNest?: boolean;
}) {
  const { condition, own } = props;
  const replace = (index: number, rule: Rule | Condition | null) =>
    props.onChange({
      ...condition,
      rules: condition.rules.flatMap((each, i) => (i === index ? (rule === null ? [] : [rule]) : [each])),
    });
  return (
    <div class={props.canNest ? 'sen-d-rules' : 'sen-d-rules sen-d-rules--inner'}>
      {condition.rules.length > 1 && (
        <Choice
          label={own.conditions}
          isHidden
          value={condition.join}
          items={[
            { value: 'and', text: own.all },
            { value: 'or', text: own.any },
          ]}
          onChange={(join) => props.onChange({ ...condition, join: join as 'and' | 'or' })}
        />
      )}
      {condition.rules.map((rule, index) =>
        isRule(rule) ? (
          <RuleRow
            key={index}
            rule={rule}
            readables={props.readables}
            own={own}
            onChange={(next) => replace(index, next)}
            onRemove={() => replace(index, null)}
          />
        ) : (
          <RuleSet
            key={index}
            condition={rule}
            readables={props.readables}
            own={own}
            onChange={(next) => replace(index, next.rules.length === 0 ? null : next)}
          />
        ),
      )}
    </div>
  );
}

function RuleRow(props: {
  rule: Rule;
  readables: readonly Readable[];
  own: Own;
  onChange: (rule: Rule) => void;
  onRemove: () => void;
}) {
  const { rule, own } = props;
  const locale = useLocale();
  const readable = props.readables.find((each) => each.read === rule.read);
  const tests = testsFor(readable?.field.type);
  const shown = tests.includes(rule.test) ? tests : [...tests, rule.test];
  return (
    <div class="sen-d-rule">
      <Choice
        label={own.question}
        isHidden
        value={rule.read}
        items={[
          ...(readable ? [] : [{ value: rule.read, text: rule.read }]),
          ...props.readables.map((each) => ({
            value: each.read,
            text: each.label[locale] || each.label.vi || each.read,
          })),
        ]}
        onChange={(read) => {
          const next = props.readables.find((each) => each.read === read);
          if (next) props.onChange(firstRule(next)!);
        }}
      />
      <div class="sen-d-rule__rest">
        <Choice
          label={own.conditions}
          isHidden
          value={rule.test}
          items={shown.map((test) => ({ value: test, text: own.tests[test] ?? test }))}
          onChange={(test) => {
            const wasList = Array.isArray(rule.value);
            const keeps = wasList === (test === 'one-of') && !['answered', 'unanswered'].includes(rule.test);
            props.onChange({
              ...rule,
              test: test as Test,
              value: keeps ? rule.value : startValue(readable, test as Test),
            });
          }}
        />
        <RuleValue rule={rule} readable={readable} own={own} onChange={props.onChange} />
        <Act onClick={props.onRemove} label={own.removeRule}>
          ✕
        </Act>
      </div>
    </div>
  );
}

function RuleValue(props: { rule: Rule; readable: Readable | undefined; own: Own; onChange: (rule: Rule) => void }) {
  const { rule, own } = props;
  const locale = useLocale();
  const field = props.readable?.field;
  if (rule.test === 'answered' || rule.test === 'unanswered') return null;
  const give = (value: Rule['value']) => props.onChange({ ...rule, value });
  const options = field && 'options' in field ? (field.options ?? []) : [];
  if (rule.test === 'one-of' && options.length > 0) {
    const chosen = Array.isArray(rule.value) ? rule.value : [];
    return (
      <div class="sen-d-many">
        {options.map((option) => (
          <label key={option.value} class="sen-d-many__item">
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={() =>
                give(
                  chosen.includes(option.value)
                    ? chosen.filter((each) => each !== option.value)
                    : [...chosen, option.value],
                )
              }
            />{' '}
            {option.label[locale] || option.value}
          </label>
        ))}
      </div>
    );
  }
  if (typeof rule.value === 'boolean')
    return (
      <Choice
        label={own.value}
        isHidden
        value={String(rule.value)}
        items={[
          { value: 'true', text: own.yes },
          { value: 'false', text: own.no },
        ]}
        onChange={(value) => give(value === 'true')}
      />
    );
  if (options.length > 0)
    return (
      <Choice
        label={own.value}
        isHidden
        value={String(rule.value)}
        items={[
          ...(options.some((option) => option.value === rule.value)
            ? []
            : [{ value: String(rule.value), text: String(rule.value) }]),
          ...options.map((option) => ({ value: option.value, text: option.label[locale] || option.value })),
        ]}
        onChange={give}
      />
    );
  const isNumber = field !== undefined && numberTypes.includes(field.type);
  const shown = {
    class: 'sen-d-input',
    'aria-label': own.value,
    value: Array.isArray(rule.value) ? rule.value.join(', ') : String(rule.value),
    onInput: (event: Event) => {
      const text = (event.currentTarget as HTMLInputElement).value;
      const number = Number(text.replace(',', '.'));
      const parts = text.split(',').map((part) => part.trim());
      if (rule.test === 'one-of') return give(parts.filter((part) => part !== ''));
      return give(isNumber && text.trim() !== '' && Number.isFinite(number) ? number : text);
    },
  };
  if (field?.type === 'date') return <input type="date" {...shown} />;
  return isNumber ? <input type="text" inputMode="decimal" {...shown} /> : <input type="text" {...shown} />;
}
