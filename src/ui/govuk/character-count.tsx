import { classes, contentOf, wordsOf, type Attributes } from './content.tsx';
import { Hint } from './hint.tsx';
import { Textarea, type TextareaProps } from './textarea.tsx';
import { useKitWords, useScriptWords } from './words.ts';

/** Options of `govukCharacterCount`. */
export interface CharacterCountProps extends TextareaProps {
  maxlength?: number | string | undefined;
  maxwords?: number | string | undefined;
  threshold?: number | string | undefined;
  countType?: string | undefined;
  countMessage?: { classes?: string | undefined } | undefined;
  textareaDescriptionText?: string | undefined;
  charactersUnderLimitText?: Record<string, string> | undefined;
  charactersAtLimitText?: string | undefined;
  charactersOverLimitText?: Record<string, string> | undefined;
  wordsUnderLimitText?: Record<string, string> | undefined;
  wordsAtLimitText?: string | undefined;
  wordsOverLimitText?: Record<string, string> | undefined;
}

/** A text area that says how much may still be typed; the limit stands below it without a script. */
export function CharacterCount(props: CharacterCountProps) {
  const kit = useKitWords();
  const words = useScriptWords('characterCount');
  const id = props.id || props.name;
  const countType = props.countType || (props.maxwords ? 'words' : undefined);
  const limit = props.maxwords || props.maxlength;
  const description = props.textareaDescriptionText || (countType === 'words' ? kit.wordsUpTo : kit.charactersUpTo);
  const own = {
    'textarea-description':
      !limit && props.textareaDescriptionText ? { other: props.textareaDescriptionText } : undefined,
    'characters-under-limit': props.charactersUnderLimitText,
    'characters-at-limit': props.charactersAtLimitText,
    'characters-over-limit': props.charactersOverLimitText,
    'words-under-limit': props.wordsUnderLimitText,
    'words-at-limit': props.wordsAtLimitText,
    'words-over-limit': props.wordsOverLimitText,
  };
  const given = Object.fromEntries(Object.entries(own).filter(([, text]) => text));
  const attributes: Attributes = {
    'data-module': 'govuk-character-count',
    'data-maxlength': { value: props.maxlength, optional: true },
    'data-maxwords': { value: props.maxwords, optional: true },
    'data-threshold': { value: props.threshold, optional: true },
    'data-count-type': { value: countType, optional: true },
    ...wordsOf({ ...words, ...given }),
    ...props.formGroup?.attributes,
  };
  return (
    <Textarea
      id={id}
      name={props.name}
      describedBy={`${id}-info`}
      rows={props.rows}
      spellcheck={props.spellcheck}
      value={props.value}
      formGroup={{
        classes: classes('govuk-character-count', props.formGroup?.classes),
        attributes,
        beforeInput: props.formGroup?.beforeInput,
        afterInput: {
          html: (
            <>
              <Hint
                id={`${id}-info`}
                classes={classes('govuk-character-count__message', props.countMessage?.classes)}
                text={limit ? description.replaceAll('%{count}', String(limit)) : undefined}
              />
              {contentOf(props.formGroup?.afterInput)}
            </>
          ),
        },
      }}
      classes={classes('govuk-js-character-count', props.classes)}
      label={props.label}
      hint={props.hint}
      errorMessage={props.errorMessage}
      attributes={props.attributes}
    />
  );
}
