import { Button } from './button.tsx';
import { classes, contentOf, wordsOf } from './content.tsx';
import { Input, type InputProps } from './input.tsx';
import { useKitWords, useScriptWords } from './words.ts';

/** Options of `govukPasswordInput`. */
export interface PasswordInputProps extends InputProps {
  button?: { classes?: string | undefined } | undefined;
  showPasswordText?: string | undefined;
  hidePasswordText?: string | undefined;
  showPasswordAriaLabelText?: string | undefined;
  hidePasswordAriaLabelText?: string | undefined;
  passwordShownAnnouncementText?: string | undefined;
  passwordHiddenAnnouncementText?: string | undefined;
}

/** A password with a button that shows it (with its script; the button stays hidden without). Use `autocomplete: 'new-password'` where one is chosen. */
export function PasswordInput(props: PasswordInputProps) {
  const kit = useKitWords();
  const words = useScriptWords('passwordInput');
  const id = props.id || props.name;
  const own = {
    'show-password': props.showPasswordText,
    'hide-password': props.hidePasswordText,
    'show-password-aria-label': props.showPasswordAriaLabelText,
    'hide-password-aria-label': props.hidePasswordAriaLabelText,
    'password-shown-announcement': props.passwordShownAnnouncementText,
    'password-hidden-announcement': props.passwordHiddenAnnouncementText,
  };
  const given = Object.fromEntries(Object.entries(own).filter(([, text]) => text));
  return (
    <Input
      formGroup={{
        classes: classes('govuk-password-input', props.formGroup?.classes),
        attributes: {
          'data-module': 'govuk-password-input',
          ...wordsOf({ ...words, ...given }),
          ...props.formGroup?.attributes,
        },
        beforeInput: props.formGroup?.beforeInput,
        afterInput: {
          html: (
            <>
              <Button
                type="button"
                classes={classes(
                  'govuk-button--secondary govuk-password-input__toggle govuk-js-password-input-toggle',
                  props.button?.classes,
                )}
                text={props.showPasswordText ?? kit.show}
                attributes={{
                  'aria-controls': id,
                  'aria-label': props.showPasswordAriaLabelText ?? kit.showPassword,
                  hidden: { value: true, optional: true },
                }}
              />
              {contentOf(props.formGroup?.afterInput)}
            </>
          ),
        },
      }}
      inputWrapper={{ classes: 'govuk-password-input__wrapper' }}
      label={props.label}
      hint={props.hint}
      classes={classes('govuk-password-input__input govuk-js-password-input-input', props.classes)}
      errorMessage={props.errorMessage}
      id={id}
      name={props.name}
      type="password"
      spellcheck={false}
      autocapitalize="none"
      autocomplete={props.autocomplete || 'current-password'}
      value={props.value}
      disabled={props.disabled}
      describedBy={props.describedBy}
      attributes={props.attributes}
    />
  );
}
