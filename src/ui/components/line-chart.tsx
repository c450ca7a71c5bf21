import { useLocale } from '../../platform/http/page-context.ts';
import { formatNumber } from '../format.ts';
import { ChartFrame } from './chart-frame.tsx';
import { at, axisSteps } from './chart-scale.ts';

/** A line; null is a gap. At most three to a chart. */
export interface Series {
  name: string;
  values: readonly (number | null)[];
}

/** Options of `LineChart` and `ColumnChart`. */
export interface TimeChartProps {
  title: string;
  /** Heading of the table's first column: “Tháng”. */
  labelHeading: string;
  labels: readonly string[];
  series: readonly Series[];
  decimals?: number | undefined;
  note?: string | undefined;
}

const size = { width: 720, height: 260, left: 56, right: 12, top: 12, bottom: 34 };
const inner = { width: size.width - size.left - size.right, height: size.height - size.top - size.bottom };

function frameOf(props: TimeChartProps, locale: 'vi' | 'en') {
  const values = props.series.flatMap((line) => line.values.filter((value) => value !== null));
  const steps = axisSteps(Math.max(0, ...values));
  const highest = steps.at(-1) ?? 1;
  const text = (value: number | null | undefined): string =>
    value === null || value === undefined ? '–' : formatNumber(value, locale, props.decimals ?? 0);
  const y = (value: number): number => at(size.top + inner.height - (value / highest) * inner.height);
  const rows = props.labels.map((label, index) => [label, ...props.series.map((line) => text(line.values[index]))]);
  const every = Math.ceil(props.labels.length / 12);
  return { steps, y, text, rows, every, head: [props.labelHeading, ...props.series.map((line) => line.name)] };
}

function Axes(props: { chart: TimeChartProps; x: (index: number) => number; frame: ReturnType<typeof frameOf> }) {
  const { chart, frame, x } = props;
  const locale = useLocale();
  const hasHalves = frame.steps.some((step) => !Number.isInteger(step));
  return (
    <>
      {frame.steps.map((step) => (
        <>
          <line
            class="sen-chart__grid"
            x1={size.left}
            x2={size.width - size.right}
            y1={frame.y(step)}
            y2={frame.y(step)}
          />
          <text class="sen-chart__label" x={size.left - 8} y={frame.y(step) + 4} text-anchor="end">
            {formatNumber(step, locale, hasHalves ? 1 : 0)}
          </text>
        </>
      ))}
      {chart.labels.map(
        (label, index) =>
          index % frame.every === 0 && (
            <text class="sen-chart__label" x={x(index)} y={size.height - 10} text-anchor="middle">
              {label}
            </text>
          ),
      )}
    </>
  );
}

/** Lines over time, drawn on the server, with the figures as a table behind. Values from zero up. */
export function LineChart(props: TimeChartProps) {
  const locale = useLocale();
  const frame = frameOf(props, locale);
  const gap = inner.width / Math.max(1, props.labels.length);
  const x = (index: number): number => at(size.left + gap * (index + 0.5));
  return (
    <ChartFrame
      title={props.title}
      note={props.note}
      legend={props.series.map((line) => line.name)}
      head={frame.head}
      rows={frame.rows}
    >
      <svg class="sen-chart__svg" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={props.title}>
        <Axes chart={props} x={x} frame={frame} />
        {props.series.map((line, index) => (
          <g class={`sen-chart__line sen-chart__line--${index + 1}`}>
            <path d={pathOf(line.values, x, frame.y)} />
            {line.values.map(
              (value, position) =>
                value !== null && (
                  <circle cx={x(position)} cy={frame.y(value)} r="4">
                    <title>{`${line.name} · ${props.labels[position]}: ${frame.text(value)}`}</title>
                  </circle>
                ),
            )}
          </g>
        ))}
      </svg>
    </ChartFrame>
  );
}

function pathOf(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let isDown = false;
  return values
    .map((value, index) => {
      if (value === null) {
        isDown = false;
        return '';
      }
      const command = isDown ? 'L' : 'M';
      isDown = true;
      return `${command}${x(index)} ${y(value)}`;
    })
    .join('');
}

/** Columns over time; several series stand side by side. */
export function ColumnChart(props: TimeChartProps) {
  const locale = useLocale();
  const frame = frameOf(props, locale);
  const gap = inner.width / Math.max(1, props.labels.length);
  const width = Math.min(44, (gap * 0.68) / Math.max(1, props.series.length));
  const x = (index: number): number => at(size.left + gap * (index + 0.5));
  return (
    <ChartFrame
      title={props.title}
      note={props.note}
      legend={props.series.map((line) => line.name)}
      head={frame.head}
      rows={frame.rows}
    >
      <svg class="sen-chart__svg" viewBox={`0 0 ${size.width} ${size.height}`} role="img" aria-label={props.title}>
        <Axes chart={props} x={x} frame={frame} />
        {props.series.map((line, index) => (
          <g class={`sen-chart__column sen-chart__column--${index + 1}`}>
            {line.values.map((value, position) => {
              if (value === null) return null;
              const left = x(position) + (index - props.series.length / 2) * width;
              return (
                <rect
                  x={at(left)}
                  y={frame.y(value)}
                  width={at(width - 2)}
                  height={at(frame.y(0) - frame.y(value))}
                  rx="2"
                >
                  <title>{`${line.name} · ${props.labels[position]}: ${frame.text(value)}`}</title>
                </rect>
              );
            })}
          </g>
        ))}
      </svg>
    </ChartFrame>
  );
}
