import { attributesOf, classes, contentOf, type Attributes, type Content } from '../govuk/content.tsx';
import { ButtonMenu, type ButtonMenuProps } from './button-menu.tsx';

/** Options of `mojIdentityBar`. */
export interface IdentityBarProps {
  title?: Content | undefined;
  menus?: readonly ButtonMenuProps[] | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Says whose file is open and what can be done with it. */
export function IdentityBar(props: IdentityBarProps) {
  return (
    <div class={classes('moj-identity-bar', props.classes)} {...attributesOf(props.attributes)}>
      <div class="moj-identity-bar__container">
        <div class="moj-identity-bar__details">
          {props.title && <span class="moj-identity-bar__title">{contentOf(props.title)}</span>}
        </div>
        {props.menus && (
          <div class="moj-identity-bar__actions">
            {props.menus.map((menu) => (
              <div class="moj-identity-bar__menu">
                <ButtonMenu {...menu} />
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}
