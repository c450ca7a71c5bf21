import { attributesOf, classes, wordsOf, type Attributes } from './content.tsx';
import { describedByOf, labelledGroup, type LabelledFieldOptions } from './form-group.tsx';
import { useScriptWords } from './words.ts';

/** Options of `govukFileUpload`. `javascript` adds the drop zone when its script is on the page. */
export interface FileUploadProps extends LabelledFieldOptions {
  id?: string | undefined;
  name: string;
  disabled?: boolean | undefined;
  multiple?: boolean | undefined;
  describedBy?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
  javascript?: boolean | undefined;
  wrapperClasses?: string | undefined;
  wrapperAttributes?: Attributes | undefined;
  chooseFilesButtonText?: string | undefined;
  noFileChosenText?: string | undefined;
  multipleFilesChosenText?: Record<string, string> | undefined;
  dropInstructionText?: string | undefined;
  enteredDropZoneText?: string | undefined;
  leftDropZoneText?: string | undefined;
}

/** A file from the person's device; `attributes: { accept: '.pdf' }` narrows what the browser offers. */
export function FileUpload(props: FileUploadProps) {
  const words = useScriptWords('fileUpload');
  const id = props.id || props.name;
  const input = (
    <input
      class={classes('govuk-file-upload', props.classes, props.errorMessage && 'govuk-file-upload--error')}
      id={id}
      name={props.name}
      type="file"
      disabled={props.disabled}
      multiple={props.multiple}
      aria-describedby={describedByOf(props.describedBy, id, props)}
      {...attributesOf(props.attributes)}
    />
  );
  const own = {
    'choose-files-button': props.chooseFilesButtonText,
    'no-file-chosen': props.noFileChosenText,
    'multiple-files-chosen': props.multipleFilesChosenText,
    'drop-instruction': props.dropInstructionText,
    'entered-drop-zone': props.enteredDropZoneText,
    'left-drop-zone': props.leftDropZoneText,
  };
  const given = Object.fromEntries(Object.entries(own).filter(([, text]) => text !== undefined));
  const control = props.javascript ? (
    <div
      class={classes('govuk-file-upload-wrapper', props.wrapperClasses)}
      data-module="govuk-file-upload"
      {...wordsOf({ ...words, ...given })}
      {...attributesOf(props.wrapperAttributes)}
    >
      {input}
    </div>
  ) : (
    input
  );
  return labelledGroup(id, props, control);
}
