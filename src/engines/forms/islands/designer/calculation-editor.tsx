import { useState } from 'preact/hooks';
import { useLocale } from '../../../../platform/http/page-context.ts';
import type { Logic } from '../../definition.ts';
import { calculationLogic, calculationOf, type Calculation } from './condition-model.ts';
import { Act, Choice, TextBox } from './controls.tsx';
import type { Readable } from './design-state.ts';
import { numberTypes, RawLogic } from './logic-editors.tsx';
import { designerWords } from './words.ts';

const kinds = [
  'sum',
  'product',
  'difference',
  'column',
  'count',
  'age',
  'days',
  'later',
  'percent',
  'copy',
  'raw',
] as const;

/** A calculation by its kind and the questions it takes. */
export function CalculationEditor(props: {
  logic: Logic | undefined;
  readables: readonly Readable[];
  columns: readonly { list: string; name: string; label: string }[];
  onChange: (logic: Logic | undefined) => void;
}) {
  const own = designerWords.use();
  const locale = useLocale();
  const known = calculationOf(props.logic);
  const [isRaw, setRaw] = useState(props.logic !== undefined && known === null);
  const numbers = props.readables.filter((each) => numberTypes.includes(each.field.type));
  const dates = props.readables.filter((each) => each.field.type === 'date');
  const asItems = (list: readonly Readable[]) =>
    list.map((each) => ({ value: each.read, text: each.label[locale] || each.read }));
  const dateItems = [...asItems(dates), { value: 'today', text: own.today }];
  const start = (kind: string): Calculation | null => {
    const first = numbers[0]?.read ?? '';
    const day = dates[0]?.read ?? 'today';
    const column = props.columns[0];
    switch (kind) {
      case 'sum':
      case 'product':
      case 'difference':
        return { kind, reads: [first, numbers[1]?.read ?? first] };
      case 'column':
        return { kind, list: column?.list ?? '', name: column?.name ?? '' };
      case 'count':
        return { kind, list: column?.list ?? '' };
      case 'age':
        return { kind, birth: day, on: 'today' };
      case 'days':
        return { kind, from: day, to: 'today' };
      case 'later':
        return { kind, date: day, amount: 30, unit: 'days' };
      case 'percent':
        return { kind, read: first, percent: 10 };
      case 'copy':
        return { kind, read: props.readables[0]?.read ?? '' };
      default:
        return null;
    }
  };
  const value = isRaw ? 'raw' : props.logic === undefined ? '' : (known?.kind ?? 'raw');
  const give = (calculation: Calculation) => props.onChange(calculationLogic(calculation));
  return (
    <div class="sen-d-logic">
      <Choice
        label={own.calculate}
        value={value}
        items={[
          { value: '', text: own.notCalculated },
          ...kinds.map((kind) => ({ value: kind, text: own.calculations[kind] ?? kind })),
        ]}
        onChange={(kind) => {
          setRaw(kind === 'raw');
          if (kind === '') return props.onChange(undefined);
          const next = start(kind);
          if (next) give(next);
          else if (props.logic === undefined) props.onChange(0);
        }}
      />
      {value === 'raw' && <RawLogic logic={props.logic} onChange={props.onChange} />}
      {!isRaw && known && 'reads' in known && (
        <>
          {known.reads.map((read, index) => (
            <div class="sen-d-rule__rest" key={index}>
              <Choice
                label={own.question}
                isHidden
                value={read}
                items={[{ value: '', text: own.chooseQuestion }, ...asItems(numbers)]}
                onChange={(next) =>
                  give({ ...known, reads: known.reads.map((each, i) => (i === index ? next : each)) })
                }
              />
              {known.reads.length > 2 && (
                <Act
                  label={own.remove}
                  onClick={() => give({ ...known, reads: known.reads.filter((_, i) => i !== index) })}
                >
                  ✕
                </Act>
              )}
            </div>
          ))}
          {known.kind !== 'difference' && (
            <Act onClick={() => give({ ...known, reads: [...known.reads, numbers[0]?.read ?? ''] })}>
              + {own.question}
            </Act>
          )}
        </>
      )}
      {!isRaw && (known?.kind === 'column' || known?.kind === 'count') && (
        <Choice
          label={own.column}
          value={known.kind === 'column' ? `${known.list}.${known.name}` : known.list}
          items={
            known.kind === 'column'
              ? props.columns.map((each) => ({ value: `${each.list}.${each.name}`, text: each.label }))
              : [...new Map(props.columns.map((each) => [each.list, each])).values()].map((each) => ({
                  value: each.list,
                  text: each.label.split(':')[0]!,
                }))
          }
          onChange={(chosen) => {
            const [list = '', name = ''] = chosen.split('.');
            give(known.kind === 'column' ? { kind: 'column', list, name } : { kind: 'count', list });
          }}
        />
      )}
      {!isRaw && known?.kind === 'age' && (
        <>
          <Choice
            label={own.bornOn}
            value={known.birth}
            items={dateItems}
            onChange={(birth) => give({ ...known, birth })}
          />
          <Choice label={own.atDay} value={known.on} items={dateItems} onChange={(on) => give({ ...known, on })} />
        </>
      )}
      {!isRaw && known?.kind === 'days' && (
        <>
          <Choice label={own.from} value={known.from} items={dateItems} onChange={(from) => give({ ...known, from })} />
          <Choice label={own.to} value={known.to} items={dateItems} onChange={(to) => give({ ...known, to })} />
        </>
      )}
      {!isRaw && known?.kind === 'later' && (
        <>
          <Choice label={own.from} value={known.date} items={dateItems} onChange={(date) => give({ ...known, date })} />
          <div class="sen-d-rule__rest">
            <TextBox
              label={own.amount}
              isNumeric
              value={String(known.amount)}
              onInput={(text) => Number.isFinite(Number(text)) && give({ ...known, amount: Math.trunc(Number(text)) })}
            />
            <Choice
              label={own.suffix}
              value={known.unit}
              items={[
                { value: 'days', text: own.unitDays },
                { value: 'months', text: own.unitMonths },
              ]}
              onChange={(unit) => give({ ...known, unit: unit as 'days' | 'months' })}
            />
          </div>
        </>
      )}
      {!isRaw && known?.kind === 'percent' && (
        <div class="sen-d-rule__rest">
          <Choice
            label={own.question}
            value={known.read}
            items={asItems(numbers)}
            onChange={(read) => give({ ...known, read })}
          />
          <TextBox
            label={own.percent}
            isNumeric
            value={String(known.percent)}
            onInput={(text) => {
              const number = Number(text.replace(',', '.'));
              if (text.trim() !== '' && Number.isFinite(number)) give({ ...known, percent: number });
            }}
          />
        </div>
      )}
      {!isRaw && known?.kind === 'copy' && (
        <Choice
          label={own.question}
          value={known.read}
          items={asItems(props.readables)}
          onChange={(read) => give({ ...known, read })}
        />
      )}
    </div>
  );
}
