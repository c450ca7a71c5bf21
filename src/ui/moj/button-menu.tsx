import { Button, type ButtonProps } from '../govuk/button.tsx';
import { attributesOf, classes, type Attributes } from '../govuk/content.tsx';

/** Options of `mojButtonMenu`. */
export interface ButtonMenuProps {
  button?: { text?: string | undefined; classes?: string | undefined } | undefined;
  items: readonly ButtonProps[];
  alignMenu?: 'left' | 'right' | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Actions that fold into one button when the script is there; a row of buttons without. */
export function ButtonMenu(props: ButtonMenuProps) {
  return (
    <div
      class={classes('moj-button-menu', props.classes)}
      data-module="moj-button-menu"
      {...attributesOf(props.attributes)}
      data-button-text={props.button?.text}
      data-button-classes={props.button?.classes}
      data-align-menu={props.alignMenu}
    >
      {props.items.map((item) => (
        <Button {...item} classes={classes('moj-button-menu__item govuk-button--secondary', item.classes)} />
      ))}
    </div>
  );
}
