import { useHref } from '../../platform/http/page-context.ts';
import { attributesOf, classes, contentOf, type Attributes, type Content, type Slot } from './content.tsx';
import { Tag } from './tag.tsx';

/** One task. */
export interface TaskListItem {
  title: Content & { classes?: string | undefined };
  hint?: Content | undefined;
  status: Content & { tag?: Slot | undefined; classes?: string | undefined };
  href?: string | undefined;
  classes?: string | undefined;
}

/** Options of `govukTaskList`. */
export interface TaskListProps {
  items: readonly (TaskListItem | null | undefined | false)[];
  idPrefix?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Parts of a long form with the state of each. */
export function TaskList(props: TaskListProps) {
  const idPrefix = props.idPrefix || 'task-list';
  return (
    <ul class={classes('govuk-task-list', props.classes)} {...attributesOf(props.attributes)}>
      {props.items.map((item, at) => item && <Task item={item} id={`${idPrefix}-${at + 1}`} />)}
    </ul>
  );
}

function Task(props: { item: TaskListItem; id: string }) {
  const href = useHref();
  const { item, id } = props;
  return (
    <li class={classes('govuk-task-list__item', item.href && 'govuk-task-list__item--with-link', item.classes)}>
      <div class="govuk-task-list__name-and-hint">
        {item.href ? (
          <a
            class={classes('govuk-link govuk-task-list__link', item.title.classes)}
            href={href(item.href)}
            aria-describedby={classes(item.hint && `${id}-hint`, `${id}-status`)}
          >
            {contentOf(item.title)}
          </a>
        ) : (
          <div class={item.title.classes || undefined}>{contentOf(item.title)}</div>
        )}
        {item.hint && (
          <div id={`${id}-hint`} class="govuk-task-list__hint">
            {contentOf(item.hint)}
          </div>
        )}
      </div>
      <div class={classes('govuk-task-list__status', item.status.classes)} id={`${id}-status`}>
        {item.status.tag ? <Tag {...item.status.tag} /> : contentOf(item.status)}
      </div>
    </li>
  );
}
