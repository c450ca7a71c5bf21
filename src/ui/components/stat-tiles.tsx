import type { ComponentChildren } from 'preact';
import { classes } from '../govuk/content.tsx';
import { Link } from '../link.tsx';

/** One figure. `tone` colours it: red only for what is late or failed. */
export interface StatTile {
  value: ComponentChildren;
  label: string;
  note?: string | undefined;
  path?: string | undefined;
  tone?: 'plain' | 'bad' | 'warn' | 'good' | undefined;
}

/** Figures side by side, each perhaps leading to its list. */
export function StatTiles(props: { tiles: readonly StatTile[]; label?: string | undefined }) {
  return (
    <ul class="sen-tiles" aria-label={props.label}>
      {props.tiles.map((tile) => (
        <li class={classes('sen-tile', tile.tone && `sen-tile--${tile.tone}`)}>
          <span class="sen-tile__value">{tile.value}</span>{' '}
          <span class="sen-tile__label">
            {tile.path ? (
              <Link to={tile.path} class="govuk-link sen-tile__link">
                {tile.label}
              </Link>
            ) : (
              tile.label
            )}
          </span>
          {tile.note && <span class="sen-tile__note">{tile.note}</span>}
        </li>
      ))}
    </ul>
  );
}
