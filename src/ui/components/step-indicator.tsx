import { classes } from '../govuk/content.tsx';
import { Link } from '../link.tsx';
import { localWords } from '../local-words.ts';

/** A page of a long form. A finished one may lead back to itself. */
export interface Step {
  name: string;
  path?: string | undefined;
}

const words = localWords({
  vi: { steps: 'Các bước', of: (now: number, all: number): string => `Bước ${now} trong ${all}`, done: 'đã xong' },
  en: { steps: 'Steps', of: (now: number, all: number): string => `Step ${now} of ${all}`, done: 'done' },
});

/** Where the person is in a long form. `current` counts from 0. On a phone only the line “Bước 2 trong 5” and the bar remain. */
export function StepIndicator(props: { steps: readonly Step[]; current: number }) {
  const own = words.use();
  const { steps, current } = props;
  return (
    <nav class="sen-steps" aria-label={own.steps}>
      <p class="sen-steps__line">
        {own.of(current + 1, steps.length)} · <strong>{steps[current]?.name}</strong>
      </p>
      <ol class="sen-steps__list">
        {steps.map((step, at) => {
          const isDone = at < current;
          return (
            <li
              class={classes('sen-step', isDone && 'sen-step--done', at === current && 'sen-step--current')}
              aria-current={at === current ? 'step' : undefined}
            >
              <span class="sen-step__name">
                {isDone && step.path ? (
                  <Link to={step.path} class="govuk-link govuk-link--no-visited-state">
                    {step.name}
                  </Link>
                ) : (
                  step.name
                )}
                {isDone && <span class="govuk-visually-hidden"> ({own.done})</span>}
              </span>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
