import type { ComponentChildren } from 'preact';
import { h } from 'preact';
import { Link } from '../link.tsx';

/** One card. The whole card is the link. */
export interface Card {
  title: string;
  path: string;
  text?: ComponentChildren;
  /** Small line at the foot: a count, a date. */
  meta?: ComponentChildren;
}

/** Cards in as many columns as fit; small ones for names without a text. */
export function CardGrid(props: { cards: readonly Card[]; headingLevel?: 2 | 3 | 4 | undefined; isSmall?: boolean }) {
  return (
    <ul class={props.isSmall ? 'sen-cards sen-cards--small' : 'sen-cards'}>
      {props.cards.map((card) => (
        <li class="sen-card">
          {h(
            `h${props.headingLevel ?? 3}`,
            { class: 'sen-card__title' },
            <Link to={card.path} class="govuk-link sen-card__link">
              {card.title}
            </Link>,
          )}
          {card.text && <p class="sen-card__text">{card.text}</p>}
          {card.meta && <p class="sen-card__meta">{card.meta}</p>}
        </li>
      ))}
    </ul>
  );
}
