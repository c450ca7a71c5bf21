import type { ComponentChildren } from 'preact';
import { useLocale } from '../../platform/http/page-context.ts';
import { formatNumber } from '../format.ts';
import { Link } from '../link.tsx';

/** One bar. */
export interface Bar {
  label: string;
  value: number;
  path?: string | undefined;
  /** Red for what is late or failed. */
  isBad?: boolean | undefined;
}

/** Options of `BarChart`. */
export interface BarChartProps {
  title: string;
  labelHeading: string;
  valueHeading: string;
  bars: readonly Bar[];
  decimals?: number | undefined;
  suffix?: string | undefined;
  note?: ComponentChildren;
}

/** Bars that compare things, drawn inside the table of their figures: one and the same on a phone, on paper and for a screen reader. */
export function BarChart(props: BarChartProps) {
  const locale = useLocale();
  const highest = Math.max(1e-9, ...props.bars.map((bar) => bar.value));
  return (
    <figure class="sen-chart">
      <figcaption class="sen-chart__title">{props.title}</figcaption>
      <table class="govuk-table sen-bars">
        <caption class="govuk-visually-hidden">{props.title}</caption>
        <thead class="govuk-visually-hidden">
          <tr>
            <th scope="col">{props.labelHeading}</th>
            <th scope="col">{props.valueHeading}</th>
          </tr>
        </thead>
        <tbody>
          {props.bars.map((bar) => (
            <tr>
              <th scope="row" class="sen-bars__label">
                {bar.path ? <Link to={bar.path}>{bar.label}</Link> : bar.label}
              </th>
              <td class="sen-bars__cell">
                <svg class="sen-bars__svg" width="100%" height="18" aria-hidden="true" focusable="false">
                  <rect class="sen-bars__track" width="100%" height="18" rx="3" />
                  <rect
                    class={bar.isBad ? 'sen-bars__bar sen-bars__bar--bad' : 'sen-bars__bar'}
                    width={`${Math.max(0, Math.round((bar.value / highest) * 1000) / 10)}%`}
                    height="18"
                    rx="3"
                  />
                </svg>
                <span class="sen-bars__value">
                  {formatNumber(bar.value, locale, props.decimals ?? 0)}
                  {props.suffix}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {props.note && <p class="sen-chart__note">{props.note}</p>}
    </figure>
  );
}
