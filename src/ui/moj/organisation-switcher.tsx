import { useHref } from '../../platform/http/page-context.ts';
import { attributesOf, classes, contentOf, type Attributes, type Slot } from '../govuk/content.tsx';
import { useMojWords } from './words.ts';

/** Options of `mojOrganisationSwitcher`. */
export interface OrganisationSwitcherProps extends Slot {
  id?: string | undefined;
  label?: string | undefined;
  link?:
    | {
        href: string;
        text?: string | undefined;
        id?: string | undefined;
        classes?: string | undefined;
        attributes?: Attributes | undefined;
      }
    | undefined;
}

/** The body a person works for now, with the way to another. */
export function OrganisationSwitcher(props: OrganisationSwitcherProps) {
  const words = useMojWords();
  const href = useHref();
  const { link } = props;
  return (
    <div
      id={props.id}
      class={classes('moj-organisation-nav', props.classes)}
      aria-label={props.label ?? words.organisationSwitcher}
      {...attributesOf(props.attributes)}
    >
      <div class="moj-organisation-nav__title">{contentOf(props)}</div>
      {link && (
        <a
          id={link.id}
          href={href(link.href)}
          class={classes('moj-organisation-nav__link', link.classes)}
          {...attributesOf(link.attributes)}
        >
          {link.text ?? words.changeOrganisation}
        </a>
      )}
    </div>
  );
}
